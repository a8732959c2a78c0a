"""Whoever is killed when, and however many send at once: no e-mail goes twice, and none that has not gone is lost."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import User
from orders_app.rules.deliveries import LEASE
from orders_app.rules.law import LawTables
from tests.conftest import Acting
from tests.mail_server import Server, serving
from tests.scheduler.mail_cases import Killed, Night, addresses, officers, rows


class TestKilled:
    """Killed just before or just after any of its pieces of work is committed, and taken up by another once the lease is over."""

    PIECES = 3 * 2 + 3

    @pytest.mark.parametrize("piece", range(1, PIECES + 1))
    @pytest.mark.parametrize("when", ["die_before", "die_after"])
    def test_none_goes_twice_and_none_is_lost(self, night: Night, server: Server, three: list[User], when: str, piece: int) -> None:
        night.queue()
        setattr(night, when, piece)
        with pytest.raises(Killed):
            night.send()
        at_death = Counter(server.received())
        night.die_before = night.die_after = 0
        night.owner = "second"
        night.send()
        night.later(seconds=LEASE.total_seconds() + 1).send()
        received = Counter(server.received())
        assert max(received.values()) == 1
        states = {row.user_id: row.state for row in rows(night)}
        for user in three:
            assert states[user.id] == "sent" or at_death[user.email] or states[user.id] == "uncertain"
        assert list(states.values()).count("uncertain") <= 1
        assert night.states()["sent"] == 3 - list(states.values()).count("uncertain")

    def test_so_many_pieces_there_are(self, night: Night, three: list[User]) -> None:
        night.queue()
        night.send()
        assert night.pieces == self.PIECES + 1  # the last, which only counts, has nothing to lose

    def test_before_it_is_handed_over_it_goes_after_all(self, night: Night, server: Server, three: list[User]) -> None:
        night.queue()
        night.die_after = 2
        with pytest.raises(Killed):
            night.send()
        assert night.states() == {"taken": 3}
        assert not night.wants_to_send()
        night.die_after = 0
        night.later(seconds=LEASE.total_seconds() + 1)
        assert night.wants_to_send()
        night.send()
        assert server.received() == addresses(three)

    def test_while_it_is_handed_over_it_may_have_arrived_and_is_not_sent_again(
        self, night: Night, server: Server, three: list[User]
    ) -> None:
        night.queue()
        night.die_after = 3
        with pytest.raises(Killed):
            night.send()
        night.die_after = 0
        outcome = night.later(seconds=LEASE.total_seconds() + 1).send()
        assert [row.state for row in rows(night)] == ["uncertain", "sent", "sent"]
        assert three[0].email not in server.received()
        assert f"E-mail to 1 officer ({three[0].username}) may not have arrived, because Orderwatch was stopped" in outcome.problem

    def test_one_that_only_slept_still_says_what_became_of_it(
        self, night: Night, server: Server, three: list[User], law: LawTables
    ) -> None:
        night.queue()
        other = Night(night.sessions, law, server, owner="second")
        other.now = night.now + LEASE + timedelta(seconds=1)
        server.accepting = lambda recipient: other.send() if recipient == three[0].email else None  # type: ignore[method-assign, assignment]
        night.send()
        assert sorted(server.received()) == sorted(addresses(three))
        assert night.states() == {"sent": 3}


def test_two_senders_at_once_send_each_e_mail_once(sessions: sessionmaker[Session], law: LawTables, acting: Acting) -> None:
    with acting() as work:
        many = officers(work, 60)
    with serving(Server()) as server:
        nights = [Night(sessions, law, server, owner) for owner in ("first", "second")]
        nights[0].queue()
        gate = threading.Barrier(2)
        faults: list[BaseException] = []

        def send(night: Night) -> None:
            gate.wait()
            try:
                night.send()
            except BaseException as fault:
                faults.append(fault)

        threads = [threading.Thread(target=send, args=(night,)) for night in nights]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        assert sorted(server.received()) == sorted(addresses(many))
        assert nights[0].states() == {"sent": 60}
