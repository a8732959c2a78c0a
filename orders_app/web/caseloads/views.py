"""Whose caseload is handed over, and what was begun before."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries import caseloads
from orders_app.queries.drafts import drafts_of
from orders_app.rules.access import Permission
from orders_app.services.drafts import drop_draft
from orders_app.web.access import requires
from orders_app.web.caseloads import checking, choosing, summary, taking  # noqa: F401 (they add their pages to the blueprint)
from orders_app.web.caseloads.blueprint import blueprint
from orders_app.web.caseloads.drafting import KIND, HandedOverAlready, answers_in, begin, own_draft
from orders_app.web.caseloads.forms import WhoseForm
from orders_app.web.filters import at_about
from orders_app.web.session import act, now, read_session, viewer


@blueprint.route("/hand-over", methods=["GET", "POST"])
@requires(Permission.ALERT_ASSIGN)
def whose() -> str | Response:
    """Whose caseload is handed over. Pages that lead here name the officer, who is chosen already then."""
    found = caseloads.officers(read_session(), viewer())
    officers = sorted(found, key=lambda officer: officer.team_id != viewer().team_id)
    form = WhoseForm(data={"username": request.args.get("officer", "")})
    form.offer(officers)
    if form.validate_on_submit():
        return redirect(url_for("caseloads.records", token=begin(form.username.data or "")))
    return render_template("caseloads/whose.html", form=form, drafts=_drafts(officers), is_somebody=bool(officers))


@blueprint.post("/hand-over/<token>/remove")
@requires(Permission.ALERT_ASSIGN)
def remove(token: str) -> Response:
    """Throw away what was begun."""
    own_draft(token)
    with act("caseload.draft_removed") as work:
        drop_draft(work, kind=KIND, token=token)
    flash("What you had begun is removed. Nothing was handed over")
    return redirect(url_for("caseloads.whose"))


@blueprint.errorhandler(HandedOverAlready)
def _handed_over_already(error: HandedOverAlready) -> Response:
    """A second window, or Back: what was handed over is shown, and nothing is handed over twice."""
    flash(f"Handed over already: {error}. Nothing was handed over twice")
    return redirect(url_for("caseloads.show", reference=str(error)))


def _drafts(officers: list[Any]) -> list[dict[str, str]]:
    """What the reader began and can go on with."""
    names = {officer.username: officer.display_name for officer in officers}
    rows = [(row, answers_in(row.data)) for row in drafts_of(read_session(), user_id=viewer().user_id, kind=KIND)]
    return [
        {
            "name": names[answers.username],
            "token": row.token,
            "changed": at_about(row.changed_at, now()),
            "href": url_for(f"caseloads.{answers.next_step()}", token=row.token),
        }
        for row, answers in rows
        if answers.username in names
    ]
