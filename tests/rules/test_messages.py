"""What e-mails say: a heading, references and links."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.messages import LISTED_AT_MOST, NEVER_LISTED, SENT_ALL_THE_SAME, Line, Part, digest, hour_clock, trial

DAY = date(2026, 11, 26)
SITE = "https://orderwatch.example/"
parts = st.dictionaries(st.sampled_from(Part), st.lists(st.builds(Line, st.just("SPO-2026-0042"), st.integers(1, 99)), max_size=60))


def test_an_hour_clock_is_named_by_reference_and_link() -> None:
    message = hour_clock(Line("DVPN-2026-0007", 2), SITE)
    assert message.subject == "Orderwatch: an hour clock needs you"
    assert "DVPN-2026-0007\nhttps://orderwatch.example/work/DVPN-2026-0007/2\n" in message.body


def test_of_a_record_that_only_some_may_see_nothing_but_my_work_is_said() -> None:
    message = hour_clock(None, SITE)
    assert message.subject == hour_clock(Line("DVPN-2026-0007", 2), SITE).subject
    assert message.body.count("https://") == message.body.count("https://orderwatch.example/work\n") == 1


def test_what_stands_in_a_reference_cannot_lead_elsewhere() -> None:
    assert Line("A/../B?c", 1).link(SITE) == "https://orderwatch.example/work/A%2F..%2FB%3Fc/1"


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
