"""Reads the reference data in config/data. Called once by each entry point and handed down; no rule reads a file."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from orders_app.rules.alerting import AlertClass, LeadUnit, Stage, problems_with
from orders_app.rules.holidays import Calendar, Holidays
from orders_app.rules.regimes import Regime, Regimes

DATA = Path(__file__).parent / "data"


class BadReferenceData(ValueError):
    """A reference file that cannot be used: which file, and what is wrong."""


@dataclass(frozen=True)
class Reference:
    """Everything that changes by regulation or policy without a release."""

    holidays: Holidays
    regimes: Regimes
    stages: tuple[Stage, ...]


def load_reference() -> Reference:
    """Read every reference file. Raises BadReferenceData, so that nothing starts on a table that cannot be used."""
    return Reference(holidays=load_holidays(), regimes=load_regimes(), stages=load_stages())


def load_holidays(path: Path = DATA / "holidays.json") -> Holidays:
    """Both readings of the holiday table. Raises BadReferenceData."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Holidays(statutory=_calendar(table, "statutory"), safe=_calendar(table, "safe"))
    except (KeyError, TypeError, ValueError) as error:
        raise BadReferenceData(f"{path.name}: {error!r}") from error


def load_regimes(path: Path = DATA / "regimes_in_force.csv") -> Regimes:
    """Which law is in force where. Raises BadReferenceData."""
    try:
        with path.open(encoding="utf-8", newline="") as rows:
            return Regimes(tuple(_regime(row) for row in csv.DictReader(rows)))
    except (KeyError, TypeError, ValueError) as error:
        raise BadReferenceData(f"{path.name}: {error!r}") from error


def load_stages(path: Path = DATA / "alert_policy.csv") -> tuple[Stage, ...]:
    """The stages of alerts and how long each may stay unanswered. Raises BadReferenceData."""
    try:
        with path.open(encoding="utf-8", newline="") as rows:
            stages = tuple(_stage(row) for row in csv.DictReader(rows))
    except (KeyError, TypeError, ValueError) as error:
        raise BadReferenceData(f"{path.name}: {error!r}") from error
    problems = problems_with(stages)
    if problems:
        raise BadReferenceData(f"{path.name}: {'; '.join(problems)}")
    return stages


def _calendar(table: dict[str, Any], reading: str) -> Calendar:
    days = [day for day in table["days"] if reading in day["readings"]]
    by_kind = {kind: {date.fromisoformat(day["on"]): str(day["name"]) for day in days if day["kind"] == kind} for kind in ("named", "bank")}
    covers = date.fromisoformat(table["covers_from"]), date.fromisoformat(table["covers_until"])
    return Calendar(by_kind["named"], by_kind["bank"], *covers)


def _regime(row: dict[str, str]) -> Regime:
    until = date.fromisoformat(row["in_force_until"]) if row["in_force_until"] else None
    return Regime(row["regime"], row["area"], date.fromisoformat(row["in_force_from"]), until, row["citation"], row["url"])


def _stage(row: dict[str, str]) -> Stage:
    silence = timedelta(hours=float(row["escalate_after_hours"]))
    return Stage(AlertClass(row["alert_class"]), row["stage"], int(row["rank"]), int(row["lead"]), LeadUnit(row["unit"]), silence)
