"""Check your answers, then save: the draft becomes an order, or says what keeps it from being one."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries import order_choices
from orders_app.services.drafts import drop_draft
from orders_app.services.errors import RuleBroken
from orders_app.services.orders import record_order
from orders_app.web.fields import Problem
from orders_app.web.filters import day_short
from orders_app.web.orders.changed import save_change
from orders_app.web.orders.correcting_check import correction_page, problem_on
from orders_app.web.orders.draft_answers import CORRECTS, VARIES
from orders_app.web.orders.draft_checklist import missing
from orders_app.web.orders.draft_opening import LEAVE, OpenDraft
from orders_app.web.orders.draft_order import new_order
from orders_app.web.orders.draft_saving import saving
from orders_app.web.orders.draft_words import protected_in_words, summary
from orders_app.web.orders.lists import DRAFT
from orders_app.web.orders.recording_terms import taken_out_rows, term_rows
from orders_app.web.session import act, read_session, viewer

Answer = str | Response | tuple[str, int]
Problems = list[Problem]
SEND = {VARIES: "Save this version"}


def check_step(draft: OpenDraft) -> Answer:
    """Every answer, each with a link to change it, and the button that saves."""
    if request.form.get("do") == LEAVE:
        return draft.onward()
    problems: Problems = []
    if request.method == "POST":
        problems = [Problem(item.ask, draft.href(item.step)) for item in missing(draft.answers)]
        answer = None if problems else _save(draft, problems)
        if answer:
            return answer
    if draft.answers.purpose == CORRECTS:
        return correction_page(draft, problems)
    return draft.page(
        form=None,
        problems=problems,
        summary=summary(draft.answers, draft.token),
        terms=term_rows(draft),
        taken_out=taken_out_rows(draft),
        protected=protected_in_words(draft.answers),
        alike=_alike(draft),
        send=SEND.get(draft.answers.purpose, "Save this order"),
    )


def _alike(draft: OpenDraft) -> list[dict[str, str]]:
    """Orders of the same type on file for this person that still run or were made the same day: somebody may have recorded it."""
    answers = draft.answers
    if answers.purpose:
        return []
    same = order_choices.orders_to_follow(read_session(), viewer(), answers.known.person.id, [answers.data["type"]])
    near = [order for order in same if order.ended_on is None or order.made_on == answers.made_on()]
    return [
        {
            "reference": order.reference,
            "href": url_for("orders.show", reference=order.reference),
            "made": f"made {day_short(order.made_on)}" if order.made_on else "not made yet",
        }
        for order in near
    ]


def _save(draft: OpenDraft, problems: Problems) -> Answer | None:
    """Save, and go to the order; or show what changed meanwhile; or None, with what is refused added to the problems."""
    about = saving(draft)
    if about is None:
        return _record(draft, problems)
    whole, change = about
    answer = save_change(whole, change)
    problems += [problem_on(draft, problem) for problem in change.problems]
    return answer


def _record(draft: OpenDraft, problems: Problems) -> Response | None:
    try:
        with act("order.recorded") as work:
            order = record_order(work, new_order(draft.answers))
            drop_draft(work, kind=DRAFT, token=draft.token)
    except RuleBroken as refusal:
        problems += [problem_on(draft, problem) for problem in getattr(refusal, "problems", (refusal,))]
        return None
    flash(f"{order.reference} recorded")
    return redirect(url_for("orders.show", reference=order.reference))
