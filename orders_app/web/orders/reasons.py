"""Why this date: the exhibit page of any date of an order, a deadline or not. It shows what the rules return."""

from __future__ import annotations

from flask import render_template, request

from orders_app.queries.orders import WholeOrder, stored_deadline
from orders_app.rules.access import Permission
from orders_app.rules.duties import DueDuty, due_duties
from orders_app.rules.order_dates import order_dates
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.exhibit import (
    Exhibit,
    count_rows,
    due_of,
    made_by,
    of_deadline,
    of_order_date,
    reading_rows,
    recorded_words,
    stored_words,
)
from orders_app.web.orders.found import log_view, order_or_404
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import law_tables, now, read_session


@blueprint.get("/orders/<reference>/why/<duty_key>")
@requires(Permission.ORDER_VIEW)
def why(reference: str, duty_key: str) -> str:
    """The reasoning behind one date. Several deadlines of one duty are told apart by the day their event happened."""
    whole = order_or_404(reference)
    shown = _order_date(whole, duty_key) or _deadline(whole, duty_key, request.args.get("started", ""))
    page = render_template(
        "orders/why.html",
        title=order_title(whole),
        whole=whole,
        shown=shown,
        working=shown.working,
        rests_on=[recorded_words(whole.recorded, event_id) for event_id in shown.working.rests_on],
        met=recorded_words(whole.recorded, shown.met_by) if shown.met_by else None,
        counted=count_rows(shown.working),
        readings=reading_rows(shown.working.readings),
        **made_by(),
    )
    log_view(whole, "Why this date")
    return page


def _order_date(whole: WholeOrder, key: str) -> Exhibit | None:
    """The date of that key among those that are no deadlines, if it is one of them."""
    dates = order_dates(whole.case.order_type, whole.case.facts, law_tables())
    return next((of_order_date(date) for date in dates if date.key == key), None)


def _deadline(whole: WholeOrder, duty_key: str, started: str) -> Exhibit:
    due = _due(whole, duty_key, started)
    return of_deadline(due, now(), _stored_words(whole, due))


def _due(whole: WholeOrder, duty_key: str, started: str) -> DueDuty:
    """The deadline of this key: that of the day named; else the first still open; else the last there was. Raises NotFound."""
    due = due_of(due_duties(whole.case.order_type, whole.case.facts, law_tables()), duty_key, started, now())
    if due is None:
        raise NotFound(duty_key)
    return due


def _stored_words(whole: WholeOrder, due: DueDuty) -> str:
    return stored_words(stored_deadline(read_session(), whole.order.id, due.started_by, due.key), due)
