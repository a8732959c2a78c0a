"""Check a correction before it is saved: what was recorded beside what it will say, what the law says, and which deadlines move."""

from __future__ import annotations

from orders_app.services.corrections import Planned, check_correction
from orders_app.services.errors import RuleBroken
from orders_app.web.fields import Problem
from orders_app.web.orders.correction_words import moved_rows
from orders_app.web.orders.draft_checklist import step_of
from orders_app.web.orders.draft_correction import correction_of, put_right
from orders_app.web.orders.draft_opening import OpenDraft
from orders_app.web.session import act


def correction_page(draft: OpenDraft, problems: list[Problem]) -> str:
    """The page that checks a correction. What the law refuses is said at once, before anybody saves."""
    planned = _planned(draft)
    refused = [problem_on(draft, problem) for problem in planned.broken]
    reason = draft.answers.answered("reason")
    return draft.page(
        template="correction",
        form=None,
        problems=problems or refused,
        rows=[(row, draft.href(row.step)) for row in put_right(draft.answers)],
        reason=reason["reason"].data if reason else "",
        moved=moved_rows(planned.moved),
        is_refused=bool(planned.broken),
    )


def problem_on(draft: OpenDraft, problem: RuleBroken) -> Problem:
    """A refusal for the summary of errors, with the step on which it is put right."""
    cited = f" ({problem.citation})" if problem.citation else ""
    return Problem(f"{problem.message}{cited}", draft.href(step_of(problem, draft.answers)))


def _planned(draft: OpenDraft) -> Planned:
    with act("order.draft_checked") as work:
        return check_correction(work, reference=draft.answers.about, correction=correction_of(draft.answers))
