"""Headers, cookies and forged requests."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, abort, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
KEPT_FOR_GOOD = "public, max-age=31536000, immutable"  # the address names the content: another content has another address
TAKES_FILES = frozenset({"imports.index"})
LARGEST_FORM = 2 * 1024 * 1024  # far more than the longest order with all its conditions
csrf = CSRFProtect()


def set_up_security(app: Flask, settings: Settings) -> None:
    """Give every answer its headers, make cookies safe, and refuse forms without a token."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-orderwatch" if settings.is_https else "orderwatch",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        WTF_CSRF_TIME_LIMIT=settings.session_hours * 3600,
        WTF_CSRF_SSL_STRICT=settings.is_https,
    )
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    app.before_request(_refuse_what_no_table_can_hold)
    app.before_request(lambda: _let_files_in(settings.largest_upload_bytes))
    csrf.init_app(app)
    app.after_request(lambda answer: _with_headers(answer, settings))


def _refuse_what_no_table_can_hold() -> None:
    """A NUL in an address leads nowhere: PostgreSQL refuses to compare it with anything."""
    if "\x00" in request.path or b"%00" in request.query_string:
        abort(404)


def _let_files_in(largest: int) -> None:
    """Only somebody signed in may send more than a form holds, and only to a page that takes files."""
    if request.endpoint in TAKES_FILES and request.method == "POST" and current_user.is_authenticated:
        request.max_content_length = largest


def _with_headers(answer: Response, settings: Settings) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if settings.is_https:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static":
        answer.headers.setdefault("Cache-Control", "no-store")
    elif "v" in request.args:
        answer.headers["Cache-Control"] = KEPT_FOR_GOOD
    return answer
