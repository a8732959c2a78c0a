"""`orderwatch law provisions` and `orderwatch law holidays`: the tables of law, as shipped and as entered since."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from flask.cli import ScriptInfo

from config.reference import load_law
from orders_app import clock
from orders_app.queries import law as queries
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law import LawTables
from orders_app.rules.law_entries import as_amended
from orders_app.rules.london import london_day
from orders_app.rules.provisions import InForce, Provisions
from orders_app.rules.record_spec import Provision
from orders_app.web.cli.database import insist_on_tables
from orders_app.web.cli.output import print_json
from orders_app.web.law.declared import citation_words
from orders_app.web.session import read_session

DAY = click.DateTime(formats=["%Y-%m-%d"])
AS_SHIPPED = "As shipped with the program: without a database, and without what was entered."
shipped_option = click.option("--shipped", is_flag=True, help=AS_SHIPPED)


@click.command("provisions")
@click.option("--on", "on", type=DAY, help="In force on this day: 2026-11-24. Without it, today.")
@shipped_option
def provisions_command(on: Any, shipped: bool) -> None:
    """List the provisions that begin or end by regulations: each row, and where it is in force on a day."""
    tables = load_law() if shipped else entered_law()
    day = on.date() if on else london_day(clock.now())
    print_json([_provision_words(known, tables.provisions, day) for known in PROVISIONS.values()])


@click.command("holidays")
@click.option("--year", type=int, help="One year alone.")
@shipped_option
def holidays_command(year: int | None, shipped: bool) -> None:
    """List the days that hour clocks leave out besides Sundays, on both readings, and the years covered."""
    tables = load_law() if shipped else entered_law()
    print_json(_holidays_words(tables, year))


def entered_law() -> LawTables:
    """The law as it stands in this installation. Raises ClickException where there is no database of this release."""
    application = click.get_current_context().ensure_object(ScriptInfo).load_app()
    with application.app_context():
        insist_on_tables()
        return as_amended(load_law(), queries.entered(read_session()).entries)


def _provision_words(known: Provision, table: Provisions, day: date) -> dict[str, Any]:
    return {
        "code": known.code,
        "name": known.name,
        "brings": known.brings,
        "citation": citation_words(known.citation),
        "to_confirm": known.unsure,
        "on": day.isoformat(),
        "in_force_in": table.areas(known.code, day),
        "rows": [_row_words(row) for row in table.of(known.code)],
    }


def _row_words(row: InForce) -> dict[str, Any]:
    until = row.in_force_until.isoformat() if row.in_force_until else None
    span = {"area": row.area, "in_force_from": row.in_force_from.isoformat(), "in_force_until": until}
    return span | {"citation": row.citation, "url": row.url, "note": row.note}


def _holidays_words(law: LawTables, year: int | None) -> dict[str, Any]:
    statutory, safe = law.holidays.statutory, law.holidays.safe
    days = {**statutory.named, **statutory.bank}
    shown = sorted(on for on in days if year in (None, on.year))
    return {
        "covers_from": law.holidays.covers_from.isoformat(),
        "covers_until": law.holidays.covers_until.isoformat(),
        "days": [
            {
                "on": on.isoformat(),
                "name": days[on],
                "kind": "named" if on in statutory.named else "bank",
                "readings": ["statutory", "safe"] if on in safe.named or on in safe.bank else ["statutory"],
            }
            for on in shown
        ],
    }
