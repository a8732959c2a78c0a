"""Why this date: the exhibit page of any date of a registration, a deadline or not. It shows what the rules return."""

from __future__ import annotations

from flask import render_template, request

from orders_app.queries.orders import stored_deadline
from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.access import Permission
from orders_app.rules.registrations.dates import LAST_DAY, registration_dates_explained
from orders_app.rules.registrations.declaration import ENDS, due_duties
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
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
from orders_app.web.registrations.blueprint import blueprint
from orders_app.web.registrations.found import log_view, registration_or_404, registration_title
from orders_app.web.session import law_tables, now, read_session, today


@blueprint.get("/registrations/<reference>/why/<duty_key>")
@requires(Permission.REGISTRATION_VIEW)
def why(reference: str, duty_key: str) -> str:
    """The reasoning behind one date. Several deadlines of one duty are told apart by the day their event happened."""
    whole = registration_or_404(reference)
    shown = _date(whole, duty_key) or _deadline(whole, duty_key, request.args.get("started", ""))
    page = render_template(
        "registrations/why.html",
        title=registration_title(whole),
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


def _date(whole: WholeRegistration, key: str) -> Exhibit | None:
    """The date of that key among those that are no deadlines, if it is one of them. The end is both, and explained here."""
    key = LAST_DAY if key == ENDS.key else key
    dates = registration_dates_explained(whole.case.facts, today())
    return next((of_order_date(date) for date in dates if date.key == key), None)


def _deadline(whole: WholeRegistration, duty_key: str, started: str) -> Exhibit:
    due = due_of(due_duties(whole.case.facts, law_tables()), duty_key, started, now())
    if due is None:
        raise NotFound(duty_key)
    stored = stored_deadline(read_session(), whole.registration.id, due.started_by, due.key)
    return of_deadline(due, now(), stored_words(stored, due))
