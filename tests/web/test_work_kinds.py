"""The filter of My work by kind."""

from __future__ import annotations

from tests.conftest import Acting
from tests.services.alert_cases import utc
from tests.web.conftest import Officer
from tests.web.work_desk import Desk


def test_a_hearing_is_found_under_court_hearings(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        desk.row(work, "Hearing", utc(2026, 11, 24, 10), alert_class="hearing", duty_key="hearing", surname="Sefton")
        desk.row(work, "Heard by", utc(2026, 11, 25, 10), alert_class="hour_clock", duty_key="court_hearing", surname="Marsh")
    page = aisha.get("/work?kind=hour_clock").text
    assert "Court hearings and hour clocks (2)" in page
    assert [name for name in ("SEFTON", "MARSH", "WHITTAKER") if name in page] == ["SEFTON", "MARSH"]
