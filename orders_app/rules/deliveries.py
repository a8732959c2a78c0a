"""E-mails that go once: the states of a delivery, what a mail server may answer, and when to try again.

A delivery waits, is taken by one sender, is being handed over, and is settled. Until the server has accepted sender and
recipient nothing of it has gone, so it may be tried again; from the moment the text goes nobody can know unless the server
says so, and it is never sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from orders_app.rules.messages import Message

# A try takes no longer, whatever the server does; so a sender that lives renews its lease in time, and one that died is soon missed.
LONGEST_TRY = timedelta(seconds=45)
LEASE = timedelta(seconds=90)
TAKEN_AT_ONCE = 20
# One recipient, or one bad moment, may break a connection; so many in a row are the server's fault.
BREAKS_IN_A_ROW = 3
# One address may be wrong; so many different ones refused, and none accepted between them, are the server's fault too.
REFUSED_IN_A_ROW = 3
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60))
LONGEST_WAIT_AT_ONCE = timedelta(minutes=5)


class Kind(StrEnum):
    """What an e-mail is about: a London day, or one alert, of which it tells at once."""

    DIGEST = "digest"
    AT_ONCE = "at_once"


class State(StrEnum):
    """How far a delivery is. The first three are not settled."""

    WAITING = "waiting"
    TAKEN = "taken"
    HANDING_OVER = "handing_over"
    SENT = "sent"
    REFUSED = "refused"  # the server will not have it
    UNCERTAIN = "uncertain"  # it may have arrived, so it is not sent again
    NOT_WANTED = "not_wanted"  # there was nothing to say any more, or nobody to say it to
    TOO_LATE = "too_late"  # a digest that could not be sent on its day: the next says it all


class Answer(StrEnum):
    """What became of one try."""

    SENT = "sent"
    NOT_NOW = "not_now"  # this one was put off, and others may go
    REFUSED = "refused"
    BROKE = "broke"  # the connection ended before the text went
    UNCERTAIN = "uncertain"
    NO_SERVER = "no_server"  # there is nothing to be had from this server now, for anybody
    LOST = "lost"  # somebody else has it


class Problem(StrEnum):
    """What stood in the way, as it is stored and said."""

    NONE = ""
    NOT_REACHED = "not_reached"
    NAME_NOT_KNOWN = "name_not_known"
    NOTHING_ANSWERS = "nothing_answers"
    TURNED_AWAY = "turned_away"
    BUSY = "busy"
    TOO_SLOW = "too_slow"
    NO_ENCRYPTION = "no_encryption"
    NOT_TRUSTED = "not_trusted"
    SIGN_IN_REFUSED = "sign_in_refused"
    NO_SIGN_IN = "no_sign_in"
    SENDER_REFUSED = "sender_refused"
    ADDRESS_REFUSED = "address_refused"
    TEXT_REFUSED = "text_refused"
    EVERY_ADDRESS_REFUSED = "every_address_refused"
    EVERY_TEXT_REFUSED = "every_text_refused"
    PUT_OFF = "put_off"
    BROKE = "broke"
    DIED = "died"
    BAD_ADDRESS = "bad_address"
    NOTHING_TO_SAY = "nothing_to_say"


# What a refusal is where the server refuses everybody.
OF_EVERYBODY = {Problem.ADDRESS_REFUSED: Problem.EVERY_ADDRESS_REFUSED, Problem.TEXT_REFUSED: Problem.EVERY_TEXT_REFUSED}


@dataclass(frozen=True)
class Tried:
    """The answer to one try, what stood in the way, and the server's reply code where it gave one."""

    answer: Answer
    problem: Problem = Problem.NONE
    code: int | None = None


@dataclass(frozen=True)
class Letter:
    """A message on its way to one address. `message_id` is the same however often it is tried."""

    to: str
    message: Message
    message_id: str
    written_at: datetime


class Post(Protocol):
    """Whoever takes letters to a mail server."""

    def send(self, letter: Letter, may_hand_over: Callable[[], bool]) -> Tried:
        """Send one letter. `may_hand_over` is asked once the server has accepted sender and recipient, before the text goes."""
        ...


@dataclass(frozen=True)
class Settled:
    """What a delivery becomes after a try. `again_at` is set where it waits for another."""

    state: State
    again_at: datetime | None = None


def settled(tried: Tried, kind: Kind, attempts: int, now: datetime) -> Settled:
    """What becomes of a delivery that was tried so many times."""
    match tried.answer:
        case Answer.SENT:
            return Settled(State.SENT)
        case Answer.REFUSED:
            return Settled(State.REFUSED)
        case Answer.UNCERTAIN:
            return Settled(State.UNCERTAIN)
        case _:
            return Settled(State.WAITING, now + wait_after(attempts, kind))


def wait_after(attempts: int, kind: Kind) -> timedelta:
    """How long to wait after so many tries (1 or more): longer each time, and never long for what is to be told at once."""
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    return min(wait, LONGEST_WAIT_AT_ONCE) if kind is Kind.AT_ONCE else wait


def message_id(public_url: str, delivery_id: int, domain: str) -> str:
    """The Message-ID of a delivery: always the same, so that the mail server's own log can tell whether it arrived."""
    return f"<{uuid5(NAMESPACE_URL, f'{public_url}/deliveries/{delivery_id}')}@{domain}>"
