"""From an order to the calculator: its type, the days of its events and how it ends, and nothing that names anybody."""

from __future__ import annotations

from datetime import date

from orders_app.rules.facts import EndKind, Event, Facts
from orders_app.rules.wording import LONDON, plain_day_words
from orders_app.web.law.examples import address_of_case
from orders_app.web.law.rows import MOST_ROWS


def try_a_date_href(facts: Facts, *, is_open: bool) -> str:
    """The calculator with the case filled in; with its type alone where the record is not open to everybody."""
    return address_of_case(facts.order_type, {**_events(facts), **_end(facts)} if is_open else {})


def _events(facts: Facts) -> dict[str, str]:
    answers: dict[str, str] = {}
    for row, event in enumerate(facts.of(*{event.kind for event in facts.events})[-MOST_ROWS:]):
        answers |= {f"event-{row}-{part}": value for part, value in _event(event).items() if value}
    return answers


def _event(event: Event) -> dict[str, str]:
    ends = event.details.get("ends_on", "")
    return {
        "kind": event.kind.value,
        "day": plain_day_words(event.on),
        "time": f"{event.at.astimezone(LONDON):%H:%M}" if event.at else "",
        "ends": plain_day_words(date.fromisoformat(ends)) if ends else "",
        "consent": "both" if event.details.get("consent") == "both" else "",
        "remanded": event.details.get("remanded", ""),
        "remanded_for": event.details.get("remanded_for", ""),
    }


def _end(facts: Facts) -> dict[str, str]:
    over_on = facts.other_order_over_on if facts.starts_on_other_end else None
    days = {"ends_on": facts.stated_ends_on, "in_force_from": facts.in_force_from_on, "other_order_over": over_on}
    flags = {
        "starts_on_release": facts.starts_on_release,
        "starts_on_other_end": facts.starts_on_other_end,
        "requires_notification": facts.requires_notification,
        "replaces_interim": facts.replaces_interim,
        "in_court": facts.is_present_or_represented,
        "without_notice": facts.is_without_notice,
    }
    answers = {name: plain_day_words(day) for name, day in days.items() if day} | {name: "y" for name, is_so in flags.items() if is_so}
    codes = {"authorised_rank": facts.authorised_rank, "made_under": facts.made_under}
    kind = facts.end_kind.value if facts.end_kind is not EndKind.NONE else ""
    return answers | {name: code for name, code in {**codes, "end_kind": kind}.items() if code}
