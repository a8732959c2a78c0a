"""One live order as the patrol card says it: until when, whom it protects, the power it gives, what is forbidden, what to beware of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_login import current_user

from orders_app.queries.facts import OrderFacts, is_current
from orders_app.rules.access import Access, Permission
from orders_app.rules.breaches import binds_unserved
from orders_app.rules.duties import MissingTime, due_duties
from orders_app.rules.facts import Event, EventKind
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.orders import Ends, ends_on, possible_events
from orders_app.rules.working import Working
from orders_app.web.filters import day, deadline_when
from orders_app.web.orders.event_words import value_words, when_words
from orders_app.web.session import law_tables, now, today

IF_ARRESTED_NOW = -1
LIVE, NOT_BINDING = "LIVE", "MADE, NOT BINDING YET"
SERVE_IT = "Serve it if you can, and tell the orders desk"


@dataclass(frozen=True)
class CustodyClock:
    """By when somebody arrested now must be before a court, the days that do not count, and the section."""

    until: str
    left_out: str
    cite: str


@dataclass(frozen=True)
class LiveOrder:
    """One live order as the card says it. `cautions` are what an officer must know before acting on it."""

    case: OrderFacts
    heading: str
    until: str
    served: str
    protects: str
    cautions: list[str]
    custody: CustodyClock | None
    prohibitions: list[str]
    requirements: list[str]
    href: str
    report_href: str

    @property
    def binds(self) -> bool:
        """Whether it binds the subject yet."""
        return self.heading.startswith(LIVE)


def live_order(case: OrderFacts, version: int, seen: set[int]) -> LiveOrder:
    """Say one order by the version of its terms in force today. `seen` are the protected people whom the reader may open."""
    served = case.facts.first(EventKind.SERVED)
    terms = [c for c in case.order.conditions if is_current(c, version) and _binds_today(c)]
    return LiveOrder(
        case=case,
        heading=f"{LIVE if _binds(case, served) else NOT_BINDING}: {case.order_type.name.lower()}",
        until=_until(ends_on(case.order_type, case.facts)),
        served=f"Served {when_words(served.on, served.at)}{_how(served)}" if served else "Not served yet",
        protects=_protects(case, seen),
        cautions=_cautions(case, served),
        custody=custody_clock(case),
        prohibitions=[c.text for c in terms if c.kind == "prohibition"],
        requirements=[c.text for c in terms if c.kind != "prohibition"],
        href=url_for("orders.show", reference=case.order.reference),
        report_href=_report_href(case),
    )


def custody_clock(case: OrderFacts) -> CustodyClock | None:
    """The clock of an arrest made now; None where the type has no such clock."""
    if EventKind.ARRESTED not in case.order_type.events:
        return None
    arrest = Event(IF_ARRESTED_NOW, EventKind.ARRESTED, today(), now())
    try:
        duties = due_duties(case.order_type, replace(case.facts, events=(*case.facts.events, arrest)), law_tables())
    except (MissingTime, OutsideTable):
        return None
    clock = next((due for due in duties if due.started_by == IF_ARRESTED_NOW and due.due_at), None)
    if clock is None:
        return None
    until = f"{clock.word} {deadline_when(clock.act_by_on, clock.act_by_at)}"
    return CustodyClock(until, _left_out(clock.working), str(clock.citation))


def _left_out(working: Working) -> str:
    """Sunday 22 November does not count."""
    if not working.left_out:
        return ""
    return f"{working.left_out_words} {'do' if len(working.left_out) > 1 else 'does'} not count"


def _binds(case: OrderFacts, served: Event | None) -> bool:
    return binds_unserved(case.order_type, case.facts) or served is not None


def _cautions(case: OrderFacts, served: Event | None) -> list[str]:
    found = []
    if not _binds(case, served):
        found.append(f"The subject was neither in court nor represented, so it binds only once it is served. {SERVE_IT}")
    elif served is None and case.order_type.needs_service and not case.order.is_present_or_represented:
        found.append(f"The subject may not know of it. {SERVE_IT}")
    if case.order.is_without_notice:
        found.append(f"Made without notice: a breach counts only from when the subject knew of it{_known_from(case, served)}")
    return found


def _known_from(case: OrderFacts, served: Event | None) -> str:
    if case.facts.aware_from_on:
        return f", recorded as {day(case.facts.aware_from_on)}"
    return f", at the latest {day(served.on)}, when it was served" if served else ""


def _report_href(case: OrderFacts) -> str:
    if not current_user.may(Permission.ORDER_RECORD):
        return ""
    if EventKind.BREACH_REPORTED not in possible_events(case.order_type, case.facts, today(), law_tables()):
        return ""
    return url_for("orders.record_event", reference=case.order.reference, kind=EventKind.BREACH_REPORTED.value)


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
