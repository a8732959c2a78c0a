"""Closed doors: a view that does not name its permission is closed to everyone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, current_app, request
from flask_login import current_user

from orders_app.rules.access import Permission

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    """Name the permission a view needs. Put it directly above the function, under the route."""

    def mark(view: View) -> View:
        view.required_permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def required_permission(endpoint: str) -> Permission | None:
    """Return the permission an endpoint names, or None: closed."""
    if endpoint == "static":
        return Permission.PUBLIC
    return getattr(current_app.view_functions[endpoint], "required_permission", None)


def check_access() -> None:
    """Run before every request: 401 for visitors, 403 for those who may not, closed when nothing is named."""
    if request.endpoint is None:
        return
    permission = required_permission(request.endpoint)
    if permission is Permission.PUBLIC or (permission is not None and current_user.may(permission)):
        return
    abort(403 if current_user.is_authenticated else 401)
