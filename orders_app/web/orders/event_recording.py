"""Record what happened on an order: one form for each kind of event, and nothing typed is lost when somebody else was quicker."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind as E
from orders_app.rules.orders import possible_events
from orders_app.services import order_events
from orders_app.services.errors import NotFound
from orders_app.services.new_orders import NewEvent
from orders_app.services.work import Work
from orders_app.web.access import requires
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.changed import Change, save_change
from orders_app.web.orders.event_changes import EventChange, RecordingEvent
from orders_app.web.orders.event_forms import EventForm, event_form_for
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.opened import opened_by_reader
from orders_app.web.orders.order_deadlines import duties_met_by
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import law_tables, today
from orders_app.web.way_back import came_from, with_way_back

FORMS_OF_THEIR_OWN = {
    E.HEARING_HELD: "orders.hearing",
    E.MADE: "orders.make",
    E.VARIED: "orders.vary",
    E.RENEWED: "orders.vary",
}
Answer = str | Response | tuple[str, int]


class OrderEventChange(Change, EventChange[WholeOrder]):
    """An event of an order."""

    of = "order"

    def add(self, work: Work, whole: WholeOrder, event: NewEvent) -> None:
        """Record it."""
        order_events.record_event(work, reference=whole.order.reference, version=self.version, event=event)

    def correct(self, work: Work, event_id: int, event: NewEvent, reason: str) -> None:
        """Correct it."""
        order_events.correct_event(work, event_id=event_id, version=self.version, event=event, reason=reason)

    def may_add(self, whole: WholeOrder) -> bool:
        """Whether the order as it stands may be recorded so."""
        return self.form.kind in possible_events(whole.case.order_type, whole.case.facts, today(), law_tables())


class RecordingOrderEvent(OrderEventChange, RecordingEvent[WholeOrder]):
    """One more event of an order."""


@blueprint.route("/orders/<reference>/record/<kind>", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def record_event(reference: str, kind: str) -> Answer:
    """The form of one kind of event, and saving it."""
    whole, event_kind = order_or_404(reference), _kind(kind)
    if event_kind in FORMS_OF_THEIR_OWN:
        form_of_its_own = url_for(FORMS_OF_THEIR_OWN[event_kind], reference=reference, kind=event_kind.value)
        return redirect(with_way_back(form_of_its_own, came_from()))
    form = _form(whole, event_kind)
    answer = save_change(whole, RecordingOrderEvent(form)) if form.validate_on_submit() else None
    return answer or render_template(
        "orders/record_event.html",
        title=order_title(whole),
        whole=whole,
        form=form,
        heading=EVENT_WORDS[event_kind].do,
        banner=banner_of(whole),
    )


def _kind(value: str) -> E:
    if value not in set(E) or not EVENT_WORDS[E(value)].do:
        raise NotFound(value)
    return E(value)


def _form(whole: WholeOrder, kind: E) -> EventForm:
    opened = opened_by_reader(whole)
    duties = duties_met_by(opened.case_then(whole), kind)
    values: dict[str, Any] = {"opened": opened, "meets": request.args.get("meets", "")}
    values |= {"hearing_listed_on": today(), "officer": current_user.display_name}
    return event_form_for(kind, whole, opened.terms, duties)(data=values)
