"""Two officers at once with drafts about one order: the second to save sees the order theirs became beside hers, and has ways out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Draft, Order, Person
from orders_app.rules.facts import EventKind as E
from orders_app.services.orders import NewEvent, NewOrder, record_order
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_served_notice
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.two_officers import Stale, Two, two_at_the_desk
from tests.web.typed import day, opened

TERM = {"words": "Not to contact Ann Joseph by any means.", "short_form": "No contact", "library": "own", "kind": "prohibition"}
COURT = {"court": "Northmere", "is_present_or_represented": "yes", "is_without_notice": "no", "do": "next"}


@pytest.fixture
def two(client_for: ClientFor, acting: Acting) -> Two:
    return two_at_the_desk(client_for, acting)


@pytest.fixture
def applied_for(acting: Acting) -> str:
    with acting() as work:
        person = a_person(work, surname="Demir", forenames="Yusuf", born_on=date(1994, 5, 9))
        lodged = NewEvent(E.APPLICATION_LODGED, date(2026, 11, 2))
        return record_order(work, NewOrder("spo", person.id, events=(lodged,), court="Northmere Magistrates' Court")).reference


@pytest.fixture
def answers(acting: Acting, two: Two) -> Callable[[Officer, str, str, str], None]:
    """Answer every step of a draft of an order until further order, or to a last day."""
    with acting() as work:
        ann = a_person(work, surname="Joseph", forenames="Ann").reference

    def answer(officer: Officer, base: str, made_on: str, last_day: str) -> None:
        ends = {"end_kind": "fixed", **day("ends_on", last_day), "do": "next"}
        steps: dict[str, dict[str, str]] = {
            "court": COURT | day("made_on", made_on), "ends": ends, "protected": {"person": ann, "do": "next"},
            "conditions": TERM | {"end": "order", "do": "next"}, "owner": {"team": "Orders desk", "do": "next"},
        }  # fmt: skip
        for step, typed in steps.items():
            done = officer.post(f"{base}/{step}", data=typed)
            assert done.status_code == 302, (step, Page(done.text).problems)

    return answer


def begun(officer: Officer, whole: dict[str, str], address: str = "/orders/new") -> str:
    base: str = officer.post(address, data=whole).location.rsplit("/", 1)[0]
    return base


@pytest.fixture
def both_make_it(two: Two, applied_for: str, answers: Any) -> Stale:
    mine, theirs = (begun(officer, {}, f"/orders/{applied_for}/made") for officer in (two.officer, two.other))
    answers(two.officer, mine, "20 11 2026", "19 11 2028")
    answers(two.other, theirs, "20 11 2026", "19 11 2029")
    assert two.other.post(f"{theirs}/check", data={}).status_code == 302
    return Stale(two.officer, f"{mine}/check", two.officer.post(f"{mine}/check", data={}))


def test_the_making_of_an_order_stands_beside_theirs(both_make_it: Stale, session: Session) -> None:
    for words in (
        "recorded “Order made”", "Stalking protection order: choose what to keep", "Sunday 19 November 2028",
        "Monday 19 November 2029", "Record mine as another order", "Condition 1",
    ):  # fmt: skip
        assert words in both_make_it.says
    assert session.scalars(select(Order.ends_on)).all() == [date(2029, 11, 19)]


@pytest.mark.parametrize(("way", "orders", "drafts"), [("save", 2, 0), ("edit", 1, 1), ("drop", 1, 0)])
def test_the_making_may_be_another_order_or_wait_or_be_dropped(
    both_make_it: Stale, session: Session, way: str, orders: int, drafts: int
) -> None:
    assert both_make_it.choose(way).status_code == (200 if way == "edit" else 302)
    session.rollback()
    assert len(session.scalars(select(Order)).all()) == orders
    assert len(session.scalars(select(Draft)).all()) == drafts


def test_the_making_of_an_order_changed_in_another_way_meanwhile_is_told_and_saved(
    two: Two, applied_for: str, answers: Any, session: Session
) -> None:
    base = begun(two.officer, {}, f"/orders/{applied_for}/made")
    listing = f"/orders/{applied_for}/record/hearing_listed"
    typed = {**day("hearing_listed_on", "20 11 2026"), **day("hearing_at", "1 12 2026"), "court": "Northmere"}
    assert two.other.post(listing, data=typed | opened(two.other, listing)).status_code == 302
    answers(two.officer, base, "20 11 2026", "19 11 2028")
    stale = Stale(two.officer, f"{base}/check", two.officer.post(f"{base}/check", data={}))
    assert "recorded “Hearing listed for Tuesday 1 December 2026”" in stale.says
    assert stale.choose("save").status_code == 302
    session.rollback()
    assert session.scalars(select(Order.ends_on)).all() == [date(2028, 11, 19)]


@pytest.fixture
def both_follow(two: Two, acting: Acting, answers: Any) -> Stale:
    with acting() as work:
        notice = a_served_notice(work)
        whole = {"person": work.session.get_one(Person, notice.person_id).reference, "type": "dvpo", "follows": notice.reference}
    mine, theirs = (begun(officer, whole) for officer in (two.officer, two.other))
    for officer, base, last in ((two.officer, mine, "10 12 2026"), (two.other, theirs, "11 12 2026")):
        answers(officer, base, "22 11 2026", last)
    assert two.other.post(f"{theirs}/check", data={}).status_code == 302
    return Stale(two.officer, f"{mine}/check", two.officer.post(f"{mine}/check", data={}))


def test_an_order_that_follows_a_notice_stands_beside_the_one_they_recorded(both_follow: Stale) -> None:
    for words in ("Friday 11 December 2026", "Thursday 10 December 2026", "recorded “Application granted”", "the court made two orders"):
        assert words in both_follow.says


@pytest.mark.parametrize(("way", "orders", "drafts"), [("save", 2, 0), ("edit", 1, 1), ("drop", 1, 0)])
def test_an_order_that_follows_may_be_recorded_as_well_or_wait_or_be_dropped(
    both_follow: Stale, session: Session, way: str, orders: int, drafts: int
) -> None:
    both_follow.choose(way)
    session.rollback()
    assert len(session.scalars(select(Order).where(Order.order_type == "dvpo")).all()) == orders
    assert len(session.scalars(select(Draft)).all()) == drafts
