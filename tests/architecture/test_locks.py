"""What is locked is pinned by version and hash, and names no host and no machine."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tests.architecture.source_files import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)==(\S+)", re.MULTILINE)
OPTION = re.compile(r"^\s*-(?!-hash=sha256:[0-9a-f]{64}( \\)?$)", re.MULTILINE)
PLACE = re.compile(r"://|file:|@ |(?:^|[\s\"'])(?:/|~|\.\.?/)\w")
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def _pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / lock).read_text()))


def _declared(*groups: str) -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = list(settings["project"]["dependencies"])
    for group in groups:
        lines += settings["dependency-groups"][group]
    return {re.sub(r"[._-]+", "-", found.group()).lower() for line in lines if (found := NAME.match(line))}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_host_and_no_folder(lock):
    assert PLACE.findall(lock.read_text()) == []
    assert OPTION.findall(lock.read_text()) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_pin_has_a_hash(lock):
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_everything_declared_is_locked():
    assert _declared() <= set(_pins("runtime.lock"))
    assert _declared("dev") <= set(_pins("dev.lock"))


def test_tests_run_on_the_very_versions_that_serve():
    dev = _pins("dev.lock")
    assert {name: dev.get(name) for name in _pins("runtime.lock")} == _pins("runtime.lock")


def test_front_end_packages_are_exact_and_name_no_host():
    declared = json.loads((ROOT / "package.json").read_text())
    wanted = declared["dependencies"] | declared["devDependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, package in locked.items() if name and ("resolved" in package or "integrity" not in package)] == []
    assert "://" not in (ROOT / "package-lock.json").read_text()
