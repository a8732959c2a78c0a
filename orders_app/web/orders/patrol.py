"""The patrol card: what an officer at a door must know, in the court's words and in a few kilobytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, url_for

from orders_app.queries.facts import OrderFacts, is_current
from orders_app.queries.orders import orders_of_person, visible_people
from orders_app.queries.people import WholePerson
from orders_app.rules.access import Access, Permission
from orders_app.rules.duties import MissingTime, due_duties
from orders_app.rules.facts import Event, EventKind
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.orders import LIVE, Ends, ends_on, status_on
from orders_app.services.audit import record_view
from orders_app.web.access import requires
from orders_app.web.filters import at, deadline_when
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.event_words import value_words, when_words
from orders_app.web.orders.found import today
from orders_app.web.people.banner import banner_words
from orders_app.web.people.found import reason_for, with_person
from orders_app.web.session import act, law_tables, now, read_session, viewer

IF_ARRESTED_NOW = -1


@dataclass(frozen=True)
class LiveOrder:
    """One live order as the card says it."""

    case: OrderFacts
    status: str
    until: str
    served: str
    protects: str
    custody: str
    custody_cite: str
    prohibitions: list[str]
    requirements: list[str]
    href: str


@blueprint.get("/people/<reference>/patrol-card")
@requires(Permission.ORDER_VIEW)
@with_person
def patrol_card(person: WholePerson) -> str:
    """The live orders that bind one person. Opening it is logged."""
    cases = orders_of_person(read_session(), viewer(), person.id)
    live = [case for case in cases if status_on(case.order_type, case.facts, today()) in LIVE]
    seen = visible_people(read_session(), viewer(), [row.person_id for case in live for row in case.order.protected])
    page = render_template(
        "orders/patrol_card.html",
        person=banner_words(person, today()),
        sex=person.sex,
        live=[_live(case, seen) for case in live],
        others=[case for case in cases if case not in live],
        right_at=at(now()),
        href=url_for("people.show", reference=person.reference),
    )
    with act("person.viewed", reason=reason_for(person) or "At the address") as work:
        record_view(work, person_id=person.id, what="Patrol card")
    return page


def _live(case: OrderFacts, seen: set[int]) -> LiveOrder:
    ends = ends_on(case.order_type, case.facts)
    served = case.facts.first(EventKind.SERVED)
    terms = [c for c in case.order.conditions if is_current(c, case.order.version_number) and _binds_today(c)]
    custody, cite = custody_clock(case)
    return LiveOrder(
        case=case,
        status=status_on(case.order_type, case.facts, today()).value,
        until=_until(ends),
        served=f"Served {when_words(served.on, served.at)}{_how(served)}" if served else "Not served yet",
        protects=_protects(case, seen),
        custody=custody,
        custody_cite=cite,
        prohibitions=[c.text for c in terms if c.kind == "prohibition"],
        requirements=[c.text for c in terms if c.kind != "prohibition"],
        href=url_for("orders.show", reference=case.order.reference),
    )


def custody_clock(case: OrderFacts) -> tuple[str, str]:
    """When somebody arrested now must be before a court, and the section; nothing where the type has no such clock."""
    if EventKind.ARRESTED not in case.order_type.events:
        return "", ""
    arrest = Event(IF_ARRESTED_NOW, EventKind.ARRESTED, today(), now())
    try:
        duties = due_duties(case.order_type, replace(case.facts, events=(*case.facts.events, arrest)), law_tables())
    except (MissingTime, OutsideTable):
        return "", ""
    clock = next((due for due in duties if due.started_by == IF_ARRESTED_NOW and due.due_at), None)
    return (f"{clock.word} {deadline_when(clock.act_by_on, clock.act_by_at)}", str(clock.citation)) if clock else ("", "")


def _until(ends: Ends | None) -> str:
    """until Tuesday 8 December 2026, 24:00; or the order's own words, where it has no end date."""
    if ends is None:
        return ""
    return f"until {ends.words}" if ends.on else ends.words


def _binds_today(condition: Any) -> bool:
    begun = condition.starts_on is None or condition.starts_on <= today()
    return begun and (condition.ends_on is None or condition.ends_on >= today())


def _how(served: Event) -> str:
    how = served.details.get("how", "")
    return f", {value_words(how).lower()}" if how else ""


def _protects(case: OrderFacts, seen: set[int]) -> str:
    """Names as far as the reader may see them. Of somebody restricted it says only that there is one, of somebody sealed nothing."""
    names = [f"{row.person.forenames} {row.person.surname}".strip() for row in case.order.protected if row.person_id in seen]
    hidden = [row for row in case.order.protected if row.person_id not in seen and row.person.access == Access.RESTRICTED]
    return ", ".join([*names, *(["a person whose name is restricted"] if hidden else [])])
