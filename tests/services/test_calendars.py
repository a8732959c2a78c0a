"""What an officer's calendar says, takes back and never tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, CalendarEntry, Deadline
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services.calendars import read_calendar
from orders_app.services.work import Actor
from tests.calendar_clients import events_of
from tests.conftest import NOW, Acting
from tests.factories import an_event
from tests.services.alert_cases import a_deadline, utc
from tests.services.calendar_desk import Desk

SOON = utc(2026, 12, 1)
DRAWN = re.compile(rb"UID:[0-9a-f-]{36}")


@pytest.fixture
def desk(acting: Acting) -> Desk:
    return Desk(acting)


def told(file: bytes) -> list[tuple[str, str, int]]:
    return [(str(one["SUMMARY"]), str(one["STATUS"]), int(one["SEQUENCE"])) for one in events_of(file)]


def test_a_deadline_is_an_entry_with_a_link(desk: Desk) -> None:
    key = desk.deadline(SOON)
    (entry,) = events_of(desk.file())
    reference = desk.entry(key).summary.removesuffix(": due")
    assert entry["SUMMARY"] == f"{reference}: due"
    assert entry["URL"] == f"https://orderwatch.example/work/{reference}/1"
    assert entry["URL"] in entry["DESCRIPTION"]
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2026, 11, 30), date(2026, 12, 1))
    assert (entry["STATUS"], entry["TRANSP"], entry["CLASS"]) == ("CONFIRMED", "TRANSPARENT", "PRIVATE")


def test_an_hour_clock_ends_at_its_moment(desk: Desk) -> None:
    at = utc(2026, 11, 24, 13, 45)
    desk.deadline(at, due_at=at, alert_class="hour_clock")
    (entry,) = events_of(desk.file())
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (at - timedelta(minutes=15), at)


def test_what_is_said_twice_is_the_same_file(desk: Desk) -> None:
    desk.deadline(SOON)
    desk.deadline(utc(2026, 12, 5))
    first = desk.file()
    assert desk.file(NOW + timedelta(days=2)) == first


def test_a_moved_deadline_is_the_same_entry_said_anew(desk: Desk) -> None:
    key = desk.deadline(SOON)
    (before,) = events_of(desk.file())
    desk.change(key, act_by_at=utc(2026, 12, 8))
    (after,) = events_of(desk.file(NOW + timedelta(hours=1)))
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.decoded("DTSTART") == date(2026, 12, 7)
    assert after.decoded("LAST-MODIFIED") == NOW + timedelta(hours=1)


def met(desk: Desk, key: int) -> None:
    with desk.acting() as work:
        deadline = work.session.get_one(Deadline, key)
        deadline.met_by_id = deadline.started_by_id


ENDS: dict[str, Callable[[Desk, int], None]] = {
    "met": met,
    "cancelled": lambda desk, key: desk.change(key, cancelled_at=NOW),
    "moved out of sight": lambda desk, key: desk.change(key, act_by_at=NOW + timedelta(days=500)),
    "handed over": lambda desk, key: desk.record(key, owner_id=desk.colleague.id),
    "given to a colleague": lambda desk, key: desk.change(key, assigned_to_id=desk.colleague.id),
    "restricted": lambda desk, key: desk.record(key, access="restricted"),
    "sealed": lambda desk, key: desk.record(key, access="sealed"),
    "person sealed": lambda desk, key: desk.person(key, access="sealed"),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_ends_is_taken_back_and_nobody_can_tell_why(desk: Desk, end: Callable[[Desk, int], None]) -> None:
    key = desk.deadline(SOON)
    desk.deadline(utc(2026, 12, 5))
    before = desk.file()
    end(desk, key)
    after = desk.file(NOW + timedelta(hours=1))
    gone, stays = events_of(after)
    assert (gone["SUMMARY"], gone["STATUS"], gone["SEQUENCE"]) == ("No longer due", "CANCELLED", 1)
    assert {"URL", "DESCRIPTION", "VALARM"}.isdisjoint(gone.keys() | {part.name for part in gone.subcomponents})
    assert desk.entry(key).summary.removesuffix(": due").encode() not in after
    assert gone.decoded("DTSTART") == date(2026, 11, 30)
    assert stays.to_ical() == events_of(before)[1].to_ical()
    expected = events_of(before)[0].to_ical()
    lines = dict(line.split(b":", 1) for line in gone.to_ical().splitlines())
    assert lines[b"UID"] in expected


def test_what_ends_reads_the_same_however_it_ends(acting: Acting) -> None:
    files = set()
    for end in ENDS.values():
        desk = Desk(acting)
        key = desk.deadline(SOON)
        desk.file()
        end(desk, key)
        files.add(DRAWN.sub(b"UID:", desk.file(NOW + timedelta(hours=1))))
    assert len(files) == 1


def test_what_is_due_again_is_the_same_entry(desk: Desk) -> None:
    key = desk.deadline(SOON)
    (first,) = events_of(desk.file())
    desk.record(key, access="sealed")
    desk.file()
    desk.record(key, access="open")
    (again,) = events_of(desk.file())
    assert (again["UID"], again["STATUS"], again["SEQUENCE"]) == (first["UID"], "CONFIRMED", 2)
    assert again["SUMMARY"] == first["SUMMARY"]


def test_what_was_taken_back_is_said_for_sixty_days(desk: Desk) -> None:
    key = desk.deadline(SOON)
    desk.file()
    desk.change(key, cancelled_at=NOW)
    desk.file()
    almost = NOW + timedelta(days=60) - timedelta(seconds=1)
    assert told(desk.file(almost)) == [("No longer due", "CANCELLED", 1)]
    assert told(desk.file(NOW + timedelta(days=60))) == []
    assert told(desk.file(NOW + timedelta(days=61))) == []


@pytest.mark.parametrize("closed", [{"access": "restricted"}, {"access": "sealed"}, {"person": "restricted"}, {"person": "sealed"}])
@pytest.mark.parametrize("is_named", [False, True])
def test_a_closed_record_is_not_in_it_whoever_reads(desk: Desk, closed: dict[str, str], is_named: bool) -> None:
    desk.deadline(SOON)
    before = desk.file()
    key = desk.deadline(utc(2026, 12, 2), **closed)  # type: ignore[arg-type]
    if is_named:
        with desk.acting() as work:
            deadline = work.session.get_one(Deadline, key)
            for about in ({"person_id": deadline.person_id}, {"record_id": deadline.record_id}):
                work.session.add(AccessGrant(user_id=desk.officer.id, granted_at=NOW, reason="Owner", **about))
    assert desk.file() == before


def test_it_holds_what_is_theirs_to_see_to(desk: Desk) -> None:
    given, waiting = desk.deadline(utc(2026, 12, 1)), desk.deadline(utc(2026, 12, 2))
    far, over = desk.deadline(NOW + timedelta(days=401)), desk.deadline(utc(2026, 11, 20))
    passed = desk.deadline(utc(2026, 11, 21), word="until")
    others = desk.deadline(utc(2026, 12, 4))
    desk.record(given, owner_id=desk.colleague.id)
    desk.change(given, assigned_to_id=desk.officer.id)
    desk.change(waiting, waiting_on="the CPS")
    desk.record(others, owner_id=desk.colleague.id)
    said = {summary for summary, _status, _sequence in told(desk.file())}
    assert said == {desk.entry(key).summary for key in (given, waiting, over)}
    assert not said & {desk.entry(key).summary for key in (far, passed)}


def test_whoever_works_no_alerts_any_more_has_nothing_due(desk: Desk) -> None:
    desk.deadline(SOON)
    desk.file()
    patrol = Actor(desk.officer.id, "Test", Viewer(desk.officer.id, roles=frozenset({Role.PATROL})))
    with desk.acting("calendar.read", actor=patrol) as work:
        assert [one.due for one in read_calendar(work, address_id=desk.address_id)] == [None]


def test_two_entries_of_one_record_have_links_of_their_own(desk: Desk) -> None:
    key = desk.deadline(SOON)
    with desk.acting() as work:
        order_id = work.session.get_one(Deadline, key).record_id
        other = an_event(work, order=work.session.get_one(Deadline, key), kind="served", on=date(2026, 11, 3))
        row = work.session.get_one(Deadline, key)
        work.session.add(
            Deadline(
                record_id=order_id, person_id=row.person_id, started_by_id=other.id, duty_key="b", title="t", rule_class="law",
                alert_class="review", because="b", due_on=date(2026, 12, 2), act_by_at=utc(2026, 12, 3),
            )
        )  # fmt: skip
    assert [str(one["URL"])[-2:] for one in events_of(desk.file())] == ["/1", "/2"]


def test_two_reads_at_once_say_the_same(desk: Desk, session: Session) -> None:
    for day in range(1, 20):
        desk.deadline(utc(2026, 12, day))
    together, files = Barrier(2), []

    def read() -> None:
        together.wait(timeout=20)
        files.append(desk.file())

    both = [Thread(target=read) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=30)
    assert len(files) == 2
    assert files[0] == files[1]
    assert session.scalar(select(func.count(CalendarEntry.id))) == 19


def test_as_many_statements_for_four_hundred_entries_as_for_four(desk: Desk) -> None:
    def statements(now: datetime) -> list[str]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement.split()[0])

        event.listen(Engine, "before_cursor_execute", note)
        try:
            desk.file(now)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return [word for word in seen if word not in ("BEGIN", "COMMIT", "PRAGMA")]

    def some(how_many: int) -> list[int]:
        with desk.acting() as work:
            first = a_deadline(work, act_by_at=utc(2026, 12, 1), order=None)
            order_id, person_id = first.record_id, first.person_id
            work.session.get_one(Deadline, first.id).assigned_to_id = desk.officer.id
            values = {"record_id": order_id, "person_id": person_id, "started_by_id": first.started_by_id, "title": "t"}
            values |= {"rule_class": "law", "alert_class": "review", "because": "b", "due_on": date(2026, 12, 1)}
            rows = [
                Deadline(**values, duty_key=f"d{n}", act_by_at=utc(2026, 12, 1) + timedelta(days=n % 300), assigned_to_id=desk.officer.id)
                for n in range(how_many - 1)
            ]
            work.session.add_all(rows)
            work.session.flush()
            return [first.id, *(row.id for row in rows)]

    few, then = some(4), statements(NOW)
    many, now = some(396), statements(NOW + timedelta(hours=1))
    assert now == then
    assert len(now) <= 6
    for key in (*few[:2], *many[:200]):
        desk.change(key, cancelled_at=NOW)
    assert len(statements(NOW + timedelta(hours=2))) <= 6
    assert len(statements(NOW + timedelta(hours=3))) <= 5
    assert len(events_of(desk.file())) == 400
