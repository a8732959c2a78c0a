"""Reads the reference data in config/data. Called once by each entry point and handed down; no rule reads a file."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from orders_app.rules.holidays import Calendar, Holidays
from orders_app.rules.regimes import Regime, Regimes

DATA = Path(__file__).parent / "data"


class BadReferenceData(ValueError):
    """A reference file that cannot be used: which file, and what is wrong."""


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


def _calendar(table: dict[str, Any], reading: str) -> Calendar:
    days = [day for day in table["days"] if reading in day["readings"]]
    by_kind = {kind: {date.fromisoformat(day["on"]): str(day["name"]) for day in days if day["kind"] == kind} for kind in ("named", "bank")}
    covers = date.fromisoformat(table["covers_from"]), date.fromisoformat(table["covers_until"])
    return Calendar(by_kind["named"], by_kind["bank"], *covers)


def _regime(row: dict[str, str]) -> Regime:
    until = date.fromisoformat(row["in_force_until"]) if row["in_force_until"] else None
    return Regime(row["regime"], row["area"], date.fromisoformat(row["in_force_from"]), until, row["citation"], row["url"])
