"""What a person's page asks for next: an address that only an order knows, and a report of a breach on the right order."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Address, Order, Person
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.new_orders import NewEvent
from orders_app.services.new_people import Identity, NewAddress, NewPerson
from orders_app.services.order_events import record_event
from orders_app.services.people import record_person
from tests.conftest import Acting
from tests.order_cases import a_made_order
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import page

MOVED = date(2026, 11, 17)
CALLUM = NewPerson(
    Identity("Whittaker", "Callum James", date(1988, 3, 14)),
    addresses=(NewAddress("1 Ashcombe Terrace, Northmere", "NM1 9QD", from_on=date(2024, 5, 1)),),
)


@pytest.fixture
def callum(acting: Acting) -> Person:
    with acting() as work:
        return record_person(work, CALLUM)


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK)


def an_spo(acting: Acting, person: Person, address: str = "", **values: object) -> Order:
    """An SPO of theirs, served; with a change of address where one is told."""
    with acting() as work:
        order = a_made_order(work, person=person, **{"served_on": date(2026, 10, 5), **values})
    if address:
        with acting() as work:
            moved = NewEvent(EventKind.ADDRESS_CHANGED, MOVED, details={"address": address, "source": "landlord"})
            record_event(work, reference=order.reference, version=order.version, event=moved)
    return order


def test_an_address_that_only_an_order_knows_is_asked_for_and_recorded_in_one_step(
    officer: Officer, acting: Acting, callum: Person, session: Session
) -> None:
    order = an_spo(acting, callum, "61 Foundry Lane, Northmere NM3 4RT")
    href = f"/people/{callum.reference}/details/address/new?changed=yes"
    for address in (f"/orders/{order.reference}", f"/people/{callum.reference}"):
        shown = page(officer.get(address))
        assert f"{order.reference} says that they moved on Tuesday 17 November 2026 to 61 Foundry Lane" in shown.main
        assert ("Record the new address", href) in shown.links
    form = page(officer.get(href))
    values = {name: form.inputs[name] for name in ("postcode", "from_on-day", "from_on-month", "from_on-year", "source", "has_left_home")}
    assert list(values.values())[:5] == ["NM3 4RT", "17", "11", "2026", "landlord"]
    assert "61 Foundry Lane, Northmere" in form.main
    assert officer.post(href, data={"kind": "home", "lines": "61 Foundry Lane, Northmere", **values}).status_code == 302
    session.rollback()
    known = session.execute(select(Address.lines, Address.from_on, Address.until_on).order_by(Address.id)).all()
    assert known == [("1 Ashcombe Terrace, Northmere", date(2024, 5, 1), MOVED), ("61 Foundry Lane, Northmere", MOVED, None)]
    for address in (f"/orders/{order.reference}", f"/people/{callum.reference}"):
        assert "Record the new address" not in page(officer.get(address)).main


@pytest.mark.parametrize("told", ["1 Ashcombe Terrace", "1, Ashcombe Terrace, Northmere NM1 9QD"])
def test_an_address_on_record_is_not_asked_for(officer: Officer, acting: Acting, callum: Person, told: str) -> None:
    an_spo(acting, callum, told)
    assert "Record the new address" not in page(officer.get(f"/people/{callum.reference}")).main


def test_who_may_not_change_the_person_or_see_the_order_is_not_asked(
    officer: Officer, client_for: ClientFor, acting: Acting, callum: Person
) -> None:
    an_spo(acting, callum, "61 Foundry Lane, Northmere NM3 4RT", access=Access.SEALED)
    href = f"/people/{callum.reference}/details/address/new?changed=yes"
    assert "Foundry" not in officer.get(f"/people/{callum.reference}").text
    assert "Foundry" not in officer.get(href).text
    order = an_spo(acting, callum, "12 Dock Road")
    assert "Record the new address" not in client_for(Role.PATROL).get(f"/orders/{order.reference}").text


def test_a_form_opened_without_a_change_to_tell_of_is_empty(officer: Officer, callum: Person) -> None:
    form = page(officer.get(f"/people/{callum.reference}/details/address/new?changed=yes"))
    assert form.inputs["postcode"] == ""


def test_a_breach_of_the_only_order_in_force_is_reported_at_once(officer: Officer, acting: Acting, callum: Person) -> None:
    address = f"/people/{callum.reference}/report-breach"
    assert "Report a breach" not in page(officer.get(f"/people/{callum.reference}")).main
    assert "No order that you may open can be breached today" in page(officer.get(address)).main
    order = an_spo(acting, callum)
    assert ("Report a breach", address) in page(officer.get(f"/people/{callum.reference}")).links
    assert officer.get(address).location == f"/orders/{order.reference}/record/breach_reported"


def test_where_several_are_in_force_the_order_is_chosen(officer: Officer, acting: Acting, callum: Person) -> None:
    spo = an_spo(acting, callum)
    made = {"made_on": date(2026, 11, 10), "served_on": date(2026, 11, 10)}
    dvpo = an_spo(acting, callum, order_type="dvpo", end_kind=EndKind.FIXED, stated_ends_on=date(2026, 12, 7), **made)
    ended = an_spo(
        acting, callum, order_type="interim_spo", made_on=date(2026, 9, 1), served_on=date(2026, 9, 2), end_kind=EndKind.FIXED,
        stated_ends_on=date(2026, 10, 1),
    )  # fmt: skip
    sealed = an_spo(acting, callum, access=Access.SEALED)
    shown = page(officer.get(f"/people/{callum.reference}/report-breach"))
    assert "Which order was breached?" in shown.heading
    listed = [text.rpartition(" ")[2] for text, _href in shown.links if text.startswith("Report a breach of")]
    assert (set(listed[:2]), listed[2:]) == ({spo.reference, dvpo.reference}, [ended.reference])
    for order in (spo, dvpo, ended):
        assert (f"Report a breach of {order.reference}", f"/orders/{order.reference}/record/breach_reported") in shown.links
    assert sealed.reference not in shown.main
    assert officer.get(f"/orders/{dvpo.reference}/record/breach_reported").status_code == 200


def test_who_may_not_record_is_not_offered_it(client_for: ClientFor, acting: Acting, callum: Person) -> None:
    an_spo(acting, callum)
    reader = client_for(Role.AUDITOR)
    assert "Report a breach" not in page(reader.get(f"/people/{callum.reference}")).main
    assert reader.get(f"/people/{callum.reference}/report-breach").status_code == 403


@pytest.mark.parametrize("rest", ["", "/report-breach"])
def test_no_page_needs_more_than_twelve_statements(
    officer: Officer, acting: Acting, callum: Person, statements: Statements, rest: str
) -> None:
    for _ in range(2):
        an_spo(acting, callum, "61 Foundry Lane, Northmere")
    with statements() as seen:
        assert officer.get(f"/people/{callum.reference}{rest}").status_code == 200
    assert len(seen) <= 12, seen
