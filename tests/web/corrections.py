"""A draft of a correction, answered as an officer would."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Order
from orders_app.rules.facts import EndKind
from orders_app.services.orders import NewCondition
from tests.conftest import Acting
from tests.order_cases import NO_CONTACT, a_made_order
from tests.web.conftest import Officer
from tests.web.reading import Page
from tests.web.typed import day

NO_ENTRY = NewCondition("Not to enter Foundry Lane.", "Not Foundry Lane")
TERM = {"library": "own", "kind": "prohibition", "end": "order"}
ROW = TERM | {"words": "Not to enter Foundry Row.", "short_form": "Not Foundry Row", "editing": "2", "do": "next"}
COURT = {"court": "Eastbridge", "is_present_or_represented": "no", "is_without_notice": "no", "do": "next", **day("made_on", "2 10 2026")}
NOW_SAYS, WILL_SAY = "Recorded now", "After the correction"
WHY = "The sealed order says otherwise"


def an_spo_of_three_years(acting: Acting) -> str:
    """An SPO of two terms, to 1 October 2029."""
    with acting() as work:
        return a_made_order(
            work, served_on=date(2026, 10, 5), end_kind=EndKind.FIXED, stated_ends_on=date(2029, 10, 1), conditions=(NO_CONTACT, NO_ENTRY)
        ).reference


def begun(officer: Officer, reference: str, part: str = "court") -> str:
    """A draft of a correction: its address up to the step."""
    answer = officer.post(f"/orders/{reference}/correct", data={"part": part})
    assert answer.location.endswith(part.partition("-")[0])
    base: str = answer.location.rsplit("/", 1)[0]
    return base


def put(desk: Officer, base: str, step: str, **typed: str) -> Any:
    """Answer one step and the reason."""
    answer = desk.post(f"{base}/{step}", data={"do": "next"} | typed)
    assert answer.status_code == 302, Page(answer.text).problems
    desk.post(f"{base}/reason", data={"reason": WHY, "do": "next"})
    return desk.get(f"{base}/check")


def stored(session: Session, reference: str) -> Order:
    """The order as it is by now."""
    session.rollback()
    return session.scalars(select(Order).where(Order.reference == reference)).one()
