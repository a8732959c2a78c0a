"""A mail server that remembers every text it was given, and what was done with it is compared with what the program says."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes
from random import Random

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Conversation
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import Delivery, JobRun, User
from orders_app.rules.deliveries import Kind, State, message_id
from orders_app.rules.london import london_day
from scheduler.runner import DONE, WITH_PROBLEMS

PUBLIC_URL = "https://orderwatch.northmere.invalid"
DOMAIN = "northmere.invalid"
SENDER = f"orderwatch@{DOMAIN}"
TAKES_SECONDS = 0.15
PUTS_OFF, DROPS, REFUSES = 0.06, 0.06, 0.03
MAY_HAVE_GONE = (State.SENT, State.UNCERTAIN)


class Sink:
    """Takes most texts, puts some off, refuses some for good, and drops some connections once it has the text. `busy` is set while
    one is with it.
    """

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.busy = threading.Event()
        self.given: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.put_off: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    async def handle_DATA(self, server: SMTP, _conversation: Conversation, envelope: Envelope) -> str:
        """Called with a whole text, before it is answered."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        key = message_from_bytes(content)["Message-ID"]
        dice = self.rng.random()
        if dice < PUTS_OFF:
            self.put_off[key] += 1
            return "451 later"
        if dice > 1 - REFUSES:
            self.refused[key] += 1
            return "554 refused"
        self.given[key] += 1
        self.busy.set()
        await asyncio.sleep(TAKES_SECONDS)
        self.busy.clear()
        if dice < PUTS_OFF + DROPS and server.transport is not None:
            self.dropped[key] += 1
            server.transport.abort()
        return "250 taken"


@contextmanager
def listening(sink: Sink, port: int) -> Iterator[None]:
    """Have it listen on loopback."""
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def settings(port: int) -> dict[str, str]:
    """The environment that sends the program's e-mail there."""
    return {
        "ORDERWATCH_PUBLIC_URL": PUBLIC_URL, "ORDERWATCH_MAIL_HOST": "127.0.0.1", "ORDERWATCH_MAIL_PORT": str(port),
        "ORDERWATCH_MAIL_SECURITY": "none", "ORDERWATCH_MAIL_FROM": SENDER, "ORDERWATCH_MAIL_TIMEOUT_SECONDS": "5",
    }  # fmt: skip


@dataclass
class Mail:
    """What the deliveries say, held against what the server was given."""

    states: dict[str, int] = field(default_factory=dict)
    given: int = 0
    dropped: int = 0
    put_off: int = 0
    refused: int = 0
    given_twice: int = 0
    sent_and_not_given: int = 0
    given_and_not_said: int = 0
    unsettled: int = 0
    mornings: int = 0
    mornings_missed: list[str] = field(default_factory=list)
    digests_missed: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing went twice or got lost, and every morning was told once."""
        wrong = self.given_twice or self.sent_and_not_given or self.given_and_not_said or self.unsettled
        return not (wrong or self.mornings_missed or self.digests_missed)


def mail_of(session: Session, sink: Sink, mornings: list[date]) -> Mail:
    """Look every delivery up. `mornings` are the days on which digests were to be queued."""
    rows = session.execute(select(Delivery.id, Delivery.state)).all()
    totals = (sink.given.total(), sink.dropped.total(), sink.put_off.total(), sink.refused.total())
    found = Mail(dict(Counter(row.state for row in rows)), *totals)
    found.given_twice = sum(count - 1 for count in sink.given.values())
    known = {message_id(PUBLIC_URL, row.id, DOMAIN): State(row.state) for row in rows}
    found.sent_and_not_given = sum(state is State.SENT and not sink.given[key] for key, state in known.items())
    found.given_and_not_said = sum(known.get(key) not in MAY_HAVE_GONE for key in sink.given)
    found.unsettled = sum(state in (State.TAKEN, State.HANDING_OVER) for state in known.values())
    found.mornings = len(mornings)
    _count_mornings(session, found, mornings)
    return found


def _count_mornings(session: Session, found: Mail, mornings: list[date]) -> None:
    """The job ran for each morning, and where it ran on that day each officer has a delivery: one made up for at night queues none."""
    done = select(JobRun.nominal_at, JobRun.started_at).where(JobRun.job == "queue_digests", JobRun.outcome.in_((DONE, WITH_PROBLEMS)))
    ran_on = {london_day(nominal_at): london_day(started_at) for nominal_at, started_at in session.execute(done)}
    found.mornings_missed = [f"{day}" for day in mornings if day not in ran_on]
    officers = session.scalar(select(func.count()).select_from(User).where(User.is_active, User.team_id.is_not(None))) or 0
    per_day = select(Delivery.for_on, func.count()).where(Delivery.kind == Kind.DIGEST).group_by(Delivery.for_on)
    queued = dict(session.execute(per_day).all())
    found.digests_missed = sum(max(officers - queued.get(day, 0), 0) for day in mornings if ran_on.get(day) == day)
