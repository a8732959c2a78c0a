"""Correct what was recorded of an event, or strike out one recorded by mistake. Both need a reason, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind
from orders_app.services import order_events
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.orders import NewEvent
from orders_app.web.access import requires
from orders_app.web.fields import Required, TextField, refuse
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.event_forms import EventForm, event_form_for
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import act

CHANGED = "This order was changed after you opened it. Check what you typed against the order, then save again"


@blueprint.route("/orders/<reference>/events/<int:number>", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def correct(reference: str, number: int) -> str | Response:
    """The event as recorded, to be corrected or struck out."""
    whole = order_or_404(reference)
    event = whole.event(number)
    if event is None or event.voided_at is not None:
        raise NotFound(str(number))
    form = _form(whole, event)
    if form.validate_on_submit():
        try:
            return _save(whole, event, form)
        except ChangedMeanwhile:
            form.version.raw_data, form.version.data = None, whole.order.version
            form.form_errors.append(CHANGED)
        except RuleBroken as refusal:
            refuse(form, refusal)
    words = EVENT_WORDS[EventKind(event.kind)].happened
    return render_template("orders/correct.html", title=order_title(whole), whole=whole, form=form, what=words, banner=banner_of(whole))


def _save(whole: WholeOrder, event: Any, form: EventForm) -> Response:
    is_mistake = request.form.get("do") == "void"
    named = {"event_id": event.id, "version": form.version.data, "reason": form.why_corrected.data}
    with act("order.event_voided" if is_mistake else "order.event_corrected", reason=form.why_corrected.data) as work:
        if is_mistake:
            order_events.void_event(work, **named)
        else:
            order_events.correct_event(work, event=_corrected(event, form), **named)
    flash("Struck out: the timeline still shows it" if is_mistake else "Correction saved: the timeline shows both")
    return redirect(url_for("orders.show", reference=whole.order.reference))


def _corrected(event: Any, form: EventForm) -> NewEvent:
    """What was typed, and what the form does not ask as it was."""
    asked = {field.name for field in form.answers}
    typed = form.event()
    return replace(typed, details={key: value for key, value in event.details.items() if key not in asked} | dict(typed.details))


def _form(whole: WholeOrder, event: Any) -> EventForm:
    kind = EventKind(event.kind)

    why = TextField("Why is it being corrected?", [Required("Enter why it is being corrected")], max_length=300)
    form_class = type("CorrectionForm", (event_form_for(kind, whole, []),), {"why_corrected": why})
    recorded = {field_of(kind): event.happened_at or event.happened_on, "note": event.note, "version": whole.order.version, "seen": 0}
    form: EventForm = form_class(data=recorded | {key: _answer(value) for key, value in event.details.items()})
    return form


def _answer(value: Any) -> Any:
    """A stored moment as the date box takes it; anything else as it is."""
    try:
        return datetime.fromisoformat(value) if "T" in value else value
    except (TypeError, ValueError):
        return value
