"""What the law refuses stands beside the box it was typed in, with the section, and nothing typed is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from orders_app.models import Order, Person
from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind
from tests.conftest import Acting
from tests.factories import a_person, a_team
from tests.order_cases import a_made_order
from tests.web.conftest import ClientFor, Officer
from tests.web.drafts import COURT, TERM, begun
from tests.web.reading import Page
from tests.web.typed import day

pytestmark = pytest.mark.on_sqlite

MADE = day("made_on", "20 11 2026")
AUTHORISED = {**day("authorised_at", "21 11 2026", "20:15"), "authorised_rank": "superintendent", "officer": "Supt Jones"}
SERVED = {"team": "Orders desk", "served_how": "in_person", "served_where": "Home", "served_by": "PC 1 Jones"}
SHPO, SCPO = MADE | {"made_under": "sa20_s345"}, MADE | {"made_under": "s1_high_court"}
FIXED = {"end_kind": "fixed"}
DAPO = {"area": "Greater Manchester", "made_under": "s28_police"} | day("made_on", "20 11 2026")
ADULT, CHILD = date(1990, 5, 9), date(2010, 5, 9)
# The type, the subject's birth, the court step, the step that is refused, what is typed there, the box, the section.
STEPS: list[tuple[str, date, dict[str, str], str, dict[str, str], str, str]] = [
    ("dvpn", ADULT, {}, "court", AUTHORISED | {"authorised_rank": "inspector"}, "authorised_rank", "s.24(1)"),
    ("dvpn", CHILD, {}, "court", AUTHORISED, "authorised_at", "s.24(2)"),
    ("dvpo", CHILD, {}, "court", MADE, "made_on", "s.24(2), s.28(2)"),
    ("scpo", CHILD, {}, "court", SCPO, "made_on", "s.6"),
    ("spo", CHILD, {}, "court", MADE, "court", "s.14(1)"),
    ("spo", ADULT, {}, "court", MADE | day("application_lodged_on", "21 11 2026"), "made_on", "s.2"),
    ("dapo", ADULT, {}, "court", DAPO | {"area": "Somewhere else"}, "area", "s.32"),
    ("dvpo", ADULT, MADE, "ends", day("ends_on", "18 12 2026"), "ends_on", "s.28(10)"),
    ("dvpo", ADULT, MADE, "ends", day("ends_on", "1 12 2026"), "ends_on", "s.28(10)"),
    ("spo", ADULT, MADE, "ends", FIXED | day("ends_on", "18 11 2028"), "ends_on", "s.3(2)"),
    ("shpo", ADULT, SHPO, "ends", FIXED | day("ends_on", "18 11 2031"), "ends_on", "s.103C(2)"),
    ("scpo", ADULT, SCPO, "ends", FIXED | day("ends_on", "20 11 2031"), "ends_on", "s.16(2)"),
    ("cbo", CHILD, MADE, "ends", {"end_kind": "until_further_order"}, "end_kind", "s.334(4)"),
    ("dvpn", ADULT, AUTHORISED, "owner", SERVED | day("served_at", "21 11 2026", "20:00"), "served_at", "s.25(2), (3)"),
    ("dvpn", ADULT, AUTHORISED, "owner", SERVED | day("served_at", "22 11 2026"), "served_at", "s.27(3)"),
    ("spo", ADULT, MADE, "owner", SERVED | day("served_at", "19 11 2026"), "served_at", "s.2"),
    ("dapo", ADULT, DAPO, "conditions", TERM | {"kind": "requirement"}, "supervisor", "s.36(2)"),
    ("shpo", ADULT, SHPO, "conditions",
     TERM | {"is_travel": "y", "end": "own", **day("ends_on", "20 11 2031")}, "ends_on", "s.103D(1)"),
    ("shpo", ADULT, SHPO, "conditions", TERM | {"end": "own", **day("ends_on", "18 11 2031")}, "ends_on", "s.103C(2)"),
]  # fmt: skip
SPO: dict[str, Any] = {"made_on": date(2026, 10, 2), "served_on": date(2026, 10, 5)}
DVPO = {"order_type": "dvpo", "end_kind": EndKind.FIXED, "made_on": date(2026, 11, 10), "stated_ends_on": date(2026, 12, 7)}
# How the order stands, the event that is refused, what is typed, the box, the section.
EVENTS: list[tuple[dict[str, Any], str, dict[str, str], str, str]] = [
    (SPO, "discharged", day("discharged_on", "20 11 2026") | {"consent": "not_both"}, "discharged_on", "s.4(4)(b)"),
    (SPO, "discharged", day("discharged_on", "1 10 2026") | {"consent": "both"}, "discharged_on", "s.4(1)"),
    (SPO, "variation_applied", day("variation_applied_on", "20 11 2026") | {"applied_by": "protected"}, "applied_by", "s.4(1), (2)"),
    (SPO | {"order_type": "ro_conviction"}, "variation_applied",
     day("variation_applied_on", "20 11 2026") | {"applied_by": "police"}, "applied_by", "s.361"),
    (DVPO, "arrested", day("arrested_at", "20 11 2026"), "arrested_at", "s.29(1)"),
]  # fmt: skip


@pytest.fixture
def officer(client_for: ClientFor, acting: Acting) -> Officer:
    with acting() as work:
        team = a_team(work, name="Orders desk")
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman", team=team)


def somebody(acting: Acting, born_on: date) -> Person:
    with acting() as work:
        return a_person(work, surname="Demir", forenames="Yusuf", born_on=born_on)


def is_beside(shown: Page, box: str, section: str) -> bool:
    """Whether an error stands at the box and is led to from the top of the page, with the section."""
    at_the_box = [values for _tag, values in shown.tags if values.get("id") == f"{box}-error"]
    led_to = [text for text, href in shown.links if href.startswith(f"#{box}")]
    return bool(at_the_box) and any(section in text for text in led_to)


@pytest.mark.parametrize(("code", "born_on", "court", "step", "typed", "box", "section"), STEPS)
def test_a_step_of_a_draft(
    officer: Officer,
    acting: Acting,
    code: str,
    born_on: date,
    court: dict[str, str],
    step: str,
    typed: dict[str, str],
    box: str,
    section: str,
) -> None:
    person = somebody(acting, born_on)
    base = begun(officer, person, code)
    if court:
        officer.post(f"{base}/court", data=COURT | court)
    shown = Page(officer.post(f"{base}/{step}", data=(COURT | typed) if step == "court" else typed | {"do": "next"}).text)
    assert is_beside(shown, box, section), shown.problems
    kept = {name: value for name, value in typed.items() if name in shown.inputs and name.endswith(("-day", "-year"))}
    assert kept.items() <= shown.inputs.items()


@pytest.mark.parametrize(("order", "kind", "typed", "box", "section"), EVENTS)
def test_an_event_of_an_order(
    officer: Officer, acting: Acting, order: dict[str, Any], kind: str, typed: dict[str, str], box: str, section: str
) -> None:
    with acting() as work:
        reference = a_made_order(work, **order).reference
    address = f"/orders/{reference}/record/{kind}"
    opened = Page(officer.get(address).text).inputs["opened"]
    shown = Page(officer.post(address, data={"opened": opened, "court": "Northmere", "officer": "PC 1 Jones", **typed}).text)
    assert is_beside(shown, box, section), shown.problems


@pytest.mark.parametrize(
    ("code", "court", "refused"), [("ro_conviction", MADE | {"made_under": "sa20_s360"}, "kind"), ("spo", MADE, "is_electronic_monitoring")]
)
def test_what_the_act_does_not_know_is_not_even_asked(
    officer: Officer, acting: Acting, code: str, court: dict[str, str], refused: str
) -> None:
    base = begun(officer, somebody(acting, ADULT), code)
    officer.post(f"{base}/court", data=COURT | court)
    assert refused not in Page(officer.get(f"{base}/conditions").text).inputs


@pytest.mark.parametrize(("code", "court", "section"), [("dapo", DAPO, "s.2(1)")])
def test_a_protected_person_who_is_too_young(officer: Officer, acting: Acting, code: str, court: dict[str, str], section: str) -> None:
    person = somebody(acting, ADULT)
    with acting() as work:
        child = a_person(work, surname="Joseph", forenames="Ann", born_on=date(2015, 1, 1))
    base = begun(officer, person, code)
    officer.post(f"{base}/court", data=COURT | court)
    shown = Page(officer.post(f"{base}/protected", data={"person": child.reference, "relationship": "niece", "do": "add"}).text)
    assert is_beside(shown, "person", section), shown.problems
    assert (shown.inputs["person"], shown.inputs["relationship"]) == (child.reference, "niece")
    assert "Nobody" in Page(officer.get(f"{base}/protected").text).main or child.reference not in officer.get(f"{base}/protected").text


def test_a_variation_that_extends_a_tag_too_far(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        details = {"area": "Greater Manchester"}
        made = a_made_order(work, order_type="dapo", made_on=date(2025, 12, 1), details=details)
        reference = work.session.get_one(Order, made.id).reference
    base = officer.post(f"/orders/{reference}/vary", data={"kind": "varied"}).location.rsplit("/", 1)[0]
    officer.post(
        f"{base}/variation", data=day("varied_on", "20 11 2026") | {"court": "Northmere", "end": "same", "summary": "A tag", "do": "next"}
    )
    tag = TERM | {"is_electronic_monitoring": "y", "end": "own", **day("ends_on", "20 11 2027"), "do": "add"}
    assert is_beside(Page(officer.post(f"{base}/conditions", data=tag).text), "ends_on", "s.38(5)")
    allowed = officer.post(f"{base}/conditions", data=tag | day("ends_on", "19 11 2027"))
    assert allowed.status_code == 302, Page(allowed.text).problems
