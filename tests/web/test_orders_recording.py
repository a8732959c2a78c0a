"""Recording an order step by step: drafts kept on the server, terms from the library, refusals beside the box, interim then full."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Draft, Order, Person
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.services.orders import NewEvent, NewOrder, record_order
from tests.conftest import Acting
from tests.factories import a_person, a_team
from tests.order_cases import TYPES_THERE_ARE, a_made_order
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.drafts import COURT, OWNER, TERM, begun, problems
from tests.web.reading import Page
from tests.web.typed import day

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def officer(client_for: ClientFor, acting: Acting) -> Officer:
    with acting() as work:
        team = a_team(work, name="Orders desk")
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman", team=team)


@pytest.fixture
def person(acting: Acting) -> Person:
    with acting() as work:
        return a_person(work, surname="Demir", forenames="Yusuf", born_on=date(1994, 5, 9))


@pytest.fixture
def ann(acting: Acting) -> Person:
    with acting() as work:
        return a_person(work, surname="Joseph", forenames="Ann")


def test_the_person_comes_first_and_the_draft_is_ones_own(officer: Officer, person: Person, client_for: ClientFor) -> None:
    page = Page(officer.get(f"/orders/new?person={person.reference}").text)
    assert "DEMIR, Yusuf, born 9 May 1994 (32)" in page.text
    base = begun(officer, person)
    assert "Type of order" in Page(officer.get(f"{base}/type").text).heading
    assert client_for(Role.ORDERS_DESK).get(f"{base}/type").status_code == 404


def test_a_sealed_person_cannot_be_chosen(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        sealed = a_person(work, access=Access.SEALED)
    assert officer.post("/orders/new", data={"person": sealed.reference}).status_code == 404


def test_a_type_whose_law_is_not_in_force_here_says_where_it_is(officer: Officer, person: Person) -> None:
    page = Page(officer.get(f"{begun(officer, person)}/type").text)
    assert "In force only in Bromley" in page.text
    assert "Choose the type of order or notice" in problems(officer.post(f"{begun(officer, person)}/type", data={"do": "next"}))


@pytest.mark.parametrize("code", TYPES_THERE_ARE)
def test_every_step_of_every_type_opens(officer: Officer, person: Person, statements: Statements, code: str) -> None:
    base = begun(officer, person, code)
    left_out = {"follows", "ends"} if ORDER_TYPES[code].is_notice else set()
    for step in {"type", "follows", "court", "ends", "protected", "conditions", "owner", "check"} - left_out:
        with statements() as seen:
            answer = officer.get(f"{base}/{step}")
        assert answer.status_code == 200, step
        assert len(seen) <= 12, step
    assert officer.get(f"{base}/no-such-step").status_code == 404


def test_what_was_typed_is_kept_when_one_leaves_in_the_middle(officer: Officer, person: Person) -> None:
    base = begun(officer, person, "spo")
    left = officer.post(f"{base}/court", data={"court": "Northmere", "made_on-day": "31", "made_on-month": "2", "do": "leave"})
    assert left.location == "/orders/drafts"
    assert "DEMIR, Yusuf" in Page(officer.get("/orders/drafts").text).text
    page = Page(officer.get(f"{base}/court").text)
    assert (page.inputs["court"], page.inputs["made_on-day"], page.inputs["made_on-month"]) == ("Northmere", "31", "2")


def test_a_draft_is_removed_by_its_owner_only(officer: Officer, person: Person, client_for: ClientFor, session: Session) -> None:
    begun(officer, person)
    token = session.scalars(select(Draft.token)).one()
    assert client_for(Role.ORDERS_DESK).post(f"/orders/drafts/{token}/remove").status_code == 404
    assert officer.post(f"/orders/drafts/{token}/remove").status_code == 302
    assert "You have no drafts" in Page(officer.get("/orders/drafts").text).text


def test_all_that_is_wrong_with_a_step_is_said_at_once(officer: Officer, person: Person) -> None:
    page = Page(officer.post(f"{begun(officer, person, 'spo')}/court", data={"do": "next"}).text)
    for words in ("Enter the court", "Enter the day the court made it"):
        assert words in page.problems
    made = officer.post(f"{begun(officer, person, 'spo')}/court", data={"court": "Northmere", **day("made_on", "20 11 2026"), "do": "next"})
    for words in ("Choose whether the subject was in court", "Choose whether it was made without notice"):
        assert words in problems(made)


def test_nothing_is_saved_while_something_is_missing(officer: Officer, person: Person, session: Session) -> None:
    base = begun(officer, person, "spo")
    page = Page(officer.post(f"{base}/check", data={}).text)
    assert "Enter the court, and the day it made the order" in page.problems
    assert session.scalars(select(Order)).all() == []


def test_a_standard_term_is_filled_then_made_to_match_the_order(officer: Officer, person: Person) -> None:
    base = begun(officer, person, "spo")
    chosen = Page(officer.post(f"{base}/conditions", data={"library": "place", "do": "use"}).text)
    assert "Fill the blanks" in chosen.text
    assert {"blank_distance", "blank_place"} <= chosen.inputs.keys()
    wrong = Page(officer.post(f"{base}/conditions", data={"library": "place", "blank_distance": "200 m", "do": "use"}).text)
    assert "Distance: enter a whole number" in wrong.problems
    assert wrong.inputs["blank_distance"] == "200 m"
    blanks = {"library": "place", "blank_distance": "200", "blank_place": "Brightwell Stables", "do": "use"}
    filled = officer.post(f"{base}/conditions", data=blanks).text
    assert "Not to enter Brightwell Stables, nor to be within 200 metres of any entrance to it." in filled
    assert 'value="Not to enter, or be within 200 m of, Brightwell Stables"' in filled


def test_terms_are_added_changed_and_taken_out(officer: Officer, person: Person) -> None:
    base = begun(officer, person, "spo")
    for words in ("One.", "Two.", "Three."):
        officer.post(f"{base}/conditions", data=TERM | {"words": words, "do": "add"})
    officer.post(f"{base}/conditions", data=TERM | {"words": "Second.", "editing": "2", "do": "add"})
    officer.post(f"{base}/conditions", data={"do": "remove-1"})
    page = Page(officer.get(f"{base}/conditions").text)
    assert "Conditions so far (2)" in page.text
    assert "Second." in page.text
    assert "One." not in page.text
    assert "Two." not in page.text


def test_a_short_form_over_64_characters_is_refused_and_kept(officer: Officer, person: Person) -> None:
    base = begun(officer, person, "spo")
    page = Page(officer.post(f"{base}/conditions", data=TERM | {"short_form": "x" * 65, "do": "add"}).text)
    assert "64 characters or fewer" in page.problems
    assert page.inputs["short_form"] == "x" * 65


def test_a_requirement_names_its_supervisor_where_the_act_wants_one(officer: Officer, person: Person) -> None:
    assert "What kind is it?" not in officer.get(f"{begun(officer, person, 'dvpo')}/conditions").text
    unsupervised = TERM | {"kind": "requirement", "do": "add"}
    assert "supervises this requirement" in problems(officer.post(f"{begun(officer, person, 'shpo')}/conditions", data=unsupervised))
    assert officer.post(f"{begun(officer, person, 'spo')}/conditions", data=unsupervised).status_code == 302


def test_the_subject_cannot_be_protected_from_themselves(officer: Officer, person: Person) -> None:
    base = begun(officer, person, "spo")
    answer = officer.post(f"{base}/protected", data={"person": person.reference, "do": "add"})
    assert "The subject cannot also be a protected person" in problems(answer)
    assert "enter a reference such as P-10482" in problems(officer.post(f"{base}/protected", data={"person": "P-1", "do": "add"}))


@pytest.mark.parametrize("begun_to_add", [{"relationship": "former partner"}, {"q": "nobody of that name"}])
def test_whoever_was_begun_to_be_added_is_not_lost_by_going_on(officer: Officer, person: Person, begun_to_add: dict[str, str]) -> None:
    base = begun(officer, person, "spo")
    page = Page(officer.post(f"{base}/protected", data=begun_to_add | {"do": "next"}).text)
    assert "Choose the person you began to add" in page.problems
    assert begun_to_add.items() <= page.inputs.items()
    assert officer.post(f"{base}/protected", data={"do": "next"}).location.endswith("/conditions")


@pytest.mark.parametrize(
    ("typed", "box", "kept", "message"),
    [
        (day("ends_on", "1 10 2027"), "ends_on-year", "2027", "Choose “On its own day” above, or clear this date"),
        ({"supervisor": "PC Holt"}, "supervisor", "PC Holt", "nobody supervises a prohibition"),
    ],
)
def test_what_was_typed_of_a_condition_and_would_not_count_is_not_lost(
    officer: Officer, person: Person, typed: dict[str, str], box: str, kept: str, message: str
) -> None:
    page = Page(officer.post(f"{begun(officer, person, 'spo')}/conditions", data=TERM | typed | {"do": "add"}).text)
    assert message in page.problems
    assert page.inputs[box] == kept


def test_a_notice_authorised_too_low_is_refused_beside_the_rank(officer: Officer, person: Person) -> None:
    base = begun(officer, person, "dvpn")
    typed = {**day("authorised_at", "21 11 2026", "20:15"), "authorised_rank": "inspector", "officer": "Insp Jones", "do": "next"}
    page = Page(officer.post(f"{base}/court", data=typed).text)
    assert "superintendent or above" in page.problems
    assert "s.24(1)" in page.problems
    assert officer.post(f"{base}/court", data=typed | {"authorised_rank": "superintendent"}).location.endswith("/protected")


def saved(officer: Officer, base: str, ann: Person, **ends: str) -> str:
    """Answer the steps after court and dates, save, and return the order's page."""
    assert officer.post(f"{base}/ends", data=ends | {"do": "next"}).status_code == 302
    officer.post(f"{base}/protected", data={"person": ann.reference, "relationship": "former partner", "do": "next"})
    officer.post(f"{base}/conditions", data=TERM | {"do": "next"})
    officer.post(f"{base}/owner", data=OWNER | {"owner": officer.user.username})
    answer = officer.post(f"{base}/check", data={})
    assert answer.status_code == 302, problems(answer)
    return str(answer.location)


def test_an_interim_order_then_the_full_one_that_replaces_it(
    officer: Officer, person: Person, ann: Person, acting: Acting, session: Session
) -> None:
    with acting() as work:
        interim = a_made_order(
            work, person=work.session.get_one(Person, person.id), order_type="interim_spo", made_on=date(2026, 11, 2),
            served_on=date(2026, 11, 2), end_kind=EndKind.FIXED, stated_ends_on=date(2026, 11, 30),
        ).reference  # fmt: skip
    base = begun(officer, person, "spo")
    assert interim in officer.get(f"{base}/follows").text
    officer.post(f"{base}/follows", data={"follows": interim, "do": "next"})
    officer.post(f"{base}/court", data=COURT | day("made_on", "20 11 2026"))
    refused = officer.post(f"{base}/ends", data={"end_kind": "fixed", **day("ends_on", "20 11 2027"), "do": "next"})
    assert "s.3(2)" in problems(refused)
    assert "Sunday 19 November 2028" in refused.text
    page = Page(officer.get(saved(officer, base, ann, end_kind="until_further_order")).text)
    assert "Until further order (no end date)" in page.text
    assert interim in page.text
    assert "Ask for initial notification again" in page.text
    assert "PC" in page.text
    before = Page(officer.get(f"/orders/{interim}").text)
    assert "Main application determined" in before.text
    session.rollback()
    assert session.scalars(select(Draft)).all() == []


def test_an_application_is_recorded_before_it_is_decided_and_completed_when_it_is(
    officer: Officer, person: Person, ann: Person, session: Session
) -> None:
    base = begun(officer, person, "spo")
    officer.post(f"{base}/follows", data={"follows": "none", "do": "next"})
    assert "Enter the day the court made it" in problems(officer.post(f"{base}/court", data=COURT))
    officer.post(f"{base}/court", data=COURT | day("application_lodged_on", "2 11 2026"))
    officer.post(f"{base}/ends", data={"do": "next"})
    officer.post(f"{base}/protected", data={"person": ann.reference, "do": "next"})
    officer.post(f"{base}/owner", data=OWNER)
    order_page = officer.post(f"{base}/check", data={}).location
    assert "Applied for" in Page(officer.get(order_page).text).heading
    made = officer.post(f"{order_page}/made").location.rsplit("/", 1)[0]
    officer.post(f"{made}/court", data=COURT | day("application_lodged_on", "2 11 2026") | day("made_on", "20 11 2026"))
    assert saved(officer, made, ann, end_kind="fixed", **day("ends_on", "19 11 2028")) == order_page
    page = Page(officer.get(order_page).text)
    assert "Made, not served" in page.heading
    assert "Sunday 19 November 2028, 24:00" in page.text
    assert "No contact" in page.text
    session.rollback()
    order = session.scalars(select(Order)).one()
    assert (order.made_on, order.ends_on) == (date(2026, 11, 20), date(2028, 11, 19))


def test_a_hearing_at_which_the_order_is_made_carries_over_into_its_recording(officer: Officer, person: Person, acting: Acting) -> None:
    with acting() as work:
        lodged = NewEvent(EventKind.APPLICATION_LODGED, date(2026, 11, 2))
        reference = record_order(work, NewOrder("spo", person.id, events=(lodged,), court="Northmere Magistrates' Court")).reference
    page = Page(officer.get(f"/orders/{reference}/hearing").text)
    typed = {**day("hearing_held_on", "20 11 2026"), "court": "Eastbridge", "result": "made", "opened": page.inputs["opened"]}
    answer = officer.post(f"/orders/{reference}/hearing", data=typed)
    assert answer.status_code == 302, problems(answer)
    court = Page(officer.get(answer.location).text)
    assert (court.inputs["court"], court.inputs["made_on-day"]) == ("Eastbridge", "20")
