"""What came of one e-mail, whatever the mail server does: against real servers on loopback."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from config.mail import Security
from orders_app.rules.deliveries import Answer, Letter, Problem, Tried
from orders_app.rules.messages import Message
from scheduler.post import MailServer, bytes_of
from tests.conftest import NOW
from tests.mail_server import DATA, DRIP, DRIPS_EVERY_SECONDS, DROP, EHLO, GREETING, MAIL, RCPT, STALL, TEXT, Server, closed_port, serving
from tests.scheduler.mail_cases import IMPATIENT_SECONDS, PATIENT_SECONDS, letter, settings_for

pytestmark = pytest.mark.on_sqlite  # no database takes part


def tried_with(server: Server, *letters: Letter, **given: Any) -> tuple[list[Tried], int]:
    """The answers, and how often the text was about to go."""
    asked: list[str] = []

    def may() -> bool:
        asked.append("")
        return True

    seconds = IMPATIENT_SECONDS if STALL in server.does.values() else PATIENT_SECONDS
    with serving(server), MailServer(settings_for(server.port, **{"mail_timeout_seconds": seconds, **given})) as post:
        return [post.send(one, may) for one in letters], len(asked)


@pytest.mark.parametrize(
    ("does", "tried", "handed_over"),
    [
        ({}, Tried(Answer.SENT, code=250), 1),
        ({GREETING: "554 not today"}, Tried(Answer.NO_SERVER, Problem.TURNED_AWAY, 554), 0),
        ({GREETING: "421 later"}, Tried(Answer.NO_SERVER, Problem.BUSY, 421), 0),
        ({GREETING: STALL}, Tried(Answer.NO_SERVER, Problem.TOO_SLOW), 0),
        ({GREETING: DROP}, Tried(Answer.NO_SERVER, Problem.BROKE), 0),
        ({GREETING: "what"}, Tried(Answer.NO_SERVER, Problem.NOT_REACHED, -1), 0),
        ({EHLO: "550 who are you"}, Tried(Answer.NO_SERVER, Problem.TURNED_AWAY, 550), 0),
        ({EHLO: STALL}, Tried(Answer.NO_SERVER, Problem.TOO_SLOW), 0),
        ({MAIL: "451 later"}, Tried(Answer.NO_SERVER, Problem.PUT_OFF, 451), 0),
        ({MAIL: "550 not from you"}, Tried(Answer.NO_SERVER, Problem.SENDER_REFUSED, 550), 0),
        ({MAIL: STALL}, Tried(Answer.BROKE, Problem.TOO_SLOW), 0),
        ({MAIL: DROP}, Tried(Answer.BROKE, Problem.BROKE), 0),
        ({RCPT: "450 mailbox busy"}, Tried(Answer.NOT_NOW, Problem.PUT_OFF, 450), 0),
        ({RCPT: "550 no such user"}, Tried(Answer.REFUSED, Problem.ADDRESS_REFUSED, 550), 0),
        ({RCPT: "421 closing"}, Tried(Answer.BROKE, Problem.BROKE), 0),
        ({RCPT: STALL}, Tried(Answer.BROKE, Problem.TOO_SLOW), 0),
        ({RCPT: DROP}, Tried(Answer.BROKE, Problem.BROKE), 0),
        ({DATA: "451 later"}, Tried(Answer.NOT_NOW, Problem.PUT_OFF, 451), 1),
        ({DATA: "554 no"}, Tried(Answer.REFUSED, Problem.TEXT_REFUSED, 554), 1),
        ({DATA: STALL}, Tried(Answer.BROKE, Problem.TOO_SLOW), 1),
        ({DATA: DROP}, Tried(Answer.BROKE, Problem.BROKE), 1),
        ({TEXT: "451 later"}, Tried(Answer.NOT_NOW, Problem.PUT_OFF, 451), 1),
        ({TEXT: "421 closing"}, Tried(Answer.NOT_NOW, Problem.PUT_OFF, 421), 1),
        ({TEXT: "554 spam"}, Tried(Answer.REFUSED, Problem.TEXT_REFUSED, 554), 1),
        ({TEXT: STALL}, Tried(Answer.UNCERTAIN, Problem.TOO_SLOW), 1),
        ({TEXT: DROP}, Tried(Answer.UNCERTAIN, Problem.BROKE), 1),
        ({TEXT: "354 go on"}, Tried(Answer.UNCERTAIN, Problem.BROKE, 354), 1),
        ({TEXT: "what"}, Tried(Answer.UNCERTAIN, Problem.BROKE, -1), 1),
    ],
)
def test_what_became_of_it_is_told_by_how_far_it_had_come(does: dict[str, str], tried: Tried, handed_over: int) -> None:
    server = Server(does)
    answers, asked = tried_with(server, letter())
    assert (answers, asked) == ([tried], handed_over)
    assert len(server.accepted) == (tried.answer is Answer.SENT)


def test_nobody_answers_at_all() -> None:
    with MailServer(settings_for(closed_port())) as post:
        assert post.send(letter(), lambda: True) == Tried(Answer.NO_SERVER, Problem.NOTHING_ANSWERS)


def test_there_is_nobody_of_that_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_given: Any, **_more: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with MailServer(settings_for(25, mail_host="mail.force.invalid")) as post:
        assert post.send(letter(), lambda: True) == Tried(Answer.NO_SERVER, Problem.NAME_NOT_KNOWN)


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        (GREETING, Answer.NO_SERVER),
        (EHLO, Answer.NO_SERVER),
        (MAIL, Answer.BROKE),
        (RCPT, Answer.BROKE),
        (DATA, Answer.BROKE),
        (TEXT, Answer.UNCERTAIN),
        ("QUIT", Answer.SENT),
    ],
)
def test_a_server_that_is_never_silent_and_never_done_is_left_in_time(step: str, answer: Answer) -> None:
    with serving(Server({step: DRIP})) as server, MailServer(settings_for(server.port), timedelta(seconds=IMPATIENT_SECONDS)) as post:
        began = time.monotonic()
        tried = post.send(letter(), lambda: True)
    assert tried == Tried(answer, code=250) if answer is Answer.SENT else Tried(answer, Problem.TOO_SLOW)
    assert time.monotonic() - began < PATIENT_SECONDS / 2


def drip_a_handshake(listening: socket.socket) -> None:
    """Announce a long record of TLS, and say it a byte at a time until the other end has gone."""
    line, _ = listening.accept()
    with line, suppress(OSError):
        line.sendall(b"\x16\x03\x03\x3f\xff")
        while True:
            time.sleep(DRIPS_EVERY_SECONDS)
            line.sendall(b"\x02")


def test_an_encryption_that_never_begins_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip_a_handshake, args=(listening,), daemon=True).start()
        settings = settings_for(listening.getsockname()[1], mail_security=Security.TLS)
        with MailServer(settings, timedelta(seconds=IMPATIENT_SECONDS)) as post:
            assert post.send(letter(), lambda: True) == Tried(Answer.NO_SERVER, Problem.TOO_SLOW)


def test_a_connection_is_kept_for_a_batch_and_one_refused_recipient_spoils_no_other() -> None:
    server = Server({"RCPT gone@force.example": "550 no such user", "TEXT full@force.example": "452 full"})
    people = ["a@force.example", "gone@force.example", "full@force.example", "b@force.example"]
    answers, _ = tried_with(server, *map(letter, people))
    assert [tried.answer for tried in answers] == [Answer.SENT, Answer.REFUSED, Answer.NOT_NOW, Answer.SENT]
    assert server.received() == ["a@force.example", "b@force.example"]
    assert server.connections == 1


def test_a_server_that_ends_each_connection_after_two_letters_is_called_again() -> None:
    server = Server(hangs_up_after=2)
    people = [f"officer{number}@force.example" for number in range(5)]
    answers, _ = tried_with(server, *map(letter, people))
    assert {tried.answer for tried in answers} == {Answer.SENT}
    assert server.received() == people
    assert server.connections == 3


def test_what_is_another_senders_does_not_go_and_the_next_does() -> None:
    server = Server()
    allowed = iter([False, True])
    with serving(server), MailServer(settings_for(server.port)) as post:
        answers = [post.send(letter(to), lambda: next(allowed)).answer for to in ("a@force.example", "b@force.example")]
    assert answers == [Answer.LOST, Answer.SENT]
    assert server.received() == ["b@force.example"]


NO_ADDRESSES = ("nobody", "a@b c", "a@x.example,b@y.example", "<a@b.example>", "a..b@c.example", "é@c.example", "a@c.example\r\nRCPT")


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_single_address_is_never_spoken(address: str) -> None:
    server = Server()
    assert tried_with(server, letter(address)) == ([Tried(Answer.REFUSED, Problem.BAD_ADDRESS)], 0)
    assert server.connections == 0


def test_the_letter_arrives_as_it_was_written_and_says_that_nobody_need_answer() -> None:
    server = Server()
    body = "A line\n.\n.hidden\n\n" + "https://orderwatch.example/work/SPO-2026-0042/1 " * 4 + "\nlast\n"
    tried_with(server, letter(body=body))
    ((to, mail),) = server.accepted
    assert to == "aisha@force.example"
    assert mail.get_content().replace("\r\n", "\n") == body
    assert {name: mail[name] for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress")} == {
        "From": "Orderwatch <orderwatch@force.example>",
        "To": "aisha@force.example",
        "Subject": "Orderwatch: an hour clock needs you",
        "Message-ID": "<one@force.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    assert mail["Date"].datetime == NOW.replace(microsecond=0)


def test_a_long_subject_stays_on_its_line() -> None:
    subject = "Orderwatch, Thursday 26 November: 2 overdue, 11 due today, 3 due soon, 1 with your team, and nobody's yet"
    for length in range(20, len(subject)):
        said = Letter("a@force.example", Message(subject[:length].strip(), "See My work.\n"), "<one@force.example>", NOW)
        assert f"Subject: {said.message.subject}\r\n".encode() in bytes_of(said, "orderwatch@force.example")


def test_saying_goodbye_waits_for_nobody() -> None:
    server = Server({"QUIT": STALL})
    answers, _ = tried_with(server, letter())
    assert answers == [Tried(Answer.SENT, code=250)]


def test_every_connection_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """ResourceWarning is an error here: a socket left open would fail the test that follows. This says it of the longest case."""
    opened: list[socket.socket] = []
    connect = socket.create_connection

    def note(*given: Any, **more: Any) -> socket.socket:
        opened.append(connect(*given, **more))
        return opened[-1]

    monkeypatch.setattr(socket, "create_connection", note)
    tried_with(Server({RCPT: STALL}), letter(), letter())
    assert [one.fileno() for one in opened] == [-1, -1]
