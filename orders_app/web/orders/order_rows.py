"""The rows of the order page: conditions, service, hearings and timeline. What the rules return is said, never worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from flask import url_for
from markupsafe import Markup, escape

from orders_app.queries.facts import is_current, rule_event
from orders_app.queries.orders import WholeOrder
from orders_app.rules.breaches import why_not_bound
from orders_app.rules.facts import EventKind as E
from orders_app.rules.facts import Facts
from orders_app.rules.london import london_day
from orders_app.web.filters import at, at_short, day, iso, plural
from orders_app.web.orders.correction_words import correction_item, term_marks
from orders_app.web.orders.event_words import EVENT_WORDS, detail_lines, happened_words, hearing_words, value_words, when_words
from orders_app.web.orders.terms_of_day import version_of_day

ATTEMPTS = (E.SERVICE_ATTEMPTED, E.SERVED)
RESULT_TAGS = {"not_at_home": "Not at home", "no_reply": "No reply", "refused_entry": "Refused entry"}
CHECK_TAGS = {"complied": "Complied with", "in_part": "Kept in part", "not_checked": "Not checked"}
DECISIONS = {
    E.HEARING_HELD: "Heard", E.ADJOURNED: "Adjourned", E.APPLICATION_GRANTED: "Granted", E.APPLICATION_REFUSED: "Refused",
    E.APPLICATION_WITHDRAWN: "Withdrawn", E.MADE: "Order made", E.DETERMINED: "Determined",
}  # fmt: skip
BREACHES = frozenset({E.BREACH_REPORTED, E.ARRESTED})


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
            "corrected": term_marks(whole, condition),
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


class Happened(Protocol):
    """A record of any kind with everything that happened to it and what each event said before it was corrected."""

    @property
    def recorded(self) -> tuple[Any, ...]: ...
    @property
    def corrections(self) -> Mapping[int, tuple[Any, ...]]: ...
    @property
    def handed_over(self) -> Iterable[Any]: ...


def order_timeline(whole: WholeOrder, correct_href: Callable[[Any], str]) -> list[dict[str, Any]]:
    """The same of an order, with the terms by which each breach is judged, and with the corrections of the order itself."""
    items = timeline_items(whole, correct_href, lambda event: _judged_by(whole, event))
    put_right = [correction_item(whole, one) for one in whole.put_right]
    return sorted([*items[::-1], *put_right], key=lambda item: item["place"])[::-1]


def timeline_items(
    whole: Happened, correct_href: Callable[[Any], str], beside: Callable[[Any], Markup] = lambda _: Markup()
) -> list[dict[str, Any]]:
    """Everything that happened, and who handed it over, newest first. What was corrected or recorded by mistake stays, and says so.

    `correct_href` gives the address of the form that corrects an event, empty where the reader may not; `beside` what stands under it.
    """
    recorded = sorted(whole.recorded, key=lambda event: event.id)
    items = [
        _timeline_item(whole, event, beside(event), "" if event.voided_at else correct_href(event)) | {"anchor": f"event-{number}"}
        for number, event in enumerate(recorded, 1)
    ]
    items += [_hand_over_item(row) for row in whole.handed_over]
    return sorted(items, key=lambda item: item["place"])[::-1]


def _timeline_item(whole: Happened, event: Any, beside: Markup, href: str) -> dict[str, Any]:
    links = Markup()
    if href:
        title = happened_words(rule_event(event))
        links = Markup(
            '<p class="app-screen-only"><a class="govuk-link" href="{}">Correct<span class="govuk-visually-hidden"> {}, {}</span></a></p>'
        ).format(href, title, day(event.happened_on))
    return {
        "title": f"{'Recorded by mistake: ' if event.voided_at else ''}{happened_words(rule_event(event))}",
        "by": _who(event.recorded_by),
        "when": when_words(event.happened_on, event.happened_at),
        "iso": iso(event.happened_at or event.happened_on),
        "body": _lines([*detail_lines(event.details), *event.note.splitlines()]) + beside + links,
        "mark": EVENT_WORDS[E(event.kind)].mark,
        "corrected": _corrections(whole, event),
        "place": (event.happened_on, event.happened_at.timestamp() if event.happened_at else 0.0),
    }


def _judged_by(whole: WholeOrder, event: Any) -> Markup:
    """The terms by which a breach is judged, those of its day; and whether the order bound the subject then."""
    if event.kind not in BREACHES or event.voided_at is not None:
        return Markup()
    number, on = version_of_day(whole, event.happened_on), event.happened_on
    href = f"{url_for('orders.show', reference=whole.order.reference, on=on.isoformat())}#conditions"
    link = Markup('<p>Judged by <a class="govuk-link" href="{}">the terms of {}</a> (version {}).</p>').format(href, day(on), number)
    return link + _lines([why_not_bound(whole.case.order_type, whole.case.facts, on)])


def _hand_over_item(row: Any) -> dict[str, Any]:
    deadlines = plural(row.deadlines, "open deadline")
    went = f"{deadlines} went with it. {row.held_by} had it before" if row.is_whole else f"{row.held_by} had them. The record stays"
    whole = f"With the caseload of {row.caseload.of_officer}, {row.caseload.reference}" if row.caseload else ""
    return {
        "title": f"Handed over to {row.given_to}" if row.is_whole else f"{deadlines} handed over to {row.given_to}",
        "by": row.handed_by,
        "when": at(row.handed_at),
        "iso": iso(row.handed_at),
        "body": _lines([*row.note.splitlines(), went, whole]),
        "mark": "",
        "corrected": "",
        "place": (london_day(row.handed_at), row.handed_at.timestamp()),
    }


def _who(user: Any) -> str:
    return str(user.display_name) if user else "Orderwatch"


def _lines(lines: Iterable[str]) -> Markup:
    return Markup().join(Markup("<p>{}</p>").format(line) for line in lines if line)


def _corrections(whole: Happened, event: Any) -> Markup | str:
    said = [
        f"{at_short(correction.corrected_at)} by {_who(correction.corrected_by)}. "
        f"It said: {former_words(correction.former)}. Reason: {correction.reason}"
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


def _decision_on(facts: Facts, on: date) -> str:
    kinds = [event.kind for event in facts.of(*DECISIONS) if event.on == on and event.kind is not E.HEARING_HELD]
    return DECISIONS[kinds[0]] if kinds else "Heard"
