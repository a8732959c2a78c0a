"""Connections to a mail server that end when a try has taken too long, whatever the server does: silent, or a letter a second.

A time-out counts from one byte to the next, so it never ends a server that goes on saying something.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Limit:
    """Ends the connection that it holds once the time is over. `is_over` says that it has."""

    def __init__(self) -> None:
        self.is_over = False
        self._cord: socket.socket | None = None

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        """What is done within may take so long."""
        self.is_over = False
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def hold(self, line: socket.socket) -> None:
        """Hold this connection by a handle of its own, which stays good when the connection is encrypted."""
        self.let_go()
        self._cord = line.dup()
        if self.is_over:
            self._end()

    def let_go(self) -> None:
        """Hold nothing any more."""
        if self._cord:
            self._cord.close()
        self._cord = None

    def _end(self) -> None:
        self.is_over = True
        cord = self._cord
        if cord:
            with suppress(OSError):  # it may be over already
                cord.shutdown(socket.SHUT_RDWR)


class Line(smtplib.SMTP):
    """A connection that `limit` holds from its first byte."""

    def __init__(self, limit: Limit, host: str, port: int, us: str, seconds: float) -> None:
        self.limit = limit
        super().__init__(host, port, us, timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.limit.hold(line)
        return line


class EncryptedLine(smtplib.SMTP_SSL, Line):
    """The same, encrypted from the first byte: also the beginning of that is held."""

    def __init__(self, limit: Limit, host: str, port: int, us: str, seconds: float) -> None:
        self.limit = limit
        smtplib.SMTP_SSL.__init__(self, host, port, us, timeout=seconds, context=ssl.create_default_context())


def is_silence(fault: BaseException) -> bool:
    """Whether nobody answered in time, also where smtplib says only that the connection ended."""
    return isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError)
