"""Whatever variations are recorded, put right and struck out in whatever order, one version is current and every day has its terms."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload, sessionmaker

from config.reference import load_reference
from orders_app.models import Event, Order
from orders_app.queries.facts import is_current
from orders_app.queries.orders import versions_on
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.errors import RuleBroken
from orders_app.services.new_orders import NewCondition, NewEvent
from orders_app.services.order_events import correct_event, void_event
from orders_app.services.variations import Variation, vary_order
from orders_app.services.work import Actor, begin_work
from tests.factories import a_person
from tests.order_cases import a_made_order

pytestmark = pytest.mark.on_sqlite

LAW = load_reference().law
MADE = date(2026, 1, 5)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAYS = st.integers(0, 300).map(lambda days: MADE + timedelta(days=days))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("vary"), DAYS, st.frozensets(st.integers(1, 5), max_size=2), st.integers(0, 2)),
        st.tuples(st.just("strike out"), st.integers(0, 5)),
        st.tuples(st.just("put right"), st.integers(0, 5), DAYS),
    ),
    max_size=6,
)
LIGHT = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Chain:
    """One order, and what is done to it. What the program refuses is left."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self.sessions = sessions
        with self._work() as work:
            terms = (NewCondition("Not to contact Ann Joseph."), NewCondition("Not to enter Foundry Lane."))
            ends = {"end_kind": EndKind.FIXED, "stated_ends_on": date(2029, 1, 4)}
            self.id = a_made_order(work, made_on=MADE, person=a_person(work), conditions=terms, **ends).id

    def do(self, step: tuple[object, ...]) -> None:
        """Do one step, unless it is refused."""
        try:
            {"vary": self._vary, "strike out": self._strike_out, "put right": self._put_right}[str(step[0])](*step[1:])
        except RuleBroken:
            return

    def whole(self) -> Order:
        """The order with its versions and every term it ever had."""
        with self.sessions() as session:
            found = select(Order).where(Order.id == self.id).options(selectinload(Order.versions), selectinload(Order.conditions))
            return session.scalars(found).one()

    def version_on(self, day: date) -> int:
        """The number of the version whose terms hold on a day."""
        with self.sessions() as session:
            return versions_on(session, [self.id], day)[self.id]

    def _work(self):  # type: ignore[no-untyped-def]
        return begin_work(self.sessions, actor=Actor(None, "Test", SYSTEM), action="test", now=NOW, law=LAW)

    def _vary(self, on: date, removed: frozenset[int], added: int) -> None:
        order = self.whole()
        standing = {term.number for term in order.conditions if is_current(term, order.version_number)}
        new = tuple(NewCondition(f"Not to do the thing numbered {number}.") for number in range(added))
        change = Variation(kind=EventKind.VARIED, made_on=on, removed=removed & standing, added=new)
        with self._work() as work:
            vary_order(work, reference=order.reference, version=order.version, variation=change)

    def _a_variation(self, which: int) -> int | None:
        varied = select(Event.id).where(Event.record_id == self.id, Event.kind == EventKind.VARIED, Event.voided_at.is_(None))
        with self.sessions() as session:
            ids = session.scalars(varied.order_by(Event.id)).all()
        return ids[which % len(ids)] if ids else None

    def _strike_out(self, which: int) -> None:
        event_id = self._a_variation(which)
        if event_id:
            with self._work() as work:
                void_event(work, event_id=event_id, version=self.whole().version, reason="Another order’s")

    def _put_right(self, which: int, on: date) -> None:
        event_id = self._a_variation(which)
        if event_id:
            with self._work() as work:
                correct_event(work, event_id=event_id, version=self.whole().version, event=NewEvent(EventKind.VARIED, on), reason="Misread")


@pytest.fixture
def new_chain(sessions: sessionmaker[Session]):  # type: ignore[no-untyped-def]
    return lambda: Chain(sessions)


@LIGHT
@given(steps=STEPS)
def test_one_version_is_current_and_no_number_is_used_twice(new_chain, steps) -> None:  # type: ignore[no-untyped-def]
    chain = new_chain()
    for step in steps:
        chain.do(step)
        order = chain.whole()
        numbers = [version.number for version in order.versions]
        assert numbers == list(range(1, order.version_number + 1))
        for number in numbers:
            terms = [term.number for term in order.conditions if is_current(term, number)]
            assert len(terms) == len(set(terms))


@LIGHT
@given(steps=STEPS, day=DAYS)
def test_a_term_of_a_version_stays_as_it_was_and_every_day_has_a_version(new_chain, steps, day) -> None:  # type: ignore[no-untyped-def]
    chain, kept = new_chain(), {}
    for step in steps:
        chain.do(step)
        order = chain.whole()
        for version in order.versions:
            terms = sorted((term.number, term.text) for term in order.conditions if is_current(term, version.number))
            assert kept.setdefault(version.number, terms) == terms
    assert 1 <= chain.version_on(day) <= chain.whole().version_number
    assert chain.version_on(date(2026, 12, 31)) == chain.whole().version_number


def test_a_chain_can_be_made_that_has_several(new_chain) -> None:  # type: ignore[no-untyped-def]
    chain = new_chain()
    chain.do(("vary", date(2026, 3, 1), frozenset({1}), 1))
    chain.do(("vary", date(2026, 5, 1), frozenset(), 2))
    chain.do(("strike out", 1))
    assert chain.whole().version_number == 4
    with chain.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Event).where(Event.voided_at.is_not(None))) == 1
