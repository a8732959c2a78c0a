"""The order page in words: its header, conditions, service, hearings and timeline. What the rules return is said, never worked out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for

from orders_app.queries.facts import OrderFacts
from orders_app.queries.orders import WholeOrder
from orders_app.rules.ends import begun_by
from orders_app.rules.facts import EventKind as E
from orders_app.rules.facts import Facts
from orders_app.rules.orders import ends_on, in_force_from
from orders_app.rules.ranks import RANKS
from orders_app.rules.spec import ExtraField, OrderType
from orders_app.web.filters import day, days_left, person_name, plural
from orders_app.web.orders.event_words import EVENT_WORDS, value_words, when_words


@dataclass(frozen=True)
class HeaderFact:
    """One box of the header: a label, the answer, and a small line under it. `href` makes the answer a link; `why_href` explains it."""

    label: str
    answer: str
    note: str = ""
    href: str = ""
    why_href: str = ""


def header_facts(whole: WholeOrder, today: date) -> list[HeaderFact]:
    """The dates, the orders before and after, the version and the owner."""
    order, facts, order_type = whole.order, whole.case.facts, whole.case.order_type
    return [
        _made(whole),
        served_fact(whole.case, today),
        _explained(whole, "in_force", begins_fact(whole.case)),
        _explained(whole, "last_day", _ends(order_type, facts, today)),
        *_related(whole),
        *_version(whole),
        HeaderFact("Owner", order.owner.display_name if order.owner else "Nobody", order.team.name if order.team else ""),
    ]


def _made(whole: WholeOrder) -> HeaderFact:
    order, order_type = whole.order, whole.case.order_type
    event = whole.case.facts.first(E.AUTHORISED if order_type.is_notice else E.MADE)
    label = "Authorised" if order_type.is_notice else "Made"
    by = RANKS.get(order.authorised_rank, order.authorised_rank) if order_type.is_notice else order.court
    return HeaderFact(label, when_words(event.on, event.at) if event else "Not yet", by)


def served_fact(case: OrderFacts, today: date) -> HeaderFact:
    """When and how the order was served and after how many attempts; or that it was not, and for how long."""
    order, order_type, facts = case.order, case.order_type, case.facts
    event = facts.first(E.SERVED)
    attempts = len(facts.of(E.SERVICE_ATTEMPTED))
    if event:
        how = value_words(event.details.get("how", ""))
        nth = f"after {plural(attempts, 'attempt')}" if attempts else ""
        return HeaderFact("Served", when_words(event.on, event.at), ", ".join(part for part in (how, nth) if part))
    if not order_type.needs_service or (order_type.presence_binds and order.is_present_or_represented):
        return HeaderFact("Served", "Not needed", "Present or represented in court" if order_type.presence_binds else "")
    waiting = (
        f"{plural((today - order.made_on).days, 'day')} since it was {'authorised' if order_type.is_notice else 'made'}"
        if order.made_on
        else ""
    )
    return HeaderFact("Served", "Not served", f"{waiting}, {plural(attempts, 'attempt')}" if waiting else "")


def _explained(whole: WholeOrder, key: str, fact: HeaderFact) -> HeaderFact:
    """The same box with the way to its reasoning, once the order has begun."""
    if begun_by(whole.case.order_type, whole.case.facts) is None:
        return fact
    return replace(fact, why_href=url_for("orders.why", reference=whole.order.reference, duty_key=key))


def begins_fact(case: OrderFacts) -> HeaderFact:
    """Since when the order has been in force, or what it waits for."""
    order_type, facts = case.order_type, case.facts
    begins_on = in_force_from(order_type, facts)
    made = facts.first(E.SERVED if order_type.is_notice else E.MADE)
    if begins_on is None:
        return HeaderFact("In force from", _waits_for(facts))
    same = made is not None and made.on == begins_on
    return HeaderFact("In force from", day(begins_on), ("The day served" if order_type.is_notice else "The day made") if same else "")


def _waits_for(facts: Facts) -> str:
    if facts.starts_on_other_end:
        return "When the order that it follows ends"
    return "On release from custody" if facts.starts_on_release else "Not in force"


def _ends(order_type: OrderType, facts: Facts, today: date) -> HeaderFact:
    ends = ends_on(order_type, facts)
    if ends is None:
        return HeaderFact("Ends", "Not begun")
    if ends.closed_by:
        return HeaderFact("Ended", day(ends.closed_by.on), EVENT_WORDS[ends.closed_by.kind].happened)
    if ends.on is None:
        return HeaderFact("Ends", ends.words)
    begins_on = in_force_from(order_type, facts)
    note = days_left(ends.on, today, begins_on if begins_on and begins_on <= ends.on else None)
    return HeaderFact("Ends" if ends.on >= today else "Ended", ends.words, note)


def _related(whole: WholeOrder) -> list[HeaderFact]:
    rows = [HeaderFact("Follows", whole.follows.reference, _span(whole.follows), _href(whole.follows))] if whole.follows else []
    return rows + [HeaderFact("Led to", other.reference, _span(other), _href(other)) for other in whole.led_to]


def _href(order: Any) -> str:
    return url_for("orders.show", reference=order.reference)


def _span(order: Any) -> str:
    last = order.ended_on or order.ends_on
    return " to ".join(day(on) for on in (order.made_on, last) if on)


def _version(whole: WholeOrder) -> list[HeaderFact]:
    """Which version stands. A notice is never varied."""
    if whole.case.order_type.is_notice:
        return []
    order, latest = whole.order, whole.versions[-1] if whole.versions else None
    varied = f"{order.version_number}, {_by(latest) if latest else 'as varied'}"
    return [HeaderFact("Version", "1, as made. Never varied" if order.version_number == 1 else varied)]


def _by(latest: Any) -> str:
    """As varied Friday 20 November 2026; what follows a variation that was struck out says so itself."""
    return f"as varied {day(latest.made_on)}" if latest.event_id else "after a variation was struck out"


def made_facts(whole: WholeOrder) -> list[tuple[str, str]]:
    """How it was made, as recorded: the power, the court's reference, who was there, and the type's own questions."""
    order, order_type = whole.order, whole.case.order_type
    power = next((power.words for power in order_type.made_under if power.code == order.made_under), order.made_under)
    rows = [("Made under", power), ("Court reference", order.court_reference)]
    if not order_type.is_notice and order.made_on:
        rows += [("Subject in court, or represented", _yes_no(order.is_present_or_represented))]
        rows += [("Made without notice", _yes_no(order.is_without_notice))]
    rows += [("Area", str(order.details.get("area", "")))]
    rows += [(field.label.rstrip("?"), answer_words(field, str(order.details.get(field.key, "")))) for field in order_type.extra_fields]
    return [(question, answer) for question, answer in rows if answer]


def answer_words(field: ExtraField, answer: str) -> str:
    """The answer to one of the type's own questions, in words."""
    words = {option.code: option.words for option in field.choices}
    return words.get(answer) or {"yes": "Yes", "no": "No"}.get(answer) or value_words(answer)


def _yes_no(flag: bool) -> str:
    return "Yes" if flag else "No"


def order_title(whole: WholeOrder) -> str:
    """DVPN-2026-0042: CLARKE, Nathan, for titles and breadcrumbs."""
    person = whole.order.person
    return f"{whole.order.reference}: {person_name(person.surname, person.forenames)}"
