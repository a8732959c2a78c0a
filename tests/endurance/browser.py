"""Pages asked for over HTTP: what was answered, or that nothing was."""

from __future__ import annotations

import http.client
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from typing import IO

from tests.endurance.clock import FastClock
from tests.web.reading import Page

LONGEST_WAIT = 15.0
MAY_GO_ON_SECONDS = 6.0
SEE_OTHER = (301, 302, 303)


class Unanswered(Exception):
    """The connection was refused, broke, or gave a fault of the server: what was asked for may have been done or not."""


@dataclass(frozen=True)
class Answer:
    """What came back. `location` is where one is sent to."""

    status: int
    text: str
    location: str

    @property
    def page(self) -> Page:
        """Taken apart."""
        return Page(self.text)


class _StaysHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> None:
        return None


class Traffic:
    """Since when forms have been under way, and until when, so that it can be told what may have changed since a moment."""

    def __init__(self, fast: FastClock) -> None:
        self.fast = fast
        self._spans: list[list[datetime]] = []
        self._lock = threading.Lock()

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """A form is sent, and answered; where it was not answered it may still be worked on for a while."""
        span = [self.fast.now(), datetime.max.replace(tzinfo=UTC)]
        with self._lock:
            self._spans.append(span)
        try:
            yield
        except Unanswered:
            span[1] = self.fast.now() + self.fast.lasts(MAY_GO_ON_SECONDS)
            raise
        else:
            span[1] = self.fast.now()

    def since(self, moment: datetime) -> datetime:
        """The moment at which the oldest form was sent that may have been at work at `moment` or after."""
        with self._lock:
            return min((sent for sent, over in self._spans if over >= moment), default=moment)


class Browser:
    """One browser with its cookies."""

    def __init__(self, port: int, traffic: Traffic) -> None:
        self.port, self.base = port, f"http://127.0.0.1:{port}"
        self.traffic = traffic
        self.forget()

    def forget(self) -> None:
        """Lose every cookie."""
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()), _StaysHere
        )

    def get(self, path: str) -> Answer:
        """Raises Unanswered."""
        return self._ask(path, None)

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> Answer:
        """Send a form. Raises Unanswered."""
        with self.traffic.under_way():
            return self._ask(path, urllib.parse.urlencode(fields, doseq=True).encode())

    def _ask(self, path: str, body: bytes | None) -> Answer:
        request = urllib.request.Request(urllib.parse.urljoin(self.base, path), data=body)
        try:
            with self._opener.open(request, timeout=LONGEST_WAIT) as answer:
                return Answer(answer.status, answer.read().decode(), "")
        except urllib.error.HTTPError as answer:
            with answer:
                return _refused_or_sent(answer)
        except (OSError, http.client.HTTPException) as broken:
            raise Unanswered(type(broken).__name__) from broken


def _refused_or_sent(answer: urllib.error.HTTPError) -> Answer:
    try:
        text = answer.read().decode()
    except (OSError, http.client.HTTPException) as broken:
        raise Unanswered(type(broken).__name__) from broken
    if answer.code >= 500:
        raise Unanswered(str(answer.code))
    return Answer(answer.code, text, answer.headers.get("Location", "") if answer.code in SEE_OTHER else "")
