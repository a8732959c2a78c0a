"""Why this date, on the order page and as an exhibit: the rule, what was recorded, what was not used, the count, how to check it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from orders_app.models import Order
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.order_events import record_event
from orders_app.services.orders import NewEvent
from tests.conftest import Acting
from tests.order_cases import a_made_order, a_served_notice
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import page

MOST_STATEMENTS = 12


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman")


@pytest.fixture
def notice(acting: Acting) -> str:
    with acting() as work:
        return a_served_notice(work).reference


@pytest.fixture
def order(acting: Acting) -> str:
    with acting() as work:
        made = a_made_order(work, served_on=date(2026, 10, 5), end_kind=EndKind.FIXED, stated_ends_on=date(2029, 10, 1))
        return made.reference


def heard(acting: Acting, reference: str, at: datetime) -> None:
    with acting(now=at) as work:
        order = work.session.query(Order).filter_by(reference=reference).one()
        event = NewEvent(EventKind.HEARING_HELD, at.date(), at, {"court": "Northmere Magistrates’ Court"})
        record_event(work, reference=reference, version=order.version, event=event)


def test_an_exhibit_can_be_followed_from_event_to_deadline(officer: Officer, notice: str) -> None:
    shown = page(officer.get(f"/orders/{notice}/why/court_hearing"))
    for words in (
        "By Tuesday 24 November 2026, 22:40",
        "not later than 48 hours after the notice was served. Crime and Security Act 2010 s.27(3)",
        "Christmas Day, Good Friday, every Sunday and every bank holiday in England and Wales. Saturdays count",
        "Served: Saturday 21 November 2026, 22:40",
        "Recorded Sunday 22 November 2026, 08:14 by Orderwatch",
        "Authorised Saturday 21 November 2026, 20:15. The period runs from service, not from authority",
        "Saturday 21 November Hours 22:40 to 24:00 Counts? Yes. The clock starts",
        "Sunday 22 November Hours 00:00 to 24:00 Counts? Left out: Sunday",
        "Counts? Yes. 48 h are reached",
        "Strike out Christmas Day, Good Friday, every Sunday and every bank holiday in England and Wales: here Sunday 22 November",
        "The same as the date stored and used for alerts",
        "by the law of Saturday 21 November 2026",
        "Aisha Rahman",
        "Signed Name and rank Date and time",
    ):
        assert words in shown.main, words
    assert ("Crime and Security Act 2010 s.27(4)", "https://www.legislation.gov.uk/ukpga/2010/17/section/27") in shown.links


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2026, 11, 24, 10, 0, tzinfo=UTC), "in time, 12 h 40 min before the end"),
        (datetime(2026, 11, 24, 23, 15, tzinfo=UTC), "late, 35 min after the end"),
    ],
)
def test_what_met_it_is_shown_with_who_recorded_it_and_by_how_much(
    officer: Officer, acting: Acting, notice: str, at: datetime, says: str
) -> None:
    heard(acting, notice, at)
    shown = page(officer.get(f"/orders/{notice}/why/court_hearing")).main
    assert f"Met by Hearing held: Tuesday 24 November 2026, {at:%H:%M} Court: Northmere Magistrates’ Court" in shown
    assert says in shown


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("in_force", "From Friday 2 October 2026"),
        ("earliest_last_day", "Earliest lawful last day: Sunday 1 October 2028, 24:00"),
        ("last_day", "Monday 1 October 2029, 24:00"),
        ("notification_lasts", "Until: Monday 1 October 2029, 24:00"),
        ("discharge_bar", "Until Sunday 1 October 2028, 24:00"),
        ("order_ends", "Until Monday 1 October 2029, 24:00"),
        ("expiry_decision", "By Monday 9 July 2029, 24:00"),
        ("initial_notification", "By Wednesday 7 October 2026, 24:00"),
    ],
)
def test_every_date_of_an_order_has_its_exhibit(officer: Officer, order: str, statements: Statements, key: str, says: str) -> None:
    with statements() as seen:
        shown = page(officer.get(f"/orders/{order}/why/{key}"))
    assert says in shown.main
    for part in (
        "1. The rule",
        "2. What was recorded",
        "By hand",
        "Made by",
        "Order made: Friday 2 October 2026" if key != "initial_notification" else "Served",
    ):
        assert part in shown.main, part
    assert len(seen) <= MOST_STATEMENTS


def test_the_order_page_explains_every_date_in_place_and_leads_to_the_exhibit(officer: Officer, order: str) -> None:
    shown = page(officer.get(f"/orders/{order}"))
    for words in (
        "Dates of the order itself",
        "In force from: From Friday 2 October 2026",
        "Last day: Monday 1 October 2029, 24:00",
        "What would move it",
    ):
        assert words in shown.main, words
    hrefs = [href.partition("?")[0] for _text, href in shown.links]
    for key in ("in_force", "last_day", "earliest_last_day", "notification_lasts", "discharge_bar", "compliance_check"):
        assert f"/orders/{order}/why/{key}" in hrefs, key


def test_three_readings_stand_beside_each_other(officer: Officer, acting: Acting) -> None:
    with acting(now=datetime(2026, 12, 27, 9, 0, tzinfo=UTC)) as work:
        reference = a_served_notice(work, served_at=datetime(2026, 12, 26, 20, 0, tzinfo=UTC)).reference
    shown = page(officer.get(f"/orders/{reference}/why/court_hearing")).main
    for words in (
        "3. The count: the law can be read in more than one way here",
        "Thursday 31 December 2026, 20:00. Lateness is judged by this one",
        "Thursday 31 December 2026, 00:00 (24:00 Wednesday). Neither worked to nor judged by",
        "Wednesday 30 December 2026, 20:00. Work to this one",
    ):
        assert words in shown, words


def test_an_order_that_has_not_begun_has_no_such_exhibit(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        unserved = a_served_notice(work, served_at=None).reference
    assert officer.get(f"/orders/{unserved}/why/last_day").status_code == 404
    assert f"/orders/{unserved}/why/last_day" not in officer.get(f"/orders/{unserved}").text


def test_a_duty_without_a_date_says_why_and_names_no_other_order(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        interim = a_made_order(work, order_type="interim_spo", end_kind=EndKind.FIXED, stated_ends_on=date(2026, 12, 1))
        person = interim.person
        full = a_made_order(work, person=person, served_on=date(2026, 10, 5), follows_id=interim.id).reference
        a_made_order(work, person=person, order_type="shpo", made_on=date(2026, 9, 1), served_on=date(2026, 9, 1), access=Access.SEALED)
        other = a_made_order(work, person=person, made_on=date(2026, 11, 2), served_on=date(2026, 11, 2)).reference
    said = "Notify all names and home address: The order replaces an interim order, and the first notification does not start again"
    assert said in page(officer.get(f"/orders/{full}")).main
    shown = page(officer.get(f"/orders/{other}")).main
    assert "No date, and why" not in shown
    assert "Sexual" not in shown


def test_what_was_done_keeps_its_reasoning_in_place(officer: Officer, acting: Acting, notice: str) -> None:
    heard(acting, notice, datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    shown = page(officer.get(f"/orders/{notice}")).main
    done = shown[shown.index("Done and passed") :]
    assert "Done by Hearing held Tuesday 24 November 2026, 10:00: in time, 12 h 40 min before the end" in done
