"""An officer with a case that is due soon, and everybody whom its alert may go to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import AccessGrant, Alert
from orders_app.rules.access import Access, Role
from orders_app.services.alerts import Sweep, raise_alerts
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages
SOON = utc(2026, 11, 26)
MINUTE = timedelta(minutes=1)
TOMORROW = date(2026, 11, 23)


class Desk:
    """An officer with a case that is due soon, a colleague in the team, its sergeant, somebody elsewhere, an inspector."""

    def __init__(self, work: Work, *, access: Access = Access.OPEN) -> None:
        self.team = a_team(work, name="Orders desk")
        self.owner, self.colleague = a_user(work, team=self.team), a_user(work, team=self.team)
        self.sergeant = a_user(work, Role.ORDERS_SUPERVISOR, team=self.team, leads_team=True)
        self.elsewhere, self.inspector = a_user(work, team=a_team(work)), a_user(work, Role.DUTY_INSPECTOR)
        self.order = an_order(work, person=a_person(work), owner_id=self.owner.id, team_id=self.team.id, access=access)
        if access is not Access.OPEN:
            work.session.add(AccessGrant(team_id=self.team.id, record_id=self.order.id, granted_at=NOW, reason="Theirs"))
        a_deadline(work, act_by_at=SOON, order=self.order)
        work.session.flush()


def the_alert(session: Session) -> Alert:
    session.rollback()
    return session.scalars(select(Alert).where(Alert.closed_at.is_(None))).one()


def heard_by(session: Session) -> tuple[int | None, int | None]:
    alert = the_alert(session)
    return alert.recipient_id, alert.team_id


def swept(acting: Acting, now: datetime = NOW) -> Sweep:
    with acting(now=now) as work:
        return raise_alerts(work, stages=STAGES)
