"""Who may open what. `doors.txt` is the whole table: a change to it shows up in review.

WRITE_DOORS=1 writes it anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask

from orders_app.rules.access import Permission, Role, may_any
from orders_app.web import create_app
from orders_app.web.access import required_permission, requires
from tests.conftest import Acting
from tests.web.conftest import ClientFor, Officer, settings_for
from tests.web.every_page import Door, doors, furnish
from tests.web.reading import page

TABLE = Path(__file__).with_name("doors.txt")
HEADING = """Who may open what. A change here is a change of who may see what.
Written by WRITE_DOORS=1 .venv/bin/python -m pytest tests/architecture/test_doors.py

"""
EVERYBODY = {Permission.PUBLIC: "everybody, signed in or not", Permission.SIGNED_IN: "everybody signed in"}


def _table(app: Flask) -> str:
    lines = []
    with app.app_context():
        for door in doors(app):
            permission = required_permission(door.endpoint)
            who = "NOBODY: names no permission" if permission is None else EVERYBODY.get(permission) or _roles(permission)
            lines.append(f"{'/'.join(door.methods):9}{door.rule}\n         {door.endpoint} needs {permission}: {who}\n")
    return HEADING + "".join(lines)


def _roles(permission: Permission) -> str:
    return ", ".join(role.value for role in Role if may_any([role], permission)) or "nobody"


def test_the_table_of_doors_is_the_one_that_was_agreed(built_app: Flask) -> None:
    now = _table(built_app)
    if os.environ.get("WRITE_DOORS"):
        TABLE.write_text(now, encoding="utf-8")
    assert now == TABLE.read_text(encoding="utf-8"), "Who may open what has changed. If that is meant, run with WRITE_DOORS=1"


def test_every_page_names_its_permission(built_app: Flask) -> None:
    with built_app.app_context():
        assert [door.endpoint for door in doors(built_app) if required_permission(door.endpoint) is None] == []


def test_a_page_that_names_none_is_closed_to_everybody(app: Flask, client_for: ClientFor) -> None:
    everything = client_for(*Role)
    assert everything.get("/account").status_code == 200
    forgetful = create_app(settings_for("sqlite://"))
    forgetful.add_url_rule("/forgotten", "forgotten", lambda: "should be closed")
    assert forgetful.test_client().get("/forgotten").status_code == 302
    marked = app.view_functions["auth.account"]
    app.view_functions["auth.account"] = lambda: "should be closed"
    try:
        assert everything.get("/account").status_code == 403
    finally:
        app.view_functions["auth.account"] = marked


def test_the_mark_does_not_change_the_view() -> None:
    def view() -> str:
        return "as it was"

    assert requires(Permission.PUBLIC)(view) is view


@pytest.mark.parametrize("role", list(Role))
def test_every_page_opens_or_refuses_as_the_table_says(app: Flask, client_for: ClientFor, acting: Acting, role: Role) -> None:
    browser = client_for(role)
    with acting() as work:
        things = furnish(work)
    wrong = []
    for door, permission in _gets(app, things):
        status = browser.get(door.path).status_code
        expected = {200, 302, 404} if may_any([role], permission) else {403}
        if status not in expected:
            wrong.append((status, door.path))
    assert wrong == []


def test_visitors_are_asked_to_sign_in(app: Flask, visitor: Officer, acting: Acting) -> None:
    with acting() as work:
        things = furnish(work)
    for door, permission in _gets(app, things):
        answer = visitor.get(door.path)
        if permission is Permission.PUBLIC:
            assert answer.status_code == 200, door
        else:
            assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/sign-in"), door


def test_forms_without_their_token_are_refused(app: Flask, client_for: ClientFor, acting: Acting) -> None:
    browser = client_for(*Role)
    with acting() as work:
        things = furnish(work)
    posts = [door for door in doors(app, things) if "POST" in door.methods]
    assert posts
    for door in posts:
        answer = browser.post(door.path, csrf=False)
        assert answer.status_code == 400, door
    assert "form" in page(answer).main


def _gets(app: Flask, things: dict[str, str]) -> list[tuple[Door, Permission]]:
    with app.app_context():
        found = [(door, required_permission(door.endpoint)) for door in doors(app, things) if "GET" in door.methods]
    return [(door, permission) for door, permission in found if permission is not None]
