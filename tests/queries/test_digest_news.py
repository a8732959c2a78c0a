"""What is news to an officer in the morning: raised, passed up, fallen to them or quiet no longer since they were last told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from orders_app.models import Alert, Delivery, User
from orders_app.services.alerts import raise_alerts
from tests.conftest import NOW, Acting
from tests.factories import a_team, a_user
from tests.queries.digest_cases import IN_A_MONTH, STAGES, owned, parts_of


def test_a_warning_for_later_is_new_until_a_digest_with_it_was_sent(acting: Acting, session: Session) -> None:
    with acting() as work:
        officer = a_user(work)
        order = owned(work, officer, IN_A_MONTH, alert_class="expiry")
        raise_alerts(work, stages=STAGES)
        work.session.add(_a_digest(officer, NOW - timedelta(days=5), "sent"))
        work.session.add(_a_digest(officer, NOW + timedelta(days=2), "uncertain"))
    after_a_weekend_without_mail = NOW + timedelta(days=3)
    assert parts_of(session, officer, after_a_weekend_without_mail) == {"new": [f"{order.reference}/1"]}
    with acting() as work:
        work.session.add(_a_digest(officer, NOW + timedelta(hours=1), "sent"))
    assert parts_of(session, officer, after_a_weekend_without_mail) == {}


@pytest.mark.parametrize(
    ("change", "is_news"),
    [
        ({"snoozed_until_on": (NOW + timedelta(days=3)).date()}, True),
        ({"snoozed_until_on": (NOW + timedelta(days=1)).date()}, False),
        ({}, False),
    ],
)
def test_a_warning_that_is_quiet_no_longer_is_news_on_its_day(
    acting: Acting, session: Session, engine: Engine, change: dict[str, object], is_news: bool
) -> None:
    with acting() as work:
        officer = a_user(work)
        owned(work, officer, IN_A_MONTH, alert_class="expiry")
        raise_alerts(work, stages=STAGES)
        work.session.add(_a_digest(officer, NOW + timedelta(days=2), "sent"))
    if change:
        with engine.begin() as connection:
            connection.execute(update(Alert.__table__).values(**change))
    assert bool(parts_of(session, officer, NOW + timedelta(days=3))) is is_news


def test_a_warning_that_fell_to_somebody_else_is_news_to_them(acting: Acting, session: Session) -> None:
    with acting() as work:
        team = a_team(work)
        officer, colleague = a_user(work, team=team), a_user(work, team=team)
        order = owned(work, officer, IN_A_MONTH, alert_class="expiry")
        raise_alerts(work, stages=STAGES)
        work.session.add(_a_digest(colleague, NOW + timedelta(days=2), "sent"))
    with acting(now=NOW + timedelta(days=2, hours=1)) as work:
        work.session.get_one(User, officer.id).is_active = False
        work.session.flush()
        raise_alerts(work, stages=STAGES)
    assert parts_of(session, colleague, NOW + timedelta(days=3)) == {"team": [f"{order.reference}/1"]}


def _a_digest(officer: User, at: datetime, state: str) -> Delivery:
    return Delivery(user_id=officer.id, kind="digest", for_on=at.date(), state=state, queued_at=at, next_try_at=at, settled_at=at)
