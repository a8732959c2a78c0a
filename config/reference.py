"""Reads the reference data in config/data. Called once by each entry point and handed down; no rule reads a file."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from orders_app.rules.alerting import AlertClass, LeadUnit, Stage, policy_of, problems_with
from orders_app.rules.holidays import Calendar, Holidays
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law import LawTables
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.provisions import InForce, Provisions
from orders_app.rules.registrations.declaration import REGISTRATION

DATA = Path(__file__).parent / "data"
RECORD_TYPES = (*ORDER_TYPES, REGISTRATION.code)


class BadReferenceData(ValueError):
    """A reference file that cannot be used: which file, and what is wrong."""


@dataclass(frozen=True)
class Reference:
    """Everything that changes by regulation or policy without a release."""

    law: LawTables
    stages: tuple[Stage, ...]


def load_reference() -> Reference:
    """Read every reference file. Raises BadReferenceData, so that nothing starts on a table that cannot be used."""
    return Reference(law=load_law(), stages=load_stages())


def load_law() -> LawTables:
    """The tables of law as they were shipped. Raises BadReferenceData."""
    return LawTables(load_holidays(), load_provisions())


def load_holidays(path: Path = DATA / "holidays.json") -> Holidays:
    """Both readings of the holiday table. Raises BadReferenceData."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Holidays(statutory=_calendar(table, "statutory"), safe=_calendar(table, "safe"))
    except (KeyError, TypeError, ValueError) as error:
        raise BadReferenceData(f"{path.name}: {error!r}") from error


def load_provisions(path: Path = DATA / "provisions_in_force.csv") -> Provisions:
    """Which provisions are in force where. Raises BadReferenceData."""
    try:
        with path.open(encoding="utf-8", newline="") as rows:
            return Provisions(tuple(_in_force(row) for row in csv.DictReader(rows)))
    except (KeyError, TypeError, ValueError) as error:
        raise BadReferenceData(f"{path.name}: {error!r}") from error


def load_stages(path: Path = DATA / "alert_policy.csv") -> tuple[Stage, ...]:
    """The stages of alerts and how long each may stay unanswered. Raises BadReferenceData."""
    try:
        with path.open(encoding="utf-8", newline="") as rows:
            stages = policy_of(_stage(row) for row in csv.DictReader(rows))
    except (KeyError, TypeError, ValueError) as error:
        raise BadReferenceData(f"{path.name}: {error!r}") from error
    problems = problems_with(stages, RECORD_TYPES)
    if problems:
        raise BadReferenceData(f"{path.name}: {'; '.join(problems)}")
    return stages


def _calendar(table: dict[str, Any], reading: str) -> Calendar:
    days = [day for day in table["days"] if reading in day["readings"]]
    by_kind = {kind: {date.fromisoformat(day["on"]): str(day["name"]) for day in days if day["kind"] == kind} for kind in ("named", "bank")}
    covers = date.fromisoformat(table["covers_from"]), date.fromisoformat(table["covers_until"])
    return Calendar(by_kind["named"], by_kind["bank"], *covers)


def _in_force(row: dict[str, str]) -> InForce:
    code, begins = row["provision"], date.fromisoformat(row["in_force_from"])
    until = date.fromisoformat(row["in_force_until"]) if row["in_force_until"] else None
    if code not in PROVISIONS:
        raise ValueError(f"{code} is not one of the provisions that the rules know")
    return InForce(code, row["area"], begins, until, row["citation"], row["url"], row["note"])


def _stage(row: dict[str, str]) -> Stage:
    silence = timedelta(hours=float(row["escalate_after_hours"]))
    return Stage(
        alert_class=AlertClass(row["alert_class"]), record_type=row["record_type"], name=row["stage"], rank=int(row["rank"]),
        lead=int(row["lead"]), unit=LeadUnit(row["unit"]), escalate_after=silence,
        again_after=timedelta(days=int(row["again_after_days"] or 0)),
    )  # fmt: skip
