"""What the mail server refuses: a wrong address, or, where it refuses everybody, its own fault, and what is sent again once mended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import Alert, User
from orders_app.rules.access import Role
from orders_app.rules.law import LawTables
from orders_app.services.users import UserDetails, edit_user
from tests.conftest import NOW, Acting
from tests.factories import a_user
from tests.mail_server import DATA, RCPT, TEXT, Server, serving
from tests.scheduler.mail_cases import Night, addresses, officers, owned


@pytest.mark.parametrize(
    ("step", "says"), [(RCPT, "the server refuses every recipient"), (DATA, "the server refuses every text"), (TEXT, "every text")]
)
def test_a_server_that_refuses_everybody_loses_nothing(
    sessions: sessionmaker[Session], law: LawTables, acting: Acting, step: str, says: str
) -> None:
    with acting() as work:
        many = officers(work, 45)
    with serving(Server({step: "550 5.7.54 unable to relay"})) as server:
        night = Night(sessions, law, server)
        night.queue()
        first = night.send()
        assert night.states() == {"waiting": 45}
        assert (first.counts["mails_put_off"], first.counts["mails_refused"]) == (45, 0)
        asked = []
        for _ in range(25):
            if night.wants_to_send():
                night.send()
                asked.append((night.now - NOW) // timedelta(minutes=1))
            night.later(minutes=1)
        assert asked == [1, 3, 8, 23]
        assert says in night.later(hours=1).send().problem
        server.does = {}
        night.later(hours=1).send()
        assert sorted(server.received()) == sorted(addresses(many))
        assert night.states() == {"sent": 45}


def test_a_few_wrong_addresses_that_come_first_hold_up_nobody_else_for_long(
    sessions: sessionmaker[Session], law: LawTables, acting: Acting
) -> None:
    with acting() as work:
        many = officers(work, 12)
    with serving(Server({f"{RCPT} {user.email}": "550 no such user" for user in many[:7]})) as server:
        night = Night(sessions, law, server)
        night.queue()
        for _ in range(4):
            night.send()
            night.later(minutes=10)
        assert sorted(server.received()) == sorted(addresses(many[7:]))
        assert night.states() == {"refused": 7, "sent": 5}


def test_one_refused_after_the_other_is_the_servers_fault_also_in_runs_of_their_own(
    sessions: sessionmaker[Session], law: LawTables, acting: Acting
) -> None:
    with serving(Server({RCPT: "550 unable to relay"})) as server:
        night = Night(sessions, law, server)
        for states in ({"refused": 1}, {"refused": 2}, {"waiting": 3}):
            with acting() as work:
                officers(work, 1)
            night.queue()
            night.send()
            assert night.states() == states
            night.now += timedelta(seconds=10)


def corrected(acting: Acting, user: User, email: str) -> None:
    with acting() as work:
        now = work.session.get_one(User, user.id)
        details = UserDetails(now.username, now.name, frozenset({Role.ORDERS_DESK}), email=email, team_id=now.team_id)
        edit_user(work, username=now.username, version=now.version, details=details)


def test_a_refused_hour_clock_goes_once_the_address_is_corrected_and_is_said_until_then(
    sessions: sessionmaker[Session], law: LawTables, acting: Acting
) -> None:
    with acting() as work:
        officer = a_user(work, Role.ORDERS_DESK, email="wrong@force.example", wants_digest=False)
        owned(work, officer, NOW + timedelta(hours=30), alert_class="hour_clock", due_at=NOW + timedelta(hours=30))
    with serving(Server({f"{RCPT} wrong@force.example": "550 no such user"})) as server:
        night = Night(sessions, law, server)
        night.sweep()
        night.send()
        assert night.states() == {"refused": 1}
        corrected(acting, officer, "wrong@force.example")
        assert night.states() == {"refused": 1}, "the same address is not tried twice"
        corrected(acting, officer, "right@force.example")
        assert night.later(minutes=1).send().problem == ""
        assert server.received() == ["right@force.example"]
        assert night.later(minutes=1).send().counts["mails_sent"] == 0


def test_a_refused_hour_clock_is_not_mended_by_another_e_mail_while_nobody_has_answered_it(
    sessions: sessionmaker[Session], law: LawTables, acting: Acting
) -> None:
    with acting() as work:
        officer = a_user(work, Role.ORDERS_DESK)
        owned(work, officer, NOW + timedelta(hours=30), alert_class="hour_clock", due_at=NOW + timedelta(hours=30))
    with serving(Server({RCPT: "550 mailbox full"})) as server:
        night = Night(sessions, law, server)
        night.sweep()
        night.send()
        server.does = {}
        night.later(minutes=1).queue()
        assert "was refused" in night.send().problem
        assert server.received() == [officer.email]
        with acting() as work:
            work.session.execute(update(Alert.__table__).values(acknowledged_at=NOW))
        assert night.later(minutes=1).send().problem == ""
