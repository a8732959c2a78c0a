"""Signing in and encryption, against a mail server that other people wrote."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from aiosmtpd.smtp import SMTP, AuthResult

from config.mail import MailSettings, Security
from orders_app import clock
from orders_app.rules.deliveries import Answer, Problem, Tried
from scheduler.post import MailServer
from tests.certificates import write_certificate
from tests.mail_server import closed_port
from tests.scheduler.mail_cases import letter, settings_for

pytestmark = pytest.mark.on_sqlite  # no database takes part


class Keeps(Handler):
    """What aiosmtpd does with an e-mail here: it keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.mails.append(message)


Real = Callable[..., tuple[Keeps, MailSettings]]


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A certificate that this process trusts, as a force's own authority is: by SSL_CERT_FILE."""
    files = write_certificate(tmp_path, clock.now())
    monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
    return files


def server_context(files: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context


@pytest.fixture
def real() -> Iterator[Real]:
    """Begin a mail server that other people wrote."""
    begun: list[Controller] = []

    def begin(given: dict[str, Any] | None = None, *, ssl_context: Any = None, **settings: Any) -> tuple[Keeps, MailSettings]:
        keeps = Keeps()
        port = closed_port()
        controller = Controller(keeps, "127.0.0.1", port, ssl_context=ssl_context, **given or {})
        controller.start()
        begun.append(controller)
        return keeps, settings_for(port, **settings)

    yield begin
    for controller in begun:
        controller.stop(no_assert=True)


def sent(settings: MailSettings) -> Tried:
    with MailServer(settings) as post:
        return post.send(letter(), lambda: True)


def knows(_server: SMTP, _session: object, _envelope: object, _mechanism: str, given: Any) -> AuthResult:
    return AuthResult(success=(given.login, given.password) == (b"orderwatch", b"right"))


def test_over_an_encrypted_connection_with_a_name_and_password(real: Real, certificate: tuple[Path, Path]) -> None:
    asks = {"tls_context": server_context(certificate), "require_starttls": True, "authenticator": knows, "auth_required": True}
    right = {"mail_security": Security.STARTTLS, "mail_username": "orderwatch", "mail_password": "right"}
    keeps, settings = real(asks, **right)
    assert sent(settings) == Tried(Answer.SENT, code=250)
    assert [mail["To"] for mail in keeps.mails] == ["aisha@force.example"]
    _, settings = real(asks, **right | {"mail_password": "wrong", "mail_timeout_seconds": 2})
    tried = sent(settings)
    assert (tried.answer, tried.problem) == (Answer.NO_SERVER, Problem.SIGN_IN_REFUSED)


def test_encrypted_from_the_first_byte(real: Real, certificate: tuple[Path, Path]) -> None:
    keeps, settings = real(ssl_context=server_context(certificate), mail_security=Security.TLS)
    assert sent(settings) == Tried(Answer.SENT, code=250)
    assert len(keeps.mails) == 1


def test_nothing_is_said_in_the_clear_where_encryption_is_not_offered(real: Real) -> None:
    keeps, settings = real(mail_security=Security.STARTTLS)
    assert sent(settings) == Tried(Answer.NO_SERVER, Problem.NO_ENCRYPTION)
    assert keeps.mails == []


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_nobody_vouches_for_is_not_trusted(real: Real, tmp_path: Path, security: Security) -> None:
    context = server_context(write_certificate(tmp_path, clock.now()))
    given = {"ssl_context": context} if security is Security.TLS else {"given": {"tls_context": context}}
    keeps, settings = real(mail_security=security, **given)
    assert sent(settings) == Tried(Answer.NO_SERVER, Problem.NOT_TRUSTED)
    assert keeps.mails == []


def test_a_certificate_that_has_run_out_is_not_trusted(real: Real, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = write_certificate(tmp_path, clock.now(), valid_for=timedelta(hours=-1))
    monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
    _, settings = real({"tls_context": server_context(files)}, mail_security=Security.STARTTLS)
    assert sent(settings) == Tried(Answer.NO_SERVER, Problem.NOT_TRUSTED)


def test_a_server_that_speaks_no_encryption_where_all_is_to_be_encrypted(real: Real) -> None:
    _, settings = real(mail_security=Security.TLS)
    assert sent(settings).answer is Answer.NO_SERVER


def test_a_name_and_password_that_the_server_does_not_want(real: Real) -> None:
    _, settings = real(mail_username="orderwatch", mail_password="right")
    assert sent(settings) == Tried(Answer.NO_SERVER, Problem.NO_SIGN_IN)
