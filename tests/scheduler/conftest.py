"""What tests of jobs are given: a program installed for commands; a mail server, a night of its jobs, and three officers to be told."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog
import time_machine
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from orders_app.db import db
from orders_app.models import User
from orders_app.rules.law import LawTables
from orders_app.web import cli, create_app
from tests.conftest import NOW, Acting
from tests.mail_server import Server, serving
from tests.scheduler.mail_cases import Night, officers


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[None]:
    """Settings in the environment, as they are in use; connections closed at the end."""
    built: list[Flask] = []

    def build() -> Flask:
        built.append(create_app())
        return built[-1]

    monkeypatch.setattr(cli, "create_app", build)
    for name, value in {"ENV": "test", "SECRET_KEY": "test secret", "DATABASE_URL": database_url, "IS_HTTPS": "false"}.items():
        monkeypatch.setenv(f"ORDERWATCH_{name}", value)
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    with time_machine.travel(NOW, tick=False):
        yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    for app in built:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server()) as server:
        yield server


@pytest.fixture
def night(sessions: sessionmaker[Session], law: LawTables, server: Server) -> Night:
    return Night(sessions, law, server)


@pytest.fixture
def three(acting: Acting) -> list[User]:
    with acting() as work:
        return officers(work, 3)
