"""A registered person as officers have them before them, and what they type about them."""

from __future__ import annotations

from typing import Any

from orders_app.models import Registration
from orders_app.services.work import Work
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_made_order
from tests.registration_cases import a_registration
from tests.web.typed import day

GIVEN = {"where": "Northmere Central", "officer": "PC 4471 Aisha Rahman", "type": "85", "residence": "address", "resets_annual": "yes"}
TODAY = "22 11 2026"


def registered(acting: Acting, *events: Any, **values: Any) -> str:
    """The reference of a registration."""
    with acting() as work:
        return a_registration(work, *events, **values).reference


def with_an_order(work: Work, order_type: str = "shpo", **values: Any) -> tuple[Registration, str]:
    """A registration, and the reference of a prevention order on the same person."""
    person = a_person(work, surname="Marsh", forenames="Gareth")
    order = a_made_order(work, order_type=order_type, person=person, **values)
    return a_registration(work, person=person), order.reference


def notification(time: str = "08:00", **answers: str) -> dict[str, str]:
    """A notification as typed today, with every answer that is not the usual one."""
    return {**GIVEN, **day("notified_on", TODAY, time), **answers}
