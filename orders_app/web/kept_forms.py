"""What somebody typed into a form that could not be taken: given back, so that it need not be typed again.

Browsers store none of our pages, so their Back button brings back an empty form. A form is given back only where the
browser says that it came from a page of ours: another site's words must never be offered for sending.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from orders_app.web.way_back import here

LONGEST = 200_000
NEVER_SHOWN = ("csrf_token", "version", "save")
PASSWORDS = frozenset({"auth.sign_in", "auth.change_password"})


@dataclass(frozen=True)
class KeptForm:
    """Where a form was sent to, and its answers in the order they came."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def words(self) -> list[dict[str, str]]:
        """The answers to be read and copied, each under the name of its box."""
        return [{"key": _called(name), "value": value} for name, value in self.fields if value and name not in NEVER_SHOWN]


def kept_form() -> KeptForm | None:
    """The form of this request; None where there is none to keep: no file and no password is."""
    is_ours = request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not is_ours or request.endpoint in {None, *PASSWORDS} or (request.content_length or 0) > LONGEST or request.files:
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    return KeptForm(here(), fields)


def sealed(kept: KeptForm, owner: int) -> str:
    """The form as text that a page may hold while its owner signs in again."""
    return _seal().dumps([owner, kept.path, kept.fields])


def opened(text: str, owner: int | None, lasts: timedelta) -> KeptForm | None:
    """The form in such a text, or None where it is somebody else's, too old or not ours."""
    try:
        whose, path, fields = _seal().loads(text, max_age=int(lasts.total_seconds()))
    except BadData:
        return None
    return KeptForm(path, tuple((name, value) for name, value in fields)) if whose == owner else None


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept form")


def _called(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
