"""Time away: when an officer is not at work, and who covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from orders_app.queries import absences as queries
from orders_app.queries import caseloads
from orders_app.queries.assignees import colleagues
from orders_app.rules.absences import Away
from orders_app.rules.access import Permission
from orders_app.services import absences as service
from orders_app.services.absences import IsOver
from orders_app.services.errors import NotFound, RuleBroken
from orders_app.services.work import Work
from orders_app.web.absences.forms import AbsenceForm, ChangeForm, DaysForm
from orders_app.web.absences.words import back_words, row_words, saved_words
from orders_app.web.access import requires
from orders_app.web.fields import refuse
from orders_app.web.session import act, now, read_session, today, viewer

blueprint = Blueprint("absences", __name__, url_prefix="/time-away")


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def index() -> str:
    """The days away to come that I see to: mine, and my team's if I lead it."""
    rows = queries.to_come(read_session(), viewer(), today())
    covers = {row.covered_by_id for row in rows if row.covered_by_id}
    of_covers = queries.standing_of(read_session(), covers, today()) if covers else []
    long = [row.user_id for row in rows if Away(row.from_on, row.until_on).is_long]
    hands_over = caseloads.which_of(read_session(), viewer(), long) if long and viewer().may(Permission.ALERT_ASSIGN) else frozenset()
    return render_template("absences/index.html", rows=[row_words(row, of_covers, today()) for row in rows], hands_over=hands_over)


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def add() -> str | Response:
    """Enter days away."""
    form = AbsenceForm()
    form.offer(queries.officers_seen_to(read_session(), viewer(), now()))
    form.offer_covers(colleagues(read_session(), now()))
    if form.validate_on_submit() and _is_saved(form, "absence.entered", lambda work: _entered(work, form)):
        return redirect(url_for("absences.index"))
    return render_template("absences/add.html", form=form)


@blueprint.route("/<int:number>/change", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change(number: int) -> str | Response:
    """Other days, or somebody else who covers."""
    found = queries.one(read_session(), viewer(), number)
    if found is None:
        raise NotFound("absence")
    cover = found.covered_by.username if found.covered_by else ""
    said = {"from_on": found.from_on, "until_on": found.until_on, "cover": cover, "former": service.as_it_is(found)}
    form, has_begun = ChangeForm(data=said), found.from_on <= today()
    form.offer_covers([one for one in colleagues(read_session(), now()) if one.user.id != found.user_id])
    if has_begun:
        del form.from_on
    if form.validate_on_submit() and _is_saved(form, "absence.changed", lambda work: _changed(work, number, form)):
        return redirect(url_for("absences.index"))
    return render_template("absences/change.html", form=form, absence=found, has_begun=has_begun)


@blueprint.post("/<int:number>/end")
@requires(Permission.SIGNED_IN)
def end(number: int) -> Response:
    """Somebody is back, or does not go after all."""
    try:
        with act("absence.ended") as work:
            absence = service.end_absence(work, number=number)
            flash(back_words(absence, today()))
    except IsOver as over:
        flash(str(over))
    return redirect(url_for("absences.index"))


def _entered(work: Work, form: AbsenceForm) -> Any:
    return service.enter_absence(work, username=form.username.data or "", **form.days)


def _changed(work: Work, number: int, form: ChangeForm) -> Any:
    return service.change_absence(work, number=number, former=form.former.data or "", **form.days)


def _is_saved(form: DaysForm, action: str, save: Callable[[Work], Any]) -> bool:
    try:
        with act(action) as work:
            absence = save(work)
            said = saved_words(queries.one(work.session, viewer(), absence.id))
    except RuleBroken as refusal:
        refuse(form, refusal)
        return False
    except IsOver as over:
        said = str(over)
    flash(said)
    return True
