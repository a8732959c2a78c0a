"""Each e-mail goes once, whatever fails and whoever is killed when: the two jobs against a real mail server."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import AuditEvent, User
from orders_app.rules.deliveries import Problem, State
from orders_app.rules.law import LawTables
from tests.conftest import NOW, Acting
from tests.factories import a_user
from tests.mail_server import DROP, EHLO, GREETING, MAIL, RCPT, STALL, TEXT, Server, closed_port, serving
from tests.scheduler.mail_cases import Night, addresses, officers, rows
from tests.services.alert_cases import utc

AT_SIX = utc(2026, 11, 22, 6)


def test_each_gets_one_however_often_the_jobs_run(night: Night, server: Server, three: list[User]) -> None:
    assert [night.queue().counts["mails_queued"] for _ in range(3)] == [3, 0, 0]
    assert [night.send().counts["mails_sent"] for _ in range(3)] == [3, 0, 0]
    assert server.received() == addresses(three)
    assert server.connections == 1
    assert night.states() == {"sent": 3}
    night.later(days=1).queue()
    night.send()
    assert server.received() == addresses(three) * 2


def test_the_name_of_a_message_is_its_own_and_tells_no_number(night: Night, server: Server, three: list[User]) -> None:
    night.queue()
    night.send()
    names = [mail["Message-ID"] for _, mail in server.accepted]
    assert len(set(names)) == 3
    assert all(name.endswith("@force.example>") for name in names)


def test_queueing_leaves_one_audit_row_a_run_and_no_text_is_kept(night: Night, server: Server, three: list[User], session: Session) -> None:
    night.queue()
    night.send()
    changes = session.scalars(select(AuditEvent.changes).where(AuditEvent.subject_type == "deliveries")).all()
    assert changes == [{"digests": 3}]


def test_days_without_the_jobs_bring_one_e_mail_and_not_several(night: Night, server: Server, three: list[User]) -> None:
    night.queue()
    night.later(days=4).queue()
    outcome = night.send()
    assert server.received() == addresses(three)
    assert night.states() == {"too_late": 3, "sent": 3}
    assert outcome.counts["mails_too_late"] == 3
    assert outcome.problem.startswith("The morning e-mail to 3 officers (")


@pytest.mark.parametrize(
    ("step", "reply", "state"), [(RCPT, "450 busy", "waiting"), (RCPT, "550 gone", "refused"), (TEXT, "554 no", "refused")]
)
def test_one_recipient_that_fails_stops_nobody_else(
    sessions: sessionmaker[Session], law: LawTables, three: list[User], step: str, reply: str, state: str
) -> None:
    with serving(Server({f"{step} {three[0].email}": reply})) as server:
        night = Night(sessions, law, server)
        night.queue()
        night.send()
        assert server.received() == addresses(three[1:])
        assert night.states() == {state: 1, "sent": 2}
        server.does = {}
        night.later(minutes=1).send()
        assert Counter(server.received())[three[0].email] == (state == "waiting")
        assert night.later(minutes=1).send().counts["mails_sent"] == 0


@pytest.mark.parametrize("step", [f"{RCPT} {{0}}", f"{TEXT} {{0}}"])
@pytest.mark.parametrize("does", [STALL, DROP])
def test_a_recipient_at_whom_the_server_breaks_off_stops_nobody_else(
    sessions: sessionmaker[Session], law: LawTables, three: list[User], step: str, does: str
) -> None:
    with serving(Server({step.format(three[0].email): does})) as server:
        night = Night(sessions, law, server)
        night.queue()
        for _ in range(4):
            night.send()
            night.later(minutes=10)
        assert server.received() == addresses(three[1:])
        assert server.heard.count(three[0].email) == step.startswith(TEXT)  # it may have arrived, so it went once


@pytest.mark.parametrize("does", [{GREETING: "554 no"}, {GREETING: STALL}, {GREETING: DROP}, {EHLO: "550 no"}, {MAIL: "550 not from you"}])
def test_a_server_that_fails_is_asked_once_a_run_and_later_less_often_and_then_all_goes(
    sessions: sessionmaker[Session], law: LawTables, acting: Acting, does: dict[str, str]
) -> None:
    with acting() as work:
        many = officers(work, 50)
    with serving(Server(does)) as server:
        night = Night(sessions, law, server)
        night.queue()
        asked = []
        for _ in range(25):
            if night.wants_to_send():
                night.send()
                asked.append((night.now - NOW) // timedelta(minutes=1))
            night.later(minutes=1)
        assert asked == [0, 1, 3, 8, 23]
        assert server.connections == len(asked)
        assert night.states() == {"waiting": 50}
        server.does = {}
        assert night.later(hours=1).send().counts["mails_sent"] == 50
        assert sorted(server.received()) == sorted(addresses(many))


@pytest.mark.parametrize(("piece", "gone"), [(3, 0), (4, 1)])
def test_a_database_that_fails_for_a_moment_holds_nothing_up_that_has_not_gone(
    night: Night, server: Server, three: list[User], piece: int, gone: int
) -> None:
    night.queue()
    night.die_before, night.dies_of = piece, OperationalError("UPDATE", {}, Exception("locked"))
    with pytest.raises(OperationalError):
        night.send()
    assert night.states() == Counter({State.WAITING: 3 - gone, State.HANDING_OVER: gone})
    night.die_before = 0
    night.send()
    assert sorted(server.received()) == sorted(addresses(three))


def test_a_server_that_is_not_there_is_said_in_red_once_it_has_been_long(
    sessions: sessionmaker[Session], law: LawTables, three: list[User]
) -> None:
    night = Night(sessions, law, Server(port=closed_port()))
    night.queue()
    assert night.send().problem == ""
    assert night.later(minutes=20).send().problem == (
        "3 e-mails wait for the mail server since Sunday 22 November 2026, 08:14, because nothing answers at its port. "
        "Each is tried again, and none is lost."
    )


def test_a_server_that_takes_each_text_and_says_nothing_gets_three_and_no_more(
    sessions: sessionmaker[Session], law: LawTables, acting: Acting
) -> None:
    with acting() as work:
        officers(work, 30)
    with serving(Server({TEXT: DROP})) as server:
        night = Night(sessions, law, server)
        night.queue()
        outcome = night.send()
        assert night.states() == {"uncertain": 3, "waiting": 27}
        assert "E-mail to 3 officers (officer" in outcome.problem
        assert "may not have arrived, because the connection broke as it went. It is not sent again." in outcome.problem
        server.does = {}
        night.later(minutes=1).send()
        assert night.states() == {"uncertain": 3, "sent": 27}
        assert max(Counter(server.heard).values()) == 1


def test_what_may_not_have_arrived_is_said_until_the_next_morning_and_a_refused_address_until_mended(
    sessions: sessionmaker[Session], law: LawTables, three: list[User]
) -> None:
    with serving(Server({f"{TEXT} {three[0].email}": DROP, f"{RCPT} {three[1].email}": "550 no such user"})) as server:
        night = Night(sessions, law, server)
        night.queue()
        first = night.send().problem
        assert f"E-mail to 1 officer ({three[0].username}) may not have arrived" in first
        assert f"E-mail to 1 officer ({three[1].username}) was refused by the mail server" in first
        server.does = {f"{RCPT} {three[1].email}": "550 no such user"}
        night.later(days=1).queue()
        second = night.send().problem
        assert three[0].username not in second
        assert f"E-mail to 1 officer ({three[1].username}) was refused" in second
        server.does = {}
        night.later(days=1).queue()
        assert night.send().problem == ""


def test_who_has_no_address_is_named_and_is_told_once_they_have_one(night: Night, server: Server, acting: Acting) -> None:
    with acting() as work:
        officer = a_user(work, email="", username="nowhere")
    outcome = night.queue()
    assert outcome.problem == "1 officer has no e-mail address: nowhere. Enter one on Users, or let them choose no e-mail."
    assert outcome.counts == {"mails_queued": 0, "without_address": 1}
    with acting() as work:
        work.session.get_one(User, officer.id).email = "found@force.example"
    assert night.queue().problem == ""
    night.send()
    assert server.received() == ["found@force.example"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}, {"wants_digest": False}])
def test_who_has_left_or_chosen_otherwise_meanwhile_gets_none(
    night: Night, server: Server, acting: Acting, change: dict[str, object]
) -> None:
    with acting() as work:
        officer = a_user(work)
    night.queue()
    with acting() as work:
        for name, value in change.items():
            setattr(work.session.get_one(User, officer.id), name, value)
    assert night.send().counts["mails_not_wanted"] == 1
    assert server.received() == []
    assert [(row.state, row.problem) for row in rows(night)] == [("not_wanted", Problem.NOTHING_TO_SAY)]


def test_a_digest_waits_until_what_the_night_left_has_been_raised(night: Night, server: Server, three: list[User]) -> None:
    """After a night without a scheduler all jobs begin at once: what is still to be raised belongs in the e-mail."""
    night.now = AT_SIX - timedelta(minutes=10)
    night.check().now = AT_SIX + timedelta(seconds=1)
    night.checked_at = night.now  # so that nothing is checked for once
    night.queue()
    assert not night.wants_to_send()
    night.send()
    assert server.received() == []
    assert night.later(minutes=9).wants_to_send()
    night.send()
    assert server.received() == addresses(three)


def test_a_check_of_the_same_hour_is_enough_also_where_it_was_over_before_the_e_mails_were_queued(
    night: Night, server: Server, three: list[User]
) -> None:
    """SQLite does one job after the other, and the check is the first of the hour."""
    night.now = AT_SIX
    night.check().now += timedelta(milliseconds=122)
    night.checked_at = night.now
    night.queue()
    assert night.wants_to_send()
    night.send()
    assert server.received() == addresses(three)
