"""Buttons on a user's page: deactivate, unlock, new password, end sessions."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from orders_app.rules.access import Permission
from orders_app.services import users as service
from orders_app.services.calendars import end_address_of
from orders_app.services.errors import RuleBroken
from orders_app.web.access import requires
from orders_app.web.admin.blueprint import blueprint
from orders_app.web.filters import plural
from orders_app.web.session import act


@blueprint.post("/users/<username>/deactivate")
@requires(Permission.USER_EDIT)
def deactivate(username: str) -> Response:
    """Let a user sign in no more."""
    try:
        with act("user.deactivated") as work:
            name = service.deactivate(work, username=username).display_name
        flash(f"{name} can no longer sign in. What they own stays theirs; its alerts go to their team")
    except RuleBroken as refusal:
        flash(refusal.message, "error")
    return _back(username)


@blueprint.post("/users/<username>/reactivate")
@requires(Permission.USER_EDIT)
def reactivate(username: str) -> Response:
    """Let a user sign in again."""
    with act("user.reactivated") as work:
        name = service.reactivate(work, username=username).display_name
    flash(f"{name} can sign in again")
    return _back(username)


@blueprint.post("/users/<username>/unlock")
@requires(Permission.USER_EDIT)
def unlock(username: str) -> Response:
    """Forget a user's wrong tries."""
    with act("user.unlocked") as work:
        service.unlock_user(work, username=username)
    flash("They can try to sign in again at once")
    return _back(username)


@blueprint.post("/users/<username>/password")
@requires(Permission.USER_EDIT)
def reset_password(username: str) -> str:
    """Give a user a new password, shown on this answer and nowhere else."""
    with act("user.password_reset") as work:
        user, password = service.reset_password(work, username=username)
    return render_template("admin/new_password.html", user=user, password=password, is_new=False)


@blueprint.post("/users/<username>/sessions/end")
@requires(Permission.USER_EDIT)
def end_sessions(username: str) -> Response:
    """Sign a user out everywhere."""
    with act("user.sessions_ended") as work:
        ended = service.sign_out_everywhere(work, username=username)
    flash(f"{plural(ended, 'session')} ended")
    return _back(username)


@blueprint.post("/users/<username>/sessions/<reference>/end")
@requires(Permission.USER_EDIT)
def end_session(username: str, reference: str) -> Response:
    """Sign a user out of one browser."""
    with act("user.session_ended") as work:
        service.end_one_session(work, username=username, reference=reference)
    flash("That session has ended")
    return _back(username)


@blueprint.post("/users/<username>/calendar/end")
@requires(Permission.USER_EDIT)
def end_calendar(username: str) -> Response:
    """End a user's calendar address: it was lost, or somebody else has it."""
    with act("calendar.address_ended") as work:
        has_ended = end_address_of(work, username=username)
    flash("The calendar address has ended" if has_ended else "There was no calendar address to end")
    return _back(username)


def _back(username: str) -> Response:
    return redirect(url_for("admin.user", username=username))
