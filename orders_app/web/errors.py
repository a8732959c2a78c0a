"""What a person sees when something is refused, missing, changed meanwhile, or broken."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from flask import Flask, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from orders_app.services.errors import ChangedMeanwhile, NotFound
from orders_app.web.signed_in import Visitor

log = structlog.get_logger(__name__)
PAGES = {403, 404, 409, 413, 429}
Answer = tuple[str, int] | Response | HTTPException


def set_up_errors(app: Flask) -> None:
    """Give every request a reference, and every error a page that says what to do."""
    app.before_request(_name_the_request)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(NotFound, lambda _error: (render_template("errors/404.html"), 404))
    app.register_error_handler(ChangedMeanwhile, _changed)
    app.register_error_handler(Exception, _broken)


def _name_the_request() -> None:
    g.reference = secrets.token_hex(4).upper()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.reference, endpoint=request.endpoint or "")


def _refused(error: HTTPException) -> Any:
    if error.code == 401:
        wanted = request.full_path if request.method == "GET" and request.path != "/" else None
        return redirect(url_for("auth.sign_in", next=wanted))
    if error.code in PAGES:
        return render_template(f"errors/{error.code}.html"), error.code
    return error


def _form_expired(_error: CSRFError) -> Answer:
    return render_template("errors/form_expired.html"), 400


def _changed(_error: Exception) -> Answer:
    return render_template("errors/409.html"), 409


def _broken(error: Exception) -> Answer:
    log.error("unexpected error", exc_info=error)
    g._login_user = Visitor()  # the frame of a signed-in page asks the database, which may be what broke
    return render_template("errors/500.html", reference=g.get("reference", "")), 500
