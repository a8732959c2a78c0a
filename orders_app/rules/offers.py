"""What the law does not allow for an order on a day, with the reason why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orders_app.rules.ends import discharge_barred_until, ends_on
from orders_app.rules.facts import EventKind, Facts
from orders_app.rules.law import LawTables, as_law_on
from orders_app.rules.problems import limit_for
from orders_app.rules.spec import Citation, DischargeBar, OrderType, Refusal
from orders_app.rules.status import Status, status_on
from orders_app.rules.wording import day_words

E = EventKind


def not_allowed(order_type: OrderType, facts: Facts, day: date, law: LawTables) -> list[Refusal]:
    """What the law refuses for this order on this day, to be said where the button would have been."""
    stood = as_law_on(order_type, law, facts.area, day)
    return [*stood.refusals, *_from_limits(stood), *_from_facts(stood, facts, day)]


def _from_limits(order_type: OrderType) -> Iterator[Refusal]:
    limits = order_type.limits
    yield from (refusal for refusal in (limits.requirements_refused, limits.monitoring_refused) if refusal)


def _from_facts(order_type: OrderType, facts: Facts, day: date) -> Iterator[Refusal]:
    yield from _discharge_bar(order_type, facts, day)
    yield from _past_longest(order_type, facts)
    if facts.replaces_interim and E.NOTIFIED in order_type.events:
        yield Refusal("Ask for initial notification again", "This order replaced an interim order.", _notification(order_type))
    if status_on(order_type, facts, day) in (Status.EXPIRED, Status.LAPSED) and E.VARIED in order_type.events:
        yield Refusal("Extend this order", "It has ended, and there is no power to revive an order that has ended.", order_type.citation)


def _discharge_bar(order_type: OrderType, facts: Facts, day: date) -> Iterator[Refusal]:
    bar, until = order_type.discharge_bar, discharge_barred_until(order_type, facts)
    if bar and until and day <= until:
        yield Refusal(*_bar_words(bar, f"{day_words(until)}, 24:00"), bar.citation)


def _bar_words(bar: DischargeBar, until: str) -> tuple[str, str]:
    if bar.consent_lifts:
        return "Discharge without both consents", f"Until {until} the court needs the subject’s consent and the chief officer’s."
    return "Discharge before its time", f"Until {until} the court may not end it early."


def _past_longest(order_type: OrderType, facts: Facts) -> Iterator[Refusal]:
    ends, longest = ends_on(order_type, facts), limit_for(order_type.limits.longest, order_type, facts)
    if ends is None or longest is None or E.VARIED not in order_type.events:
        return
    yield Refusal("Extend past the longest period", f"A variation cannot take the order past {longest.period} its start.", longest.citation)


def _notification(order_type: OrderType) -> Citation:
    return next((duty.citation for duty in order_type.duties if duty.key == "initial_notification"), order_type.citation)
