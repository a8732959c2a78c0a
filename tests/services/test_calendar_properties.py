"""Whatever happens to deadlines, a calendar that reads ends with those that are open and no other, whether it subscribes or imports."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import CalendarEntry, Deadline, Record
from orders_app.rules.london import london_day, midnight_after
from tests.calendar_clients import Importer, Subscriber
from tests.conftest import NOW, Acting
from tests.services.alert_cases import utc
from tests.services.calendar_desk import Desk

# around the two clock changes, the last of February, the turn of the year, midnights and noons
MOMENTS = st.sampled_from(
    [
        utc(2027, 3, 28), utc(2027, 3, 27, 0, 30), utc(2027, 3, 28, 23), utc(2026, 12, 31, 12), utc(2027, 1, 1), utc(2027, 2, 28, 0, 1),
        utc(2027, 3, 1), utc(2027, 10, 30, 23), utc(2027, 10, 31, 1, 30), utc(2027, 11, 1), utc(2026, 11, 20), utc(2027, 12, 27),
        utc(2027, 12, 28), utc(2028, 2, 29),
    ]
)  # fmt: skip
WHICH = st.integers(0, 3)
STEPS = st.one_of(
    st.tuples(st.just("move"), WHICH, MOMENTS),
    *(st.tuples(st.just(what), WHICH, st.none()) for what in ("meet", "cancel", "reopen", "hand_over", "take_back", "seal", "open")),
    st.tuples(st.sampled_from(("subscribe", "import", "import")), st.just(0), st.none()),
)
HISTORIES = st.lists(st.tuples(STEPS, st.integers(0, 2 * 24 * 60)), min_size=1, max_size=25)
LIGHT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIRST = utc(2026, 12, 31, 12)
UNTIL = timedelta(days=400)


class Story:
    """Four deadlines of one officer, two of them hour clocks, and what becomes of them."""

    def __init__(self, desk: Desk, keys: list[int], sessions: sessionmaker[Session]) -> None:
        self.desk, self.keys, self.sessions = desk, keys, sessions
        self.subscriber, self.importer = Subscriber(), Importer()
        self.at: dict[int, datetime] = {}
        self.out: dict[int, set[str]] = {key: set() for key in keys}
        with sessions.begin() as session:
            session.execute(delete(CalendarEntry))
        for key in keys:
            self.move(key, FIRST)
            desk.change(key, met_by_id=None, cancelled_at=None)
            desk.record(key, owner_id=desk.officer.id, access="open")

    def step(self, what: str, key: int, at: datetime | None, now: datetime) -> None:
        if what == "move" and at:
            self.move(key, at)
        elif what in ("subscribe", "import"):
            self.read(now, imports=what == "import")
        else:
            getattr(self, what)(key)

    def move(self, key: int, at: datetime) -> None:
        self.at[key] = at
        is_hour_clock = key in self.keys[:2]
        self.desk.change(key, act_by_at=at, due_at=at if is_hour_clock else None)

    def meet(self, key: int) -> None:
        with self.sessions() as session:
            started = session.get_one(Deadline, key).started_by_id
        self.desk.change(key, met_by_id=started)
        self.out[key].add("met")

    def cancel(self, key: int) -> None:
        self.desk.change(key, cancelled_at=NOW)
        self.out[key].add("cancelled")

    def reopen(self, key: int) -> None:
        self.desk.change(key, met_by_id=None, cancelled_at=None)
        self.out[key] -= {"met", "cancelled"}

    def hand_over(self, key: int) -> None:
        self.desk.record(key, owner_id=self.desk.colleague.id)
        self.out[key].add("elsewhere")

    def take_back(self, key: int) -> None:
        self.desk.record(key, owner_id=self.desk.officer.id)
        self.out[key].discard("elsewhere")

    def seal(self, key: int) -> None:
        self.desk.record(key, access="sealed")
        self.out[key].add("sealed")

    def open(self, key: int) -> None:
        self.desk.record(key, access="open")
        self.out[key].discard("sealed")

    def read(self, now: datetime, *, imports: bool) -> None:
        file = self.desk.file(now)
        self.subscriber.read(file)
        if imports:
            self.importer.read(file)

    def check(self, now: datetime) -> None:
        """Both calendars show the open deadlines and no other."""
        self.read(now, imports=True)
        is_due = [key for key in self.keys if not self.out[key] and self.at[key] <= midnight_after(london_day(now) + UNTIL)]
        expected = sorted((self.desk.entry(key) for key in is_due), key=lambda entry: entry.url)
        assert self.subscriber.shows() == expected
        assert self.importer.shows() == expected


@LIGHT
@given(history=HISTORIES)
def test_a_calendar_that_reads_ends_with_exactly_what_is_open(acting: Acting, sessions: sessionmaker[Session], history: list) -> None:  # type: ignore[type-arg]
    desk = Desk(acting)
    story, now = Story(desk, [desk.deadline(FIRST) for _ in range(4)], sessions), NOW
    for (what, which, at), minutes in history:
        now += timedelta(minutes=minutes)
        story.step(what, story.keys[which], at, now)
    story.check(now)


def test_the_records_are_as_many_as_the_deadlines(acting: Acting, session: Session) -> None:
    """Sealing one of them in the story above seals no other."""
    desk = Desk(acting)
    keys = [desk.deadline(FIRST) for _ in range(4)]
    assert len({session.get_one(Record, session.get_one(Deadline, key).record_id).id for key in keys}) == 4
