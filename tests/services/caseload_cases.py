"""An officer with a caseload, colleagues to take it over, and how a test hands it over."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import (
    Deadline,
    Order,
    Record,
    User,
)
from orders_app.queries.caseloads import held
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services.alerts import raise_alerts
from orders_app.services.caseloads import Give, hand_over_caseload
from orders_app.services.work import Actor, Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.order_cases import a_served_notice
from tests.registration_cases import a_registration
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages
NOTE = "Files are in the second drawer"
LATER = NOW + timedelta(hours=2)


class Teams:
    """Two teams with a sergeant each. Priya has three records of her own, and a deadline on somebody else's."""

    def __init__(self, work: Work) -> None:
        self.west, self.east = a_team(work, name="MOSOVO West"), a_team(work, name="MOSOVO East")
        manager = (Role.OFFENDER_MANAGER,)
        self.priya: User = a_user(work, *manager, team=self.west, username="priya", name="Priya Ramanathan")
        self.owen: User = a_user(work, *manager, team=self.west, username="owen", name="Owen Tranter")
        self.lis: User = a_user(work, *manager, team=self.east, username="lis", name="Katarzyna Lis")
        self.helen: User = a_user(work, Role.MOSOVO_SUPERVISOR, team=self.west, username="helen", leads_team=True)
        self.ruth: User = a_user(work, Role.MOSOVO_SUPERVISOR, team=self.east, username="ruth", leads_team=True)
        mine = {"owner_id": self.priya.id, "team_id": self.west.id}
        self.order: Order = a_served_notice(work, **mine)
        self.registration = a_registration(work, person=a_person(work, surname="Marsh", forenames="Gareth"), **mine)
        self.bare: Order = an_order(work, person=a_person(work, surname="Adams"), **mine)
        a_deadline(work, act_by_at=utc(2026, 11, 20), order=self.bare, title="Late")
        self.others: Order = an_order(work, person=a_person(work, surname="Young"), owner_id=self.owen.id, team_id=self.west.id)
        self.given: Deadline = a_deadline(work, act_by_at=utc(2026, 11, 25), order=self.others, assigned_to_id=self.priya.id)
        self.theirs: Deadline = a_deadline(work, act_by_at=utc(2026, 11, 30), order=self.others)
        raise_alerts(work, stages=STAGES)

    @property
    def owned(self) -> list[Record]:
        return [self.order, self.registration, self.bare]


def viewer(user: User, role: Role = Role.MOSOVO_SUPERVISOR) -> Viewer:
    return Viewer(user.id, user.team_id, roles=frozenset({role}))


def actor(user: User, role: Role = Role.MOSOVO_SUPERVISOR) -> Actor:
    return Actor(user.id, user.display_name, viewer(user, role))


def gives(session: Session, user: User, to: str = "officer:lis", of: str = "") -> list[Give]:
    """Everything somebody has that Helen or whoever else may see, to one taker."""
    session.rollback()
    found = held(session, viewer(user), session.scalars(select(User.id).where(User.username == (of or "priya"))).one(), NOW)
    return [Give(one.reference, one.version, to) for one in found]


def done(acting: Acting, user: User, wanted: list[Give], now: datetime = LATER, note: str = NOTE) -> str:
    with acting("caseload.handed_over", actor=actor(user), now=now, reason=note) as work:
        return hand_over_caseload(work, username="priya", gives=wanted, note=note).reference
