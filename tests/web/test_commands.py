"""`orderwatch create-user` and how commands refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.db import db
from orders_app.models import AuditEvent, User, UserRole
from orders_app.services.passwords import is_right
from orders_app.web import cli, create_app
from orders_app.web.cli import main
from tests.conftest import Acting
from tests.factories import a_team

AISHA = ["create-user", "Aisha Rahman", "--username", "A.Rahman", "--role", "orders_desk", "--rank", "PC", "--number", "4471"]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[None]:
    """Settings in the environment, as they are in use; connections closed at the end."""
    built: list[Flask] = []

    def build() -> Flask:
        built.append(create_app())
        return built[-1]

    monkeypatch.setattr(cli, "create_app", build)
    values = {"ENV": "test", "SECRET_KEY": "test secret", "DATABASE_URL": database_url, "IS_HTTPS": "false"}
    for name, value in values.items():
        monkeypatch.setenv(f"ORDERWATCH_{name}", value)
    yield
    for app in built:
        with app.app_context():
            db.engine.dispose()


def test_a_user_is_created_with_a_password_printed_once(
    installed: None, acting: Acting, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    with acting("team.added") as work:
        a_team(work, name="Orders desk")
    assert main([*AISHA, "--team", "orders desk"]) == 0
    said = json.loads(capsys.readouterr().out)
    user = session.scalars(select(User)).one()
    assert (said["username"], said["name"], user.display_name) == ("a.rahman", "PC 4471 Aisha Rahman", said["name"])
    assert is_right(user.password_hash, said["password"])
    assert user.must_change_password
    assert [row.role for row in session.scalars(select(UserRole))] == ["orders_desk"]
    logged = session.scalars(select(AuditEvent).where(AuditEvent.subject_type == "users", AuditEvent.action == "user.created")).one()
    assert logged.action == "user.created"
    assert logged.actor.startswith("Command line, ")
    assert said["password"] not in json.dumps(logged.changes)
    assert user.password_hash not in json.dumps(logged.changes)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*AISHA, "--team", "Nobody"], "There is no team 'Nobody'"),
        ([*AISHA[:3], "has space", *AISHA[4:]], "username: The user name must be"),
        ([*AISHA[:5], "emperor"], "'emperor' is not one of"),
        (["no-such-command"], "No such command"),
    ],
)
def test_refusals_go_to_standard_error(installed: None, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_a_user_name_is_given_once(installed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(AISHA) == 0
    assert main(AISHA) == 1
    assert "username: Somebody already has this user name" in capsys.readouterr().err


def test_unsafe_settings_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ORDERWATCH_ENV", "production")
    monkeypatch.setenv("ORDERWATCH_SECRET_KEY", "short")
    assert main(AISHA) == 1
    assert "ORDERWATCH_SECRET_KEY must be 32 or more characters" in capsys.readouterr().err


def test_the_law_needs_no_application(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def built() -> None:
        raise AssertionError("the application was built")

    monkeypatch.setattr(cli, "create_app", built)
    assert main(["law", "types"]) == 0
    assert any(listed["code"] == "dvpn" for listed in json.loads(capsys.readouterr().out))
