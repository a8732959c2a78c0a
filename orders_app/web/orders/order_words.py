"""The order page in words: its header, conditions, service, hearings and timeline. What the rules return is said, never worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from orders_app.queries.facts import is_current, rule_event
from orders_app.queries.orders import WholeOrder
from orders_app.rules.ends import begun_by
from orders_app.rules.facts import EventKind as E
from orders_app.rules.facts import Facts
from orders_app.rules.orders import ends_on, in_force_from
from orders_app.rules.ranks import RANKS
from orders_app.rules.spec import OrderType
from orders_app.web.filters import at_short, day, days_left, iso, person_name, plural
from orders_app.web.orders.event_words import EVENT_WORDS, detail_lines, happened_words, hearing_words, value_words, when_words

ATTEMPTS = (E.SERVICE_ATTEMPTED, E.SERVED)
RESULT_TAGS = {"not_at_home": "Not at home", "no_reply": "No reply", "refused_entry": "Refused entry"}
CHECK_TAGS = {"complied": "Complied with", "in_part": "Kept in part", "not_checked": "Not checked"}
DECISIONS = {
    E.HEARING_HELD: "Heard", E.ADJOURNED: "Adjourned", E.APPLICATION_GRANTED: "Granted", E.APPLICATION_REFUSED: "Refused",
    E.APPLICATION_WITHDRAWN: "Withdrawn", E.MADE: "Order made", E.DETERMINED: "Determined",
}  # fmt: skip


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
        _served(whole, today),
        _explained(whole, "in_force", _begins(order_type, facts)),
        _explained(whole, "last_day", _ends(order_type, facts, today)),
        *_related(whole),
        *_version(whole),
        HeaderFact("Owner", order.owner.display_name if order.owner else "Nobody", order.team.name if order.team else ""),
    ]


def condition_rows(whole: WholeOrder, version_number: int) -> list[dict[str, Any]]:
    """The terms of one version in the court's words, each with its kind, its own end and when it was last checked."""
    checks = whole.case.facts.of(E.COMPLIANCE_CHECKED)
    rows = []
    for condition in (c for c in whole.order.conditions if is_current(c, version_number)):
        key = f"condition_{condition.number}"
        checked = next((check for check in reversed(checks) if key in check.details), None)
        rows.append({
            "number": condition.number, "short_form": condition.short_form, "text": condition.text, "kind": condition.kind.capitalize(),
            "own_end": day(condition.ends_on), "starts": day(condition.starts_on), "supervisor": condition.supervisor,
            "is_travel": condition.is_travel, "is_electronic_monitoring": condition.is_electronic_monitoring,
            "checked": day(checked.on) if checked else "", "check_tag": CHECK_TAGS.get(checked.details[key], "Checked") if checked else "",
        })  # fmt: skip
    return rows


def condition_count(rows: list[dict[str, Any]]) -> str:
    """5: 4 prohibitions, 1 requirement."""
    requirements = sum(row["kind"] == "Requirement" for row in rows)
    if not requirements:
        return str(len(rows))
    return f"{len(rows)}: {plural(len(rows) - requirements, 'prohibition')}, {plural(requirements, 'requirement')}"


def service_rows(whole: WholeOrder) -> list[dict[str, str]]:
    """Attempts to serve and service, newest first."""
    facts = whole.case.facts
    rows = [
        {
            "attempt": f"{number}. {when_words(event.on, event.at)}",
            "where": event.details.get("where", ""),
            "officer": event.details.get("officer", ""),
            "tag": "Served" if event.kind is E.SERVED else RESULT_TAGS.get(event.details.get("result", ""), "Not served"),
            "how": value_words(event.details.get("how", "")),
        }
        for number, event in enumerate(facts.of(*ATTEMPTS), 1)
    ]
    return rows[::-1]


def hearing_rows(facts: Facts) -> list[dict[str, str]]:
    """Listed hearings and those held, oldest first, with what the court did."""
    rows = []
    for event in facts.of(E.HEARING_LISTED, E.HEARING_HELD):
        listed = event.kind is E.HEARING_LISTED
        rows.append({
            "when": hearing_words(event) if listed else when_words(event.on, event.at),
            "court": event.details.get("court", ""),
            "what": "Listed" if listed else _decision_on(facts, event.on),
        })  # fmt: skip
    return rows


def timeline_items(whole: WholeOrder, may_correct: bool) -> list[dict[str, Any]]:
    """Everything that happened, newest first. What was corrected or recorded by mistake stays, and says so."""
    rows = sorted(whole.recorded, key=lambda e: (e.happened_on, e.happened_at.timestamp() if e.happened_at else 0.0, e.id), reverse=True)
    return [_timeline_item(whole, event, may_correct) for event in rows]


def _timeline_item(whole: WholeOrder, event: Any, may_correct: bool) -> dict[str, Any]:
    by = event.recorded_by.display_name if event.recorded_by else "Orderwatch"
    links = Markup()
    if may_correct and event.voided_at is None:
        number = whole.number_of(event.id)
        href = url_for("orders.correct", reference=whole.order.reference, number=number)
        title = happened_words(rule_event(event))
        links = Markup(
            '<p class="app-screen-only"><a class="govuk-link" href="{}">Correct<span class="govuk-visually-hidden"> {}, {}</span></a></p>'
        ).format(href, title, day(event.happened_on))
    return {
        "title": f"{'Recorded by mistake: ' if event.voided_at else ''}{happened_words(rule_event(event))}",
        "by": by,
        "when": when_words(event.happened_on, event.happened_at),
        "iso": iso(event.happened_at or event.happened_on),
        "body": _lines([*detail_lines(event.details), *event.note.splitlines()]) + links,
        "mark": EVENT_WORDS[E(event.kind)].mark,
        "corrected": _corrections(whole, event),
    }


def _lines(lines: Iterable[str]) -> Markup:
    return Markup().join(Markup("<p>{}</p>").format(line) for line in lines if line)


def _corrections(whole: WholeOrder, event: Any) -> Markup | str:
    said = [
        f"on {at_short(correction.corrected_at)}. It said: {former_words(correction.former)}. Reason: {correction.reason}"
        for correction in whole.corrections.get(event.id, ())
    ]
    return Markup("<br>").join(escape(line) for line in said) if said else ""


def former_words(former: dict[str, Any]) -> str:
    """What an event said before it was corrected, from the values kept with the correction."""
    when = former.get("happened_at") or former.get("happened_on") or ""
    details = former.get("details") or {}
    return "; ".join(part for part in (_stored_when(str(when)), *detail_lines(details), str(former.get("note") or "")) if part)


def _stored_when(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text.replace("T", " ")[:16]


def _made(whole: WholeOrder) -> HeaderFact:
    order, order_type = whole.order, whole.case.order_type
    event = whole.case.facts.first(E.AUTHORISED if order_type.is_notice else E.MADE)
    label = "Authorised" if order_type.is_notice else "Made"
    by = RANKS.get(order.authorised_rank, order.authorised_rank) if order_type.is_notice else order.court
    return HeaderFact(label, when_words(event.on, event.at) if event else "Not yet", by)


def _served(whole: WholeOrder, today: date) -> HeaderFact:
    order, order_type, facts = whole.order, whole.case.order_type, whole.case.facts
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


def _begins(order_type: OrderType, facts: Facts) -> HeaderFact:
    begins_on = in_force_from(order_type, facts)
    made = facts.first(E.SERVED if order_type.is_notice else E.MADE)
    if begins_on is None:
        return HeaderFact("In force from", "On release from custody" if facts.starts_on_release else "Not in force")
    same = made is not None and made.on == begins_on
    return HeaderFact("In force from", day(begins_on), ("The day served" if order_type.is_notice else "The day made") if same else "")


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
    """Which version stands, and the court's reference. A notice is never varied."""
    if whole.case.order_type.is_notice:
        return []
    order, latest = whole.order, whole.versions[-1] if whole.versions else None
    varied = f"{order.version_number}, as varied{' ' + day(latest.made_on) if latest else ''}"
    words = "1, as made. Never varied" if order.version_number == 1 else varied
    return [HeaderFact("Version", words, f"Court reference {order.court_reference}" if order.court_reference else "")]


def _decision_on(facts: Facts, on: date) -> str:
    kinds = [event.kind for event in facts.of(*DECISIONS) if event.on == on and event.kind is not E.HEARING_HELD]
    return DECISIONS[kinds[0]] if kinds else "Heard"


def order_title(whole: WholeOrder) -> str:
    """DVPN-2026-0042: CLARKE, Nathan, for titles and breadcrumbs."""
    person = whole.order.person
    return f"{whole.order.reference}: {person_name(person.surname, person.forenames)}"
