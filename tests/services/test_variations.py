"""Variations are versions: one is current, and the terms of any day can still be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from orders_app.models import Deadline, Event, Order, OrderVersion
from orders_app.queries.facts import is_current, load_orders_for_rules
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.errors import RuleBroken
from orders_app.services.order_events import correct_event, void_event
from orders_app.services.orders import NewCondition, NewEvent, NewOrder, record_order
from orders_app.services.refusals import legal_problems
from orders_app.services.variations import Variation, check_variation, vary_order
from tests.conftest import NOW, Acting
from tests.factories import a_person
from tests.order_cases import a_made_order

MADE = date(2026, 10, 2)


@pytest.fixture
def order(acting: Acting) -> Order:
    terms = (NewCondition("Not to contact Priya Raman.", "No contact"), NewCondition("Not to enter Foundry Lane.", "Not Foundry Lane"))
    events = (NewEvent(EventKind.MADE, MADE), NewEvent(EventKind.SERVED, date(2026, 10, 5), datetime(2026, 10, 5, 17, 25, tzinfo=UTC)))
    with acting() as work:
        person = a_person(work)
        new = NewOrder(
            "spo", person.id, events=events, conditions=terms, end_kind=EndKind.FIXED, stated_ends_on=date(2029, 10, 1), court="Northmere"
        )
        return record_order(work, new)


def varied(**changes: object) -> Variation:
    return Variation(**{"kind": EventKind.VARIED, "made_on": date(2026, 11, 20), **changes})


def test_a_changed_term_leaves_the_old_words_to_the_old_version(acting: Acting, session: Session, order: Order) -> None:
    change = varied(
        changed={2: NewCondition("Not to enter Foundry Lane or Dock Road.", "Not Foundry Lane")}, added=(NewCondition("No phone."),)
    )
    with acting("order.varied", now=NOW) as work:
        vary_order(work, reference=order.reference, version=order.version, variation=change)
    stored = session.get_one(Order, order.id, options=[selectinload(Order.conditions)])
    terms = {number: [c.text for c in stored.conditions if is_current(c, number)] for number in (1, 2)}
    assert terms[1] == ["Not to contact Priya Raman.", "Not to enter Foundry Lane."]
    assert terms[2] == [
        "Not to contact Priya Raman.",
        "Not to enter Foundry Lane or Dock Road.",
        "No phone.",
    ]


def test_there_is_one_current_version(acting: Acting, session: Session, order: Order) -> None:
    with acting(now=NOW) as work:
        vary_order(work, reference=order.reference, version=order.version, variation=varied(removed=frozenset({1})))
    numbers = session.scalars(select(OrderVersion.number).where(OrderVersion.order_id == order.id).order_by(OrderVersion.number)).all()
    assert (numbers, session.get_one(Order, order.id).version_number) == ([1, 2], 2)


def test_a_new_end_moves_the_end_and_its_deadline(acting: Acting, session: Session, order: Order) -> None:
    later = varied(kind=EventKind.RENEWED, end_kind=EndKind.FIXED, ends_on=date(2031, 10, 1))
    with acting(now=NOW) as work:
        vary_order(work, reference=order.reference, version=order.version, variation=later)
    assert session.get_one(Order, order.id).ends_on == date(2031, 10, 1)
    open_ends = select(Deadline.due_on).where(Deadline.duty_key == "order_ends", Deadline.cancelled_at.is_(None))
    assert session.scalars(open_ends).all() == [date(2031, 10, 1)]


def test_an_order_that_has_ended_cannot_be_revived(acting: Acting, order: Order) -> None:
    after = datetime(2029, 12, 1, tzinfo=UTC)
    late = varied(made_on=date(2029, 11, 20), end_kind=EndKind.FIXED, ends_on=date(2031, 10, 1))
    with acting(now=after) as work, pytest.raises(RuleBroken):
        vary_order(work, reference=order.reference, version=order.version, variation=late)


@pytest.fixture
def twice_varied(acting: Acting, session: Session, order: Order) -> Order:
    """Version 2 takes condition 1 out, changes 2 and adds 3; version 3 renews it."""
    change = varied(
        removed=frozenset({1}), changed={2: NewCondition("Not to enter Dock Road.")}, added=(NewCondition("No phone."),), court="Eastbridge"
    )
    later = varied(kind=EventKind.RENEWED, made_on=date(2026, 11, 21), end_kind=EndKind.FIXED, ends_on=date(2031, 10, 1))
    with acting("order.varied", now=NOW) as work:
        second = vary_order(work, reference=order.reference, version=order.version, variation=change)
        vary_order(work, reference=order.reference, version=second.version, variation=later)
    return whole(session, order)


def whole(session: Session, order: Order) -> Order:
    session.rollback()
    return session.scalars(
        select(Order).where(Order.id == order.id).options(selectinload(Order.conditions), selectinload(Order.versions))
    ).one()


def struck_out(acting: Acting, session: Session, order: Order, kind: EventKind) -> Order:
    event_id = session.scalars(select(Event.id).where(Event.kind == kind)).one()
    with acting("order.event_voided", now=NOW) as work:
        void_event(work, event_id=event_id, version=order.version, reason="Another person’s order")
    return whole(session, order)


def terms(order: Order, number: int) -> list[str]:
    return [c.text for c in order.conditions if is_current(c, number)]


def test_a_variation_struck_out_gives_the_terms_and_the_end_from_before_it(acting: Acting, session: Session, twice_varied: Order) -> None:
    once = struck_out(acting, session, twice_varied, EventKind.RENEWED)
    assert (once.version_number, once.ends_on) == (4, date(2029, 10, 1))
    assert terms(once, 4) == terms(once, 2) == ["Not to enter Dock Road.", "No phone."]
    assert (once.versions[3].in_force_from, once.versions[3].court) == (date(2026, 11, 21), "Eastbridge")


def test_terms_taken_out_and_changed_by_mistake_come_back_with_their_numbers(acting: Acting, session: Session, order: Order) -> None:
    change = varied(removed=frozenset({1}), changed={2: NewCondition("Not to enter Dock Road.")}, added=(NewCondition("No phone."),))
    with acting("order.varied", now=NOW) as work:
        vary_order(work, reference=order.reference, version=order.version, variation=change)
    after = struck_out(acting, session, whole(session, order), EventKind.VARIED)
    assert [(c.number, c.text) for c in after.conditions if is_current(c, 3)] == [
        (1, "Not to contact Priya Raman."),
        (2, "Not to enter Foundry Lane."),
    ]
    assert terms(after, 2) == ["Not to enter Dock Road.", "No phone."]


def test_a_variation_that_another_was_built_upon_is_not_struck_out_first(acting: Acting, session: Session, twice_varied: Order) -> None:
    with pytest.raises(RuleBroken, match="Version 3 was made from this one"):
        struck_out(acting, session, twice_varied, EventKind.VARIED)


def test_a_corrected_day_of_a_variation_is_the_day_of_its_version(acting: Acting, session: Session, twice_varied: Order) -> None:
    event_id = session.scalars(select(Event.id).where(Event.kind == EventKind.VARIED)).one()
    earlier = NewEvent(EventKind.VARIED, date(2026, 11, 18))
    with acting("order.event_corrected", now=NOW) as work:
        correct_event(work, event_id=event_id, version=twice_varied.version, event=earlier, reason="Misread the order")
    second = whole(session, twice_varied).versions[1]
    assert (second.made_on, second.in_force_from) == (date(2026, 11, 18), date(2026, 11, 18))


def test_a_variation_recorded_instead_of_anothers_leaves_one_in_effect(acting: Acting, session: Session, order: Order) -> None:
    with acting("order.varied", now=NOW) as work:
        theirs = vary_order(work, reference=order.reference, version=order.version, variation=varied(removed=frozenset({1})))
        mistaken = work.session.scalars(select(Event.id).where(Event.kind == EventKind.VARIED)).one()
        mine = varied(removed=frozenset({2}))
        vary_order(
            work, reference=order.reference, version=theirs.version, variation=mine, instead_of=[mistaken], reason="The same variation"
        )
    after = whole(session, order)
    assert terms(after, after.version_number) == ["Not to contact Priya Raman."]
    live = select(Event.details).where(Event.kind == EventKind.VARIED, Event.voided_at.is_(None))
    assert len(session.scalars(live).all()) == 1


TAG = NewCondition("To wear a tag.", "Tag", ends_on=date(2026, 11, 30), is_electronic_monitoring=True)


@pytest.fixture
def tagged(acting: Acting) -> Order:
    """A DAPO with electronic monitoring for its first twelve months."""
    details = {"area": "Greater Manchester"}
    with acting() as work:
        return a_made_order(work, order_type="dapo", made_on=date(2025, 12, 1), conditions=(TAG,), details=details)


@pytest.mark.parametrize(("ends_on", "is_allowed"), [(date(2027, 11, 30), True), (date(2027, 12, 1), False)])
def test_monitoring_is_extended_by_twelve_months_at_a_time(acting: Acting, tagged: Order, ends_on: date, is_allowed: bool) -> None:
    extended = varied(changed={1: replace(TAG, ends_on=ends_on)})
    with acting() as work:
        found = check_variation(work, reference=tagged.reference, variation=extended)
    assert [problem.field for problem in found] == ([] if is_allowed else ["conditions.1.ends_on"])
    assert [str(problem.citation) for problem in found] == ([] if is_allowed else ["Domestic Abuse Act 2021 s.44(10)"])


def test_what_a_variation_extended_is_not_found_wrong_afterwards_and_may_be_extended_again(acting: Acting, tagged: Order) -> None:
    for ends_on in (date(2027, 11, 30), date(2028, 11, 30)):
        with acting() as work:
            version = work.session.get_one(Order, tagged.id).version
            vary_order(work, reference=tagged.reference, version=version, variation=varied(changed={1: replace(TAG, ends_on=ends_on)}))
    with acting() as work:
        (case,) = load_orders_for_rules(work.session, [tagged.id])
        assert legal_problems(work, case.order_type, case.facts) == []
        too_long = varied(changed={1: replace(TAG, ends_on=date(2029, 12, 1))})
        assert check_variation(work, reference=tagged.reference, variation=too_long)


def test_monitoring_that_a_variation_adds_counts_from_then(acting: Acting, tagged: Order) -> None:
    added = varied(added=(replace(TAG, ends_on=date(2027, 11, 19)),))
    a_day_more = varied(added=(replace(TAG, ends_on=date(2027, 11, 20)),))
    with acting() as work:
        assert check_variation(work, reference=tagged.reference, variation=added) == []
        assert [p.field for p in check_variation(work, reference=tagged.reference, variation=a_day_more)] == ["conditions.2.ends_on"]
