"""The lists of orders, the order page, its reasons and the patrol card, as each role sees them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Order
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.order_events import record_event
from orders_app.services.orders import NewEvent
from orders_app.services.variations import Variation, vary_order
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import NO_CONTACT, a_made_order, a_served_notice
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import Page
from tests.web.searches import narrow_orders

MOST_STATEMENTS = 12


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman")


@pytest.fixture
def varied(acting: Acting) -> str:
    """An SPO that followed an interim order, was served, breached and varied: one of everything."""
    with acting() as work:
        ann = a_person(work, surname="Joseph", forenames="Ann")
        person = a_person(work, surname="Whittaker", forenames="Callum James")
        interim = a_made_order(
            work, person=person, order_type="interim_spo", made_on=date(2026, 9, 7), end_kind=EndKind.FIXED,
            stated_ends_on=date(2026, 12, 1),
        )  # fmt: skip
        order = a_made_order(
            work, person=person, served_on=date(2026, 10, 5), follows_id=interim.id, protected=[ann], end_kind=EndKind.FIXED,
            stated_ends_on=date(2029, 10, 1), conditions=(NO_CONTACT, NO_CONTACT),
        )  # fmt: skip
        moved = NewEvent(EventKind.ADDRESS_CHANGED, date(2026, 11, 17), details={"address": "212 Foundry Lane"})
        record_event(work, reference=order.reference, version=order.version, event=moved)
        order = work.session.get_one(Order, order.id)
        out = Variation(
            EventKind.VARIED, date(2026, 11, 10), court="Northmere Magistrates' Court", removed=frozenset({1}), summary="Condition 1 out"
        )
        vary_order(work, reference=order.reference, version=order.version, variation=out)
        return order.reference


def test_the_list_says_how_many_and_keeps_its_filters_in_the_address(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        for day in range(1, 31):
            a_made_order(work, made_on=date(2026, 10, day))
    address = narrow_orders(officer, "clarke", tab="not-served")
    page = Page(officer.get(f"{address}&page=2").text)
    assert "Showing 26 to 30 of 30 orders" in page.text
    assert any(f"?{href.partition('?')[2]}" == f"?{address.partition('?')[2]}&page=1" for _text, href in page.links)
    assert not any("clarke" in href.lower() for _text, href in page.links)
    assert "In force (30)" in page.text


@pytest.mark.parametrize("number", ["0", "-3", "two", "999999999999999999999999", "٣"])
def test_a_page_that_no_list_has_is_the_first(officer: Officer, acting: Acting, number: str) -> None:
    with acting() as work:
        order = a_made_order(work)
    assert order.reference in Page(officer.get(f"/orders?tab=all&page={number}").text).text


@pytest.mark.parametrize("tab", ["in-force", "not-served", "ending", "notices", "ended", "all", "no-such-tab"])
def test_an_empty_tab_says_what_to_do_next(officer: Officer, tab: str) -> None:
    page = officer.get(f"/orders?tab={tab}")
    assert page.status_code == 200
    assert "Record an order" in page.text


def test_a_restricted_order_is_a_grey_row_in_no_count_and_a_sealed_one_nowhere(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        a_made_order(work)
        a_made_order(work, access=Access.RESTRICTED, person=a_person(work, surname="Quillfeather"))
        a_made_order(work, access=Access.SEALED, person=a_person(work, surname="Zanderhaven"))
    page = officer.get("/orders?tab=all").text
    assert page.count("1 order you may not open") == 1
    assert "Showing <strong>1</strong> to <strong>1</strong> of <strong>1</strong>" in page
    assert "Quillfeather".upper() not in page
    assert "Zanderhaven".upper() not in page
    assert "you may not open" not in officer.get(narrow_orders(officer, "quill", tab="all")).text


@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_an_order_not_to_be_opened_reads_like_one_that_is_not_there(officer: Officer, acting: Acting, access: Access) -> None:
    with acting() as work:
        reference = a_made_order(work, access=access).reference
    for address in ("", "/why/order_ends", "/why/last_day", "/record/served", "/hearing", "/events/1", "/vary", "/made"):
        hidden, missing = officer.get(f"/orders/{reference}{address}"), officer.get(f"/orders/SPO-2026-9999{address}")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.text.replace(reference, "") == missing.text.replace("SPO-2026-9999", "")


def test_the_order_page_has_the_whole_case(officer: Officer, varied: str) -> None:
    page = Page(officer.get(f"/orders/{varied}").text)
    for words in (
        "WHITTAKER, Callum James", "Friday 2 October 2026", "Monday 5 October 2026", "Monday 1 October 2029, 24:00", "1,044 days left",
        "ISPO-2026-0001", "2, as varied Tuesday 10 November 2026", "Not to contact Ann Joseph by any means", "3 days overdue", "s.9(4)",
        "Notify a change of home address", "JOSEPH, Ann", "Discharge without both consents", "s.4(4)(b)", "Record a compliance check",
        "Ask for initial notification again",
    ):  # fmt: skip
        assert words in page.text, words


def test_the_terms_of_a_day_are_those_of_its_version(officer: Officer, varied: str) -> None:
    now, then = officer.get(f"/orders/{varied}").text, officer.get(f"/orders/{varied}?on=9+November+2026").text
    assert "Conditions (1)" in Page(now).text
    assert "Conditions (2)" in Page(then).text
    assert "not the current terms" in then
    wrong = officer.get(f"/orders/{varied}?on=31/02/2026").text
    assert "Enter a day from 1 to 28" in wrong
    assert 'value="31/02/2026"' in wrong


def test_a_protected_person_who_may_not_be_seen_has_no_name_and_no_link(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        hidden = a_person(work, surname="Quillfeather", access=Access.SEALED)
        reference = a_made_order(work, protected=[hidden]).reference
    page = officer.get(f"/orders/{reference}").text
    assert "quillfeather" not in page.lower()
    assert hidden.reference not in page


@pytest.mark.parametrize(
    "address",
    [
        "/orders?tab=all",
        "/orders/{}",
        "/orders/{}/why/change_of_address",
        "/orders/{}/why/last_day",
        "/orders/{}/vary",
        "/orders/{}/correct",
    ],
)
def test_no_page_needs_more_than_twelve_statements(officer: Officer, varied: str, statements: Statements, address: str) -> None:
    with statements() as seen:
        answer = officer.get(address.format(varied))
    assert answer.status_code == 200
    assert len(seen) <= MOST_STATEMENTS, seen


def test_opening_an_order_is_logged_with_who_and_which(officer: Officer, varied: str, session: Session) -> None:
    officer.get(f"/orders/{varied}")
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "order.viewed")).all()
    order = session.scalars(select(Order).where(Order.reference == varied)).one()
    assert [(look.actor_id, look.record_id, look.person_id) for look in looks] == [(officer.user.id, order.id, order.person_id)]


def test_the_export_is_logged_and_runs_no_formula(officer: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        a_made_order(work, person=a_person(work, surname="Oakes", forenames="Tom"), court_reference="=1+1")
    answer = officer.get("/orders.csv?tab=all")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0][0] == "Reference"
    assert rows[1][2] == "OAKES, Tom"
    assert "'=1+1" in rows[1]
    logged = session.scalars(select(AuditEvent).where(AuditEvent.action == "orders.exported")).one()
    assert logged.changes["rows"] == 1


@pytest.mark.parametrize(("role", "address"), [(Role.PATROL, "/orders.csv"), (Role.PATROL, "/orders/new"), (Role.PERFORMANCE, "/orders")])
def test_doors_stay_closed(client_for: ClientFor, role: Role, address: str) -> None:
    assert client_for(role).get(address).status_code == 403


def test_the_exhibit_shows_both_readings_where_the_law_has_two(officer: Officer, acting: Acting) -> None:
    with acting(now=datetime(2026, 12, 25, 9, 0, tzinfo=UTC)) as work:
        reference = a_served_notice(work, served_at=datetime(2026, 12, 24, 20, 0, tzinfo=UTC)).reference
    page = Page(officer.get(f"/orders/{reference}/why/court_hearing").text)
    assert "Tuesday 29 December 2026, 20:00. Work to this one" in page.text
    assert "Wednesday 30 December 2026, 20:00" in page.text
    assert "The law can be read two ways" in page.text


@pytest.mark.parametrize("address", ["why/no_such_duty", "why/court_hearing?started=2020-01-01", "record/no_such_kind", "events/99"])
def test_what_the_order_does_not_have_is_not_found(officer: Officer, acting: Acting, address: str) -> None:
    with acting() as work:
        reference = a_served_notice(work).reference
    assert officer.get(f"/orders/{reference}/{address}").status_code == 404


def test_a_notice_that_cannot_be_worked_out_says_so_and_still_opens(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        unserved = a_served_notice(work, served_at=None)
    page = Page(officer.get(f"/orders/{unserved.reference}").text)
    assert "Not served" in page.text
    assert "Serve the notice" in page.text


def test_a_page_past_the_last_is_the_last(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        reference = a_made_order(work).reference
    assert reference in Page(officer.get("/orders?tab=all&page=99", follow_redirects=True).text).main


def test_a_list_narrowed_to_nothing_keeps_what_was_asked_on_the_way_to_all_orders(officer: Officer) -> None:
    links = Page(officer.get("/orders?tab=notices&type=scpo").text).links
    assert ("Look for the same under all orders", "/orders?tab=all&type=scpo") in links
