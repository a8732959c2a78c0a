"""`orderwatch create-user` and how commands refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
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
        ([*AISHA, "--email", "nowhere"], "email: Enter an e-mail address"),
        ([*AISHA[:1], "x" * 121, *AISHA[2:]], "name: Must be 120 characters or fewer"),
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


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite:///{folder}/empty.sqlite3", "The database has no tables, or not those of this release. Run: orderwatch db upgrade"),
        ("sqlite:///{folder}/no/where.sqlite3", "The database cannot be used: unable to open database file"),
        ("mysql://somewhere/orders", "ORDERWATCH_DATABASE_URL must be an address such as postgresql://"),
        ("nonsense", "ORDERWATCH_DATABASE_URL must be an address such as postgresql://"),
    ],
)
@pytest.mark.parametrize("command", [AISHA, ["seed-demo"], ["import", "people", "any.csv"]])
def test_a_database_that_cannot_be_used_is_said_in_a_line(
    installed: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    address: str,
    said: str,
    command: list[str],
) -> None:
    monkeypatch.setenv("ORDERWATCH_DATABASE_URL", address.format(folder=tmp_path))
    assert main(command) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert "Traceback" not in printed.err


def test_a_setting_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("ORDERWATCH_SECRET_KEY", raising=False)
    monkeypatch.setenv("ORDERWATCH_IDLE_MINUTES", "soon")
    assert main(AISHA) == 1
    assert capsys.readouterr().err.splitlines() == [
        "ORDERWATCH_SECRET_KEY must be set",
        "ORDERWATCH_IDLE_MINUTES: Input should be a valid integer, unable to parse string as an integer",
    ]


def test_what_a_setting_was_set_to_is_never_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(secret_key="a password of ours", database_url="postgresql://us:hunter2@here/x")
    assert "ours" not in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_the_demonstration_names_its_users(installed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seed-demo", "--names"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {"username": "auditor", "name": "8009 Farah Iqbal", "role": "Auditor"} in said["users"]


def test_the_demonstration_is_not_laid_over_anybody(installed: None, session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(AISHA) == 0
    capsys.readouterr()
    assert main(["seed-demo"]) == 1
    assert capsys.readouterr().err.startswith("Error: People or users are on file already")
    assert main(["seed-demo", "--if-empty"]) == 0
    assert len(session.scalars(select(User)).all()) == 1


def test_the_law_needs_no_application(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def built() -> None:
        raise AssertionError("the application was built")

    monkeypatch.setattr(cli, "create_app", built)
    assert main(["law", "types"]) == 0
    assert any(listed["code"] == "dvpn" for listed in json.loads(capsys.readouterr().out))
