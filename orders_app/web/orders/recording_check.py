"""Check your answers, then save: the draft becomes an order, or says what keeps it from being one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from orders_app.services.drafts import drop_draft
from orders_app.services.errors import ChangedMeanwhile, RuleBroken
from orders_app.services.making import complete_order
from orders_app.services.orders import record_order
from orders_app.services.work import Work
from orders_app.web.orders.draft_opening import LEAVE, OpenDraft
from orders_app.web.orders.lists import DRAFT
from orders_app.web.orders.recording_checks import missing, step_of, summary
from orders_app.web.orders.recording_terms import protected_rows, term_rows
from orders_app.web.session import act

CHANGED = "The order was changed after this draft was begun. Check it, then save again"


def check_step(draft: OpenDraft) -> str | Response:
    """Every answer, each with a link to change it, and the button that saves."""
    if request.form.get("do") == LEAVE:
        return draft.onward()
    problems = [(f"{item.words}: to do", draft.href(item.step)) for item in missing(draft.answers)]
    if request.method == "POST" and not problems:
        try:
            return _save(draft)
        except ChangedMeanwhile:
            problems = [(CHANGED, url_for("orders.show", reference=draft.answers.data["completes"]["reference"]))]
        except RuleBroken as refusal:
            problems = [_problem(draft, problem) for problem in getattr(refusal, "problems", (refusal,))]
    shown = problems if request.method == "POST" else []
    return draft.page(
        form=None, problems=shown, summary=summary(draft.answers, draft.token), terms=term_rows(draft), protected=protected_rows(draft)
    )


def _save(draft: OpenDraft) -> Response:
    with act("order.recorded") as work:
        order = _record(work, draft)
        drop_draft(work, kind=DRAFT, token=draft.token)
    flash(f"{order.reference} recorded")
    return redirect(url_for("orders.show", reference=order.reference))


def _record(work: Work, draft: OpenDraft) -> Any:
    completes = draft.answers.data.get("completes")
    if completes:
        return complete_order(work, reference=completes["reference"], version=completes["version"], new=draft.answers.new_order())
    return record_order(work, draft.answers.new_order())


def _problem(draft: OpenDraft, problem: RuleBroken) -> tuple[str, str]:
    cited = f" ({problem.citation})" if problem.citation else ""
    return f"{problem.message}{cited}", draft.href(step_of(problem))
