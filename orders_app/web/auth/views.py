"""Signing in and out, the first page, and an officer's own account."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from orders_app.queries import users
from orders_app.rules.access import Permission
from orders_app.services import sign_in as sign_in_service
from orders_app.services import users as user_service
from orders_app.services.errors import RuleBroken
from orders_app.services.sign_in import MustWait
from orders_app.web import filters
from orders_app.web.access import requires
from orders_app.web.auth import signing_in
from orders_app.web.auth.asking import ask_to_sign_in, kept_for, sign_in_page
from orders_app.web.auth.forms import PasswordForm, SignInForm
from orders_app.web.auth.loading import idle_time
from orders_app.web.auth.signing_in import WrongNameOrPassword
from orders_app.web.auth.wording import browser_words, details_of
from orders_app.web.fields import refuse
from orders_app.web.role_words import allowed_to
from orders_app.web.session import act, now, read_session
from orders_app.web.way_back import came_from

blueprint = Blueprint("auth", __name__)
blueprint.app_errorhandler(401)(ask_to_sign_in)
WITH_OLD_PASSWORD = {"auth.change_password", "auth.sign_out", "auth.account"}
WRONG = "The user name or the password is not right. Check both and try again"


@blueprint.before_app_request
def _insist_on_a_new_password() -> Response | None:
    """Somebody whose password was given to them chooses their own before anything else."""
    endpoint = request.endpoint or ""
    if endpoint == "static" or endpoint.startswith("pages.") or endpoint in WITH_OLD_PASSWORD:
        return None
    if current_user.is_authenticated and current_user.must_change_password:
        return redirect(url_for("auth.change_password"))
    return None


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def home() -> Response:
    """Lead each officer to the first page of their menu."""
    return redirect(url_for(signing_in.first_page(current_user)))


@blueprint.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def sign_in() -> str | Response | tuple[str, int]:
    """Ask for user name and password."""
    form = SignInForm()
    if current_user.is_authenticated:
        return redirect(url_for("auth.home"))
    held = request.form.get("kept", "")
    if not form.validate_on_submit():
        return sign_in_page(form, held)
    try:
        officer = signing_in.try_to_sign_in(form.username.data or "", form.password.data or "")
    except MustWait as wait:
        form.form_errors.append(f"Signing in is paused after too many wrong tries. Try again after {filters.clock(wait.until)}")
        return sign_in_page(form, held), 429
    except WrongNameOrPassword:
        form.form_errors.append(WRONG)
        return sign_in_page(form, held)
    kept = kept_for(officer.viewer.user_id)
    if kept:
        return render_template("auth/send_again.html", kept=kept)
    return redirect(came_from() or url_for("auth.home"))


@blueprint.post("/sign-out")
@requires(Permission.SIGNED_IN)
def sign_out() -> Response:
    """End this session here and on the server."""
    with act("user.signed_out") as work:
        reference = sign_in_service.reference_of(current_user.token)
        sign_in_service.end_session(work, user_id=current_user.viewer.user_id, reference=reference, because="signed_out")
    signing_in.sign_out_here()
    flash("You have signed out")
    return redirect(url_for("auth.sign_in"))


@blueprint.get("/account")
@requires(Permission.SIGNED_IN)
def account() -> str:
    """Who I am here, what I may do, and where I am signed in."""
    me = users.by_id(read_session(), current_user.viewer.user_id)
    live = users.live_sessions(read_session(), me.id, now=now(), idle=idle_time())
    return render_template(
        "auth/account.html",
        details=details_of(me),
        allowed=allowed_to(current_user.viewer.roles),
        sessions=live,
        browser_words=browser_words,
    )


@blueprint.post("/account/sessions/<reference>/end")
@requires(Permission.SIGNED_IN)
def end_session(reference: str) -> Response:
    """Sign out another of my own browsers."""
    with act("user.session_ended") as work:
        sign_in_service.end_session(work, user_id=current_user.viewer.user_id, reference=reference, because="ended_by_owner")
    flash("That session has ended")
    return redirect(url_for("auth.account"))


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change_password() -> str | Response:
    """Choose a new password; every other session ends."""
    form = PasswordForm()
    if form.validate_on_submit() and _is_changed(form):
        flash("Your password has been changed. Any other sessions have ended")
        return redirect(url_for("auth.account"))
    return render_template("auth/change_password.html", form=form)


def _is_changed(form: PasswordForm) -> bool:
    """Guessing the current password is counted and slowed down as guessing at the door is."""
    me = current_user
    attempt = signing_in.begin_attempt(me.username)
    answers = {"current": form.current.data or "", "new": form.new.data or ""}
    try:
        with act("user.password_changed") as work:
            user_service.change_password(work, user_id=me.viewer.user_id, session_id=me.session_id, **answers)
    except RuleBroken as refusal:
        refuse(form, refusal)
    if not form.current.errors:
        with act("user.password_tried") as work:
            sign_in_service.attempt_succeeded(work, candidate=attempt)
    return not form.errors
