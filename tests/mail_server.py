"""A mail server on loopback that behaves as a test tells it to: it accepts, refuses, falls silent or hangs up at any step.

It speaks SMTP over real sockets, a thread for each connection, and remembers every text it has accepted.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import BinaryIO

STALL, DROP, DRIP = "stall", "drop", "drip"
DRIPS_EVERY_SECONDS = 0.05
GREETING, EHLO, MAIL, RCPT, DATA, TEXT = "GREETING", "EHLO", "MAIL", "RCPT", "DATA", "TEXT"
WELL = {
    GREETING: "220 ready", EHLO: "250 mail.example", MAIL: "250 ok", RCPT: "250 ok", DATA: "354 go ahead", TEXT: "250 taken",
    "RSET": "250 ok", "NOOP": "250 ok", "QUIT": "221 bye",
}  # fmt: skip


class _HangUp(Exception):
    """This connection is over."""


@dataclass
class Server:
    """`does` says what to answer at each step, or at RCPT and TEXT to one recipient: a reply, STALL, DROP, or DRIP: a figure
    at a time, for ever.

    `hangs_up_after` ends a connection with 421 once so many texts came over it. `accepted` and `heard` are the texts that it
    said yes to, and all whose end it has read, in order, with their recipients.
    """

    does: Mapping[str, str] = field(default_factory=dict)
    hangs_up_after: int = 0
    accepted: list[tuple[str, EmailMessage]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    _is_over: threading.Event = field(default_factory=threading.Event)

    def received(self) -> list[str]:
        """Whom it has said yes to, in order."""
        return [recipient for recipient, _ in self.accepted]

    def serve(self, listening: socket.socket) -> None:
        """Answer until the socket is closed."""
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def stop(self) -> None:
        """Let go of whoever is kept waiting."""
        self._is_over.set()

    def _answer(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as spoken, suppress(OSError, _HangUp):
            self._say(line, GREETING)
            recipient, texts = "", 0
            while command := spoken.readline():
                verb = command.split()[0].decode().upper()
                if verb == MAIL and self.hangs_up_after and texts >= self.hangs_up_after:
                    line.sendall(b"421 enough for now\r\n")
                    return
                if verb == RCPT:
                    recipient = command.decode().partition("<")[2].partition(">")[0]
                said = self._say(line, EHLO if verb == "HELO" else verb, recipient)
                if verb == DATA and said.startswith("354"):
                    self._read_text(line, spoken, recipient)
                    texts += 1
                if verb == "QUIT":
                    return

    def _read_text(self, line: socket.socket, spoken: BinaryIO, recipient: str) -> None:
        lines = iter(spoken.readline, b".\r\n")
        text = b"".join(line.removeprefix(b".") for line in lines)
        self.heard.append(recipient)
        if self._say(line, TEXT, recipient).startswith("250"):
            self.accepted.append((recipient, message_from_bytes(text, policy=policy.default)))

    def _say(self, line: socket.socket, step: str, recipient: str = "") -> str:
        said = self.does.get(f"{step} {recipient}", self.does.get(step, WELL[step]))
        if said == STALL:
            self._is_over.wait()
        while said == DRIP and not self._is_over.wait(DRIPS_EVERY_SECONDS):
            line.sendall(b"2")
        if said in (STALL, DROP, DRIP):
            raise _HangUp
        if step == TEXT and said.startswith("250"):
            self.accepting(recipient)
        line.sendall(f"{said}\r\n".encode())
        return said

    def accepting(self, recipient: str) -> None:
        """Called before it says yes to a text."""


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Have it listen on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        thread = threading.Thread(target=server.serve, args=(listening,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stop()
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            thread.join()


def closed_port() -> int:
    """A port of loopback at which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
