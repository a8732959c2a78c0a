"""The law as it stands: which provisions are in force where, each row with who entered it and why, and every entry there was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for

from orders_app.queries import law as queries
from orders_app.rules.access import Permission
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law import LawTables
from orders_app.rules.law_entries import RowKey, key_of
from orders_app.rules.provisions import InForce, Provisions
from orders_app.rules.record_spec import Provision
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.filters import at, day_short, plural
from orders_app.web.installation import installation
from orders_app.web.law.blueprint import blueprint
from orders_app.web.law.dependents import what_depends_on
from orders_app.web.law.entry_words import entry_lines
from orders_app.web.law.words import to_confirm
from orders_app.web.paging import paging
from orders_app.web.session import law_tables, read_session, today

SHIPPED = "Shipped with the program"


@dataclass(frozen=True)
class ProvisionState:
    """A provision with where it stands today: the word of its tag, the rest in words, and what is still to be confirmed."""

    provision: Provision
    tag: str
    words: str
    to_confirm: str
    href: str


@dataclass(frozen=True)
class RowShown:
    """A row of the table: the word of its tag today, and who entered it, when and why."""

    row: InForce
    tag: str
    entered: str
    reason: str = ""


@dataclass(frozen=True)
class EntryShown:
    """One entry of the history."""

    number: int
    when: str
    who: str
    lines: list[str]
    change: Any


@blueprint.get("/law/provisions")
@requires(Permission.SIGNED_IN)
def provisions() -> str:
    """Every provision that begins or ends by regulations, and its state today."""
    states = [state_of(known, law_tables().provisions, today()) for known in PROVISIONS.values()]
    return render_template("law/provisions.html", states=states, today=today())


@blueprint.get("/law/provisions/<code>")
@requires(Permission.SIGNED_IN)
def provision(code: str) -> str:
    """One provision: its rows, what depends on it, and what was entered about it."""
    known, law = provision_or_404(code), law_tables()
    changes = [change for change in queries.changes(read_session()) if any(row.code == code for row in change.provisions)]
    return render_template(
        "law/provision.html",
        provision=known,
        state=state_of(known, law.provisions, today()),
        rows=_rows(code, law, _entered(changes)),
        depends=what_depends_on(code),
        entries=[_shown(change) for change in changes],
    )


@blueprint.get("/law/history")
@requires(Permission.SIGNED_IN)
def history() -> str:
    """Everything that was entered, newest first."""
    changes = queries.changes(read_session())
    part = paging(len(changes))
    return render_template("law/history.html", entries=[_shown(change) for change in changes[part.skipped : part.last]], paging=part)


def entries_about_days() -> list[EntryShown]:
    """What was entered about bank holidays and the years covered, newest first."""
    return [_shown(change) for change in queries.changes(read_session()) if change.days or change.covers_until]


def provision_or_404(code: str) -> Provision:
    """The provision behind a code. Raises NotFound."""
    if code not in PROVISIONS:
        raise NotFound(code)
    return PROVISIONS[code]


def state_of(known: Provision, table: Provisions, on: date) -> ProvisionState:
    """Where a provision stands on a day."""
    rows, shipped = table.of(known.code), installation().law.shipped.provisions
    now, later = [row for row in rows if row.covers(on)], [row for row in rows if row.in_force_from > on]
    tag, words = _standing(rows, now, later)
    return ProvisionState(known, tag, words, to_confirm(known, table, shipped), url_for("law.provision", code=known.code))


def _standing(rows: list[InForce], now: list[InForce], later: list[InForce]) -> tuple[str, str]:
    coming = f"from {day_short(min(row.in_force_from for row in later))}" if later else ""
    if now:
        everywhere = [row for row in now if row.is_everywhere]
        where = "In all of England and Wales" if everywhere else f"In {plural(len(now), 'area')}"
        ends = {row.in_force_until for row in everywhere or now}
        until = f", until {day_short(min(end for end in ends if end))}" if all(ends) else ""
        return ("In force" if everywhere else "Partly in force"), ". ".join(part for part in (where + until, coming.capitalize()) if part)
    if later:
        return "Starts later", coming.capitalize()
    if rows:
        return "Ended", f"On {day_short(max(row.in_force_until for row in rows if row.in_force_until))}"
    return "Not in force", ""


def _rows(code: str, law: LawTables, entered: dict[RowKey, Any]) -> list[RowShown]:
    return [_row_shown(row, entered.get(key_of(row))) for row in law.provisions.of(code)]


def _row_shown(row: InForce, change: Any) -> RowShown:
    tag = "In force" if row.covers(today()) else "Starts later" if row.in_force_from > today() else "Ended"
    if change is None:
        return RowShown(row, tag, SHIPPED)
    return RowShown(row, tag, f"{_who(change)}, {at(change.entered_at)}", change.reason)


def _entered(changes: list[Any]) -> dict[RowKey, Any]:
    """The last entry about each row. Entries come newest first."""
    return {key_of(new.row): change for change in reversed(changes) for new in queries.entry_of(change).provisions}


def _shown(change: Any) -> EntryShown:
    return EntryShown(change.id, at(change.entered_at), _who(change), entry_lines(queries.entry_of(change)), change)


def _who(change: Any) -> str:
    return change.entered_by.display_name if change.entered_by else "Orderwatch"
