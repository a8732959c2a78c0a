"""Terms of an order put right: in the version they belong to, never as a variation, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Condition, Event, Order
from orders_app.queries.facts import is_current
from orders_app.rules.condition_library import SHIPPED
from orders_app.rules.facts import EventKind
from orders_app.services.corrections import Correction
from orders_app.services.errors import RulesBroken
from orders_app.services.order_events import void_event
from orders_app.services.orders import NewCondition
from orders_app.services.variations import Variation, vary_order
from tests.conftest import NOW, Acting
from tests.order_cases import NO_CONTACT, a_made_order
from tests.services.corrected_orders import NO_ENTRY, a_spo_of_three_years, corrected, stored, the_correction


@pytest.fixture
def order(acting: Acting) -> Order:
    return a_spo_of_three_years(acting)


def terms(order: Order, version: int) -> list[tuple[int, str]]:
    return [(c.number, c.text) for c in order.conditions if is_current(c, version)]


def test_a_term_is_put_right_in_its_place_and_no_version_is_added(acting: Acting, session: Session, order: Order) -> None:
    right = NewCondition("Not to enter Foundry Row.", "Not Foundry Row", ends_on=date(2027, 11, 1))
    corrected(acting, order, Correction(changed={2: right}))
    now = stored(session, order)
    assert (now.version_number, len(now.versions)) == (1, 1)
    assert [(c.number, c.text, c.ends_on) for c in now.conditions] == [(1, NO_CONTACT.text, None), (2, right.text, right.ends_on)]
    said = the_correction(session).changes["conditions"]
    assert said == [{
        "number": 2,
        "from": {"text": NO_ENTRY.text, "short_form": NO_ENTRY.short_form, "ends_on": "2027-10-01"},
        "to": {"text": right.text, "short_form": right.short_form, "ends_on": "2027-11-01"},
    }]  # fmt: skip


@pytest.fixture
def varied(acting: Acting, session: Session, order: Order) -> Order:
    """Version 2 changes condition 2 and adds condition 3."""
    change = Variation(
        EventKind.VARIED, date(2026, 11, 20), changed={2: NewCondition("Not to enter Dock Road.")}, added=(NewCondition("No phone."),)
    )
    with acting("order.varied", now=NOW) as work:
        vary_order(work, reference=order.reference, version=order.version, variation=change)
    return stored(session, order)


def test_a_term_of_an_earlier_version_is_put_right_there_alone(acting: Acting, session: Session, varied: Order) -> None:
    corrected(acting, varied, Correction(terms=1, changed={2: NewCondition("Not to enter Foundry Row.", "Not Foundry Row")}))
    now = stored(session, varied)
    assert terms(now, 1) == [(1, NO_CONTACT.text), (2, "Not to enter Foundry Row.")]
    assert terms(now, 2) == [(1, NO_CONTACT.text), (2, "Not to enter Dock Road."), (3, "No phone.")]
    assert now.version_number == 2


def test_a_term_left_out_is_one_of_its_version_and_of_those_after(acting: Acting, session: Session, varied: Order) -> None:
    corrected(acting, varied, Correction(terms=1, added=(NewCondition("Not to follow her.", "Not to follow"),)))
    now = stored(session, varied)
    assert [number for number, _ in terms(now, 1)] == [1, 2, 4]
    assert [number for number, _ in terms(now, 2)] == [1, 2, 3, 4]


def test_a_term_struck_out_is_one_of_no_version_and_stays_on_record(acting: Acting, session: Session, varied: Order) -> None:
    corrected(acting, varied, Correction(removed=frozenset({1, 3})))
    now = stored(session, varied)
    assert (terms(now, 1), terms(now, 2)) == ([(2, NO_ENTRY.text)], [(2, "Not to enter Dock Road.")])
    assert {c.number for c in now.conditions} == {1, 2, 3}


def test_a_variation_struck_out_does_not_bring_back_what_a_correction_struck_out(acting: Acting, session: Session, varied: Order) -> None:
    corrected(acting, varied, Correction(removed=frozenset({3})))
    event = session.scalars(select(Event).where(Event.kind == "varied")).one()
    with acting(now=NOW) as work:
        version = work.session.scalar(select(Order.version).where(Order.id == varied.id)) or 0
        void_event(work, event_id=event.id, version=version, reason="Another order")
    assert terms(stored(session, varied), 3) == [(1, NO_CONTACT.text), (2, NO_ENTRY.text)]


def test_a_term_that_is_not_one_of_the_version_cannot_be_put_right(acting: Acting, varied: Order) -> None:
    with pytest.raises(RulesBroken, match="Condition 3 is not a term of version 1"):
        corrected(acting, varied, Correction(terms=1, changed={3: NO_ENTRY}))


def test_a_term_remembers_its_standard_condition_so_long_as_it_says_it(acting: Acting, session: Session) -> None:
    template = next(one for one in SHIPPED if one.key == "contact")
    words, short = template.filled(dict.fromkeys(template.slots, "Ann Jospeh"))
    with acting() as work:
        order = a_made_order(work, conditions=(NewCondition(words, short, template_key="contact", template_version=1),))
    right = NewCondition(words.replace("Jospeh", "Joseph"), short, template_key="contact", template_version=1)
    corrected(acting, order, Correction(changed={1: right}))
    session.rollback()
    assert session.scalars(select(Condition.template_version)).one() == 1
    corrected(acting, stored(session, order), Correction(changed={1: replace(right, text="To reside at 1 Ashcombe Terrace.")}))
    session.rollback()
    assert session.execute(select(Condition.template_key, Condition.template_version)).one() == ("", None)
