"""Correct what was recorded of an event, or strike out one recorded by mistake. Both need a reason, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind
from orders_app.rules.orders import possible_events
from orders_app.services import order_events
from orders_app.services.errors import NotFound
from orders_app.services.orders import NewEvent
from orders_app.web.access import requires
from orders_app.web.fields import Required, TextField
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.changed import CHANGE_MINE, NOT_MINE, SAVE, Change, Theirs, Way, corrected_by, save_change
from orders_app.web.orders.event_forms import EventForm, as_recorded, event_form_for
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.opened import opened_by_reader
from orders_app.web.orders.order_words import order_title
from orders_app.web.orders.terms_of_day import version_of_day
from orders_app.web.session import act, law_tables, today

STRIKE_OUT = "void"
DONE = {STRIKE_OUT: "Struck out: the timeline still shows it", "": "Correction saved: the timeline shows both"}
NEVER_HAPPENED = {"What to do with it": "Strike it out: it never happened"}


class CorrectingEvent(Change):
    """What an event should have said, or that it never happened, beside somebody else's correction of it."""

    form: EventForm

    def __init__(self, form: EventForm, event: Any) -> None:
        self.form = form
        self.event = event
        self.do = STRIKE_OUT if request.form.get("do") == STRIKE_OUT else ""
        what = EVENT_WORDS[form.kind].happened
        self.heading = f"Strike out “{what}”" if self.do else f"Correct “{what}”"

    def save(self, whole: WholeOrder, keep: str) -> Response:
        """Correct it, strike it out, or record it anew where somebody else struck it out."""
        event, reason = self.event, self.form.why_corrected.data
        with act("order.event_voided" if self.do else "order.event_corrected", reason=reason) as work:
            if event.voided_at is not None and keep == SAVE:
                order_events.record_event(work, reference=whole.order.reference, version=self.version, event=self._corrected())
            elif self.do:
                order_events.void_event(work, event_id=event.id, version=self.version, reason=reason)
            else:
                named = {"event_id": event.id, "version": self.version, "reason": reason}
                order_events.correct_event(work, event=self._corrected(), **named)
        flash(DONE[self.do])
        return redirect(url_for("orders.show", reference=whole.order.reference))

    def mine(self) -> dict[str, str]:
        """The answers typed, with the reason."""
        return (NEVER_HAPPENED if self.do else self.form.in_words()) | self._why(self.form.why_corrected.data)

    def theirs(self, whole: WholeOrder) -> Theirs | None:
        """The last correction of this event made since, and what the event says by it."""
        made = [correction for event, correction in self.opened.corrections_since(whole) if event.id == self.event.id]
        if not made:
            return None
        form = type(self.form)(formdata=None, data=as_recorded(self.event), meta={"csrf": False})
        said = NEVER_HAPPENED if self.event.voided_at else form.in_words()
        return Theirs(said | self._why(made[-1].reason), corrected_by(made[-1]))

    def ways(self, whole: WholeOrder, theirs: Theirs | None) -> list[Way]:
        """Over theirs; where theirs struck it out, as a new entry."""
        if self.event.voided_at is None:
            over = " all the same" if self.do else " over theirs. Both stay in the history" if theirs else ""
            return [Way(SAVE, f"Strike it out{over}" if self.do else f"Save mine{over}"), CHANGE_MINE, NOT_MINE]
        may_add = not self.do and self.form.kind in possible_events(whole.case.order_type, whole.case.facts, today(), law_tables())
        return [*([Way(SAVE, "Record mine as a new entry")] if may_add else []), NOT_MINE]

    def _corrected(self) -> NewEvent:
        """What was typed, and what the form does not ask as it was."""
        asked, typed = {field.name for field in self.form.answers}, self.form.event()
        kept = {key: value for key, value in self.event.details.items() if key not in asked}
        return replace(typed, details=kept | dict(typed.details))

    def _why(self, reason: str) -> dict[str, str]:
        return {str(self.form.why_corrected.label.text): reason}


@blueprint.route("/orders/<reference>/events/<int:number>", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def correct(reference: str, number: int) -> str | Response | tuple[str, int]:
    """The event as recorded, to be corrected or struck out."""
    whole = order_or_404(reference)
    event = whole.event(number)
    if event is None or (event.voided_at is not None and request.method == "GET"):
        raise NotFound(str(number))
    form = _form(whole, event)
    answer = save_change(whole, CorrectingEvent(form, event)) if form.validate_on_submit() else None
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
