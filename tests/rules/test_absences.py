"""What may be entered about days away."""

from __future__ import annotations

from datetime import date

import pytest

from orders_app.rules.absences import Away, refusals

TODAY = date(2026, 11, 23)
WEEK = Away(date(2026, 11, 30), date(2026, 12, 6))


@pytest.mark.parametrize(
    ("away", "field", "message"),
    [
        (Away(date(2026, 11, 30), date(2026, 11, 29)), "until_on", "Monday 30 November 2026 or later"),
        (Away(date(2026, 11, 1), date(2026, 11, 22)), "until_on", "These days are over"),
        (Away(date(2026, 12, 7), date(2027, 12, 9)), "until_on", "a year at most"),
        (Away(date(2026, 12, 6), date(2026, 12, 9)), "from_on", "away already from Monday 30 November 2026 to Sunday 6 December 2026"),
    ],
)
def test_what_is_refused_beside_which_field(away: Away, field: str, message: str) -> None:
    (found,) = refusals(away, others=[WEEK], of_cover=[], today=TODAY)
    assert found.field == field
    assert message in found.message


def test_whoever_covers_is_here_all_those_days() -> None:
    (found,) = refusals(WEEK, others=[], of_cover=[Away(date(2026, 12, 6), date(2026, 12, 20))], today=TODAY)
    assert (found.field, found.message) == ("cover", "They are away themselves from Sunday 6 December 2026 to Sunday 20 December 2026")


@pytest.mark.parametrize(
    "away",
    [
        Away(TODAY, TODAY),
        Away(date(2026, 11, 1), date(2026, 11, 29)),  # begun, and up to the day before
        Away(date(2026, 12, 7), date(2027, 12, 8)),  # from the day after, for a year
    ],
)
def test_what_may_be_entered(away: Away) -> None:
    assert list(refusals(away, others=[WEEK], of_cover=[WEEK], today=TODAY)) == []
