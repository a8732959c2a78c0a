"""A row of the log in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from orders_app.queries.audit import AuditRow, Names, target_of
from orders_app.rules.access import Permission
from orders_app.web import filters
from orders_app.web.audit.wording import (
    ACTION_WORDS,
    CODED,
    COLUMN_WORDS,
    COUNTS_EVERY_RECORD,
    NOT_SAID,
    SUBJECT_WORDS,
    TERM_WORDS,
    code_words,
)
from orders_app.web.session import viewer

DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")
NOTHING = "nothing"
EMPTY: tuple[object, ...] = (None, "", {}, [])


@dataclass(frozen=True)
class Line:
    """What one row says. `who` is a name and the address of all they did, `about` a name and its trail's address; each may be empty."""

    at: datetime
    who: tuple[str, str]
    what: str
    about: tuple[str, str]
    reason: str
    details: tuple[str, ...]


def line_of(row: AuditRow, names: Names) -> Line:
    """Return one row of the log in words."""
    event = row.event
    return Line(event.at, _who(row), _what(event), _about(row, names), event.reason, tuple(_details(event, names)))


def _who(row: AuditRow) -> tuple[str, str]:
    may_follow = row.actor_username and viewer().may(Permission.AUDIT_VIEW)
    return row.event.actor, url_for("audit.index", officer=row.actor_username) if may_follow else ""


def _what(event: Any) -> str:
    done = ACTION_WORDS.get(event.action) or code_words(event.action.replace(".", " "))
    page = event.changes.get("what") if isinstance(event.changes.get("what"), str) else ""
    part = page or SUBJECT_WORDS.get(event.subject_type, "")
    if event.subject_type == "users" and event.action.startswith("user."):
        return done
    return done if part.casefold() in done.casefold() else f"{done}: {part}"


def _about(row: AuditRow, names: Names) -> tuple[str, str]:
    if row.record_reference:
        return row.record_reference, url_for("audit.trail", kind="records", reference=row.record_reference)
    if row.person_reference:
        name = filters.person_name(row.person_surname, row.person_forenames)
        return f"{name}, {row.person_reference}", url_for("audit.trail", kind="people", reference=row.person_reference)
    return names.get((row.event.subject_type, row.event.subject_id or 0), ""), ""


def _details(event: Any, names: Names) -> list[str]:
    if event.action in COUNTS_EVERY_RECORD:
        return []
    said: list[str] = []
    for column, change in event.changes.items():
        if column in NOT_SAID:
            continue
        if isinstance(change, dict) and set(change) == {"from", "to"}:
            said += _change(event.subject_type, column, change, names)
        elif change not in ("", None, {}):
            said.append(f"{TERM_WORDS.get(column) or code_words(column)}: {_value(column, change)}")
    return said


def _change(table: str, column: str, change: Mapping[str, Any], names: Names) -> list[str]:
    target = target_of(table, column)
    if column.endswith("_id") and not target:
        return []
    old, new = (_named(target, value, names) if target else _value(column, value) for value in (change["from"], change["to"]))
    label = COLUMN_WORDS.get(column) or code_words(column.removesuffix("_id"))
    if old == NOTHING and new == NOTHING:
        return []
    if old == NOTHING:
        return [f"{label}: {new}"]
    return [f"{label}: from {old} to {new}"]


def _named(table: str, key: Any, names: Names) -> str:
    if key is None:
        return NOTHING
    return names.get((table, key), "somebody you may not see" if table == "people" else "one no longer on file")


def _value(column: str, value: Any) -> str:
    if value in EMPTY:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{code_words(str(key))} {_value(str(key), inner)}" for key, inner in value.items() if inner not in EMPTY)
    if isinstance(value, list):
        return ", ".join(_value(column, inner) for inner in value)
    return _text(column, str(value))


def _text(column: str, text: str) -> str:
    if INSTANT.fullmatch(text):
        return filters.at(datetime.fromisoformat(text))
    if DAY.fullmatch(text):
        return filters.day(date.fromisoformat(text))
    return code_words(text) if column in CODED else text
