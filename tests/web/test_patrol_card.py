"""The patrol card: what an officer at a door must know of every live order, and what not to rely on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from orders_app.models import Person
from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.orders import NewCondition
from orders_app.services.variations import Variation, vary_order
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import NO_CONTACT, a_made_order
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import Page

MOST_STATEMENTS = 12
DVPO: dict[str, Any] = {
    "order_type": "dvpo", "made_on": date(2026, 11, 11), "served_on": date(2026, 11, 11), "end_kind": EndKind.FIXED,
    "stated_ends_on": date(2026, 12, 8),
}  # fmt: skip
SCPO: dict[str, Any] = {"order_type": "scpo", "end_kind": EndKind.FIXED, "stated_ends_on": date(2030, 10, 1)}


@pytest.fixture
def person(acting: Acting) -> Person:
    with acting() as work:
        return a_person(work, surname="Pritchard", forenames="Gareth", sex="male")


@pytest.fixture
def patrol(client_for: ClientFor) -> Officer:
    return client_for(Role.PATROL)


def card(officer: Officer, person: Person) -> str:
    return Page(officer.get(f"/people/{person.reference}/patrol-card").text).text


def an_order(acting: Acting, person: Person, **values: Any) -> str:
    with acting() as work:
        return a_made_order(work, person=work.session.get_one(Person, person.id), **values).reference


def test_it_has_the_words_the_power_and_the_clock(patrol: Officer, person: Person, acting: Acting, statements: Statements) -> None:
    an_order(acting, person, **DVPO)
    with statements() as seen:
        answer = patrol.get(f"/people/{person.reference}/patrol-card")
    said = Page(answer.text).text
    for words in (
        "LIVE: domestic violence protection order", "until Tuesday 8 December 2026, 24:00", "Not to contact Ann Joseph by any means",
        "Arrest without warrant", "s.28(9)", "before Tuesday 24 November 2026, 00:00 (24:00 Monday)", "Sunday 22 November does not count",
        "Male.",
    ):  # fmt: skip
        assert words in said
    assert len(seen) <= MOST_STATEMENTS
    assert "<script" not in answer.text
    assert len(answer.data) < 12_000


def test_an_order_that_binds_only_once_served_gives_no_power_before(patrol: Officer, person: Person, acting: Acting) -> None:
    an_order(acting, person, **SCPO)
    said = card(patrol, person)
    assert "LIVE" not in said
    for words in ("MADE, NOT BINDING YET: serious crime prevention order", "binds only once it is served", "None under this order"):
        assert words in said


@pytest.mark.parametrize("bound", [{"served_on": date(2026, 10, 5)}, {"is_present_or_represented": True}])
def test_it_binds_whoever_was_served_or_was_there(patrol: Officer, person: Person, acting: Acting, bound: dict[str, Any]) -> None:
    an_order(acting, person, **SCPO, **bound)
    assert "LIVE: serious crime prevention order" in card(patrol, person)


def test_an_unserved_order_and_one_made_without_notice_say_what_the_subject_may_not_know(
    patrol: Officer, person: Person, acting: Acting
) -> None:
    an_order(acting, person)
    an_order(acting, person, order_type="nmo", is_without_notice=True, details={"aware_from": "2026-10-09"})
    said = card(patrol, person)
    assert "The subject may not know of it. Serve it if you can" in said
    assert "only from when the subject knew of it, recorded as Friday 9 October 2026" in said


def test_terms_that_a_court_varied_for_later_do_not_bind_yet(patrol: Officer, person: Person, acting: Acting) -> None:
    with acting() as work:
        order = a_made_order(work, person=work.session.get_one(Person, person.id), served_on=date(2026, 10, 5))
        change = Variation(
            EventKind.VARIED, date(2026, 11, 20), in_force_from=date(2026, 12, 1), changed={1: NewCondition("Not to write to Ann Joseph.")}
        )
        vary_order(work, reference=order.reference, version=order.version, variation=change)
    said = card(patrol, person)
    assert NO_CONTACT.text in said
    assert "Not to write to Ann Joseph." not in said


def test_only_those_who_may_record_are_offered_to_report_a_breach(
    patrol: Officer, person: Person, acting: Acting, client_for: ClientFor
) -> None:
    reference = an_order(acting, person, **DVPO)
    report = ("Report a breach", f"/orders/{reference}/record/breach_reported")
    desk = client_for(Role.ORDERS_DESK)
    assert report in Page(desk.get(f"/people/{person.reference}/patrol-card").text).links
    page = Page(patrol.get(f"/people/{person.reference}/patrol-card").text)
    assert report not in page.links
    assert "Ring 01632 960140" in page.text
