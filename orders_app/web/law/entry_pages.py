"""The pages on which law is entered: a row, a change of rows, a proclaimed day, a day withdrawn, more years."""

from __future__ import annotations

from datetime import date

from flask import url_for

from orders_app.rules.access import Permission
from orders_app.rules.law_entries import MOST_YEARS_AT_ONCE
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.filters import day
from orders_app.web.law.blueprint import blueprint
from orders_app.web.law.entering import Answer, EntryPage, enter_law, law_for_entering
from orders_app.web.law.entry_forms import ChangeRowsForm, DayForm, RowForm, WithdrawDayForm, YearsForm
from orders_app.web.law.provisions import provision_or_404

LEFT_OUT = "Days that hour clocks leave out"


@blueprint.route("/law/provisions/<code>/add", methods=["GET", "POST"])
@requires(Permission.LAW_EDIT)
def add_row(code: str) -> Answer:
    """A provision comes into force somewhere."""
    known = provision_or_404(code)
    page = EntryPage("law/add_row.html", "Add a row", known.name, url_for("law.provision", code=code), {"provision": known})
    return enter_law(RowForm(code), page, law_for_entering())


@blueprint.route("/law/provisions/<code>/change", methods=["GET", "POST"])
@requires(Permission.LAW_EDIT)
def change_rows(code: str) -> Answer:
    """Rows of a provision end on another day, never, or were entered by mistake."""
    known, standing = provision_or_404(code), law_for_entering()
    rows = standing.tables.provisions.of(code)
    if not rows:
        raise NotFound(code)
    page = EntryPage("law/change_rows.html", "Change or end rows", known.name, url_for("law.provision", code=code), {"provision": known})
    return enter_law(ChangeRowsForm(rows), page, standing)


@blueprint.route("/law/left-out-days/add", methods=["GET", "POST"])
@requires(Permission.LAW_EDIT)
def add_day() -> Answer:
    """A day is proclaimed a bank holiday."""
    standing = law_for_entering()
    page = EntryPage("law/add_day.html", "Add a proclaimed day", LEFT_OUT, url_for("law.days"), {"holidays": standing.tables.holidays})
    return enter_law(DayForm(), page, standing)


@blueprint.route("/law/left-out-days/<on>/withdraw", methods=["GET", "POST"])
@requires(Permission.LAW_EDIT)
def withdraw_day(on: str) -> Answer:
    """A day is no bank holiday after all."""
    standing = law_for_entering()
    bank = standing.tables.holidays.statutory.bank
    day_on = _day(on)
    if day_on not in bank:
        raise NotFound(on)
    page = EntryPage("law/withdraw_day.html", f"{day(day_on)} is no bank holiday", LEFT_OUT, url_for("law.days"), {"name": bank[day_on]})
    return enter_law(WithdrawDayForm(day_on, bank[day_on]), page, standing)


@blueprint.route("/law/left-out-days/years", methods=["GET", "POST"])
@requires(Permission.LAW_EDIT)
def add_years() -> Answer:
    """The table of bank holidays is made to cover more years."""
    standing = law_for_entering()
    until = standing.tables.holidays.covers_until
    page = EntryPage("law/add_years.html", "Cover more years", LEFT_OUT, url_for("law.days"), {"holidays": standing.tables.holidays})
    return enter_law(YearsForm(until, MOST_YEARS_AT_ONCE), page, standing)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as fault:
        raise NotFound(typed) from fault
