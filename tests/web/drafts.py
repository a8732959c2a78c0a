"""A draft of an order, answered step by step as an officer would."""

from __future__ import annotations

from typing import Any

from orders_app.models import Person
from tests.web.conftest import Officer
from tests.web.reading import Page

COURT = {"court": "Northmere Magistrates' Court", "is_present_or_represented": "yes", "is_without_notice": "no", "do": "next"}
TERM = {"words": "Not to contact Ann Joseph.", "short_form": "No contact", "kind": "prohibition", "end": "order", "library": "own"}
OWNER = {"team": "Orders desk", "do": "next"}


def begun(officer: Officer, person: Person, code: str = "") -> str:
    """A draft's address up to the step."""
    answer = officer.post("/orders/new", data={"person": person.reference})
    base: str = answer.location.rsplit("/", 1)[0]
    if code:
        assert officer.post(f"{base}/type", data={"order_type": code, "do": "next"}).status_code == 302
    return base


def problems(answer: Any) -> str:
    return Page(answer.text).problems
