"""Short ways to write facts, so that a test reads like the case it is about."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from config.reference import load_law
from orders_app.rules.duties import DueDuty, due_duties
from orders_app.rules.facts import ConditionFacts, ConditionKind, EndKind, Event, EventKind, Facts
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import Problem, Status, problems, status_on
from orders_app.rules.wording import LONDON

LAW = load_law()
HOLIDAYS = LAW.holidays
UNTIL_FURTHER_ORDER = {"end_kind": EndKind.UNTIL_FURTHER_ORDER}
REQUIREMENT = ConditionKind.REQUIREMENT


def vectors(name: str, *kinds: str) -> list[dict[str, Any]]:
    """The worked examples of the law research, of these kinds (or all)."""
    rows = json.loads((Path(__file__).parent / "vectors" / f"{name}.json").read_text(encoding="utf-8"))
    return [row for row in rows if not kinds or row["kind"] in kinds]


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """A moment, London time unless it says otherwise."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def event(number: int, what: str) -> Event:
    """`served 2026-11-21T22:40`, and after that any details as name=value."""
    kind, when, *details = what.split(" ")
    moment = at(when) if "T" in when else None
    on = moment.astimezone(LONDON).date() if moment else day(when)
    return Event(number, EventKind(kind), on, moment, dict(detail.split("=") for detail in details))


def facts(code: str, *events: str, **known: Any) -> Facts:
    """Facts of one order. Events are numbered 1, 2, 3; dates may be given as text; a last day alone means a fixed end."""
    if "ends" in known:
        known["stated_ends_on"] = day(known.pop("ends"))
        known.setdefault("end_kind", EndKind.FIXED)
    read = {name: day(value) if isinstance(value, str) and name.endswith("_on") else value for name, value in known.items()}
    return Facts(code, tuple(event(number, what) for number, what in enumerate(events, start=1)), **read)


def condition(number: int, **known: Any) -> ConditionFacts:
    """One condition; dates may be given as text."""
    return ConditionFacts(number, **{name: day(value) if name.endswith("_on") else value for name, value in known.items()})


def duties(given: Facts) -> list[DueDuty]:
    """Every duty that the facts give rise to."""
    return due_duties(ORDER_TYPES[given.order_type], given, LAW)


def duty(given: Facts, key: str) -> DueDuty:
    """The one duty of that key."""
    (found,) = [due for due in duties(given) if due.key == key]
    return found


def keys(given: Facts) -> list[str]:
    """The keys of all duties."""
    return [due.key for due in duties(given)]


def wrong(given: Facts) -> list[Problem]:
    """Everything legally wrong."""
    return problems(ORDER_TYPES[given.order_type], given, LAW)


def wrong_fields(given: Facts) -> list[str]:
    """The fields that have something legally wrong."""
    return [problem.field for problem in wrong(given)]


def status(given: Facts, on: str) -> Status:
    """The status on a day."""
    return status_on(ORDER_TYPES[given.order_type], given, day(on))
