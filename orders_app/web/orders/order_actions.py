"""What an officer can do with an order: the likely things first, and everything else that may be recorded."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from orders_app.queries.orders import WholeOrder
from orders_app.rules.facts import EventKind as E
from orders_app.rules.facts import Facts
from orders_app.rules.orders import not_now, possible_events
from orders_app.rules.spec import Citation
from orders_app.web.orders.draft_beginning import following_type
from orders_app.web.orders.event_words import EVENT_WORDS, OFTEN
from orders_app.web.session import law_tables, today

APPLICATIONS = (E.APPLICATION_LODGED, E.HEARING_LISTED, E.VARIATION_APPLIED, E.RENEWAL_APPLIED, E.DISCHARGE_APPLIED)
IN_CUSTODY_NO_MORE = (E.PRODUCED, E.RELEASED_OUT_OF_TIME)


@dataclass(frozen=True)
class Actions:
    """Links, each with its words: those of most days, and the rest."""

    often: list[tuple[str, str]]
    others: list[tuple[str, str]]


def actions_of(whole: WholeOrder) -> Actions:
    """What may be recorded on an order today."""
    case = whole.case
    possible = [kind for kind in possible_events(case.order_type, case.facts, today(), law_tables()) if EVENT_WORDS[kind].do]
    unlikely = _unlikely(case.facts, case.order_type.is_notice)
    often = [kind for kind in OFTEN if kind in possible and kind not in unlikely]
    others = [kind for kind in possible if kind not in often]
    return Actions([*(_action(whole, kind) for kind in often), *_follow_on(whole)], [_action(whole, kind) for kind in others])


@dataclass(frozen=True)
class StepsRefused:
    """Steps that are not offered for one and the same reason, and the section."""

    steps: list[str]
    why: str
    citation: Citation


def steps_refused(whole: WholeOrder) -> list[StepsRefused]:
    """The steps that the law knows for this type and that cannot be recorded today, those with one reason together."""
    case = whole.case
    together: dict[tuple[str, Citation], list[str]] = {}
    for refused in not_now(case.order_type, case.facts, today(), law_tables()):
        if EVENT_WORDS[refused.kind].do:
            together.setdefault((refused.why, refused.citation), []).append(EVENT_WORDS[refused.kind].do)
    return [StepsRefused(steps, why, citation) for (why, citation), steps in together.items()]


def _unlikely(facts: Facts, is_notice: bool) -> set[E]:
    """What may be recorded late, but is not what anybody waits for: an attempt once served, production without an arrest."""
    found = {E.SERVICE_ATTEMPTED} if facts.first(E.SERVED) else set()
    found |= {E.PRODUCED} if len(facts.of(E.ARRESTED)) <= len(facts.of(*IN_CUSTODY_NO_MORE)) else set()
    return found | ({E.HEARING_HELD} if not is_notice and not facts.first(*APPLICATIONS) else set())


def _action(whole: WholeOrder, kind: E) -> tuple[str, str]:
    return EVENT_WORDS[kind].do, url_for("orders.record_event", reference=whole.order.reference, kind=kind.value)


def _follow_on(whole: WholeOrder) -> list[tuple[str, str]]:
    following = following_type(whole)
    if following is None or whole.led_to:
        return []
    words = f"Record the {following.short_name} that follows"
    return [(words, url_for("orders.new", person=whole.order.person.reference, type=following.code, follows=whole.order.reference))]
