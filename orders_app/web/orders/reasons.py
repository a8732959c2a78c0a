"""Why this date: the exhibit page of any date of an order, a deadline or not. It shows what the rules return."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_login import current_user

from orders_app.queries.facts import rule_event
from orders_app.queries.orders import WholeOrder, stored_deadline
from orders_app.rules.access import Permission
from orders_app.rules.duties import DueDuty, due_duties
from orders_app.rules.order_dates import order_dates
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.filters import at, day, deadline_when
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.event_words import detail_lines, happened_words, when_words
from orders_app.web.orders.exhibit import Exhibit, count_rows, of_deadline, of_order_date, reading_rows
from orders_app.web.orders.found import log_view, order_or_404
from orders_app.web.orders.order_deadlines import is_done
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
        rests_on=[_recorded(whole, event_id) for event_id in shown.working.rests_on],
        met=_recorded(whole, shown.met_by) if shown.met_by else None,
        counted=count_rows(shown.working),
        readings=reading_rows(shown.working.readings),
        **_made_by(),
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
    duties = due_duties(whole.case.order_type, whole.case.facts, law_tables())
    same = [due for due in duties if due.key == duty_key]
    if started:
        same = [due for due in same if due.starts.on.isoformat() == started]
    if not same:
        raise NotFound(duty_key)
    return next((due for due in same if not is_done(due, now())), same[-1])


def _recorded(whole: WholeOrder, event_id: int) -> dict[str, Any]:
    """What was recorded of one event: what, when, its details, who recorded it and when."""
    event = next(event for event in whole.recorded if event.id == event_id)
    by = event.recorded_by.display_name if event.recorded_by else "Orderwatch"
    return {
        "what": happened_words(rule_event(event)),
        "when": when_words(event.happened_on, event.happened_at),
        "details": [*detail_lines(event.details), *event.note.splitlines()],
        "recorded": f"Recorded {at(event.recorded_at)} by {by}",
        "corrected": f"Corrected {at(event.corrected_at)}" if event.corrected_at else "",
    }


def _made_by() -> dict[str, Any]:
    """Who made the exhibit, and the table of left-out days that was used."""
    holidays = law_tables().holidays
    covered = f"{day(holidays.covers_from)} to {day(holidays.covers_until)}"
    return {"made_by": current_user.display_name, "team": current_user.team_name, "days_covered": covered}


def _stored_words(whole: WholeOrder, due: DueDuty) -> str:
    stored = stored_deadline(read_session(), whole.order.id, due.started_by, due.key)
    if stored is None:
        return "Not stored yet"
    same = (stored.due_on, stored.due_at) == (due.late_after_on, due.late_after_at)
    return (
        "The same as the date stored and used for alerts"
        if same
        else f"The stored date is {deadline_when(stored.due_on, stored.due_at)}: it is brought in line tonight"
    )
