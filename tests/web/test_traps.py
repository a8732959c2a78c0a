"""Mistakes that software makes with protective orders, as far as pages could make them. tests/rules/test_traps.py has the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from orders_app.models import Person
from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.services.new_people import Identity, NewPerson
from orders_app.services.order_events import record_event
from orders_app.services.orders import NewCondition, NewEvent
from orders_app.services.people import record_people
from orders_app.services.variations import Variation, vary_order
from orders_app.services.work import Work
from tests.conftest import Acting
from tests.order_cases import a_made_order
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.searches import address_of_search

pytestmark = pytest.mark.on_sqlite

DVPO: dict[str, Any] = {
    "order_type": "dvpo", "made_on": date(2026, 11, 11), "end_kind": EndKind.FIXED, "stated_ends_on": date(2026, 12, 8),
}  # fmt: skip
ENDED = DVPO | {"made_on": date(2026, 9, 1), "stated_ends_on": date(2026, 9, 28)}


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK)


@pytest.fixture
def person(acting: Acting) -> Person:
    with acting() as work:
        return record_people(work, [NewPerson(Identity("Pritchard", "Gareth"))])[0]


def an_order(work: Work, person: Person, **values: Any) -> Any:
    return a_made_order(work, person=work.session.get_one(Person, person.id), **values)


def happened(work: Work, order: Any, *events: NewEvent) -> None:
    for event in events:
        record_event(work, reference=order.reference, version=order.version, event=event)


def main(officer: Officer, address: str) -> str:
    return Page(officer.get(address).text).main


def test_trap_12_a_dvpo_offers_no_way_to_extend_vary_or_discharge_it(officer: Officer, person: Person, acting: Acting) -> None:
    with acting() as work:
        reference = an_order(work, person, **DVPO).reference
    addresses = [href for _, href in Page(officer.get(f"/orders/{reference}").text).links]
    assert not [href for href in addresses if any(word in href for word in ("/vary", "renewed", "discharged"))]
    assert "The Act gives no power to extend a DVPO" in main(officer, f"/orders/{reference}")


def test_trap_29_a_breach_names_the_terms_of_its_day(officer: Officer, person: Person, acting: Acting) -> None:
    with acting() as work:
        order = an_order(work, person, conditions=(NewCondition("Not to enter Foundry Lane.", "Not Foundry Lane"),))
        new = {1: NewCondition("Not to enter Mill Row.", "Not Mill Row")}
        vary_order(work, reference=order.reference, version=order.version, variation=Variation(E.VARIED, date(2026, 11, 10), changed=new))
        happened(work, order, NewEvent(E.BREACH_REPORTED, date(2026, 11, 9)), NewEvent(E.BREACH_REPORTED, date(2026, 11, 12)))
    said = main(officer, f"/orders/{order.reference}")
    assert "Judged by the terms of Monday 9 November 2026 (version 1)" in said
    assert "Judged by the terms of Thursday 12 November 2026 (version 2)" in said
    assert "Not to enter Foundry Lane." in main(officer, f"/orders/{order.reference}?on=2026-11-09")
    form = main(officer, f"/orders/{order.reference}/record/breach_reported")
    assert "1. Not Mill Row" in form
    assert "1. Not Foundry Lane (version 1)" in form


def test_trap_29_a_breach_before_the_subject_knew_says_so(officer: Officer, person: Person, acting: Acting) -> None:
    with acting() as work:
        order = an_order(work, person, order_type="nmo", is_without_notice=True, details={"aware_from": "2026-10-09"})
        happened(work, order, NewEvent(E.BREACH_REPORTED, date(2026, 10, 8)))
    assert "counts only from when the subject knew of it, Friday 9 October 2026" in main(officer, f"/orders/{order.reference}")


def test_trap_34_a_persons_page_says_each_number_by_its_name(officer: Officer, person: Person, acting: Acting) -> None:
    with acting() as work:
        dvpo, spo = an_order(work, person, **DVPO), an_order(work, person)
        report, arrest = NewEvent(E.BREACH_REPORTED, date(2026, 11, 12)), NewEvent(E.ARRESTED, date(2026, 11, 12))
        happened(work, spo, report, report, arrest, NewEvent(E.COMPLIANCE_CHECKED, date(2026, 11, 13)))
        happened(work, dvpo, report)
    said = main(officer, f"/people/{person.reference}")
    assert "3 breaches reported on 2 orders, 1 arrest" in said
    assert "2 reported, 1 arrest" in said
    assert "1 reported" in said


def test_trap_35_an_order_that_has_ended_is_still_found(officer: Officer, person: Person, acting: Acting) -> None:
    with acting() as work:
        reference = an_order(work, person, **ENDED).reference
    assert "PRITCHARD, Gareth" in main(officer, address_of_search(officer, "Pritchard"))
    assert reference in main(officer, f"/people/{person.reference}")
    assert reference in main(officer, "/orders?tab=ended")
    assert reference in main(officer, "/orders?tab=all")
    assert reference not in main(officer, "/orders?tab=in-force")
