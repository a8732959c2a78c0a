"""What the program knows of the law, for legal services to read and sign off. Other pages of the room are in the
modules beside this one."""

from __future__ import annotations

from flask import render_template

from orders_app.rules.access import Permission
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import OFFENCE, REGISTRATION
from orders_app.rules.registrations.notification_periods import SECTION_82, TABLE
from orders_app.rules.registrations.offers import REFUSALS
from orders_app.rules.wording import AWAITS_LEGAL_CHECK
from orders_app.web.access import requires
from orders_app.web.installation import installation
from orders_app.web.law import calculator, entry_pages, provisions
from orders_app.web.law.blueprint import blueprint
from orders_app.web.law.calculator import type_or_404
from orders_app.web.law.declared import registration_words, type_words
from orders_app.web.law.examples import examples_of
from orders_app.web.law.families import by_family
from orders_app.web.law.provisions import entries_about_days
from orders_app.web.law.words import duty_lines, left_out_days, limit_lines, provision_lines, provision_name
from orders_app.web.session import law_tables, today

__all__ = ["blueprint", "calculator", "entry_pages", "provisions"]


@blueprint.get("/law")
@requires(Permission.SIGNED_IN)
def index() -> str:
    """Every type, how time is counted, and the provisions that begin by regulations."""
    law = law_tables()
    waiting = [kind.name for kind in ORDER_TYPES.values() if kind.awaits_legal_check]
    lines = provision_lines(law.provisions, installation().law.shipped.provisions)
    return render_template("law/index.html", families=by_family(), waiting=waiting, holidays=law.holidays, provisions=lines)


@blueprint.get("/law/left-out-days")
@requires(Permission.SIGNED_IN)
def days() -> str:
    """The days that hour clocks leave out, year by year, on both readings; and what was entered about them."""
    holidays, this_year = law_tables().holidays, today().year
    years = left_out_days(holidays)
    coming, gone = [one for one in years if one[0] >= this_year], [one for one in years if one[0] < this_year]
    return render_template("law/days.html", years=coming, gone=gone[::-1], holidays=holidays, entries=entries_about_days())


@blueprint.get("/law/registration")
@requires(Permission.SIGNED_IN)
def registration() -> str:
    """Registration: who, how long, its duties and refusals, each with its section."""
    return render_template(
        "law/registration.html",
        record_type=REGISTRATION,
        words=registration_words(),
        periods=TABLE,
        period_citation=SECTION_82,
        breach=OFFENCE,
        duties=duty_lines(REGISTRATION),
        refusals=REFUSALS,
        examples=examples_of(REGISTRATION.code),
    )


@blueprint.get("/law/<code>")
@requires(Permission.SIGNED_IN)
def show(code: str) -> str:
    """One type: its states, limits, duties and refusals, each with its section."""
    order_type = type_or_404(code)
    return render_template(
        "law/show.html",
        order_type=order_type,
        words=type_words(order_type),
        limits=limit_lines(order_type),
        duties=duty_lines(order_type),
        since=provision_name(order_type.since),
        until=provision_name(order_type.until),
        leads_to=ORDER_TYPES.get(order_type.leads_to),
        awaits=AWAITS_LEGAL_CHECK if order_type.awaits_legal_check else "",
        examples=examples_of(code),
    )
