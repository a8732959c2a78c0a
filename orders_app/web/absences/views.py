"""Time away: when an officer is not at work, and who covers."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from orders_app.queries import absences as queries
from orders_app.queries import caseloads
from orders_app.queries.assignees import colleagues
from orders_app.rules.absences import Away
from orders_app.rules.access import Permission
from orders_app.services import absences as service
from orders_app.services.errors import RuleBroken
from orders_app.web.absences.forms import AbsenceForm
from orders_app.web.access import requires
from orders_app.web.fields import refuse
from orders_app.web.session import act, now, read_session, today, viewer

blueprint = Blueprint("absences", __name__, url_prefix="/time-away")


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def index() -> str:
    """The days away to come that I see to: mine, and my team's if I lead it."""
    rows = queries.to_come(read_session(), viewer(), today())
    long = [row.user_id for row in rows if Away(row.from_on, row.until_on).is_long]
    hands_over = caseloads.which_of(read_session(), viewer(), long) if long and viewer().may(Permission.ALERT_ASSIGN) else frozenset()
    return render_template("absences/index.html", rows=rows, today=today(), hands_over=hands_over)


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def add() -> str | Response:
    """Enter days away."""
    form = AbsenceForm()
    form.offer(queries.officers_seen_to(read_session(), viewer(), now()), colleagues(read_session(), now()))
    if form.validate_on_submit() and _is_entered(form):
        flash("Time away saved. Alerts go to whoever covers from the first day, and come back after the last")
        return redirect(url_for("absences.index"))
    return render_template("absences/add.html", form=form)


@blueprint.post("/<int:number>/end")
@requires(Permission.SIGNED_IN)
def end(number: int) -> Response:
    """Somebody is back, or does not go after all."""
    with act("absence.ended") as work:
        service.end_absence(work, number=number)
    flash("Time away ended. Alerts come back with the next check")
    return redirect(url_for("absences.index"))


def _is_entered(form: AbsenceForm) -> bool:
    if form.from_on.data is None or form.until_on.data is None:
        return False
    try:
        with act("absence.entered") as work:
            service.enter_absence(
                work,
                username=form.username.data or "",
                from_on=form.from_on.data,
                until_on=form.until_on.data,
                cover=form.cover.data or "",
            )
    except RuleBroken as refusal:
        refuse(form, refusal)
        return False
    return True
