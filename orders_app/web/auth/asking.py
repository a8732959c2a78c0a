"""A visitor at a closed door: the sign-in page, and the way back to where they were, with what they had typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for

from orders_app.queries import users
from orders_app.services import sign_in
from orders_app.web.auth.forms import SignInForm
from orders_app.web.auth.loading import why_ended
from orders_app.web.auth.signing_in import token_in_cookie
from orders_app.web.auth.wording import ENDED_WORDS
from orders_app.web.installation import installation
from orders_app.web.kept_forms import KeptForm, kept_form, opened, sealed
from orders_app.web.session import read_session
from orders_app.web.way_back import here


def ask_to_sign_in(_error: Exception) -> Any:
    """Lead to the sign-in page and back. A form sent just after its session ended is kept on that page."""
    kept = _kept()
    if kept:
        return sign_in_page(SignInForm(formdata=None), kept=kept), 401
    wanted = here() if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("auth.sign_in", next=wanted))


def sign_in_page(form: SignInForm, kept: str = "") -> str:
    """The page, which says why the session before it ended, if one did."""
    token = token_in_cookie()
    ended = ENDED_WORDS.get(why_ended(token)) if token and not form.errors else ""
    return render_template("auth/sign_in.html", form=form, ended=ended, kept=kept, next=request.args.get("next"))


def kept_for(user_id: int | None) -> KeptForm | None:
    """The form that the sign-in page held, for whoever typed it."""
    return opened(request.form.get("kept", ""), user_id, timedelta(hours=installation().settings.session_hours))


def _kept() -> str:
    kept, token = kept_form(), token_in_cookie()
    owner = users.whose_session(read_session(), sign_in.token_hash(token)) if kept and token else None
    return sealed(kept, owner) if kept and owner else ""
