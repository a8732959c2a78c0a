"""Check who gets what, and hand it over: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from orders_app.rules.access import Permission
from orders_app.services.caseloads import Give, RecordsChanged, hand_over_caseload
from orders_app.services.drafts import drop_draft
from orders_app.services.errors import RuleBroken
from orders_app.web.access import requires
from orders_app.web.caseloads.blueprint import blueprint
from orders_app.web.caseloads.drafting import KIND, OpenCaseload, open_caseload
from orders_app.web.caseloads.forms import CheckForm
from orders_app.web.caseloads.plan import Plan, Share, plan_of
from orders_app.web.caseloads.words import load_words, record_row, total
from orders_app.web.filters import plural
from orders_app.web.session import act, read_session

Answer = str | Response | tuple[str, int]


@blueprint.route("/hand-over/<token>/check", methods=["GET", "POST"])
@requires(Permission.ALERT_ASSIGN)
def check(token: str) -> Answer:
    """What was answered, and who gets what. It is saved as the page showed it, or not at all."""
    opened = open_caseload(token)
    if opened.answers.next_step() != "check":
        return redirect(opened.href(opened.answers.next_step()))
    form = CheckForm()
    if not form.validate_on_submit():
        return _page(opened, form)
    try:
        return _hand_over(opened, form.gives.data or [])
    except RecordsChanged as changed:
        read_session().rollback()
        return _page(open_caseload(token), form, changed=changed.references), 409
    except RuleBroken as refused:
        form.form_errors.append(refused.message)
        return _page(opened, form)


def _hand_over(opened: OpenCaseload, gives: Sequence[Give]) -> Response:
    answers = opened.answers
    with act("caseload.handed_over", reason=answers.note) as work:
        row = hand_over_caseload(work, username=answers.username, gives=gives, note=answers.note, draft_token=opened.token)
        drop_draft(work, kind=KIND, token=opened.token)
    flash(f"{plural(len(gives), 'record')} handed over. Whoever took over, {opened.officer.display_name} and the supervisors are told")
    return redirect(url_for("caseloads.show", reference=row.reference))


def _page(opened: OpenCaseload, form: CheckForm, changed: Sequence[str] = ()) -> str:
    plan = plan_of(opened)
    form.gives.data = plan.gives
    if plan.problem:
        form.form_errors.append(plan.problem)
    return render_template(
        "caseloads/check.html",
        opened=opened,
        form=form,
        summary=_summary(opened, plan),
        shares=[_share_row(share) for share in plan.shares],
        stays=[record_row(one) | {"because": because} for one, because in plan.stays],
        changed=_changed_words(opened, changed),
        is_ready=bool(plan.gives),
    )


def _summary(opened: OpenCaseload, plan: Plan) -> list[dict[str, str]]:
    """The answers, each with the way back to it."""
    left, answers = len(opened.held) - len(opened.going), opened.answers
    goes = f"{plural(len(opened.going), 'record')}, with {load_words(total(opened.going))}"
    to = f"Shared out in {answers.shared_in}" if answers.shared_in else "".join(share.called for share in plan.shares)
    rows = [
        {"key": "Whose caseload", "value": opened.called},
        {"key": "What goes", "value": f"{goes}. {plural(left, 'record')} left out" if left else goes, "href": opened.href("records")},
        {"key": "Who takes it over", "value": to or "Choose again", "href": opened.href("to")},
    ]
    if answers.shared_in:
        among = ", ".join(share.called for share in plan.shares)
        rows.append({"key": "Who shares it", "value": among or "Choose again", "href": opened.href("among")})
    return [*rows, {"key": "What they should know", "value": answers.note, "href": opened.href("note")}]


def _share_row(share: Share) -> dict[str, Any]:
    load, has = share.load, share.has
    return {
        "called": share.called,
        "load": load,
        "count": len(share.records),
        "has": load_words(has) if has else "",
        "will": load_words(has + load) if has else "",
        "records": [record_row(one) for one in share.records],
    }


def _changed_words(opened: OpenCaseload, changed: Sequence[str]) -> list[str]:
    """What became of each record that is not as it was shown."""
    going = {one.reference for one in opened.going}
    gone = "does not go any more: it is not theirs now, or you may not hand it over"
    return [f"{one} was changed since. It is below as it is now" if one in going else f"{one} {gone}" for one in changed]
