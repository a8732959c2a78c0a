"""One officer's deadline that has raised its first alert, and somebody who acts on it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Alert, Deadline, Order, User
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services.alerts import raise_alerts
from orders_app.services.deadline_work import Seen
from orders_app.services.work import Actor, Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages
IN_A_WEEK = utc(2026, 11, 30)


class Desk:
    """An officer with one order and one deadline on it that has raised its first alert."""

    def __init__(self, work: Work, *, access: str = "open", **columns: object) -> None:
        self.team = a_team(work, name="Orders desk")
        self.officer: User = a_user(work, team=self.team, username="officer", name="Aisha Rahman")
        self.colleague: User = a_user(work, team=self.team, username="colleague")
        self.order: Order = an_order(work, person=a_person(work), owner_id=self.officer.id, team_id=self.team.id, access=access)
        self.deadline: Deadline = a_deadline(work, act_by_at=IN_A_WEEK, order=self.order, **columns)
        raise_alerts(work, stages=STAGES)
        self.at = {"reference": self.order.reference, "number": 1}
        self.seen = Seen(self.order.reference, 1, "7_days", NOW)


def actor(user: User) -> Actor:
    return Actor(user.id, user.display_name, Viewer(user.id, user.team_id, roles=frozenset({Role.ORDERS_DESK})))


def the_alert(session: Session) -> Alert:
    session.rollback()
    return session.scalars(select(Alert)).one()


def meet(acting: Acting, deadline: Deadline) -> None:
    with acting() as work:
        row = work.session.get_one(Deadline, deadline.id)
        row.met_by_id = row.started_by_id
