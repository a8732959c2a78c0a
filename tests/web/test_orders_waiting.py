"""An order that starts when an earlier one ends: asked with its end, refused where there is no earlier one, begun with that end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from orders_app.models import Person
from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind
from orders_app.rules.order_types import ORDER_TYPES
from tests.conftest import Acting
from tests.factories import a_person, a_team
from tests.order_cases import a_made_order
from tests.web.conftest import ClientFor, Officer
from tests.web.drafts import COURT, OWNER, TERM, begun, problems
from tests.web.reading import Page
from tests.web.typed import day

WAITS = {"starts_on_other_end": "y", "end_kind": "fixed", "do": "next", **day("ends_on", "1 10 2031")}
SCPO: dict[str, Any] = {
    "order_type": "scpo",
    "end_kind": EndKind.FIXED,
    "stated_ends_on": date(2026, 12, 31),
    "is_present_or_represented": True,
}
QUESTION = "that it follows ends"


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
def earlier(acting: Acting, person: Person) -> str:
    with acting() as work:
        return a_made_order(work, person=work.session.get_one(Person, person.id), **SCPO).reference


def at_its_end(officer: Officer, person: Person, follows: str) -> str:
    base = begun(officer, person, "scpo")
    officer.post(f"{base}/follows", data={"follows": follows, "do": "next"})
    officer.post(f"{base}/court", data=COURT | {"made_under": "s19_crown_court"} | day("made_on", "20 11 2026"))
    return base


@pytest.mark.parametrize("code", ["scpo", "cbo", "spo", "dvpo", "shpo"])
def test_it_is_asked_only_where_the_act_lets_an_order_wait(officer: Officer, person: Person, code: str) -> None:
    late = ORDER_TYPES[code].late_starts
    base = begun(officer, person, code)
    officer.post(f"{base}/follows", data={"follows": "none", "do": "next"})
    officer.post(
        f"{base}/court",
        data=COURT | {"made_under": next((p.code for p in ORDER_TYPES[code].made_under), "")} | day("made_on", "20 11 2026"),
    )
    asked = QUESTION in Page(officer.get(f"{base}/ends").text).main
    assert asked is bool(late and "other_end" in late.kinds)


def test_an_order_that_follows_none_is_refused_beside_the_question(officer: Officer, person: Person) -> None:
    base = at_its_end(officer, person, "none")
    refused = officer.post(f"{base}/ends", data=WAITS)
    assert "Choose the earlier SCPO whose end it waits for" in problems(refused)
    assert "s.16(1), (3), (6)" in refused.text
    assert Page(refused.text).inputs["ends_on-year"] == "2031"


def test_it_waits_and_then_begins_with_the_end_of_the_earlier_one(officer: Officer, person: Person, earlier: str) -> None:
    base = at_its_end(officer, person, earlier)
    assert officer.post(f"{base}/ends", data=WAITS).status_code == 302
    officer.post(f"{base}/protected", data={"do": "next"})
    officer.post(f"{base}/conditions", data=TERM | {"do": "next"})
    officer.post(f"{base}/owner", data=OWNER | {"owner": officer.user.username})
    answer = officer.post(f"{base}/check", data={})
    assert answer.status_code == 302, problems(answer)
    shown = Page(officer.get(answer.location).text)
    assert "Starts later" in shown.heading
    assert "Friday 1 January 2027" in shown.main
    opened = Page(officer.get(f"/orders/{earlier}/record/discharged").text).inputs["opened"]
    officer.post(
        f"/orders/{earlier}/record/discharged", data={"opened": opened, **day("discharged_on", "21 11 2026"), "court": "Northmere"}
    )
    assert "In force from Saturday 21 November 2026" in Page(officer.get(answer.location).text).main


def test_one_that_waits_for_an_order_without_an_end_says_so(officer: Officer, person: Person, acting: Acting) -> None:
    with acting() as work:
        own = work.session.get_one(Person, person.id)
        first = a_made_order(work, person=own, order_type="cbo")
        second = a_made_order(work, person=own, order_type="cbo", made_on=date(2026, 11, 2), follows_id=first.id, starts_on_other_end=True)
    assert "When the order that it follows ends" in Page(officer.get(f"/orders/{second.reference}").text).main
    why = Page(officer.get(f"/orders/{second.reference}/why/in_force").text).main
    assert "Not yet: it starts when the order that it follows ends" in why
    assert "s.334(1), (2)" in why
