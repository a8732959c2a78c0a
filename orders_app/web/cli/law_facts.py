"""Facts typed on a command line: `--event KIND=WHEN` and `--fact NAME=VALUE`, turned into what the rules read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from orders_app.rules.facts import ConditionFacts, ConditionKind, EndKind, Event, EventKind, Facts
from orders_app.rules.london import london_day
from orders_app.rules.wording import LONDON

YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class BadFact(ValueError):
    """Something typed that is not a fact: which one, and what may be written instead."""


def facts_from(order_type: str, events: Iterable[str], facts: Iterable[str]) -> Facts:
    """Build Facts from the command's own words. Events get the keys 1, 2, 3 in the order given. Raises BadFact."""
    values: dict[str, Any] = {}
    conditions: dict[int, ConditionFacts] = {}
    for typed in facts:
        name, value = split_pair(typed, "--fact")
        if name.startswith("conditions."):
            _set_condition(conditions, name, value)
        else:
            values[ALSO_CALLED.get(name, name)] = parsed(FACTS, ALSO_CALLED.get(name, name), name, value)
    return Facts(
        order_type=order_type,
        events=tuple(event_from(number, typed) for number, typed in enumerate(events, start=1)),
        conditions=tuple(conditions[number] for number in sorted(conditions)),
        **values,
    )


def moment_of(typed: str, what: str) -> tuple[date, datetime | None]:
    """An ISO date, or a date-time which is London time unless it says otherwise. Raises BadFact."""
    try:
        return date.fromisoformat(typed), None
    except ValueError:
        pass
    try:
        stated = datetime.fromisoformat(typed)
    except ValueError:
        raise BadFact(f"{what}: '{typed}' is not a date or date-time. Write it like 2026-11-21 or 2026-11-21T22:40") from None
    at = stated if stated.tzinfo else _london(stated, what)
    return london_day(at), at


def _london(stated: datetime, what: str) -> datetime:
    local = stated.replace(tzinfo=LONDON)
    if datetime.fromtimestamp(local.timestamp(), LONDON).replace(tzinfo=None) != stated:
        raise BadFact(f"{what}: {stated:%Y-%m-%d %H:%M} did not happen: the clocks went forward over it. Check the time")
    return local


def event_from(number: int, typed: str) -> Event:
    """One `KIND=WHEN,NAME=VALUE…` as an event with this key. Raises BadFact."""
    first, *rest = typed.split(",")
    kind, when = split_pair(first, "--event", "KIND=WHEN, such as served=2026-11-21T22:40")
    if kind not in EventKind._value2member_map_:
        raise BadFact(f"--event {kind}: there is no such event. Use one of: {', '.join(EventKind)}")
    on, at = moment_of(when, f"--event {kind}")
    return Event(number, EventKind(kind), on, at, dict(split_pair(detail, f"--event {kind}") for detail in rest))


def _set_condition(conditions: dict[int, ConditionFacts], name: str, value: str) -> None:
    _, _, rest = name.partition(".")
    number, _, field = rest.partition(".")
    if not number.isdigit() or int(number) < 1:
        raise BadFact(f"--fact {name}: write conditions.NUMBER.NAME, such as conditions.1.kind=requirement")
    condition = conditions.get(int(number), ConditionFacts(int(number)))
    conditions[int(number)] = replace(condition, **{field: parsed(CONDITION, field, name, value)})


def split_pair(typed: str, option: str, form: str = "NAME=VALUE") -> tuple[str, str]:
    """Two parts with an equals sign between. Raises BadFact, naming the option and the form it wants."""
    name, equals, value = typed.partition("=")
    if not equals or not name or not value:
        raise BadFact(f"{option} {typed}: write it as {form}")
    return name.strip(), value.strip()


def parsed(parsers: dict[str, Callable[[str], Any]], key: str, name: str, value: str) -> Any:
    """A value read by the parser of its key. Raises BadFact."""
    if key not in parsers:
        raise BadFact(f"--fact {name}: there is no such fact. Use one of: {', '.join(parsers)}")
    try:
        return parsers[key](value)
    except (ValueError, KeyError):
        raise BadFact(f"--fact {name}: '{value}' cannot be read. {_expected(parsers[key])}") from None


def _expected(parser: Callable[[str], Any]) -> str:
    return EXPECTED.get(parser, "Use one of: " + ", ".join(getattr(parser, "_value2member_map_", ())))


def _yes_no(value: str) -> bool:
    return YES_NO[value.lower()]


def _dates(value: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(part.strip()) for part in value.split(","))


EXPECTED: dict[Callable[[str], Any], str] = {
    date.fromisoformat: "Write a date like 2026-04-08",
    time.fromisoformat: "Write a time like 23:59",
    _yes_no: "Write yes or no",
    _dates: "Write dates like 1990-04-08, with commas between",
}
ALSO_CALLED = {"ends_on": "stated_ends_on", "end_time": "stated_end_time", "in_force_from": "in_force_from_on"}
FACTS: dict[str, Callable[[str], Any]] = {
    "end_kind": EndKind,
    "stated_ends_on": date.fromisoformat,
    "stated_end_time": time.fromisoformat,
    "stated_event": str,
    "in_force_from_on": date.fromisoformat,
    "starts_on_release": _yes_no,
    "starts_on_other_end": _yes_no,
    "other_order_over_on": date.fromisoformat,
    "subject_born_on": date.fromisoformat,
    "subject_is_organisation": _yes_no,
    "protected_born_on": _dates,
    "replaces_interim": _yes_no,
    "follows_notice": _yes_no,
    "authorised_rank": str,
    "area": str,
    "court": str,
    "made_under": str,
    "is_without_notice": _yes_no,
    "is_present_or_represented": _yes_no,
    "aware_from_on": date.fromisoformat,
    "requires_notification": _yes_no,
    "other_notification_scheme": str,
    "other_notification_from": date.fromisoformat,
    "other_notification_until": date.fromisoformat,
}
CONDITION: dict[str, Callable[[str], Any]] = {
    "kind": ConditionKind,
    "starts_on": date.fromisoformat,
    "ends_on": date.fromisoformat,
    "is_travel": _yes_no,
    "is_electronic_monitoring": _yes_no,
    "supervisor": str,
    "set_on": date.fromisoformat,
    "former_ends_on": date.fromisoformat,
}
