"""Officers with something to be told, the two jobs of e-mail on a clock that tests turn, and ways to be killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from config.mail import MailSettings, Security
from config.reference import load_reference
from orders_app.models import Delivery, Order, User
from orders_app.rules.deliveries import Letter
from orders_app.rules.law import LawTables
from orders_app.rules.messages import Message
from orders_app.services.alerts import raise_alerts
from orders_app.services.work import Actor, Work, begin_work
from scheduler.jobs import Outcome
from scheduler.mail_jobs import Mailing, queue_digests
from scheduler.runner import ACTOR
from tests.conftest import NOW
from tests.factories import a_person, a_user, an_order
from tests.mail_server import STALL, Server
from tests.services.alert_cases import a_deadline, checked

STAGES = load_reference().stages
SITE = "https://orderwatch.example"
# Where a server is to fall silent a test waits so long for it; anywhere else a busy machine may take its time.
IMPATIENT_SECONDS, PATIENT_SECONDS = 0.8, 20.0


class Killed(BaseException):
    """The process is gone: nothing below catches it."""


class Night:
    """The two jobs, at the moment `now`, speaking to `server`. `die_before` and `die_after` end it at
    its n-th piece of work, of `dies_of`."""

    def __init__(self, sessions: sessionmaker[Session], law: LawTables, server: Server, owner: str = "first") -> None:
        self.sessions, self.law, self.owner = sessions, law, owner
        self.settings = settings_for(
            server.port, mail_timeout_seconds=IMPATIENT_SECONDS if STALL in server.does.values() else PATIENT_SECONDS
        )
        self.now = NOW
        self.checked_at: datetime | None = None
        self.pieces = 0
        self.die_before = self.die_after = 0
        self.dies_of: BaseException = Killed()

    def begin(self, action: str = "test", *, actor: Actor = ACTOR) -> AbstractContextManager[Work]:
        return self._piece(begin_work(self.sessions, actor=actor, action=action, now=self.now, law=self.law))

    def queue(self) -> Outcome:
        self.check()
        with begin_work(self.sessions, actor=ACTOR, action="job.queue_digests", now=self.now, law=self.law) as work:
            return queue_digests(work, STAGES)

    def sweep(self) -> None:
        with begin_work(self.sessions, actor=ACTOR, action="job.raise_alerts", now=self.now, law=self.law) as work:
            raise_alerts(work, stages=STAGES)

    def check(self) -> Night:
        """The deadlines have just been checked, as they are every ten minutes."""
        if self.checked_at != self.now:
            self.checked_at = self.now
            with begin_work(self.sessions, actor=ACTOR, action="test", now=self.now, law=self.law) as work:
                checked(work)
        return self

    def send(self) -> Outcome:
        self.pieces = 0
        return Mailing(self.settings, STAGES, self.owner).send_mail(self.begin, ACTOR)

    def wants_to_send(self) -> bool:
        with self.sessions() as session:
            return Mailing(self.settings, STAGES, self.owner).wanted()["send_mail"](session, self.now)

    def later(self, **length: float) -> Night:
        self.now += timedelta(**length)
        return self.check()

    def states(self) -> Counter[str]:
        with self.sessions() as session:
            return Counter(session.scalars(select(Delivery.state)))

    @contextmanager
    def _piece(self, work: AbstractContextManager[Work]) -> Iterator[Work]:
        self.pieces += 1
        with work as given:
            yield given
            if self.pieces == self.die_before:
                raise self.dies_of
        if self.pieces == self.die_after:
            raise self.dies_of


def settings_for(port: int, **given: Any) -> MailSettings:
    values: dict[str, Any] = {
        "mail_host": "127.0.0.1", "mail_port": port, "mail_security": Security.NONE, "mail_from": "orderwatch@force.example",
        "public_url": SITE, "mail_timeout_seconds": PATIENT_SECONDS,
    }  # fmt: skip
    return MailSettings(**values | given)


def letter(to: str = "aisha@force.example", body: str = "See My work.\n") -> Letter:
    return Letter(to, Message("Orderwatch: an hour clock needs you", body), "<one@force.example>", NOW)


def owned(work: Work, owner: User, act_by_at: datetime, **columns: Any) -> Order:
    order: Order = an_order(work, person=a_person(work), owner_id=owner.id, team_id=owner.team_id)
    a_deadline(work, act_by_at=act_by_at, order=order, **columns)
    return order


def officers(work: Work, count: int) -> list[User]:
    return [a_user(work) for _ in range(count)]


def addresses(users: list[User]) -> list[str]:
    return [user.email for user in users]


def rows(night: Night) -> list[Delivery]:
    with night.sessions() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))
