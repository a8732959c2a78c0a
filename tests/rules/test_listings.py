"""Hearings listed for later than the law allows: the facts, the hearing, and what it comes too late for."""

import pytest

from orders_app.rules.listings import heard_too_late
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.wording import LONDON
from tests.rules.examples import LAW, at, facts

SERVED = "served 2026-11-18T20:22"
CROYDON = {"area": "Croydon"}
REMAND = "remanded 2026-11-21 remanded=custody remanded_for=report"
ROWS = [
    ("dvpn", [SERVED], {}, "2026-11-20T20:22", []),
    ("dvpn", [SERVED], {}, "2026-11-20T20:23", ["court_hearing"]),
    ("dvpn", [SERVED], {}, "2026-11-21T10:00", ["court_hearing"]),
    ("dvpn", [SERVED], {}, "2026-11-20", []),  # that day without a time: nobody knows
    ("dvpn", [SERVED], {}, "2026-11-21", ["court_hearing"]),
    ("dvpn", [SERVED, "hearing_held 2026-11-20T10:00", "adjourned 2026-11-20T10:00"], {}, "2026-12-04T10:00", []),
    ("dvpn", [SERVED, "adjourned 2026-11-20T10:00"], {}, "2026-12-04T10:00", ["court_hearing"]),
    ("dvpn", ["served 2026-11-18"], {}, "2026-12-04T10:00", []),  # no clock runs from a day alone
    ("dvpn", [SERVED, "hearing_held 2026-11-20T10:00", REMAND], {}, "2026-12-14T10:00", ["remand_report_custody"]),
    ("dapn", ["served 2026-11-18T20:22"], CROYDON, "2026-11-21T10:00", ["court_hearing"]),
    ("spo", ["made 2026-10-02"], {}, "2027-10-02T10:00", []),
    ("nmo", ["made 2026-10-02"], {"is_without_notice": True}, "2027-10-02T10:00", []),  # guidance sets that date, and no law
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "hearing", "late"), ROWS)
def test_what_a_hearing_comes_too_late_for(code, events, known, hearing, late):
    moment = at(hearing) if "T" in hearing else None
    on = at(hearing).astimezone(LONDON).date()
    found = heard_too_late(ORDER_TYPES[code], facts(code, *events, **known), on, moment, LAW)
    assert [due.key for due in found] == late
