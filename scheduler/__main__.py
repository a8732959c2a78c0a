"""`python -m scheduler`: run the jobs until told to stop. SIGTERM and SIGINT let the jobs in hand finish first."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import replace

import structlog
from pydantic import ValidationError

from config.logging import set_up_logging
from config.settings import faults_of
from orders_app.web import create_app
from orders_app.web.installation import Installation
from scheduler.clockwork import Clockwork
from scheduler.mail_jobs import Mailing
from scheduler.runner import Program
from scheduler.watchdog import Watchdog

log = structlog.get_logger(__name__)


def program_of(parts: Installation, owner: str) -> Program:
    """What the jobs are given, from the application's fixed parts; where a mail server is set, with those that send e-mail."""
    program = Program(sessions=parts.sessions, law=parts.law, stages=parts.stages, owner=owner)
    if not parts.settings.sends_mail:
        return program
    mailing = Mailing(parts.settings, parts.stages, owner)
    return replace(program, jobs=mailing.jobs(), pieces=mailing.pieces(), wanted=mailing.wanted())


def owner_name() -> str:
    """A name no other scheduler has, not even the next one of this process number."""
    return f"{socket.gethostname()[:60]}-{os.getpid()}-{secrets.token_hex(4)}"


def main() -> int:
    """Run until stopped. Returns the exit status."""
    set_up_logging()
    try:
        app = create_app()
    except ValidationError as unsafe:
        print(*faults_of(unsafe), sep="\n", file=sys.stderr)  # noqa: T201
        return 1
    parts: Installation = app.extensions["orderwatch"]
    program = program_of(parts, owner_name())
    clockwork = Clockwork(program, Watchdog(parts.settings.watchdog_url, program.sessions))
    stopper = _stop_on_signal(clockwork.stop)
    log.info("scheduler started", owner=program.owner)
    clockwork.start()
    stopper.join()
    log.info("scheduler stopped", owner=program.owner)
    return 0


def _stop_on_signal(shut_down: Callable[[], None]) -> threading.Thread:
    """Stopping waits for locks that the interrupted line may hold, so another thread does it. A second signal ends at once."""
    asked = threading.Event()

    def wait_and_stop() -> None:
        asked.wait()
        shut_down()

    def ask(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        asked.set()

    stopper = threading.Thread(target=wait_and_stop, name="stopper", daemon=True)
    stopper.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stopper


if __name__ == "__main__":
    sys.exit(main())
