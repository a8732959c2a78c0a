"""A notification at a police station, with what had changed and what is to change: one page, one save."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Deadline, Event, Registration
from orders_app.rules.access import Role
from orders_app.rules.facts import EventKind as E
from orders_app.services.new_orders import NewEvent
from tests.conftest import Acting
from tests.registration_cases import notified
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page, page
from tests.web.registered import notification, registered
from tests.web.two_officers import Two, live
from tests.web.typed import day, opened

pytestmark = pytest.mark.on_sqlite

FIRST = notified(date(2024, 3, 5), "83")
LATELY = notified(date(2026, 3, 2))
RADIOS = ("type", "residence", "resets_annual", "of")
HERE = "/registrations/REG-2024-0001/notification"


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.OFFENDER_MANAGER, name="Mei-Ling Hargreaves")


def give(officer: Officer, **answers: str) -> Page:
    """Open the form, type, save; the page that follows."""
    return page(officer.post(HERE, data=notification(**answers) | opened(officer, HERE), follow_redirects=True))


def recorded(session: Session) -> list[tuple[str, date, dict[str, str]]]:
    session.rollback()
    return [(event.kind, event.happened_on, dict(event.details)) for event in session.scalars(select(Event).order_by(Event.id))]


def open_deadlines(session: Session) -> dict[str, date]:
    session.rollback()
    waited = select(Deadline.duty_key, Deadline.due_on).where(Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None))
    return {key: on for key, on in session.execute(waited.order_by(Deadline.due_on)) if key != "registration_ends"}


def test_the_form_opens_with_what_is_likely(officer: Officer, acting: Acting) -> None:
    registered(acting, FIRST, notified(date(2026, 11, 18), residence="none"))
    form = page(officer.get(HERE))
    chosen = {values["name"]: values["value"] for tag, values in form.tags if tag == "input" and "checked" in values}
    assert (chosen["type"], chosen["residence"], chosen["resets_annual"]) == ("85", "none", "yes")
    assert form.inputs["notified_on-day"] == "22"
    assert form.inputs["officer"] == officer.user.display_name


def test_one_who_has_not_notified_yet_gives_the_first(officer: Officer, acting: Acting, session: Session) -> None:
    registered(acting, NewEvent(E.BRIEFED, date(2024, 3, 5), details={"what": "Neighbourhood team"}))
    form = page(officer.get(HERE))
    assert {values["value"] for tag, values in form.tags if values.get("name") == "type" and "checked" in values} == {"83"}
    saved = give(officer, type="83")
    assert "Notification saved. Next periodic notification: Monday 22 November 2027, 24:00" in saved.main
    assert open_deadlines(session) == {"annual_notification": date(2027, 11, 22)}


def test_an_annual_one_starts_the_year_again(officer: Officer, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    assert "Tuesday 2 March 2027" in page(officer.get("/registrations/REG-2024-0001")).main
    give(officer)
    assert open_deadlines(session) == {"annual_notification": date(2027, 11, 22)}


def test_one_that_does_not_move_the_year_needs_a_reason_and_leaves_it(officer: Officer, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    refused = give(officer, resets_annual="no")
    assert "Enter why the next periodic notification does not count from this one" in refused.problems
    give(officer, resets_annual="no", resets_reason="It gives only the matters of 2012")
    assert open_deadlines(session) == {"annual_notification": date(2027, 3, 2)}


def test_without_a_home_the_next_is_due_in_a_week_and_a_home_makes_it_a_year(officer: Officer, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    give(officer, residence="none")
    assert open_deadlines(session) == {"weekly_notification": date(2026, 11, 29)}
    give(officer, time="08:10", residence="none", address_changed__address="4 Ferry Lane", **day("address_changed_on", "22 11 2026"))
    assert open_deadlines(session) == {"annual_notification": date(2027, 11, 22)}


@pytest.mark.parametrize(
    ("name", "answers", "duty"),
    [
        ("address_changed", {"address_changed__address": "4 Ferry Lane, Northmere"}, "change_of_address"),
        ("name_changed", {"name_changed__name": "Gareth Jones"}, "change_of_name"),
        ("child_household_began", {"child_household_began__premises": "9 Quay Street"}, "child_household"),
        ("child_household_ended", {"child_household_ended__premises": "9 Quay Street"}, "child_household_ended"),
        ("finance_changed", {"finance_changed__finance": "opened"}, "finance"),
        ("identity_document_changed", {"identity_document_changed__document": "obtained"}, "identity_document"),
    ],
)
def test_a_change_is_recorded_with_its_notification_which_meets_it(
    officer: Officer, acting: Acting, session: Session, name: str, answers: dict[str, str], duty: str
) -> None:
    registered(acting, FIRST, LATELY)
    give(officer, type="84", **answers, **day(f"{name}_on", "20 11 2026"))
    session.rollback()
    due = session.scalars(select(Deadline).where(Deadline.duty_key == duty)).one()
    assert due.due_on == date(2026, 11, 22)
    assert due.met_by_id is not None
    assert [kind for kind, _, _ in recorded(session)][-2:] == [name, "notified"]


def test_a_stay_of_seven_days_is_notified_with_its_address(officer: Officer, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    stay = day("stayed_on", "14 11 2026") | {"stayed__premises": "9 Quay Street"} | day("stayed__until", "20 11 2026")
    give(officer, type="84", **stay)
    session.rollback()
    due = session.scalars(select(Deadline).where(Deadline.duty_key == "qualifying_period")).one()
    assert (due.due_on, due.met_by_id is not None) == (date(2026, 11, 22), True)
    assert recorded(session)[-1][2]["premises"] == "9 Quay Street"


def test_notice_in_advance_is_a_notification_of_its_own_and_what_does_not_happen_is_reported(
    officer: Officer, acting: Acting, session: Session
) -> None:
    registered(acting, FIRST, LATELY)
    ahead = day("specified_on", "30 11 2026") | {"of": "address", "to_be": "4 Ferry Lane"}
    give(officer, type="84", **ahead)
    assert recorded(session)[-1][2]["specified_on"] == "2026-11-30"
    assert open_deadlines(session) == {"advance_notice": date(2026, 12, 5), "annual_notification": date(2027, 11, 22)}
    shown = page(officer.get("/registrations/REG-2024-0001"))
    assert f"{HERE}?meets=advance_notice" in [href for _, href in shown.links]
    asked = page(officer.get(f"{HERE}?meets=advance_notice"))
    assert "It is reported that a change notified in advance did not happen" in asked.main


def test_reporting_that_nothing_happened_meets_that_duty_and_no_other(client_for: ClientFor, acting: Acting, session: Session) -> None:
    ahead = notified(date(2026, 11, 10), "84", specified_on="2026-11-16", of="name")
    registered(acting, FIRST, LATELY, ahead)
    officer = client_for(Role.OFFENDER_MANAGER)
    give(officer, type="84", not_happened="y", resets_annual="yes")
    assert open_deadlines(session) == {"annual_notification": date(2027, 11, 22)}


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"where": ""}, "Enter the police station"),
        ({"type": ""}, "Choose under which section it was given"),
        ({"residence": ""}, "Choose where the person lives"),
        ({"notified_on-year": "2027"}, "is in the future"),
        ({"notified_on-day": "31"}, "November 2026 has 30 days"),
        (day("address_changed_on", "20 11 2026"), "Enter the new home address"),
        ({"name_changed__name": "Gareth Jones"}, "Enter the day, or clear the answer below it"),
        (day("specified_on", "30 11 2026"), "Choose what is to change"),
        (day("specified_on", "10 11 2026") | {"of": "name"}, "names one (Sexual Offences Act 2003 s.84(2))"),
        (
            day("stayed_on", "14 11 2026") | day("stayed__until", "13 11 2026") | {"stayed__premises": "9 Quay Street"},
            "The stay would end before it begins",
        ),
        (day("notified_on", "1 3 2024"), "This was before Monday 4 March 2024, from when the person had to notify"),
        ({"note": "New card 4111 1111 1111 1111"}, "This has a card number in it. Take it out"),
        ({"note": "Passport 512345678"}, "This has a passport number in it. Take it out"),
        (day("address_changed_on", "20 11 2026") | {"address_changed__address": "Sort code 20-00-00"}, "This has a sort code in it"),
    ],
)
def test_what_is_refused_stands_beside_its_box_and_nothing_typed_is_lost(
    officer: Officer, acting: Acting, session: Session, answers: dict[str, str], says: str
) -> None:
    registered(acting, FIRST, LATELY)
    before = recorded(session)
    typed = notification(**{"note": "Came with his brother", "type": "84", **answers})
    answer = officer.post(HERE, data=typed | opened(officer, HERE))
    shown = page(answer)
    assert answer.status_code == 200
    assert says in shown.problems
    assert shown.main.count(says.partition(" (")[0]) == 2
    assert shown.title.startswith("Error: ")
    kept = {name: value for name, value in shown.inputs.items() if name in typed}
    assert all(kept[name] == value for name, value in typed.items() if name in kept and name not in RADIOS)
    assert typed["note"] in answer.text
    assert recorded(session) == before


def test_a_second_visit_saved_meanwhile_is_said_and_mine_is_kept(client_for: ClientFor, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    two = Two(client_for(Role.OFFENDER_MANAGER, name="Aisha Rahman"), client_for(Role.OFFENDER_MANAGER, name="Jamal Edwards"))
    moved = {"address_changed__address": "4 Ferry Lane"} | day("address_changed_on", "20 11 2026")
    stale = two.at(HERE, notification(), notification(type="84", note="Came in person", **moved))
    for words in ("Jamal Edwards recorded “Notification given”", "Came in person", "4 Ferry Lane", "Nothing you typed is lost"):
        assert words in stale.says
    assert stale.ways == ["save", "edit", "drop"]
    assert "4 Ferry Lane" in stale.choose("edit").text
    assert stale.choose("save").status_code == 302
    assert len(live(session, E.NOTIFIED)) == 4
    assert [event.details["address"] for event in live(session, E.ADDRESS_CHANGED)] == ["4 Ferry Lane"]


def test_whatever_is_dropped_is_not_saved(client_for: ClientFor, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    two = Two(client_for(Role.OFFENDER_MANAGER), client_for(Role.OFFENDER_MANAGER))
    assert two.at(HERE, notification(), notification()).choose("drop").status_code == 302
    assert len(live(session, E.NOTIFIED)) == 3


def test_a_notification_makes_the_record_newer(officer: Officer, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    before = session.scalars(select(Registration.version)).one()
    give(officer)
    session.rollback()
    assert session.scalars(select(Registration.version)).one() == before + 1
