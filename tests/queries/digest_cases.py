"""Officers with deadlines, and what their morning e-mail lists."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Order, User
from orders_app.queries.digests import digests_for
from orders_app.services.work import Work
from tests.conftest import NOW
from tests.factories import a_person, an_order
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages
SITE = "https://orderwatch.example"
YESTERDAY, TONIGHT, IN_SIX_DAYS, IN_A_MONTH = utc(2026, 11, 21), utc(2026, 11, 23), utc(2026, 11, 29), utc(2026, 12, 18)


def owned(work: Work, owner: User, *act_by_at: datetime, **columns: str) -> Order:
    order: Order = an_order(work, person=a_person(work), owner_id=owner.id, team_id=owner.team_id)
    for at in act_by_at:
        a_deadline(work, act_by_at=at, order=order, duty_key=f"duty{at:%d%m}", **columns)
    return order


def parts_of(session: Session, user: User, now: datetime = NOW) -> dict[str, list[str]]:
    session.rollback()
    told = digests_for(session, [user.id], now, stages=STAGES)[user.id]
    return {part.value: [f"{line.reference}/{line.number}" for line in lines] for part, lines in told.parts.items()}
