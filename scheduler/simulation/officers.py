"""What people do in a force, each act as a page would do it, each at a moment of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from orders_app.models import Alert, Deadline, Event, Order, Team, User, UserRole
from orders_app.models.deadlines import IS_NOT_CLOSED, IS_OPEN
from orders_app.queries.facts import load_orders_for_rules
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.rules.alerting import PASSES_BY_ITSELF
from orders_app.rules.facts import EventKind
from orders_app.services import deadline_work
from orders_app.services.absences import enter_absence
from orders_app.services.demonstration.lived import kind_that_meets
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.new_orders import NewEvent
from orders_app.services.order_events import correct_event, record_event, void_event
from orders_app.services.orders import record_order
from orders_app.services.sign_in import Browser, MustWait, begin_attempt
from orders_app.services.users import deactivate
from orders_app.services.work import Actor, Work
from scheduler.simulation.cases import at_this_moment, meeting_details, new_case

SOON = timedelta(days=12)
LONGEST_CORRECTION_HOURS = 60
MOST_ORDERS = 60
WRONG_PASSWORDS_FOR = timedelta(hours=2)
AT_THE_STATION = Browser("192.0.2.7")
COVERED = 0.7
Begin = Callable[[str, Actor], AbstractContextManager[Work]]
Act = Callable[["Officers", Work], None]


class Officers:
    """A team that works, and what it does. Whatever the law or the program refuses is counted and left."""

    def __init__(self, rng: Random, begin: Begin, system: Actor) -> None:
        self.rng, self.begin, self.system = rng, begin, system
        self.done: Counter[str] = Counter()
        self.hired = 0

    def set_up(self, orders: int) -> None:
        """Two teams with their supervisors, a duty inspector, an administrator, and the first cases."""
        with self.begin("simulation.begun", self.system) as work:
            for name in ("Orders desk", "Orders desk, Eastbridge"):
                team = Team(name=name)
                work.session.add(team)
                work.session.flush()
                self.hire(work, Role.ORDERS_SUPERVISOR, team.id, leads=True)
                for _ in range(3):
                    self.hire(work, Role.ORDERS_DESK, team.id)
            self.hire(work, Role.DUTY_INSPECTOR, None, leads=True)
            self.hire(work, Role.ADMINISTRATOR, None)
        for _ in range(orders):
            self._do("record", _record)

    def act(self) -> None:
        """Do one thing, whatever it is."""
        name = self.rng.choices(list(ACTS), [weight for weight, _ in ACTS.values()])[0]
        self._do(name, ACTS[name][1])

    def _do(self, name: str, what: Act) -> None:
        try:
            with self.begin(f"simulation.{name}", self._somebody()) as work:
                what(self, work)
        except (RuleBroken, NotFound, ChangedMeanwhile, IndexError):
            self.done["refused"] += 1
        else:
            self.done[name] += 1

    def _somebody(self) -> Actor:
        with self.begin("simulation.looked", self.system) as work:
            found = self.somebody_at_work(work)
        return Actor(found.id, found.name, Viewer(found.id, team_id=found.team_id, roles=frozenset({Role.ORDERS_SUPERVISOR})))

    def somebody_at_work(self, work: Work) -> User:
        """Whoever of the two teams has not left."""
        desk = select(User).where(User.is_active, User.team_id.is_not(None)).order_by(User.id)
        return self.rng.choice(work.session.scalars(desk).all())

    def hire(self, work: Work, role: Role, team_id: int | None, *, leads: bool = False) -> User:
        """Somebody new."""
        self.hired += 1
        user = User(
            username=f"officer.{self.hired}", name=f"Officer {self.hired}", rank="PC", collar_number=str(1000 + self.hired),
            email=f"officer.{self.hired}@northmere.invalid", password_hash="nobody", team_id=team_id, leads_team=leads,
            created_at=work.now, roles=[UserRole(role=role)],
        )  # fmt: skip
        work.session.add(user)
        work.session.flush()
        return user

    def a_deadline(self, work: Work) -> Row[int, str, str]:
        """An open deadline that falls due soon: its key, its record's reference, and its key among duties."""
        near = select(Deadline.id, Order.reference, Deadline.duty_key).join(Order, Order.id == Deadline.record_id)
        soon = (IS_OPEN, Deadline.word != PASSES_BY_ITSELF, Deadline.act_by_at <= work.now + SOON)
        return self.rng.choice(work.session.execute(near.where(*soon).order_by(Deadline.id)).all())

    def an_alert(self, work: Work) -> Row[str, int, str, datetime]:
        """An open alert: its record's reference, its deadline's number there, its stage, and since when it speaks."""
        earlier = aliased(Deadline)
        number = select(func.count()).where(earlier.record_id == Deadline.record_id, earlier.id <= Deadline.id).scalar_subquery()
        joined = select(Order.reference, number, Alert.stage, Alert.raised_at).join(Deadline, Deadline.record_id == Order.id)
        return self.rng.choice(work.session.execute(joined.join(Alert, Alert.deadline_id == Deadline.id).where(IS_NOT_CLOSED)).all())

    def an_event(self, work: Work, *kinds: EventKind) -> tuple[Event, Order]:
        """Something recorded of an order, not struck out."""
        found = select(Event, Order).join(Order, Order.id == Event.record_id).where(Event.voided_at.is_(None)).order_by(Event.id)
        row = self.rng.choice(work.session.execute(found.where(Event.kind.in_(kinds or EventKind))).all())
        return row[0], row[1]


def _record(officers: Officers, work: Work) -> None:
    live = work.session.scalar(select(func.count()).select_from(Order).where(Order.ended_on.is_(None))) or 0
    if live >= MOST_ORDERS:
        raise RuleBroken("orders", "The force has enough to do")
    new = new_case(officers.rng, work)
    owner = officers.somebody_at_work(work)
    record_order(work, replace(new, owner_id=owner.id, team_id=owner.team_id))


def _meet(officers: Officers, work: Work) -> None:
    row = officers.a_deadline(work)
    loaded = load_orders_for_rules(work.session, [work.session.scalars(select(Order.id).where(Order.reference == row.reference)).one()])[0]
    kind = kind_that_meets(loaded.order_type, row.duty_key)
    event = at_this_moment(work, kind, meeting_details(officers.rng, kind))
    record_event(work, reference=row.reference, version=loaded.order.version, event=event)


def _correct(officers: Officers, work: Work) -> None:
    event, order = officers.an_event(work, EventKind.SERVED, EventKind.MADE, EventKind.COMPLIANCE_CHECKED)
    hours = timedelta(hours=officers.rng.randrange(-LONGEST_CORRECTION_HOURS, LONGEST_CORRECTION_HOURS))
    at = event.happened_at + hours if event.happened_at else None
    on = at.date() if at else event.happened_on + timedelta(days=officers.rng.randrange(-2, 2))
    said = NewEvent(EventKind(event.kind), on, at, dict(event.details), event.note)
    correct_event(work, event_id=event.id, version=order.version, event=said, reason="The statement says otherwise")


def _strike_out(officers: Officers, work: Work) -> None:
    event, order = officers.an_event(work)
    void_event(work, event_id=event.id, version=order.version, reason="Recorded on the wrong case")


def _discharge(officers: Officers, work: Work) -> None:
    orders = select(Order.reference, Order.version).where(Order.ended_on.is_(None), Order.order_type.in_(("spo", "ro_conviction")))
    row = officers.rng.choice(work.session.execute(orders.order_by(Order.id)).all())
    event = NewEvent(EventKind.DISCHARGED, work.today, work.now, {"consent": "both"})
    record_event(work, reference=row.reference, version=row.version, event=event)


def _acknowledge(officers: Officers, work: Work) -> None:
    deadline_work.acknowledge(work, seen=[deadline_work.Seen(*officers.an_alert(work))])


def _snooze(officers: Officers, work: Work) -> None:
    reference, number, *_ = officers.an_alert(work)
    until_on = work.today + timedelta(days=officers.rng.randrange(1, 6))
    deadline_work.snooze(work, reference=reference, number=number, until_on=until_on, reason="Waiting for the court")


def _assign(officers: Officers, work: Work) -> None:
    reference, number, *_ = officers.an_alert(work)
    deadline_work.assign(work, reference=reference, number=number, username=officers.somebody_at_work(work).username, former="")


def _leave(officers: Officers, work: Work) -> None:
    """Somebody goes, and somebody comes in their place."""
    going = officers.somebody_at_work(work)
    role = Role.ORDERS_SUPERVISOR if going.leads_team else Role.ORDERS_DESK
    deactivate(work, username=going.username)
    officers.hire(work, role, going.team_id, leads=going.leads_team)


def _go_away(officers: Officers, work: Work) -> None:
    """Some days off from tomorrow, with somebody to cover, or nobody."""
    going, cover = officers.somebody_at_work(work), officers.somebody_at_work(work)
    first = work.today + timedelta(days=1)
    last = first + timedelta(days=officers.rng.randrange(1, 15))
    with_cover = cover.username if officers.rng.random() < COVERED else ""
    entering, whose = replace(work, actor=officers.system), {"username": going.username, "cover": with_cover}
    enter_absence(entering, from_on=first, until_on=last, leaves_uncovered=True, **whose)


def _forget_a_password(officers: Officers, work: Work) -> None:
    """Wrong passwords for two hours, each as soon as it is looked at: by then signing in is paused for one."""
    user, at = officers.somebody_at_work(work), work.now - WRONG_PASSWORDS_FOR
    while at <= work.now:
        try:
            begin_attempt(replace(work, now=at), username=user.username, browser=AT_THE_STATION)
        except MustWait as wait:
            at = wait.until


ACTS: dict[str, tuple[int, Act]] = {
    "record": (22, _record),
    "meet": (45, _meet),
    "correct": (8, _correct),
    "strike_out": (4, _strike_out),
    "discharge": (2, _discharge),
    "acknowledge": (9, _acknowledge),
    "snooze": (5, _snooze),
    "assign": (4, _assign),
    "leave": (3, _leave),
    "go_away": (4, _go_away),
    "forget_a_password": (4, _forget_a_password),
}
