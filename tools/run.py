"""`make run`: create or change the database, load the demonstration force into an empty one, and serve.

Two processes: the web server and the scheduler. Ctrl-C stops both; when one ends by itself the other is stopped too.
Nothing here reads the tables: it runs the same commands as anyone would type.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.launch import ROOT, VAR, fill_in_development_settings

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 50
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
LAST_WORDS = 15
ORDERWATCH = [sys.executable, "-m", "tools.launch"]
SCHEDULER = [sys.executable, "-m", "scheduler"]
GUNICORN = [sys.executable, "-m", "gunicorn", "--no-control-socket", "-c", "config/gunicorn.py"]


class CannotRun(Exception):
    """What stops the program from starting. The message says what to do."""


@dataclass(frozen=True)
class Part:
    """One of the two processes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def main() -> int:
    fill_in_development_settings()
    try:
        prepare_database()
        port = free_port(wanted_port())
        with stopped_by_signals() as stopping:
            return serve(port, stopping)
    except CannotRun as problem:
        print(f"Orderwatch cannot run: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0


def prepare_database() -> None:
    """Bring the tables up to date; an empty database gets the demonstration force. Both are safe to repeat."""
    orderwatch("db", "upgrade")
    loaded = orderwatch("seed-demo", "--if-empty")
    if loaded:
        print("Loaded " + ", ".join(f"{count:,} {what}" for what, count in loaded.items()) + ".")


def orderwatch(*words: str) -> Any:
    """Run one of the program's commands and return its answer, None where it gives none. What it says meanwhile is shown."""
    done = subprocess.run([*ORDERWATCH, *words], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise CannotRun(f"`orderwatch {' '.join(words)}` failed; what it said is above.")
    return json.loads(done.stdout) if done.stdout.strip() else None


def wanted_port() -> int:
    given = os.environ.get("PORT", str(FIRST_PORT))
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise CannotRun(f"PORT is {given!r}; give a number from 1 to 65535.")
    return int(given)


def free_port(wanted: int) -> int:
    """Return the first free port from `wanted` on, saying so when it is another one."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        if is_free(port):
            if port != wanted:
                print(f"Port {wanted} is taken, so this uses {port}.")
            return port
    raise CannotRun(f"ports {wanted} to {wanted + PORTS_TRIED - 1} are all taken. Choose another: make run PORT=9000.")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def web_command(port: int) -> list[str]:
    """gunicorn, or waitress where gunicorn cannot run."""
    if os.name == "posix":
        return [*GUNICORN, "--bind", f"{HOST}:{port}"]
    return [sys.executable, "-m", "waitress", f"--listen={HOST}:{port}", "--threads=8", "--call", "orders_app.web:create_app"]


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """Give an event that is set by Ctrl-C, by a kill and by the terminal closing."""
    stopping = threading.Event()
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda *_: stopping.set()) for name in names}
    try:
        yield stopping
    finally:
        for name, action in before.items():
            signal.signal(getattr(signal, name), action)


def serve(port: int, stopping: threading.Event) -> int:
    """Run both processes until told to stop or until one ends. Returns the exit status."""
    parts: list[Part] = []
    try:
        parts.append(start("web server", web_command(port)))
        parts.append(start("scheduler", SCHEDULER))
        if wait_until_answering(port, parts, stopping):
            say_where(port)
        ended = wait_for_end(parts, stopping)
    finally:
        for part in reversed(parts):
            stop(part)
    if ended is None:
        print("\nStopped.")
        return 0
    print(f"\nThe {ended.name} ended by itself ({how_it_ended(ended)}), so everything was stopped.", file=sys.stderr)
    words = last_words(ended)
    print(f"The end of {ended.log}:\n{words}" if words else "It logged nothing.", file=sys.stderr)
    return 1


def start(name: str, command: list[str]) -> Part:
    """Start a process in a session of its own, so that Ctrl-C reaches only this one, which stops them in order."""
    log = VAR / "log" / f"{name.replace(' ', '_')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_suffix(".before.log"))  # the log of the run before, or of another that still writes to it
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    return Part(name, process, log)


def last_words(part: Part) -> str:
    return "\n".join(part.log.read_text(errors="replace").splitlines()[-LAST_WORDS:])


def wait_until_answering(port: int, parts: list[Part], stopping: threading.Event) -> bool:
    """Wait for the first answer of any kind. False when something ended or took too long first."""
    given_up_at = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < given_up_at and not stopping.is_set() and not first_ended(parts):
        if is_answering(port):
            return True
        stopping.wait(0.1)
    return False


def is_answering(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/health", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def say_where(port: int) -> None:
    who = orderwatch("seed-demo", "--names")
    print(f"\n  Orderwatch is at  http://{HOST}:{port}\n")
    print("  Sign in as")
    for user in who["users"]:
        print(f"    {user['username']:<16} {user['name']}, {user['role']}")
    print(f"  Password of all of them:  {who['password']}")
    print("\n  Ctrl-C stops it. What it logs is in var/log.", flush=True)


def wait_for_end(parts: list[Part], stopping: threading.Event) -> Part | None:
    while not stopping.wait(0.3):
        ended = first_ended(parts)
        if ended:
            return ended
    return None


def first_ended(parts: list[Part]) -> Part | None:
    return next((part for part in parts if part.process.poll() is not None), None)


def how_it_ended(part: Part) -> str:
    status = part.process.returncode
    return f"exit status {status}" if status >= 0 else f"signal {signal.Signals(-status).name}"


def stop(part: Part) -> None:
    """Ask it to finish what it is doing; end it when it takes too long."""
    if part.process.poll() is not None:
        return
    part.process.terminate()
    try:
        part.process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        print(f"The {part.name} did not stop within {SECONDS_TO_STOP} seconds and was ended.", file=sys.stderr)
        part.process.kill()
        part.process.wait()


if __name__ == "__main__":
    sys.exit(main())
