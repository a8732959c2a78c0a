"""`make test`: every check there is, one after another, each run even when an earlier one failed.

python -m tools.checks all     style, types, floors, both databases, a real browser
python -m tools.checks fast    tests on SQLite alone, without the browser
python -m tools.checks lint    style, types and floors
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests import chromium, postgres
from tools.launch import ROOT, VAR

PYTHON = [sys.executable, "-m"]
PYTEST = [*PYTHON, "pytest", "-q"]
TWO_AT_A_TIME = ["-n", "2", "--dist", "loadfile"]
WITHOUT_BROWSER = ["-m", "not browser"]
COVERED = ["--cov=orders_app", "--cov-report="]
# Measuring makes tests a third slower: only those are measured that reach what must be covered.
MEASURED = ["tests/rules", "tests/services", "tests/scheduler", "tests/endurance"]
# Per cent of lines and branches reached so far: raised as tests are added, never lowered.
LEAST_COVERED = {"rules": 99, "services": 98}
# On PostgreSQL, what touches no database need not run twice, nor what is marked as the same on any.
WITHOUT_A_DATABASE = [f"--ignore=tests/{folder}" for folder in ("rules", "architecture", "browser", "config")]
ON_POSTGRESQL = ["-m", "not browser and not on_sqlite"]
DEBIAN_BROWSER = ["chromium", "fonts-liberation"]
LEFT_OUT = ("ORDERWATCH_", "PYTHONDONTWRITEBYTECODE", postgres.VARIABLE)
LONGEST_SECONDS = 1500
TIMED_OUT = 124


@dataclass(frozen=True)
class Check:
    """One command that must end with status 0."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    name: str
    passed: bool
    seconds: float


LINT = (
    Check("style", [*PYTHON, "ruff", "check", "."]),
    Check("format", [*PYTHON, "ruff", "format", "--check", "."]),
    Check("types", [*PYTHON, "mypy"]),
    Check("floors", [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
)
ON_SQLITE = (
    Check("tests of rules, services and jobs on SQLite", [*PYTEST, *TWO_AT_A_TIME, *WITHOUT_BROWSER, *COVERED, *MEASURED]),
    Check("all other tests on SQLite", [*PYTEST, *TWO_AT_A_TIME, *WITHOUT_BROWSER, *(f"--ignore={folder}" for folder in MEASURED)]),
)
FAST = Check("tests on SQLite", [*PYTEST, *TWO_AT_A_TIME, "-m", "not browser and not slow"])
COVERAGE = tuple(
    Check(f"coverage of {floor}", [*PYTHON, "coverage", "report", f"--include=orders_app/{floor}/*", f"--fail-under={least}"])
    for floor, least in LEAST_COVERED.items()
)


def main(arguments: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers started here are stopped
    wanted = arguments[0] if arguments else "all"
    if wanted == "lint":
        outcomes = [carry_out(check) for check in LINT]
    elif wanted == "fast":
        outcomes = [carry_out(FAST)]
    elif wanted == "all":
        outcomes = [carry_out(check) for check in (*LINT, *ON_SQLITE, *COVERAGE)] + [on_postgresql(), in_browser()]
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return summed_up(outcomes)


def carry_out(check: Check) -> Outcome:
    """Run one check with its output shown as it comes."""
    print(f"\n── {check.name}", flush=True)
    started = time.monotonic()
    try:
        status = subprocess.run(check.command, cwd=ROOT, env=surroundings(check), timeout=LONGEST_SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        print(f"Ended after {LONGEST_SECONDS} seconds.", file=sys.stderr)
        status = TIMED_OUT
    return Outcome(check.name, status == 0, time.monotonic() - started)


def surroundings(check: Check) -> dict[str, str]:
    """The environment, with nothing in it that would change what a check does on this machine."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
    return {**inherited, "CI": "true", **check.environment}  # CI: Hypothesis then draws the same examples every time


def on_postgresql() -> Outcome:
    """The tests that use a database, again, on a real PostgreSQL."""
    name = "tests on PostgreSQL"
    try:
        with postgres.running_server() as address:
            command = [*PYTEST, *TWO_AT_A_TIME, *ON_POSTGRESQL, *WITHOUT_A_DATABASE]
            return carry_out(Check(name, command, {postgres.VARIABLE: address}))
    except postgres.NoServer as problem:
        return missing(name, str(problem))


def in_browser() -> Outcome:
    """Every page in a real Chromium, which is installed first where that is possible."""
    name = "tests in Chromium"
    browser = chromium.find_chromium() or installed_chromium()
    if browser is None:
        return missing(name, chromium.WHAT_TO_INSTALL)
    return carry_out(Check(name, [*PYTEST, "-m", "browser", "tests/browser"], {chromium.VARIABLE: browser}))


def installed_chromium() -> str | None:
    """Ask Debian for Chromium where we may."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return None
    print("\nInstalling Chromium …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *DEBIAN_BROWSER]):
        subprocess.run(["apt-get", *words], env=environment, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return chromium.find_chromium()


def missing(name: str, what: str) -> Outcome:
    print(f"\n── {name}\nCannot run: {what}", file=sys.stderr, flush=True)
    return Outcome(name, False, 0)


def summed_up(outcomes: Sequence[Outcome]) -> int:
    print("\n── Checks")
    for outcome in outcomes:
        print(f"{'passed' if outcome.passed else 'FAILED'}  {outcome.seconds:6.1f} s  {outcome.name}")
    failed = sum(not outcome.passed for outcome in outcomes)
    print(f"\nchecks: {len(outcomes) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    (VAR / "coverage").mkdir(parents=True, exist_ok=True)
    sys.exit(main(sys.argv[1:]))
