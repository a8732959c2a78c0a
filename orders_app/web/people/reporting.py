"""A breach is reported from the person’s page: on the order that was breached, chosen where there are several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import redirect, render_template, url_for

from orders_app.queries.facts import OrderFacts
from orders_app.queries.orders import orders_of_person
from orders_app.queries.people import WholePerson
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind
from orders_app.rules.orders import LIVE, ends_on, possible_events, status_on
from orders_app.web.access import requires
from orders_app.web.filters import plural, upper_first
from orders_app.web.people.banner import banner_words
from orders_app.web.people.blueprint import blueprint
from orders_app.web.people.found import with_person
from orders_app.web.session import law_tables, read_session, today, viewer


@blueprint.get("/people/<reference>/report-breach")
@requires(Permission.ORDER_RECORD)
@with_person
def report_breach(person: WholePerson) -> Any:
    """Which order was breached; straight to the report where one only is in force."""
    cases = may_be_breached(orders_of_person(read_session(), viewer(), person.id))
    in_force = [case for case in cases if is_in_force(case)]
    if len(in_force) == 1:
        return redirect(_report_href(in_force[0]))
    rows = [_row(case) for case in (*in_force, *(case for case in cases if case not in in_force))]
    return render_template("people/report_breach.html", person=person, banner=banner_words(person, today()), rows=rows)


def may_be_breached(cases: Iterable[OrderFacts]) -> list[OrderFacts]:
    """The orders of which a breach can be reported today."""
    law = law_tables()
    return [case for case in cases if EventKind.BREACH_REPORTED in possible_events(case.order_type, case.facts, today(), law)]


def is_in_force(case: OrderFacts) -> bool:
    """Whether any part of it is in force today."""
    return status_on(case.order_type, case.facts, today()) in LIVE


def _row(case: OrderFacts) -> dict[str, str]:
    ends = ends_on(case.order_type, case.facts)
    return {
        "href": _report_href(case),
        "reference": case.order.reference,
        "kind": upper_first(case.order_type.name),
        "terms": plural(len(case.facts.conditions), "condition"),
        "ends": ends.words if ends else "Not begun",
        "state": status_on(case.order_type, case.facts, today()).value,
    }


def _report_href(case: OrderFacts) -> str:
    return url_for("orders.record_event", reference=case.order.reference, kind=EventKind.BREACH_REPORTED.value)
