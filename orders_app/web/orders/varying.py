"""A court has varied or renewed an order: begin the draft of the version it becomes."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind
from orders_app.rules.orders import ends_on
from orders_app.web.access import requires
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.draft_beginning import begin_varying
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import act


@blueprint.get("/orders/<reference>/vary")
@requires(Permission.ORDER_RECORD)
def vary(reference: str) -> str:
    """What will be asked, and the button that begins."""
    whole, kind = order_or_404(reference), _kind()
    return render_template(
        "orders/vary.html",
        title=order_title(whole),
        whole=whole,
        banner=banner_of(whole),
        heading=EVENT_WORDS[kind].do,
        kind=kind.value,
        ends=ends_on(whole.case.order_type, whole.case.facts),
    )


@blueprint.post("/orders/<reference>/vary")
@requires(Permission.ORDER_RECORD)
def begin_vary(reference: str) -> Response:
    """Begin the draft, with the terms as they stand."""
    whole = order_or_404(reference)
    with act("order.draft_begun") as work:
        draft = begin_varying(work, whole, _kind())
    return redirect(url_for("orders.draft_step", token=draft.token, step="variation"))


def _kind() -> EventKind:
    return EventKind.RENEWED if request.values.get("kind") == EventKind.RENEWED else EventKind.VARIED
