"""The two jobs of e-mail, where a mail server is set: queue the morning's, and send what waits. Each says in red what to see to."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.mail import MailSettings
from orders_app.queries import deliveries as queries
from orders_app.queries.deliveries import Backlog, Trouble
from orders_app.rules.alerting import Stage
from orders_app.rules.deliveries import Post, Problem, State
from orders_app.rules.wording import at_words
from orders_app.services import deliveries, sending
from orders_app.services.sending import Sender, Sent
from orders_app.services.work import Actor, Work
from scheduler.jobs import JOBS as WITHOUT_MAIL
from scheduler.jobs import MANY_PIECES, ONLY_WHEN_WANTED, Begin, Job, JobOfManyPieces, Outcome, Wanted, some
from scheduler.post import MailServer

# Hour clocks are to be told within 15 minutes: what has waited longer is somebody's business.
LONG = timedelta(minutes=15)
PROBLEM_WORDS = {
    Problem.NOT_REACHED: "it could not be reached",
    Problem.NAME_NOT_KNOWN: "no server of that name is known",
    Problem.NOTHING_ANSWERS: "nothing answers at its port",
    Problem.TURNED_AWAY: "it turns this machine away",
    Problem.BUSY: "it is too busy just now",
    Problem.TOO_SLOW: "it did not answer in time",
    Problem.NO_ENCRYPTION: "it offers no encrypted connection",
    Problem.NOT_TRUSTED: "its certificate is not trusted",
    Problem.SIGN_IN_REFUSED: "it did not accept the user name and password",
    Problem.NO_SIGN_IN: "it takes no user name and password here: leave both empty, or use the port and encryption that it signs in at",
    Problem.SENDER_REFUSED: "it refused the address that Orderwatch sends from",
    Problem.PUT_OFF: "it put them off",
    Problem.BROKE: "it broke off the connection",
    Problem.DIED: "whoever was sending them stopped",
    Problem.ADDRESS_REFUSED: "it refused the address",
    Problem.TEXT_REFUSED: "it refused the text",
    Problem.EVERY_ADDRESS_REFUSED: "the server refuses every recipient",
    Problem.EVERY_TEXT_REFUSED: "the server refuses every text",
    Problem.BAD_ADDRESS: "the address is none",
}
TROUBLE_WORDS = {
    State.REFUSED: "E-mail to {who} was refused by the mail server, or has no usable address: correct the address, or the server",
    State.UNCERTAIN: "E-mail to {who} may not have arrived, because {why} as it went. It is not sent again",
    State.TOO_LATE: "The morning e-mail to {who} could not be sent on its day. The next one says what is still so",
}
ENDED_BY = {
    Problem.BROKE: "the connection broke",
    Problem.TOO_SLOW: "the mail server fell silent",
    Problem.DIED: "Orderwatch was stopped",
}


@dataclass(frozen=True)
class Mailing:
    """What the two jobs need: the settings, the alert policy, who sends, and how to come by a mail server."""

    settings: MailSettings
    stages: tuple[Stage, ...]
    owner: str
    connect: Callable[[MailSettings], AbstractContextManager[Post]] = MailServer

    def jobs(self) -> Mapping[str, Job]:
        """Every job that is one piece of work, with those of e-mail."""
        return {**WITHOUT_MAIL, "queue_digests": queue_digests}

    def pieces(self) -> Mapping[str, JobOfManyPieces]:
        """Every job that begins its own, with those of e-mail."""
        return {**MANY_PIECES, "send_mail": self.send_mail}

    def wanted(self) -> Mapping[str, Wanted]:
        """When each is wanted that is not at all times."""
        return {**ONLY_WHEN_WANTED, "queue_digests": _always, "send_mail": self._has_something_to_send}

    def send_mail(self, begin: Begin, actor: Actor) -> Outcome:
        """Send what is due over one connection, and say what somebody has to see to."""
        with self.connect(self.settings) as post:
            done = sending.send_waiting(begin, actor, post=post, sender=self._sender())
        with begin("deliveries.counted", actor=actor) as work:
            found, waiting = queries.troubles(work.session, work.now), queries.backlog(work.session, work.now - LONG)
        return Outcome(counts_of(done), problem=" ".join([*_backlog_words(waiting), *map(_trouble_words, found)]))

    def _sender(self) -> Sender:
        settings = self.settings
        domain = settings.mail_from.rpartition("@")[2]
        return Sender(f"{self.owner}/{secrets.token_hex(6)}", self.stages, settings.public_url, domain)

    def _has_something_to_send(self, session: Session, now: datetime) -> bool:
        return queries.has_something_to_do(session, self.stages, now)


def queue_digests(work: Work, stages: tuple[Stage, ...]) -> Outcome:
    """Queue this morning's e-mails; name those who are to get one and have no address."""
    queued = deliveries.queue_digests(work, stages=stages)
    nowhere = queued.without_address
    has = "1 officer has" if len(nowhere) == 1 else f"{len(nowhere):,} officers have"
    said = f"{has} no e-mail address: {some(nowhere)}. Enter one on Users, or let them choose no e-mail."
    return Outcome({"mails_queued": queued.digests, "without_address": len(nowhere)}, problem=said if nowhere else "")


def rehearse_sending(begin: Begin, actor: Actor) -> Outcome:
    """What a dry run does in place of sending: count what is due."""
    with begin("deliveries.counted", actor=actor) as work:
        return Outcome({"mails_due": queries.count_due(work.session, work.now)})


def counts_of(done: Sent) -> dict[str, int]:
    """What one run did, for the job page."""
    return {
        "hour_clocks_queued": done.queued,
        "mails_sent": done.counts[State.SENT],
        "mails_put_off": done.counts[State.WAITING],
        "mails_refused": done.counts[State.REFUSED],
        "mails_uncertain": done.counts[State.UNCERTAIN],
        "mails_not_wanted": done.counts[State.NOT_WANTED],
        "mails_too_late": done.counts[State.TOO_LATE],
    }


def _backlog_words(waiting: Backlog) -> list[str]:
    if not waiting.count or waiting.since is None:
        return []
    mails = "1 e-mail waits" if waiting.count == 1 else f"{waiting.count:,} e-mails wait"
    why = f", because {PROBLEM_WORDS[Problem(waiting.problem)]}" if waiting.problem in PROBLEM_WORDS else ""
    return [f"{mails} for the mail server since {at_words(waiting.since)}{why}. Each is tried again, and none is lost."]


def _trouble_words(trouble: Trouble) -> str:
    count = "1 officer" if len(trouble.usernames) == 1 else f"{len(trouble.usernames):,} officers"
    why = ENDED_BY.get(Problem(trouble.problem), ENDED_BY[Problem.BROKE])
    return TROUBLE_WORDS[trouble.state].format(who=f"{count} ({some(trouble.usernames)})", why=why) + "."


def _always(_session: Session, _now: datetime) -> bool:
    return True
