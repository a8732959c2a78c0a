"""Where tests find a PostgreSQL server, and what is said when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import postgres


def _install(folder: Path, *versions: str) -> str:
    for version in versions:
        (folder / version / "bin").mkdir(parents=True)
        (folder / version / "bin/initdb").touch()
    return f"{folder}/*/bin"


def test_a_server_that_is_given_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv(postgres.VARIABLE, "postgresql+psycopg://somewhere/postgres")
    with postgres.running_server() as address:
        assert address == "postgresql+psycopg://somewhere/postgres"


def test_the_newest_on_the_machine_is_taken(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "MACHINE_FOLDERS", (_install(tmp_path, "9", "15", "17"),))
    assert postgres.find_programs() == tmp_path / "17/bin"


def test_one_that_is_too_old_is_passed_over_for_the_package(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "MACHINE_FOLDERS", (_install(tmp_path, "14"),))
    assert postgres.find_programs().is_relative_to(tmp_path) is False


def test_with_none_at_all_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(postgres, "MACHINE_FOLDERS", ())
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(postgres.NoServer, match="install postgresql, or set TEST_DATABASE_URL"):
        postgres.find_programs()


def test_root_without_anybody_to_hand_over_to_is_said(monkeypatch):
    monkeypatch.setattr(postgres.os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres.pwd, "getpwall", list)
    with pytest.raises(postgres.NoServer, match="cannot run as root"):
        postgres.unprivileged_user()
