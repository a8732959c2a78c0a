"""What was recorded of an order is wrong: say which part, and begin the draft that puts it right."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind
from orders_app.web.access import requires
from orders_app.web.fields import RadiosField, Required, choice
from orders_app.web.filters import day
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.draft_answers import NOTICE_WORDS, STEP_WORDS
from orders_app.web.orders.draft_beginning import begin_correcting
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.order_words import order_title
from orders_app.web.orders.recording_forms import StepForm
from orders_app.web.session import act

CONDITIONS = "conditions"


@blueprint.route("/orders/<reference>/correct", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def correct_record(reference: str) -> str | Response:
    """Which part is wrong. Choosing it begins the draft."""
    whole = order_or_404(reference)
    form = _form(whole, request.args.get("version", type=int) or whole.order.version_number)
    if form.validate_on_submit():
        step, _, version = (form.part.data or "").partition("-")
        with act("order.draft_begun") as work:
            draft = begin_correcting(work, whole, int(version or whole.order.version_number))
        return redirect(url_for("orders.draft_step", token=draft.token, step=step))
    return render_template(
        "orders/correct_record.html",
        title=order_title(whole),
        whole=whole,
        form=form,
        heading=STEP_WORDS["corrects"],
        banner=banner_of(whole),
    )


def _form(whole: WholeOrder, shown: int) -> Any:
    """The parts that may be wrong. `shown` is the version of the terms that the reader comes from."""
    is_notice = whole.case.order_type.is_notice
    words = STEP_WORDS | (NOTICE_WORDS if is_notice else {})
    parts = [choice("court", words["court"], "Who made or authorised it, when, and under what")]
    if whole.case.facts.first(EventKind.MADE) and not is_notice:
        parts.append(choice("ends", words["ends"], "The end as the court stated it when it made the order"))
    parts.append(choice("protected", words["protected"], "Somebody named who should not be, or left out"))
    parts += [choice(f"{CONDITIONS}-{version.number}", *_terms(whole, version)) for version in reversed(whole.versions)]
    came_from = f"{CONDITIONS}-{shown}" if shown != whole.order.version_number else None
    part = RadiosField("What was recorded wrongly?", [Required("Choose what was recorded wrongly")], choices=parts, default=came_from)
    return type("CorrectRecordForm", (StepForm,), {"part": part})()


def _terms(whole: WholeOrder, version: Any) -> tuple[str, str]:
    hint = "Words, short form, kind or dates that are not those of the order; a condition left out or entered by mistake"
    if len(whole.versions) == 1:
        return "Conditions", hint
    since = f"Conditions of version {version.number}, from {day(version.in_force_from)}"
    return (since, hint) if version.number == whole.order.version_number else (since, "")
