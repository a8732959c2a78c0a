"""Registration in the calculator and on the pages of the law: the same rules, with no record."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from orders_app.rules.access import Role
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.notification_periods import TABLE
from orders_app.web.law.declared import registration_words
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page, page
from tests.web.test_law import rows
from tests.web.test_law_pages import citations

pytestmark = pytest.mark.on_sqlite

ADDRESS = "/work-out-a-date/registration"


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.OFFENDER_MANAGER)


def ask(officer: Officer, answers: dict[str, str]) -> Page:
    answer = officer.get(f"{ADDRESS}?{urlencode(answers)}")
    assert answer.status_code == 200, answer.location
    return page(answer)


def with_term(months: str, **answers: str) -> dict[str, str]:
    return rows("convicted 10/2/2026") | {"event-0-disposal": "imprisonment", "event-0-term_months": months, **answers}


def test_registration_is_offered_and_opens_with_a_conviction_to_date(officer: Officer) -> None:
    assert (REGISTRATION.name, ADDRESS) in page(officer.get("/work-out-a-date")).links
    opened = page(officer.get(ADDRESS))
    assert "About the registration" in opened.main
    assert "Add a condition" not in opened.main
    assert not [name for name in opened.inputs if "name" in name.split("-")[-1] or "born" in name]


@pytest.mark.parametrize(
    ("answers", "until"),
    [
        (with_term("6"), "Wednesday 9 February 2033, 24:00"),
        (with_term("6", **{"event-0-term_days": "1"}), "Saturday 9 February 2036, 24:00"),
        (with_term("30"), "No end date: indefinite, until a review ends it"),
        (rows("cautioned 20/11/2026"), "Sunday 19 November 2028, 24:00"),
        (rows("cautioned 20/11/2026", age="17"), "Friday 19 November 2027, 24:00"),
        (rows("cautioned 20/11/2026", order_made="20/11/2026", order_ends="19/11/2031"), "Wednesday 19 November 2031, 24:00"),
        (rows("convicted 10/2/2026"), "Not known until the sentence is recorded"),
    ],
)
def test_how_long_by_disposal_age_and_order(officer: Officer, answers: dict[str, str], until: str) -> None:
    shown = ask(officer, answers)
    assert f"Registered until: {until}" in shown.main
    assert shown.problems == ""


def test_the_period_shows_its_row_of_the_table_and_its_count(officer: Officer) -> None:
    shown = ask(officer, with_term("20")).main
    for words in (
        "Imprisonment for more than 6 months and less than 30 months (20 months): 10 years",
        "Tuesday 10 February 2026: the relevant date, the day of conviction",
        "Time in custody, in hospital or abroad does not stop the notification period",
        "the corresponding date 10 years on: outside the period",
        "From State Tuesday 10 February 2026",
        "Registered",
    ):
        assert words in shown, words


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (rows("convicted 10/2/2026", "custody_started 10/2/2026", "custody_ended 18/9/2026"), "by Sunday 20 September 2026, 24:00"),
        (rows("convicted 6/1/2020", "notified 20/11/2026") | {"event-1-type": "85"}, "by Saturday 20 November 2027, 24:00"),
        (rows("convicted 6/1/2020", "notified 20/11/2026") | {"event-1-type": "85", "event-1-residence": "none"},
         "by Friday 27 November 2026, 24:00"),
        (rows("convicted 6/1/2020", "stayed 16/11/2026") | {"event-1-until": "25/11/2026"}, "by Tuesday 24 November 2026, 24:00"),
        (rows("convicted 6/1/2020", "travel_planned 20/11/2026") | {"event-1-departs": "20/12/2026"}, "Notify travel abroad"),
    ],
)  # fmt: skip
def test_the_duties_of_somebody_registered(officer: Officer, answers: dict[str, str], says: str) -> None:
    assert says in ask(officer, answers).main


@pytest.mark.parametrize(
    ("answers", "says", "box"),
    [
        (rows("convicted 10/2/2026") | {"event-0-disposal": "imprisonment"}, "Enter how long the sentence is", "event-0-term_months"),
        (rows("convicted 10/2/2026") | {"event-0-disposal": "absolute_discharge"}, "Nobody has to notify after an absolute discharge",
         "event-0-disposal"),
        (rows("convicted 6/1/2026", "travel_planned 20/11/2026"), "Enter the day of departure", "event-1-departs"),
        (rows("convicted 6/1/2026", "stayed 20/11/2026") | {"event-1-until": "19/11/2026"}, "The stay would end before it begins",
         "event-1-until"),
        (rows("convicted 6/1/2026", "review_applied 20/11/2026") | {"event-0-disposal": "other"}, "Only an indefinite period is reviewed",
         "event-1-day"),
    ],
)  # fmt: skip
def test_what_the_law_refuses_stands_beside_its_field(officer: Officer, answers: dict[str, str], says: str, box: str) -> None:
    shown = ask(officer, answers)
    assert says in shown.problems
    assert any(values.get("id") == f"{box}-error" for _tag, values in shown.tags), box


def test_without_anything_that_makes_the_person_notify_it_says_so(officer: Officer) -> None:
    assert "Enter the conviction, finding, caution, order or notice" in ask(officer, rows("notified 20/11/2026")).problems


def test_the_page_of_the_law_has_every_duty_period_and_section(officer: Officer) -> None:
    shown = page(officer.get("/law/registration"))
    linked = {text for text, href in shown.links if href.startswith("https://")}
    assert set(citations(registration_words())) - linked == set()
    assert [duty.key for duty in REGISTRATION.duties if duty.sentence not in shown.main] == []
    assert [row.code for row in TABLE if row.words not in shown.main] == []
    assert ("Registration under the Sexual Offences Act 2003 Part 2", "/law/registration") in page(officer.get("/law")).links
