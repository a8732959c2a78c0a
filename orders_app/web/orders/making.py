"""The court has made an order that was recorded while it was applied for: begin the draft that completes it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from orders_app.rules.access import Permission
from orders_app.web.access import requires
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.draft_beginning import begin_making
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.opened import opened_now
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import act


@blueprint.get("/orders/<reference>/made")
@requires(Permission.ORDER_RECORD)
def make(reference: str) -> str:
    """What will be asked, and the button that begins."""
    whole = order_or_404(reference)
    return render_template("orders/make.html", title=order_title(whole), whole=whole, banner=banner_of(whole))


@blueprint.post("/orders/<reference>/made")
@requires(Permission.ORDER_RECORD)
def begin_make(reference: str) -> Response:
    """Begin the draft, with what the record already says."""
    whole = order_or_404(reference)
    with act("order.draft_begun") as work:
        draft = begin_making(work, whole, opened=opened_now(whole))
    return redirect(url_for("orders.draft_step", token=draft.token, step="court"))
