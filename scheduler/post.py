"""Takes e-mails to the mail server: the only part of the program that speaks to it.

One connection serves a batch. What went wrong is told apart by how far it had come: until the server has accepted sender and
recipient nothing has gone; once the text has begun to go, only the server's own reply says what became of it.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from config.mail import MailSettings, Security
from orders_app.rules.deliveries import LONGEST_TRY, Answer, Letter, Problem, Tried
from orders_app.rules.emails import is_sendable
from scheduler.mail_line import EncryptedLine, Limit, Line, is_silence

CALLED = "Orderwatch"
CLOSING = 421
GO_AHEAD = 354
LONGEST_FAREWELL_SECONDS = 3
# Lines as long as RFC 5321 allows: folded at 78, a subject of one long part would begin on a line of its own.
AS_WRITTEN = policy.SMTP.clone(max_line_length=998)
# The narrower kinds first.
NO_CONNECTION: dict[type[OSError], Problem] = {
    ssl.SSLCertVerificationError: Problem.NOT_TRUSTED,
    ssl.SSLError: Problem.NO_ENCRYPTION,
    socket.gaierror: Problem.NAME_NOT_KNOWN,
    ConnectionRefusedError: Problem.NOTHING_ANSWERS,
    smtplib.SMTPServerDisconnected: Problem.BROKE,
    ConnectionResetError: Problem.BROKE,
}
_DOT_FIRST = re.compile(rb"(?m)^\.")


@dataclass(frozen=True)
class _Cut(Exception):
    """The server gave no usable answer before any text went."""

    problem: Problem = Problem.BROKE
    code: int | None = None


class MailServer:
    """A mail server as the settings name it. Connects at the first letter; as a context manager it says goodbye at the end."""

    def __init__(self, settings: MailSettings, longest_try: timedelta = LONGEST_TRY) -> None:
        self.settings, self.longest_try = settings, longest_try
        self._limit = Limit()
        self._line: smtplib.SMTP | None = None
        self._has_served = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._say_goodbye()

    def send(self, letter: Letter, may_hand_over: Callable[[], bool]) -> Tried:
        """Send one letter: see rules.deliveries.Post. A server that ends a connection after many letters is called once more."""
        if not is_sendable(letter.to):
            return Tried(Answer.REFUSED, Problem.BAD_ADDRESS)
        has_served = self._has_served
        with self._limit.of(self.longest_try.total_seconds()):
            tried = self._try(letter, may_hand_over)
            if has_served and tried.answer in (Answer.BROKE, Answer.NO_SERVER) and not self._limit.is_over:
                tried = self._try(letter, may_hand_over)
        return tried

    def _try(self, letter: Letter, may_hand_over: Callable[[], bool]) -> Tried:
        try:
            line = self._line or self._connect()
        except _Cut as cut:
            self._hang_up()
            return Tried(Answer.NO_SERVER, cut.problem, cut.code)
        try:
            return self._talk(line, letter, may_hand_over)
        except (OSError, _Cut) as fault:  # every fault of smtplib's is an OSError
            self._hang_up()
            return Tried(Answer.BROKE, self._ended_by(fault))

    def _talk(self, line: smtplib.SMTP, letter: Letter, may_hand_over: Callable[[], bool]) -> Tried:
        text = bytes_of(letter, self.settings.mail_from)
        code = line.docmd("MAIL", f"FROM:<{self.settings.mail_from}>")[0]
        if not _is_good(code):
            self._hang_up()
            return Tried(Answer.NO_SERVER, Problem.SENDER_REFUSED if _is_final(code) else Problem.PUT_OFF, code)
        code = _spoken(line.docmd("RCPT", f"TO:<{letter.to}>"))
        if not _is_good(code):
            return self._take_back(line, _refused(code, Problem.ADDRESS_REFUSED))
        if not may_hand_over():
            return self._take_back(line, Tried(Answer.LOST))
        code = _spoken(line.docmd("DATA"))
        if code != GO_AHEAD:
            return self._take_back(line, _refused(code, Problem.TEXT_REFUSED))
        return self._hand_over(line, text)

    def _hand_over(self, line: smtplib.SMTP, text: bytes) -> Tried:
        try:
            line.send(text)
            code = line.getreply()[0]
        except OSError as fault:
            self._hang_up()
            return Tried(Answer.UNCERTAIN, self._ended_by(fault))
        self._has_served = True
        if _is_good(code):
            return Tried(Answer.SENT, code=code)
        if not _is_later(code) or code == CLOSING:
            self._hang_up()
        return _refused(code, Problem.TEXT_REFUSED) if _is_final(code) or _is_later(code) else Tried(Answer.UNCERTAIN, Problem.BROKE, code)

    def _take_back(self, line: smtplib.SMTP, tried: Tried) -> Tried:
        """Leave the letter, and the connection ready for the next."""
        self._has_served = True
        try:
            if not _is_good(line.rset()[0]):
                self._hang_up()
        except OSError:
            self._hang_up()
        return tried

    def _connect(self) -> smtplib.SMTP:
        try:
            self._line = line = self._reached()
            self._encrypt(line)
            self._sign_in(line)
        except OSError as fault:
            too_slow = self._limit.is_over or is_silence(fault)
            raise _Cut(Problem.TOO_SLOW if too_slow else _no_connection(fault), getattr(fault, "smtp_code", None)) from fault
        return line

    def _reached(self) -> smtplib.SMTP:
        settings = self.settings
        us, seconds = urlsplit(settings.public_url).hostname or "", min(settings.mail_timeout_seconds, self.longest_try.total_seconds())
        kind = EncryptedLine if settings.mail_security is Security.TLS else Line
        return kind(self._limit, settings.mail_host, settings.mail_port, us, seconds)

    def _encrypt(self, line: smtplib.SMTP) -> None:
        line.ehlo_or_helo_if_needed()
        if self.settings.mail_security is not Security.STARTTLS:
            return
        try:
            line.starttls(context=ssl.create_default_context())
        except smtplib.SMTPNotSupportedError as fault:
            raise _Cut(Problem.NO_ENCRYPTION) from fault
        except smtplib.SMTPResponseException as fault:
            raise _Cut(Problem.NO_ENCRYPTION, fault.smtp_code) from fault

    def _sign_in(self, line: smtplib.SMTP) -> None:
        if not self.settings.mail_username:
            return
        try:
            line.login(self.settings.mail_username, self.settings.mail_password)
        except smtplib.SMTPResponseException as fault:
            raise _Cut(Problem.BUSY if _is_later(fault.smtp_code) else Problem.SIGN_IN_REFUSED, fault.smtp_code) from fault
        except smtplib.SMTPNotSupportedError as fault:
            raise _Cut(Problem.NO_SIGN_IN) from fault
        except smtplib.SMTPServerDisconnected as fault:  # some hang up on who they do not know, or say no more
            raise _Cut(Problem.SIGN_IN_REFUSED) from fault

    def _ended_by(self, fault: Exception) -> Problem:
        """What ended a connection that there was."""
        return Problem.TOO_SLOW if self._limit.is_over or is_silence(fault) else Problem.BROKE

    def _hang_up(self) -> None:
        if self._line:
            self._line.close()
        self._limit.let_go()
        self._line, self._has_served = None, False

    def _say_goodbye(self) -> None:
        if self._line and self._line.sock:
            with self._limit.of(min(LONGEST_FAREWELL_SECONDS, self.settings.mail_timeout_seconds)), suppress(OSError):
                self._line.quit()  # it was about to end in any case
        self._hang_up()


def bytes_of(letter: Letter, sender: str) -> bytes:
    """The letter as it goes over the wire, to its last dot."""
    mail = EmailMessage(policy=AS_WRITTEN)
    mail["From"] = Address(CALLED, addr_spec=sender)
    mail["To"] = Address(addr_spec=letter.to)
    mail["Subject"] = letter.message.subject
    mail["Date"] = format_datetime(letter.written_at)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(letter.message.body)
    return _DOT_FIRST.sub(b"..", mail.as_bytes()) + b".\r\n"


def _no_connection(fault: OSError) -> Problem:
    """Why there is no connection, as plainly as it can be told."""
    if isinstance(fault, smtplib.SMTPResponseException):
        known = Problem.BUSY if _is_later(fault.smtp_code) else Problem.NOT_REACHED
        return Problem.TURNED_AWAY if _is_final(fault.smtp_code) else known
    return next((problem for kind, problem in NO_CONNECTION.items() if isinstance(fault, kind)), Problem.NOT_REACHED)


def _spoken(reply: tuple[int, bytes]) -> int:
    """The code of a reply. Raises _Cut where the server is closing, or what it says is no reply."""
    code = reply[0]
    if code == CLOSING or not (_is_good(code) or _is_later(code) or _is_final(code) or code == GO_AHEAD):
        raise _Cut
    return code


def _refused(code: int, problem: Problem) -> Tried:
    return Tried(Answer.REFUSED, problem, code) if _is_final(code) else Tried(Answer.NOT_NOW, Problem.PUT_OFF, code)


def _is_good(code: int) -> bool:
    return 200 <= code < 300


def _is_later(code: int) -> bool:
    return 400 <= code < 500


def _is_final(code: int) -> bool:
    return 500 <= code < 600
