"""What a person sees when something is refused, missing, changed meanwhile, or broken."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from flask import Flask, g, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from orders_app.services.errors import ChangedMeanwhile, NotFound
from orders_app.services.sign_in import MustWait
from orders_app.web import filters
from orders_app.web.kept_forms import kept_form
from orders_app.web.session import now
from orders_app.web.signed_in import Visitor

log = structlog.get_logger(__name__)
PAGES = {403: "403", 404: "404", 405: "404", 409: "409", 413: "413"}
MEGABYTE = 1024 * 1024
TRY_AGAIN_AFTER = "60"  # seconds
HELD_BY_ANOTHER = {"SQLITE_BUSY", "55P03", "40P01", "40001"}  # a lock, or a transaction given up for another's sake
Answer = tuple[str, int] | tuple[str, int, dict[str, str]] | Response | HTTPException


def set_up_errors(app: Flask) -> None:
    """Give every request a reference, and every error a page that says what to do."""
    app.before_request(_name_the_request)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(MustWait, _must_wait)
    app.register_error_handler(NotFound, lambda _error: _page("404", 404))
    app.register_error_handler(ChangedMeanwhile, _changed)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _broken)


def _name_the_request() -> None:
    g.reference = secrets.token_hex(4).upper()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.reference, endpoint=request.endpoint or "")


def _page(name: str, status: int, **shown: Any) -> tuple[str, int]:
    log.info("refused", status=status)
    return render_template(f"errors/{name}.html", reference=g.get("reference", ""), **shown), status


def _refused(error: HTTPException) -> Any:
    """Pages for what has one, a general one for the rest. Redirects are let through."""
    if error.code is None or error.code < 400:
        return error
    if error.code >= 500:
        return _broken(error)
    return _page(PAGES.get(error.code, "400"), error.code, largest=f"{(request.max_content_length or 0) // MEGABYTE} MB")


def _form_expired(_error: CSRFError) -> Answer:
    return _page("form_expired", 400, kept=kept_form() if current_user.is_authenticated else None)


def _must_wait(wait: MustWait) -> Answer:
    page, status = _page("429", 429, until=filters.clock(wait.until))
    return page, status, {"Retry-After": str(max(1, int((wait.until - now()).total_seconds())))}


def _changed(_error: Exception) -> Answer:
    return _page("409", 409, kept=kept_form())


def _busy(error: OperationalError) -> Answer:
    """Another piece of work holds what this one needs. Any other fault of the database is a fault."""
    if not HELD_BY_ANOTHER & {getattr(error.orig, "sqlite_errorname", ""), getattr(error.orig, "sqlstate", "")}:
        return _broken(error)
    page, status = _page("503", 503, kept=kept_form() if current_user.is_authenticated else None)
    return page, status, {"Retry-After": TRY_AGAIN_AFTER}


def log_fault(fault: Any) -> None:
    """Write down that something broke, without the address that was asked: it may name a record, or open a calendar."""
    log.error("unexpected error", exc_info=fault)


def _broken(error: Exception) -> Answer:
    log_fault(error)
    kept = kept_form() if getattr(g.get("_login_user"), "is_authenticated", False) else None
    g._login_user = Visitor()  # the frame of a signed-in page asks the database, which may be what broke
    return render_template("errors/500.html", reference=g.get("reference", ""), kept=kept), 500
