"""`make run`: two processes that live and end together, on a port that is free."""

from __future__ import annotations

import os
import signal
import socket
import stat
import sys
import threading

import pytest

from tools import launch, run

WAITS = [sys.executable, "-c", "import signal; signal.pause()"]
ENDS = [sys.executable, "-c", "print('disk full'); raise SystemExit(3)"]
IGNORES = [sys.executable, "-c", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); signal.pause()"]


@pytest.fixture
def listening():
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Every process that is started, so that a test can see how it ended."""
    parts = []
    start = run.start

    def remember(name, command):
        parts.append(start(name, command))
        return parts[-1]

    monkeypatch.setattr(run, "start", remember)
    monkeypatch.setattr(run, "VAR", tmp_path)
    return parts


def test_a_taken_port_is_said_and_the_next_one_used(listening, capsys):
    port = run.free_port(listening)
    assert port > listening
    assert capsys.readouterr().out == f"Port {listening} is taken, so this uses {port}.\n"


def test_a_free_port_is_used_without_a_word(listening, capsys):
    free = run.free_port(listening + 1)
    capsys.readouterr()
    assert run.free_port(free) == free
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("given", ["", "http", "-1", "0", "65536", "80.5"])
def test_a_port_that_is_none_is_refused(given, monkeypatch):
    monkeypatch.setenv("PORT", given)
    with pytest.raises(run.CannotRun, match="from 1 to 65535"):
        run.wanted_port()


@pytest.mark.parametrize("dying", ["web server", "scheduler"])
def test_when_one_ends_the_other_is_stopped_and_it_is_said(dying, started, monkeypatch, capsys):
    monkeypatch.setattr(run, "web_command", lambda port: ENDS if dying == "web server" else WAITS)
    monkeypatch.setattr(run, "SCHEDULER", ENDS if dying == "scheduler" else WAITS)
    assert run.serve(9, threading.Event()) == 1
    said = capsys.readouterr().err
    assert f"The {dying} ended by itself (exit status 3), so everything was stopped" in said
    assert f"The end of {started[-1 if dying == 'scheduler' else 0].log}:\ndisk full\n" in said
    assert {part.name: part.process.returncode for part in started if part.name != dying}.popitem()[1] == -signal.SIGTERM


def test_being_told_to_stop_stops_both(started, monkeypatch, capsys):
    monkeypatch.setattr(run, "web_command", lambda port: WAITS)
    monkeypatch.setattr(run, "SCHEDULER", WAITS)
    stopping = threading.Event()
    stopping.set()
    assert run.serve(9, stopping) == 0
    assert [part.process.returncode for part in started] == [-signal.SIGTERM] * 2
    assert capsys.readouterr().out.endswith("Stopped.\n")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_asks_for_a_stop(name):
    with run.stopped_by_signals() as stopping:
        os.kill(os.getpid(), getattr(signal, name))
        assert stopping.wait(5)


def test_what_will_not_stop_is_ended(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(run, "SECONDS_TO_STOP", 0.05)
    with run.subprocess.Popen(IGNORES, stdout=run.subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        run.stop(run.Part("scheduler", process, tmp_path / "log"))
    assert process.returncode == -signal.SIGKILL
    assert "did not stop" in capsys.readouterr().err


def test_the_log_of_the_run_before_is_kept(started):
    for word in ("first", "second"):
        run.start("web server", [sys.executable, "-c", f"print('{word}')"]).process.wait()
    log = started[-1].log
    assert (log.read_text(), log.with_suffix(".before.log").read_text()) == ("second\n", "first\n")


def test_a_failed_step_is_named(monkeypatch):
    monkeypatch.setattr(run, "ORDERWATCH", ENDS)
    with pytest.raises(run.CannotRun, match="`orderwatch db upgrade` failed"):
        run.prepare_database()


@pytest.fixture
def bare_environment(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("ORDERWATCH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(launch, "VAR", tmp_path / "var")
    monkeypatch.setattr(launch.os, "environ", dict(os.environ))
    return launch.os.environ


def test_development_gets_a_secret_that_is_made_once_and_private(bare_environment, tmp_path):
    launch.fill_in_development_settings()
    secret = bare_environment.pop("ORDERWATCH_SECRET_KEY")
    launch.fill_in_development_settings()
    assert bare_environment["ORDERWATCH_SECRET_KEY"] == secret
    assert len(secret) == 64
    assert stat.S_IMODE((tmp_path / "var/secret_key").stat().st_mode) == 0o600


def test_production_gets_nothing(bare_environment, tmp_path):
    bare_environment["ORDERWATCH_ENV"] = "production"
    launch.fill_in_development_settings()
    assert [name for name in bare_environment if name.startswith("ORDERWATCH_")] == ["ORDERWATCH_ENV"]
    assert not (tmp_path / "var").exists()
