"""Record what happened on an order: one form for each kind of event, and nothing typed is lost when somebody else was quicker."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind as E
from orders_app.services import order_events
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.web.access import requires
from orders_app.web.fields import refuse
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.changed import changed_page, choose_what_to_keep
from orders_app.web.orders.event_forms import EventForm, event_form_for
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.found import banner_of, order_or_404, today
from orders_app.web.orders.order_deadlines import duties_met_by
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import act

FORMS_OF_THEIR_OWN = {
    E.HEARING_HELD: "orders.hearing",
    E.MADE: "orders.make",
    E.VARIED: "orders.vary",
    E.RENEWED: "orders.vary",
}
Answer = str | Response | tuple[str, int]


@blueprint.route("/orders/<reference>/record/<kind>", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def record_event(reference: str, kind: str) -> Answer:
    """The form of one kind of event, and saving it."""
    whole, event_kind = order_or_404(reference), _kind(kind)
    if event_kind in FORMS_OF_THEIR_OWN:
        return redirect(url_for(FORMS_OF_THEIR_OWN[event_kind], reference=reference, kind=event_kind.value))
    form = _form(whole, event_kind)
    if form.validate_on_submit():
        answer = choose_what_to_keep(whole, form) if "keep" in request.form else _save(whole, form)
        if answer:
            return answer
    return event_page(whole, form)


def event_page(whole: WholeOrder, form: EventForm) -> str:
    """The form, as typed so far."""
    words = EVENT_WORDS[form.kind]
    return render_template(
        "orders/record_event.html", title=order_title(whole), whole=whole, form=form, heading=words.do, banner=banner_of(whole)
    )


def saved(whole: WholeOrder, what: str) -> Response:
    """Back to the order, saying what was saved."""
    flash(f"{what}: saved")
    return redirect(url_for("orders.show", reference=whole.order.reference))


def _kind(value: str) -> E:
    if value not in set(E) or not EVENT_WORDS[E(value)].do:
        raise NotFound(value)
    return E(value)


def _form(whole: WholeOrder, kind: E) -> EventForm:
    duties = duties_met_by(whole.case, kind)
    opened: dict[str, Any] = {"version": whole.order.version, "seen": len(whole.recorded), "meets": request.args.get("meets", "")}
    opened |= {"hearing_listed_on": today(), "officer": current_user.display_name}
    return event_form_for(kind, whole, duties)(data=opened)


def _save(whole: WholeOrder, form: EventForm) -> Answer | None:
    """Save and go back to the order; show what changed meanwhile; or None, with what the law refuses put on the form."""
    try:
        with act("order.event_recorded") as work:
            order_events.record_event(work, reference=whole.order.reference, version=form.version.data, event=form.event())
    except ChangedMeanwhile:
        return changed_page(whole, form)
    except RuleBroken as refusal:
        refuse(form, refusal)
        return None
    return saved(whole, EVENT_WORDS[form.kind].happened)
