"""The list of orders as a CSV file that opens cleanly. Every export is logged."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, request

from orders_app.queries.facts import OrderFacts
from orders_app.queries.order_lists import keys_listed, orders_in_turn
from orders_app.rules.access import Permission
from orders_app.rules.orders import ends_on, status_on
from orders_app.services.audit import record_export
from orders_app.web.access import requires
from orders_app.web.csv_file import csv_file
from orders_app.web.filters import person_name
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.lists import filter_from, page_from
from orders_app.web.session import act, read_session, today, viewer

HEADINGS = (
    "Reference", "Type", "Person", "Person reference", "Court", "Court reference", "Made or authorised", "Served", "In force from",
    "Ends", "How it ends", "Status", "Owner", "Team", "Area",
)  # fmt: skip


@blueprint.get("/orders.csv")
@requires(Permission.EXPORT_RUN)
def export() -> Response:
    """Every row of the list as filtered and sorted."""
    wanted, page = filter_from(request.args), page_from(request.args)
    rows, closed = [], []
    for case in orders_in_turn(read_session(), keys_listed(read_session(), viewer(), wanted, page, today())):
        rows.append(_row(case))
        closed += [] if case.is_open_to_all else [(case.order.person_id, case.order.id)]
    with act("orders.exported") as work:
        record_export(work, what="Orders", terms={"tab": page.tab.value, **asdict(wanted)}, rows=len(rows), closed=closed)
    return csv_file(f"orders-{page.tab.value}-{today().isoformat()}.csv", HEADINGS, rows)


def _row(case: OrderFacts) -> list[str]:
    order, ends = case.order, ends_on(case.order_type, case.facts)
    days = (order.made_on, order.served_on, order.in_force_from, ends.on if ends else None)
    return [
        order.reference, case.order_type.name, person_name(order.person.surname, order.person.forenames), order.person.reference,
        order.court, order.court_reference, *(on.isoformat() if on else "" for on in days), ends.words if ends else "",
        status_on(case.order_type, case.facts, today()).value, order.owner.display_name if order.owner else "",
        order.team.name if order.team else "", order.area.name if order.area else "",
    ]  # fmt: skip
