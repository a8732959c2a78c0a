"""The whole way by hand: settings in the environment, the jobs, and a trial, against a mail server on loopback."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Delivery
from scheduler.commands import main
from tests.conftest import NOW, Acting
from tests.factories import a_user
from tests.mail_server import GREETING, RCPT, Server
from tests.services.alert_cases import checked

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def with_mail(installed: None, monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """The settings of e-mail beside the others."""
    values = {
        "MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(server.port), "MAIL_SECURITY": "none", "MAIL_FROM": "orderwatch@force.example",
        "PUBLIC_URL": "https://orderwatch.example", "MAIL_TIMEOUT_SECONDS": "5",
    }  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(f"ORDERWATCH_{name}", value)


def test_the_morning_is_queued_and_sent(server: Server, acting: Acting, capsys: Said) -> None:
    with acting() as work:
        a_user(work, email="aisha@force.example")
        checked(work)
    assert main(["run-job", "queue_digests"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"mails_queued": 1, "without_address": 0}
    assert main(["run-job", "send_mail", "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"mails_due": 1}
    assert server.connections == 0
    assert main(["run-job", "send_mail"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["mails_sent"] == 1
    assert server.received() == ["aisha@force.example"]


def test_a_trial_proves_the_settings_and_is_logged(server: Server, acting: Acting, capsys: Said, session: Session) -> None:
    with acting() as work:
        user = a_user(work, username="aisha", email="aisha@force.example")
    assert main(["mail-test", "aisha"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["to"], said["outcome"], said["reply_code"]) == ("aisha", "sent", 250)
    ((to, mail),) = server.accepted
    assert (to, mail["Subject"], mail["Message-ID"]) == ("aisha@force.example", "Orderwatch: a trial of e-mail", said["message_id"])
    row = session.scalars(select(AuditEvent).where(AuditEvent.action == "mail.tried")).one()
    assert (row.subject_type, row.subject_id, row.changes) == ("users", user.id, {"e-mail": "sent"})
    assert session.scalars(select(Delivery)).all() == []


def a_night_turned_away(acting: Acting, server: Server) -> None:
    """An e-mail waits for a later try, because the server takes none."""
    with acting() as work:
        a_user(work, username="aisha", email="aisha@force.example")
        checked(work)
    main(["run-job", "queue_digests"])
    server.does = {GREETING: "554 not today"}
    main(["run-job", "send_mail"])


@pytest.mark.parametrize("asks", [["run-job", "send_mail"], ["mail-test", "aisha"]])
def test_what_waits_for_a_mended_server_waits_no_longer_once_somebody_asks(asks: list[str], server: Server, acting: Acting) -> None:
    a_night_turned_away(acting, server)
    server.does = {}
    for seconds, words in ((10, asks), (20, ["run-job", "send_mail"])):
        with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
            assert main(words) == 0
    assert server.received().count("aisha@force.example") == (1 if asks[0] == "run-job" else 2)


def test_a_trial_that_fails_leaves_what_waits(server: Server, acting: Acting, session: Session) -> None:
    a_night_turned_away(acting, server)
    main(["mail-test", "aisha"])
    assert session.scalars(select(Delivery.next_try_at)).one() > NOW


def test_a_trial_that_fails_says_why(server: Server, acting: Acting, capsys: Said) -> None:
    with acting() as work:
        a_user(work, username="aisha", email="aisha@force.example")
        a_user(work, username="nowhere", email="")
    server.does = {RCPT: "550 no such user"}
    assert main(["mail-test", "aisha"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["outcome"], said["because"], said["reply_code"]) == ("refused", "it refused the address", 550)
    for username, why in (("nowhere", "nowhere has no e-mail address"), ("nobody", "There is no user 'nobody'")):
        assert main(["mail-test", username]) == 1
        assert why in capsys.readouterr().err


def test_without_a_mail_server_a_trial_says_what_to_set(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.delenv("ORDERWATCH_MAIL_HOST")
    assert main(["mail-test", "aisha"]) == 1
    assert "set ORDERWATCH_MAIL_HOST" in capsys.readouterr().err
