"""The standard conditions as they stand, and how each came to be what it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from orders_app.models import LibraryCondition
from orders_app.rules.condition_library import SHIPPED, Template, current
from orders_app.rules.facts import ConditionKind


@dataclass(frozen=True)
class MadeVersion:
    """One version of a standard condition. Who made it, when and why are empty for the one shipped with the program."""

    template: Template
    made_at: datetime | None = None
    made_by: str = ""
    reason: str = ""


def as_it_stands(session: Session) -> list[Template]:
    """Return the newest version of every standard condition, retired ones too, in one statement."""
    return list(current(SHIPPED, map(_template, session.scalars(select(LibraryCondition)))).values())


def versions(session: Session, key: str) -> Sequence[MadeVersion]:
    """Return every version of one standard condition, newest first; empty where there is none of this key."""
    rows = session.scalars(
        select(LibraryCondition)
        .where(LibraryCondition.key == key)
        .options(joinedload(LibraryCondition.made_by))
        .order_by(LibraryCondition.version.desc())
    )
    made = [MadeVersion(_template(row), row.made_at, row.made_by.display_name if row.made_by else "", row.reason) for row in rows]
    return [*made, *(MadeVersion(template) for template in SHIPPED if template.key == key)]


def every_version(session: Session, keys: Collection[str]) -> dict[tuple[str, int], Template]:
    """Return every version of these standard conditions, by key and number. One statement."""
    changed = map(_template, session.scalars(select(LibraryCondition).where(LibraryCondition.key.in_(keys))))
    shipped = (template for template in SHIPPED if template.key in keys)
    return {(template.key, template.version): template for template in (*shipped, *changed)}


def _template(row: LibraryCondition) -> Template:
    return Template(
        key=row.key, version=row.version, label=row.label, words=row.words, short_form=row.short_form,
        order_types=frozenset(row.order_types), kind=ConditionKind(row.kind), is_travel=row.is_travel,
        is_electronic_monitoring=row.is_electronic_monitoring, is_retired=row.is_retired,
    )  # fmt: skip
