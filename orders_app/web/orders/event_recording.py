"""Record what happened on an order: one form for each kind of event, and nothing typed is lost when somebody else was quicker."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind as E
from orders_app.rules.orders import possible_events
from orders_app.services import order_events
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.changed import (
    CHANGE_MINE,
    CORRECT,
    CORRECT_THEIRS,
    NOT_MINE,
    REASON,
    SAVE,
    Change,
    Theirs,
    Way,
    save_change,
    saved_by,
)
from orders_app.web.orders.event_forms import EventForm, as_recorded, event_form_for
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.opened import opened_by_reader
from orders_app.web.orders.order_deadlines import duties_met_by
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import act, law_tables, today

FORMS_OF_THEIR_OWN = {
    E.HEARING_HELD: "orders.hearing",
    E.MADE: "orders.make",
    E.VARIED: "orders.vary",
    E.RENEWED: "orders.vary",
}
Answer = str | Response | tuple[str, int]


class RecordingEvent(Change):
    """One more event, beside one of the same kind that somebody else recorded."""

    form: EventForm

    def __init__(self, form: EventForm) -> None:
        self.form = form
        self.kind = form.kind
        self.heading = EVENT_WORDS[form.kind].happened

    def save(self, whole: WholeOrder, keep: str) -> Response:
        """Add the event, or correct theirs with it."""
        named: dict[str, Any] = {"version": self.version, "event": self.form.event()}
        theirs = self._event(whole)
        with act("order.event_recorded") as work:
            if keep == CORRECT and theirs:
                order_events.correct_event(work, event_id=theirs.id, reason=REASON, **named)
            else:
                order_events.record_event(work, reference=whole.order.reference, **named)
        flash(f"{self.heading}: saved")
        return redirect(url_for("orders.show", reference=whole.order.reference))

    def mine(self) -> dict[str, str]:
        """The answers typed."""
        return self.form.in_words()

    def theirs(self, whole: WholeOrder) -> Theirs | None:
        """The last event of the same kind recorded since."""
        event = self._event(whole)
        if event is None:
            return None
        form = type(self.form)(formdata=None, data=as_recorded(event), meta={"csrf": False})
        return Theirs(form.in_words(), saved_by(event))

    def ways(self, whole: WholeOrder, theirs: Theirs | None) -> list[Way]:
        """As well, where the order may have another; as a correction of theirs."""
        may_add = self.kind in possible_events(whole.case.order_type, whole.case.facts, today(), law_tables())
        add = [Way(SAVE, "Save it as well: it happened twice" if theirs else "Save it")] if may_add else []
        return [*add, *([CORRECT_THEIRS] if theirs else []), CHANGE_MINE, NOT_MINE]

    def _event(self, whole: WholeOrder) -> Any:
        since = [event for event in self.opened.events_since(whole) if event.kind == self.kind and event.voided_at is None]
        return since[-1] if since else None


@blueprint.route("/orders/<reference>/record/<kind>", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def record_event(reference: str, kind: str) -> Answer:
    """The form of one kind of event, and saving it."""
    whole, event_kind = order_or_404(reference), _kind(kind)
    if event_kind in FORMS_OF_THEIR_OWN:
        return redirect(url_for(FORMS_OF_THEIR_OWN[event_kind], reference=reference, kind=event_kind.value))
    form = _form(whole, event_kind)
    answer = save_change(whole, RecordingEvent(form)) if form.validate_on_submit() else None
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
