"""Who takes a caseload over, and what they should know."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import redirect, render_template
from werkzeug.wrappers import Response

from orders_app.queries import caseloads
from orders_app.queries.assignees import Colleague
from orders_app.rules.access import Permission
from orders_app.services.errors import RuleBroken
from orders_app.services.takers import checked_note
from orders_app.web.access import requires
from orders_app.web.caseloads.blueprint import blueprint
from orders_app.web.caseloads.drafting import OpenCaseload, go_on, open_caseload
from orders_app.web.caseloads.forms import AmongForm, NoteForm, ToForm
from orders_app.web.caseloads.plan import colleagues_of, refusal_of
from orders_app.web.caseloads.words import load_words
from orders_app.web.colleagues import whereabouts
from orders_app.web.fields import choice, refuse
from orders_app.web.filters import upper_first
from orders_app.web.session import now, read_session, viewer

Answer = str | Response


@blueprint.route("/hand-over/<token>/to", methods=["GET", "POST"])
@requires(Permission.ALERT_ASSIGN)
def to(token: str) -> Answer:
    """One officer, a team, or several officers of one."""
    opened = open_caseload(token)
    everybody = colleagues_of(opened)
    form = ToForm(data={"to": opened.answers.to})
    form.offer(everybody, opened.officer.team_id)
    if form.validate_on_submit():
        chosen = form.to.data or ""
        refused = refusal_of(everybody, chosen)
        if not refused:
            among = opened.answers.among if chosen == opened.answers.to else ()
            return go_on(opened, replace(opened.answers, to=chosen, among=among))
        form.to.errors = [refused]
    return _form("caseloads/to.html", opened, form)


@blueprint.route("/hand-over/<token>/among", methods=["GET", "POST"])
@requires(Permission.ALERT_ASSIGN)
def among(token: str) -> Answer:
    """Which officers of the team share it, with how much each has already."""
    opened = open_caseload(token)
    if not opened.answers.shared_in:
        return redirect(opened.href(opened.answers.next_step()))
    members = [one for one in colleagues_of(opened) if one.team and one.team.name == opened.answers.shared_in]
    form = AmongForm(data={"among": list(opened.answers.among)})
    form.among.choices = _offered([one for one in members if one.is_here])
    if form.validate_on_submit():
        return go_on(opened, replace(opened.answers, among=tuple(form.among.data or ())))
    left_out = [f"{one.user.display_name}: {whereabouts(one)}" for one in members if not one.is_here]
    return _form("caseloads/among.html", opened, form, left_out=left_out)


@blueprint.route("/hand-over/<token>/note", methods=["GET", "POST"])
@requires(Permission.ALERT_ASSIGN)
def note(token: str) -> Answer:
    """What whoever takes over should know."""
    opened = open_caseload(token)
    form = NoteForm(data={"note": opened.answers.note})
    if form.validate_on_submit():
        try:
            return go_on(opened, replace(opened.answers, note=checked_note(form.note.data or "")))
        except RuleBroken as refused:
            refuse(form, refused)
    return _form("caseloads/note.html", opened, form)


def _form(template: str, opened: OpenCaseload, form: Any, **more: Any) -> str:
    return render_template(template, opened=opened, form=form, **more)


def _offered(members: list[Colleague]) -> list[Any]:
    has = caseloads.loads(read_session(), viewer(), [one.user.id for one in members], now()) if members else {}
    return [choice(one.key, one.user.display_name, f"{upper_first(load_words(has[one.user.id]))} now") for one in members]
