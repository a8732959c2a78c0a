"""Correct what was recorded of an event, or strike out one recorded by mistake. Both need a reason, and nothing is lost."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind
from orders_app.services import order_events
from orders_app.services.errors import NotFound
from orders_app.services.work import Work
from orders_app.web.access import requires
from orders_app.web.fields import Required, TextField
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.changed import save_change
from orders_app.web.orders.event_changes import CorrectingEvent
from orders_app.web.orders.event_forms import EventForm, as_recorded, event_form_for
from orders_app.web.orders.event_recording import OrderEventChange
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.opened import opened_by_reader
from orders_app.web.orders.order_words import order_title
from orders_app.web.orders.terms_of_day import version_of_day


class CorrectingOrderEvent(OrderEventChange, CorrectingEvent[WholeOrder]):
    """A correction of an event of an order."""

    def strike_out(self, work: Work, event_id: int, reason: str) -> None:
        """Strike it out."""
        order_events.void_event(work, event_id=event_id, version=self.version, reason=reason)


@blueprint.route("/orders/<reference>/events/<int:number>", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def correct(reference: str, number: int) -> str | Response | tuple[str, int]:
    """The event as recorded, to be corrected or struck out."""
    whole = order_or_404(reference)
    event = whole.event(number)
    if event is None or (event.voided_at is not None and request.method == "GET"):
        raise NotFound(str(number))
    form = _form(whole, event)
    answer = save_change(whole, CorrectingOrderEvent(form, event)) if form.validate_on_submit() else None
    what = EVENT_WORDS[form.kind].happened
    return answer or render_template(
        "orders/correct.html", title=order_title(whole), whole=whole, form=form, what=what, banner=banner_of(whole)
    )


def _form(whole: WholeOrder, event: Any) -> EventForm:
    kind = EventKind(event.kind)
    why = TextField("Why is it being corrected?", [Required("Enter why it is being corrected")], max_length=300)
    of_event = event_form_for(kind, whole, version_of_day(whole, event.happened_on), [])
    form_class = type("CorrectionForm", (of_event,), {"why_corrected": why})
    form: EventForm = form_class(data={"opened": opened_by_reader(whole), **as_recorded(event)})
    return form
