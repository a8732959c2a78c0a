"""Whether an order or notice of a type could be given or made at all: there, on that day, or saved by what was alive before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import Event, EventKind, Facts
from orders_app.rules.law import LawTables, is_law
from orders_app.rules.problems import Problem, day_of_decision
from orders_app.rules.provisions import ENGLAND_AND_WALES
from orders_app.rules.spec import OrderType
from orders_app.rules.wording import day_words, listed

E = EventKind
ABOUT_SAVINGS = "One made on an application, or after a notice, from while it was in force goes on: enter the day of the application"


def check_available(order_type: OrderType, facts: Facts, law: LawTables) -> Iterator[Problem]:
    """Whether this kind of order could be made in that area on that day, or on an application that was alive before."""
    given = _given_or_made(order_type, facts)
    if given is None or not (order_type.since or order_type.until):
        return
    days = [given.on, *_saved_from(order_type, facts)]
    if not any(is_law(order_type, law, facts.area, day) for day in days):
        yield _not_available(order_type, facts, law, given)


def check_power(order_type: OrderType, facts: Facts, law: LawTables) -> Iterator[Problem]:
    """Whether the power it was made under was law in that area on that day."""
    day = day_of_decision(order_type, facts)
    named = [power for power in order_type.made_under if power.code == facts.made_under]
    if day and named and not any(is_law(power, law, facts.area, day) for power in named):
        message = f"On {day_words(day)} no order could be made under this power: {named[0].words}. Choose another, or check the day"
        yield Problem("made_under", message, order_type.citation)


def has_been_law(order_type: OrderType, law: LawTables, day: date) -> bool:
    """Whether one can exist by that day: its provision has been in force somewhere, or it waits for none."""
    begun = [row for row in law.provisions.rows if row.code == order_type.since and row.in_force_from <= day]
    return bool(begun) or not order_type.since


def where_it_is_law(order_type: OrderType, law: LawTables, day: date) -> str:
    """Where one can be given or made on a day, in words; empty where it can be everywhere."""
    begun = law.provisions.areas(order_type.since, day) if order_type.since else [ENGLAND_AND_WALES]
    ended = law.provisions.areas(order_type.until, day) if order_type.until else []
    if ENGLAND_AND_WALES in ended or not begun:
        return f"Not in force anywhere on {day_words(day)}"
    if ENGLAND_AND_WALES not in begun:
        return f"In force only in {listed(begun)}"
    return f"No longer in force in {listed(ended)}" if ended else ""


def where_in_force(code: str, law: LawTables, day: date) -> str:
    """On Sunday 22 November 2026 it was in force only in Bromley and Croydon; or nowhere."""
    areas = law.provisions.areas(code, day)
    return f"On {day_words(day)} it was in force {f'only in {listed(areas)}' if areas else 'nowhere'}"


def _given_or_made(order_type: OrderType, facts: Facts) -> Event | None:
    """A notice is given when it is served; until then the day of its authority stands for that."""
    if order_type.is_notice:
        return facts.first(E.SERVED) or facts.first(E.AUTHORISED)
    return facts.first(E.MADE)


def _saved_from(order_type: OrderType, facts: Facts) -> list[date]:
    """The days from which something was alive that the savings let go on: an application, or a notice that leads to one."""
    lodged = facts.first(E.APPLICATION_LODGED)
    alive = [lodged.on if lodged else None, facts.notice_given_on]
    return [day for day in alive if day] if order_type.savings else []


def _not_available(order_type: OrderType, facts: Facts, law: LawTables, given: Event) -> Problem:
    what, where, day_field = order_type.short_name, where_in_force(order_type.since, law, given.on), field_of(given.kind)
    if order_type.until and law.provisions.in_force(order_type.until, facts.area, given.on):
        field, why = day_field, f"No {what} could be given or made on {day_words(given.on)}: the power had been repealed"
    elif not law.provisions.all_areas(order_type.since):
        field, why = day_field, f"No {what} could be given or made. {where}"
    elif not facts.area:
        field, why = "area", f"Enter the area where it was given or made. {where}"
    else:
        field, why = "area", f"A {what} is not available in {facts.area}. {where}"
    advice = [ABOUT_SAVINGS if order_type.savings else "", order_type.instead] if facts.area or field != "area" else []
    return Problem(field, ". ".join(part for part in (why, *advice) if part), order_type.citation)
