"""Tells a service outside, after each check of the deadlines, that it was done: when that hears nothing it raises the alarm.

It is asked for by its address alone, with no data. Whatever becomes of that is no matter of the run, which is over by then.
"""

from __future__ import annotations

import threading
import urllib.request
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError

import structlog
from sqlalchemy.exc import SQLAlchemyError

from orders_app.rules.schedule import CHECK
from scheduler.claims import Claim, Sessions, add_detail, note_outside

log = structlog.get_logger(__name__)
LONGEST_WAIT = timedelta(seconds=10)
STILL_WAITING = "it has not answered the last time yet"


@dataclass(frozen=True)
class Watchdog:
    """The service at `address`, or none where that is empty. One is told at a time: a slow answer holds nothing up."""

    address: str
    sessions: Sessions
    longest_wait: timedelta = LONGEST_WAIT
    _is_waiting: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, mine: Claim) -> None:
        """Say that the deadlines were checked. A fault is logged, and written beside what the run did."""
        if not self.address or mine.job != CHECK:
            return
        if self._is_waiting.acquire(blocking=False):
            threading.Thread(target=self._ask_and_release, args=(mine,), name="watchdog", daemon=True).start()
        else:
            self._write_down(mine, STILL_WAITING)

    def wait(self) -> None:
        """Return when nothing is under way."""
        with self._is_waiting:
            pass

    def _ask_and_release(self, mine: Claim) -> None:
        try:
            self._write_down(mine, fault_of(self.address, self.longest_wait))
        finally:
            self._is_waiting.release()

    def _write_down(self, mine: Claim, fault: str) -> None:
        """`fault` is empty where it was told."""
        try:
            note_outside(self.sessions, mine, fault)
            if fault:
                log.warning("the watchdog could not be told", run=mine.run_id, fault=fault)
                add_detail(self.sessions, mine, f"The watchdog outside could not be told: {fault}. It may raise the alarm without need.")
        except SQLAlchemyError as error:
            log.warning("what the watchdog was told could not be written down", fault=type(error).__name__)


def fault_of(address: str, longest_wait: timedelta) -> str:
    """Ask for the address. Returns nothing when it answered well, else what went wrong, without the address."""
    request = urllib.request.Request(address, headers={"User-Agent": "Orderwatch"})
    try:
        with _OPENER.open(request, timeout=longest_wait.total_seconds()):
            return ""
    except HTTPError as answer:
        with answer:
            return f"it answered {answer.code}"
    except (OSError, HTTPException) as error:
        why = error.reason if isinstance(error, URLError) else error
        return "it did not answer in time" if isinstance(why, TimeoutError) else "it could not be reached"


class _GoesNowhereElse(urllib.request.HTTPRedirectHandler):
    """An answer that sends one elsewhere is no answer: elsewhere may not be safe."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str) -> None:
        return None


_OPENER = urllib.request.build_opener(_GoesNowhereElse)
