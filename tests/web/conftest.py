"""The whole application on each test's own database, and browsers that are signed in.

The clock stands at NOW; `clock.shift(...)` moves it. Forged requests are refused in tests as in use: the browsers here
send their token in a header with every POST, unless told `csrf=False`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from config.settings import Mode, Settings
from orders_app.db import db, writing_sessions
from orders_app.models import User
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services.law_in_force import LawInForce
from orders_app.services.sign_in import Browser, Candidate, open_session
from orders_app.services.work import Actor
from orders_app.web import create_app
from tests.conftest import NOW, Acting
from tests.factories import a_user
from tests.web.work_desk import Desk

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")
FORGERY_SECRET = "0" * 40
LASTS = timedelta(hours=12)
ClientFor = Callable[..., "Officer"]
SignedInAs = Callable[[User], "Officer"]
Statements = Callable[[], AbstractContextManager[list[str]]]


class Officer(FlaskClient):
    """A browser. `user` is who is signed in with it, if anybody."""

    user: User

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        if csrf and kwargs.get("method") == "POST":
            kwargs["headers"] = {**(kwargs.get("headers") or {}), "X-CSRFToken": self._token()}
        return super().open(*args, **kwargs)

    def _token(self) -> str:
        with self.session_transaction() as cookie:
            secret = cookie.setdefault("csrf_token", FORGERY_SECRET)
        return str(URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token").dumps(secret))


def settings_for(database_url: str, **values: Any) -> Settings:
    """Settings of a test's application."""
    return Settings(**{"env": Mode.TEST, "secret_key": "test secret", "database_url": database_url, "is_https": False, **values})


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def built_app() -> Flask:
    """Built once, for its templates and routes. It is given each test's own database by `app`."""
    app = create_app(settings_for("sqlite://"))
    app.test_client_class = Officer
    return app


@pytest.fixture
def app(built_app: Flask, engine: Engine, clock: time_machine.Traveller) -> Iterator[Flask]:
    built = built_app.extensions["orderwatch"]
    with built_app.app_context():
        never_used, db.engines[None] = db.engines[None], engine
    built_app.extensions["orderwatch"] = replace(built, sessions=writing_sessions(engine), law=LawInForce(built.law.shipped))
    yield built_app
    built_app.extensions["orderwatch"] = built
    with built_app.app_context():
        db.engines[None] = never_used


def with_mail_server(app: Flask) -> None:
    """Set a mail server, for this test alone: `app` puts the settings back."""
    built = app.extensions["orderwatch"]
    app.extensions["orderwatch"] = replace(built, settings=built.settings.model_copy(update={"mail_host": "mail.example"}))


@pytest.fixture
def visitor(app: Flask) -> Officer:
    """A browser nobody is signed in with."""
    client = app.test_client()
    assert isinstance(client, Officer)
    return client


@pytest.fixture
def signed_in_as(app: Flask, acting: Acting) -> SignedInAs:
    """Sign a user in through a real session row, without the cost of a password."""

    def sign_in(user: User) -> Officer:
        client = app.test_client()
        assert isinstance(client, Officer)
        candidate = Candidate(user.id, user.display_name, "", ("", ""), None)
        with acting("user.signed_in", actor=Actor(user.id, user.display_name, Viewer(user.id, team_id=user.team_id))) as work:
            token = open_session(work, candidate=candidate, browser=Browser("192.0.2.1", "Test"), lasts=LASTS)
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        client.user = user
        return client

    return sign_in


@pytest.fixture
def client_for(signed_in_as: SignedInAs, acting: Acting) -> ClientFor:
    """client_for(Role.ORDERS_DESK, Role.AUDITOR, team=…, name=…): a new user with these roles, signed in."""

    def make(*roles: Role, **columns: Any) -> Officer:
        with acting("user.created") as work:
            user = a_user(work, *roles, **columns)
        return signed_in_as(user)

    return make


@pytest.fixture
def statements() -> Statements:
    """`with statements() as seen:` collects the SQL sent meanwhile, without BEGIN and COMMIT."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(NOT_COUNTED):
                seen.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def desk(acting: Acting) -> Desk:
    with acting() as work:
        return Desk(work)


@pytest.fixture
def aisha(desk: Desk, signed_in_as: SignedInAs) -> Officer:
    return signed_in_as(desk.officer)
