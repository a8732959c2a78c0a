"""What e-mails say: a heading, references and links."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.messages import LISTED_AT_MOST, NEVER_LISTED, SENT_ALL_THE_SAME, Line, Part, digest, hour_clock, trial

DAY = date(2026, 11, 26)
SITE = "https://orderwatch.example/"
moments = st.integers(0, 10_000_000).map(lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
lines = st.builds(Line, st.just("SPO-2026-0042"), st.integers(1, 99), moments)
parts = st.dictionaries(st.sampled_from(Part), st.lists(lines, max_size=60))


def line(number: int, at: datetime) -> Line:
    return Line("DVPN-2026-0007", number, at)


def test_an_hour_clock_is_named_by_reference_and_link() -> None:
    message = hour_clock(line(2, datetime(2026, 11, 26, 6, 22, tzinfo=UTC)), SITE)
    assert message.subject == "Orderwatch: an hour clock ends Thursday 26 November, 06:22"
    said = "DVPN-2026-0007, number 2\ndue Thursday 26 November 2026, 06:22\nhttps://orderwatch.example/work/DVPN-2026-0007/2\n"
    assert said in message.body


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (datetime(2026, 11, 25, 0, 0, tzinfo=UTC), "Tuesday 24 November 2026, 24:00"),
        (datetime(2026, 6, 24, 23, 0, tzinfo=UTC), "Wednesday 24 June 2026, 24:00"),
        (datetime(2026, 6, 24, 22, 59, tzinfo=UTC), "Wednesday 24 June 2026, 23:59"),
    ],
)
def test_each_line_of_a_digest_says_when_and_is_told_from_others_of_its_record(at: datetime, ends: str) -> None:
    body = digest(DAY, {Part.TODAY: [line(1, at), line(3, at)]}, SITE, is_chosen=True).body
    for number in (1, 3):
        link = f"https://orderwatch.example/work/DVPN-2026-0007/{number}"
        assert f"DVPN-2026-0007, number {number}: due {ends}\n  {link}\n" in body


def test_of_a_record_that_only_some_may_see_nothing_but_my_work_is_said() -> None:
    message = hour_clock(None, SITE)
    assert message.subject == "Orderwatch: an hour clock needs you"
    assert message.body.count("https://") == message.body.count("https://orderwatch.example/work\n") == 1


def test_what_stands_in_a_reference_cannot_lead_elsewhere() -> None:
    assert Line("A/../B?c", 1, datetime(2026, 11, 26, tzinfo=UTC)).link(SITE) == "https://orderwatch.example/work/A%2F..%2FB%3Fc/1"


def test_a_trial_names_nothing() -> None:
    assert trial(SITE).body.count("https://") == 1


@given(parts, st.booleans())
def test_every_digest_says_that_some_records_are_never_listed_and_why_it_came(found: dict[Part, list[Line]], is_chosen: bool) -> None:
    message = digest(DAY, found, SITE, is_chosen=is_chosen)
    assert message.body.count(NEVER_LISTED) == 1
    assert message.body.count(SENT_ALL_THE_SAME) == (not is_chosen)
    assert "\n" not in message.subject
    assert message.body.isascii()


@given(parts)
def test_every_line_is_listed_until_a_part_is_too_long_and_then_it_says_so(found: dict[Part, list[Line]]) -> None:
    message = digest(DAY, found, SITE, is_chosen=True)
    listed = sum(min(len(lines), LISTED_AT_MOST) for lines in found.values())
    assert message.body.count("/work/SPO-2026-0042/") == listed
    assert message.body.count("More are in My work.") == sum(len(lines) > LISTED_AT_MOST for lines in found.values())
    assert message.subject.endswith("nothing to list") is not any(found.values())
