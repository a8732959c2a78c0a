"""An officer with a calendar: what it says when it is read, and what an import or a subscription makes of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from orders_app.models import CalendarAddress, Deadline, Person, Record, User
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.rules.calendars import Due, span_of
from orders_app.services.calendars import make_address, read_calendar
from orders_app.services.work import Actor
from orders_app.web.calendars.calendar_file import calendar_file
from tests.calendar_clients import Shown
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.services.alert_cases import a_deadline

PROGRAM = "https://orderwatch.example"


def an_address(acting: Acting, user: User) -> int:
    """Give an officer an address; return its key."""
    with acting("calendar.address_made") as work:
        make_address(work, user_id=user.id)
        live = select(CalendarAddress.id).where(CalendarAddress.user_id == user.id, CalendarAddress.ended_at.is_(None))
        return work.session.scalars(live).one()


def actor_of(user: User) -> Actor:
    return Actor(user.id, user.display_name, Viewer(user.id, team_id=user.team_id, roles=frozenset({Role.ORDERS_DESK})))


class Desk:
    """An officer and a colleague of one team. `file` is what the officer's calendar says at a moment."""

    def __init__(self, acting: Acting) -> None:
        self.acting = acting
        with acting() as work:
            team = a_team(work)
            self.officer, self.colleague = a_user(work, team=team), a_user(work, team=team)
        self.address_id = an_address(acting, self.officer)

    def deadline(self, act_by_at: datetime, *, access: str = "open", person: str = "open", **columns: object) -> int:
        """Record a deadline on an order of its own that the officer owns; return its key."""
        with self.acting() as work:
            subject = a_person(work, access=person)
            order = an_order(work, person=subject, owner_id=self.officer.id, team_id=self.officer.team_id, access=access)
            return a_deadline(work, act_by_at=act_by_at, order=order, **columns).id

    def change(self, deadline_id: int, **columns: object) -> None:
        with self.acting() as work:
            for name, value in columns.items():
                setattr(work.session.get_one(Deadline, deadline_id), name, value)

    def record(self, deadline_id: int, **columns: object) -> None:
        with self.acting() as work:
            found = work.session.get_one(Record, work.session.get_one(Deadline, deadline_id).record_id)
            for name, value in columns.items():
                setattr(found, name, value)

    def person(self, deadline_id: int, **columns: object) -> None:
        with self.acting() as work:
            found = work.session.get_one(Person, work.session.get_one(Deadline, deadline_id).person_id)
            for name, value in columns.items():
                setattr(found, name, value)

    def file(self, now: datetime = NOW) -> bytes:
        with self.acting("calendar.read", now=now, actor=actor_of(self.officer)) as work:
            return calendar_file(read_calendar(work, address_id=self.address_id), PROGRAM)

    def entry(self, deadline_id: int) -> Shown:
        """How a deadline is to be shown while it is open."""
        with self.acting() as work:
            row = work.session.get_one(Deadline, deadline_id)
            reference = work.session.get_one(Record, row.record_id).reference
            due = Due(row.id, reference, 1, row.act_by_at, row.due_at is not None, row.rule_class == "law")
        span = span_of(due.act_by_at, is_hour_clock=due.is_hour_clock)
        return Shown(due.summary, span.starts, span.ends, f"{PROGRAM}{due.path}")
