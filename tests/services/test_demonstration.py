"""The demonstration force: what it is said to hold, it holds; and it is never laid over anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from orders_app.db import writing_sessions
from orders_app.models import CustodyPeriod, Deadline, Marker, Order, OrderVersion, Person, Record, Registration, User
from orders_app.queries.facts import load_orders_for_rules
from orders_app.queries.registration_lists import Narrowing, Tab, tab_counts
from orders_app.queries.visibility import SYSTEM, Viewer
from orders_app.rules.access import Access, Role
from orders_app.rules.law import LawTables
from orders_app.rules.london import midnight_after
from orders_app.rules.orders import Status, status_on
from orders_app.rules.people import MarkerKind
from orders_app.services.deadlines import sync_all
from orders_app.services.demonstration.load import load_demonstration
from orders_app.services.demonstration.people import REGISTERED_SEX_OFFENDER
from orders_app.services.demonstration.showcase import WITH_WORK
from orders_app.services.demonstration.staff import KNOWN
from orders_app.services.errors import RuleBroken
from orders_app.services.work import Actor, Work, begin_work
from tests.conftest import NOW
from tests.order_cases import TYPES_THERE_ARE

pytestmark = [pytest.mark.slow, pytest.mark.on_sqlite]
SHOWN = {
    Status.NOTICE_IN_FORCE, Status.INTERIM_IN_FORCE, Status.MADE_NOT_SERVED, Status.AWAITING_RELEASE, Status.IN_FORCE, Status.ENDED,
    Status.EXPIRED, Status.DISCHARGED, Status.LAPSED,
}  # fmt: skip


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, sqlite_template: str, law: LawTables) -> Iterator[Work]:
    """The work that loaded the demonstration force, not yet finished."""
    path = tmp_path_factory.mktemp("demonstration") / "force.sqlite3"
    path.write_bytes(Path(sqlite_template).read_bytes())
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    actor = Actor(None, "Demonstration", SYSTEM)
    with begin_work(writing_sessions(engine), actor=actor, action="demonstration.loaded", now=NOW, law=law) as work:
        load_demonstration(work)
        yield work
    engine.dispose()


@pytest.fixture
def session(work: Work) -> Session:
    return work.session


def count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]


def test_its_warnings_are_of_kinds_that_pages_know(session: Session) -> None:
    assert set(session.scalars(select(Marker.kind).distinct())) <= set(MarkerKind)


def test_it_is_as_large_as_it_is_said_to_be(session: Session) -> None:
    registered = select(Marker.person_id).where(Marker.text == REGISTERED_SEX_OFFENDER)
    inside = select(CustodyPeriod.person_id).where(CustodyPeriod.until_on.is_(None))
    assert count(session, Person.id.is_not(None)) == 6_000
    assert 2_400 <= count(session, Order.id.is_not(None)) <= 2_600
    assert count(session, Person.id.in_(registered)) == 800
    assert count(session, Person.id.in_(registered), Person.id.not_in(inside)) == 600
    assert count(session, Person.access == Access.SEALED) > 0
    assert count(session, Person.access == Access.RESTRICTED) > 0


def test_every_type_and_every_state_is_there(session: Session) -> None:
    ids = list(session.scalars(select(Order.id)))
    loaded = [one for first in range(0, len(ids), 1000) for one in load_orders_for_rules(session, ids[first : first + 1000])]
    states = Counter(status_on(one.order_type, one.facts, NOW.date()) for one in loaded)
    assert {one.order_type.code for one in loaded} == set(TYPES_THERE_ARE)
    assert SHOWN - states.keys() == set()
    assert count(session, OrderVersion.number == 2) > 10
    assert count(session, Order.end_kind == "until_further_order", Order.ended_on.is_(None)) > 50


def test_every_registered_person_is_registered_and_every_tab_of_the_list_has_somebody(session: Session) -> None:
    assert count(session, Registration.id.is_not(None)) == 800
    viewer = Viewer(None, roles=frozenset({Role.OFFENDER_MANAGER}))
    tabs = tab_counts(session, viewer, Narrowing(), NOW, NOW.date())
    assert {tab for tab, number in tabs.items() if number == 0} <= {Tab.ENDED}
    assert tabs[Tab.CUSTODY] > 190
    assert 0 < tabs[Tab.OVERDUE] < 60
    waited = Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None), Deadline.record_id.in_(select(Registration.id))
    shown = set(session.scalars(select(Deadline.duty_key).where(*waited).distinct()))
    assert shown >= {"annual_notification", "weekly_notification", "change_of_address", "travel", "return", "review_decision"}


def test_there_is_a_user_for_every_role(session: Session) -> None:
    assert {user.role for user in KNOWN} == set(Role)


@pytest.mark.parametrize("username", WITH_WORK)
def test_something_is_due_today_for_every_role_that_has_work(session: Session, username: str) -> None:
    user = session.scalars(select(User).where(User.username == username)).one()
    due = select(Deadline.id).join(Record, Record.id == Deadline.record_id)
    today = due.where(Record.owner_id == user.id, Deadline.due_on == NOW.date(), Deadline.met_by_id.is_(None))
    assert session.scalars(today.where(Deadline.act_by_at <= midnight_after(NOW.date()))).first() is not None


def test_a_clock_in_hours_runs_out_within_three_days(session: Session) -> None:
    soon = select(Deadline.due_at).where(
        Deadline.alert_class == "hour_clock", Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None)
    )
    assert [at for at in session.scalars(soon) if at and NOW < at < NOW + timedelta(days=3)]


def test_every_deadline_is_as_the_rules_say(work: Work) -> None:
    work.session.flush()
    done = sync_all(work)
    assert (dict(done.counts), done.failed) == ({}, 0)


def test_it_is_never_laid_over_anything(work: Work) -> None:
    with pytest.raises(RuleBroken, match="empty database"):
        load_demonstration(work)
