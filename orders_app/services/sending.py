"""Sends the e-mails that wait, a few at a time: takes them, composes each from what is so now, and hands it to the mail server.

Before the server is spoken to it is committed who has an e-mail, and before its text goes that it goes. So whatever dies when,
an e-mail that may have gone is never sent again, and one that has not is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from orders_app.queries import deliveries as queries
from orders_app.queries.digests import digests_for
from orders_app.rules.alerting import Stage
from orders_app.rules.deliveries import (
    BREAKS_IN_A_ROW,
    OF_EVERYBODY,
    REFUSED_IN_A_ROW,
    Answer,
    Kind,
    Letter,
    Post,
    Problem,
    Settled,
    State,
    Tried,
    message_id,
    settled,
)
from orders_app.rules.messages import Message, hour_clock
from orders_app.services import deliveries
from orders_app.services.deliveries import Taken
from orders_app.services.work import Actor, Work

Begin = Callable[..., AbstractContextManager[Work]]
ACTION = "deliveries.sent"


@dataclass(frozen=True)
class Sender:
    """Who sends, under a name no other run has, and what it needs to know: the policy, and the addresses that messages carry."""

    name: str
    stages: Sequence[Stage]
    public_url: str
    domain: str


@dataclass
class Sent:
    """What one run did: how many e-mails came to which end, and how many hour clocks it queued."""

    counts: Counter[State] = field(default_factory=Counter)
    queued: int = 0


def send_waiting(begin: Begin, actor: Actor, *, post: Post, sender: Sender) -> Sent:
    """Send all that is due; queue hour clocks before each few, so that none waits for a long morning.

    A recipient that fails stops nobody else; a server that does is left alone until later.
    """
    run = _Run(partial(begin, ACTION, actor=actor), sender)
    try:
        _send(run, post)
    except SQLAlchemyError:
        run.let_go()
        raise
    return run.done


def _send(run: _Run, post: Post) -> None:
    run.pick_up()
    breaks = 0
    for taken, letter in run.letters():
        tried = post.send(letter, partial(run.hand_over, taken))
        run.settle(taken, tried)
        breaks = breaks + 1 if tried.answer in (Answer.BROKE, Answer.UNCERTAIN) else 0
        if tried.answer is Answer.NO_SERVER or breaks == BREAKS_IN_A_ROW:
            return run.stop(taken, tried.problem)
        if tried.problem in OF_EVERYBODY and run.nobody_is_accepted():
            return run.stop_refused(taken, OF_EVERYBODY[tried.problem])


@dataclass(frozen=True)
class _Run:
    """One run: how it begins each of its pieces of work, who sends, and what has been done."""

    begin: Callable[[], AbstractContextManager[Work]]
    sender: Sender
    done: Sent = field(default_factory=Sent)

    def pick_up(self) -> None:
        with self.begin() as work:
            left = deliveries.pick_up_what_was_left(work)
        self.done.counts.update({state: count for state, count in left.items() if state is not State.WAITING})

    def letters(self) -> Iterator[tuple[Taken, Letter]]:
        """Take a few, compose them, and give them out, until nothing is due."""
        while True:
            with self.begin() as work:
                self.done.queued += deliveries.queue_hour_clocks(work, stages=self.sender.stages)
                taken = deliveries.take(work, sender=self.sender.name)
                letters = composed(work, self.sender, taken)
                self._settle_unwanted(work, [one for one in taken if one.id not in letters])
            if not taken:
                return
            yield from ((one, letters[one.id]) for one in taken if one.id in letters)

    def hand_over(self, taken: Taken) -> bool:
        with self.begin() as work:
            return deliveries.hand_over(work, delivery_id=taken.id, sender=self.sender.name)

    def settle(self, taken: Taken, tried: Tried) -> None:
        if tried.answer is Answer.LOST:
            return
        with self.begin() as work:
            becomes = settled(tried, taken.kind, taken.attempts, work.now)
            self._settle(work, taken, becomes, tried.problem, tried.code)

    def nobody_is_accepted(self) -> bool:
        """Whether the server has lately refused one officer after the other, and accepted none between them."""
        if self.done.counts[State.SENT]:
            return False
        with self.begin() as work:
            return queries.count_refused_and_none_sent_since(work.session, work.now) >= REFUSED_IN_A_ROW

    def stop(self, taken: Taken, problem: Problem) -> None:
        with self.begin() as work:
            self._put_off_all(work, taken, problem)

    def stop_refused(self, taken: Taken, problem: Problem) -> None:
        with self.begin() as work:
            self._put_off_all(work, taken, problem)
            again = deliveries.take_back_refused(work, attempts=taken.attempts, problem=problem)
        self.done.counts[State.WAITING] += again
        self.done.counts[State.REFUSED] = max(self.done.counts[State.REFUSED] - again, 0)

    def _put_off_all(self, work: Work, taken: Taken, problem: Problem) -> None:
        put_off = deliveries.put_off_all(work, sender=self.sender.name, attempts=taken.attempts, problem=problem)
        self.done.counts[State.WAITING] += put_off

    def let_go(self) -> None:
        """The database failed: what has not been handed over is another run's, and if it fails still, once the lease has run out."""
        with suppress(SQLAlchemyError), self.begin() as work:
            deliveries.let_go(work, sender=self.sender.name)

    def _settle_unwanted(self, work: Work, taken: Sequence[Taken]) -> None:
        for one in taken:
            self._settle(work, one, Settled(State.NOT_WANTED), Problem.NOTHING_TO_SAY)

    def _settle(self, work: Work, taken: Taken, becomes: Settled, problem: Problem, code: int | None = None) -> None:
        is_ours = deliveries.settle(work, delivery_id=taken.id, sender=self.sender.name, becomes=becomes, problem=problem, code=code)
        self.done.counts[becomes.state] += is_ours


def composed(work: Work, sender: Sender, taken: Sequence[Taken]) -> dict[int, Letter]:
    """The letters of those that there is something to say to, by key of the delivery: a few statements, however many."""
    to = queries.addresses(work.session, (one.user_id for one in taken))
    messages = _digests(work, sender, taken) | _hour_clocks(work, sender, taken)
    return {
        one.id: Letter(to[one.user_id], messages[one.id], message_id(sender.public_url, one.id, sender.domain), work.now)
        for one in taken
        if one.user_id in to and one.id in messages
    }


def _digests(work: Work, sender: Sender, taken: Sequence[Taken]) -> dict[int, Message]:
    mine = {one.user_id: one.id for one in taken if one.kind is Kind.DIGEST}
    told = digests_for(work.session, list(mine), work.now, stages=sender.stages) if mine else {}
    found = {mine[user_id]: one.message(work.now, sender.public_url) for user_id, one in told.items()}
    return {key: message for key, message in found.items() if message}


def _hour_clocks(work: Work, sender: Sender, taken: Sequence[Taken]) -> dict[int, Message]:
    mine = {(one.user_id, one.alert_id): one.id for one in taken if one.alert_id is not None}
    heard = queries.still_heard(work.session, mine, sender.stages, work.now)
    return {mine[pair]: hour_clock(line, sender.public_url) for pair, line in heard.items() if pair in mine}
