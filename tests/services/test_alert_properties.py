"""What must hold for any deadline, any moment, and any history of runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from config.reference import load_reference
from orders_app.models import Alert, Deadline
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.alerting import AlertClass, stage_reached
from orders_app.services.alerts import raise_alerts
from orders_app.services.work import Actor, Work, begin_work
from tests.factories import a_person, a_team, a_user, an_event, an_order
from tests.services.alert_cases import DAY

REFERENCE = load_reference()
LAW = REFERENCE.law
MINUTES = st.integers(0, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
# around the two clock changes, Easter, Christmas and an ordinary week
STARTS = st.sampled_from([datetime(2026, *day, tzinfo=UTC) for day in ((3, 1), (10, 1), (4, 1), (12, 1), (6, 1))])
MOMENTS = st.builds(lambda start, after: start + after, STARTS, MINUTES)
TYPES = st.sampled_from(["dvpo", "spo", "registration"])  # the first has stages of its own
DEADLINES = st.lists(st.tuples(st.sampled_from(AlertClass), TYPES, MOMENTS), min_size=1, max_size=12)
LIGHT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


Found = tuple[AlertClass, str, datetime]


class Book:
    """One order to hang deadlines on; each example writes them anew."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self.sessions = sessions
        with self.work(datetime(2026, 1, 1, tzinfo=UTC)) as work:
            team = a_team(work)
            owner = a_user(work, team=team)
            order = an_order(work, person=a_person(work), owner_id=owner.id)
            self.order_id, self.person_id = order.id, order.person_id
            self.event_id = an_event(work, order=order, kind="made", on=DAY).id

    def work(self, now: datetime) -> Iterator[Work]:
        return begin_work(self.sessions, actor=Actor(None, "Test", SYSTEM), action="test", now=now, law=LAW)  # type: ignore[return-value]

    def fill(self, deadlines: list[Found]) -> None:
        with self.sessions.begin() as session:
            connection = session.connection()
            connection.execute(delete(Alert))
            connection.execute(delete(Deadline))
            rows = [
                {
                    "id": number,
                    "record_id": self.order_id,
                    "person_id": self.person_id,
                    "started_by_id": self.event_id,
                    "duty_key": str(number),
                    "title": "t",
                    "rule_class": "law",
                    "because": "b",
                    "due_on": at.date(),
                    "alert_class": kind.value,
                    "record_type": record_type,
                    "act_by_at": at,
                }
                for number, (kind, record_type, at) in enumerate(deadlines, 1)
            ]
            connection.execute(insert(Deadline), rows)

    def run(self, now: datetime) -> None:
        with self.work(now) as work:  # type: ignore[attr-defined]
            raise_alerts(work, stages=REFERENCE.stages)

    def open(self) -> dict[int, tuple[str, datetime]]:
        with self.sessions() as session:
            rows = session.execute(select(Alert.deadline_id, Alert.stage, Alert.for_at).where(Alert.closed_at.is_(None))).all()
        assert len(rows) == len({row[0] for row in rows})
        return {row[0]: (row[1], row[2]) for row in rows}


def _reached(deadline: Found, now: datetime) -> str | None:
    kind, record_type, at = deadline
    return stage_reached(REFERENCE.stages, kind, at, now, LAW.holidays, record_type=record_type)


@pytest.fixture
def book(sessions: sessionmaker[Session]) -> Book:
    return Book(sessions)


@LIGHT
@given(DEADLINES, MOMENTS)
def test_the_stage_in_sql_is_the_stage_of_the_rule(book: Book, deadlines: list[Found], now: datetime) -> None:
    book.fill(deadlines)
    book.run(now)
    reached = {n: (_reached(one, now), one[2]) for n, one in enumerate(deadlines, 1)}
    assert book.open() == {number: found for number, found in reached.items() if found[0]}


@LIGHT
@given(DEADLINES, MOMENTS, st.lists(MOMENTS, max_size=5), st.randoms())
def test_any_runs_in_any_order_leave_the_same_open_alerts(
    book: Book, deadlines: list[Found], last: datetime, earlier: list[datetime], shuffled: object
) -> None:
    book.fill(deadlines)
    book.run(last)
    wanted = book.open()
    runs = [last, last, *(min(at, last) for at in earlier)]
    shuffled.shuffle(runs)  # type: ignore[attr-defined]
    book.fill(deadlines)
    for now in runs:
        book.run(now)
    assert book.open() == wanted


@LIGHT
@given(DEADLINES, MOMENTS, MOMENTS, st.booleans())
def test_moving_a_deadline_closes_the_old_alert_and_raises_the_new(
    book: Book, deadlines: list[Found], now: datetime, moved_to: datetime, moves_back: bool
) -> None:
    book.fill(deadlines)
    book.run(now)
    before = book.open()
    kind, record_type, was = deadlines[0]
    for at in (moved_to, was) if moves_back else (moved_to,):
        with book.sessions.begin() as session:
            session.connection().execute(update(Deadline).where(Deadline.id == 1).values(act_by_at=at))
        book.run(now)
        stage = _reached((kind, record_type, at), now)
        assert book.open().get(1) == ((stage, at) if stage else None)
    assert {n: found for n, found in book.open().items() if n != 1} == {n: found for n, found in before.items() if n != 1}
