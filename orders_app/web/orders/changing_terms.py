"""Record a variation or a renewal that a court made: a new version beside the old."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind
from orders_app.rules.orders import ends_on
from orders_app.services.errors import ChangedMeanwhile, RuleBroken
from orders_app.services.variations import vary_order
from orders_app.web.access import requires
from orders_app.web.fields import refuse
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.order_words import order_title
from orders_app.web.orders.variation_form import SAME_END, VariationForm, variation_form_for
from orders_app.web.session import act

CHANGED = "This order was changed after you opened the form. Nothing of yours is saved yet: check the terms, then save again"


@blueprint.route("/orders/<reference>/vary", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def vary(reference: str) -> str | Response:
    """The terms as they stand, and what the court made of them."""
    whole = order_or_404(reference)
    kind = EventKind.RENEWED if request.args.get("kind") == EventKind.RENEWED else EventKind.VARIED
    form = variation_form_for(whole, kind)(data={"version": whole.order.version, "court": whole.order.court, "end": SAME_END})
    if form.validate_on_submit():
        try:
            return _save(whole, form)
        except ChangedMeanwhile:
            form.version.raw_data, form.version.data = None, whole.order.version
            form.form_errors.append(CHANGED)
        except RuleBroken as refusal:
            _refuse(form, refusal)
    return render_template(
        "orders/vary.html",
        title=order_title(whole),
        whole=whole,
        form=form,
        banner=banner_of(whole),
        heading=EVENT_WORDS[kind].do,
        ends=ends_on(whole.case.order_type, whole.case.facts),
    )


def _save(whole: WholeOrder, form: VariationForm) -> Response:
    with act("order.varied") as work:
        order = vary_order(work, reference=whole.order.reference, version=form.version.data, variation=form.variation())
    flash(f"Saved: version {order.version_number} of {order.reference}")
    return redirect(url_for("orders.show", reference=order.reference))


def _refuse(form: VariationForm, refusal: RuleBroken) -> None:
    """What is refused about a condition stands beside its words."""
    for problem in getattr(refusal, "problems", (refusal,)):
        place = problem.field.split(".")
        field = f"words_{place[1]}" if place[0] == "conditions" and len(place) > 1 else problem.field
        refuse(form, RuleBroken(field, problem.message, problem.citation))
