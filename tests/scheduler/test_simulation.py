"""A simulated force loses nothing; and where the program is made to lose something, the simulation says so."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import update

from config.reference import load_reference
from orders_app.models import Alert
from orders_app.rules.alerting import Stage
from orders_app.services.work import Work
from scheduler.commands import main
from scheduler.jobs import JOBS, Outcome, raise_alerts
from scheduler.simulation.year import Findings, simulate

pytestmark = pytest.mark.on_sqlite

Job = Callable[[Work, tuple[Stage, ...]], Outcome]


def lived(days: int, seed: int = 3) -> Findings:
    return simulate(load_reference(), days=days, seed=seed)


def forgets_today(work: Work, stages: tuple[Stage, ...]) -> Outcome:
    """As a program does that knows no stage for the day itself."""
    return raise_alerts(work, tuple(stage for stage in stages if stage.name not in ("due_today", "opened")))


def says_it_again(work: Work, stages: tuple[Stage, ...]) -> Outcome:
    """As a program does that closes what it has raised and raises it anew at every run."""
    work.session.connection().execute(
        update(Alert).where(Alert.closed_at.is_(None)).values(closed_at=work.now, closed_because="superseded")
    )
    return raise_alerts(work, stages)


def tells_nobody(work: Work, stages: tuple[Stage, ...]) -> Outcome:
    """As a program does that goes on writing to people who have left."""
    outcome = raise_alerts(work, stages)
    work.session.connection().execute(update(Alert).values(recipient_id=None, team_id=None))
    return outcome


@pytest.mark.slow
def test_nothing_is_lost_doubled_early_unheard_or_wrong() -> None:
    found = lived(days=6)
    assert found.is_clean, found.as_json()
    assert found.deadlines > 50
    assert found.alerts > 50
    assert found.done["meet"] > 0


@pytest.mark.slow
@pytest.mark.parametrize(("broken", "said"), [(forgets_today, "lost"), (says_it_again, "doubled"), (tells_nobody, "without_recipient")])
def test_what_a_broken_program_does_is_found(monkeypatch: pytest.MonkeyPatch, broken: Job, said: str) -> None:
    monkeypatch.setitem(JOBS, "raise_alerts", broken)
    found = lived(days=2)
    assert found.as_json()[said]
    assert not found.is_clean


@pytest.mark.slow
def test_the_same_seed_gives_the_same_days() -> None:
    assert lived(1, seed=5).as_json() == lived(1, seed=5).as_json()


def test_the_command_prints_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--days", "1", "--seed", "2"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["lost"] == found["doubled"] == 0
    assert {"deadlines", "alerts", "latest_minutes"} <= found.keys()
