"""Who is to be told by e-mail, what waits to be sent, what it is to say, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from orders_app.queries.alert_hearers import (
    WITH_RECORDS,
    alerts,
    hearers,
    is_awake,
    is_for_the_officer,
    is_open_to_all,
    is_unanswered,
    must_be_told,
    of_an_hour_clock,
)
from orders_app.queries.alert_routes import deadlines, records
from orders_app.queries.availability import people_at_work, users
from orders_app.queries.deadline_numbers import number_of
from orders_app.queries.digests import deliveries
from orders_app.queries.jobs import has_done_a_run_of
from orders_app.rules.alerting import Stage
from orders_app.rules.deliveries import Kind, State
from orders_app.rules.london import london_day
from orders_app.rules.messages import Line
from orders_app.rules.schedule import CHECK, EACH_MORNING

# Less than a day, so that the next morning's e-mails no longer say it.
LATELY = timedelta(hours=20)
ADDRESS_REFUSED_FOR = timedelta(days=7)
has_address = users.c.email != ""
is_unsettled = deliveries.c.settled_at.is_(None)
_asks_still = exists().where(alerts.c.id == deliveries.c.alert_id, alerts.c.closed_at.is_(None), is_unanswered)
# Only of what may have arrived does it matter what broke off.
_told_apart = case((deliveries.c.state == State.UNCERTAIN, deliveries.c.problem), else_="").label("why")


@dataclass(frozen=True)
class Trouble:
    """E-mails that came to the same end for the same reason, and whom they were for, each once."""

    state: State
    problem: str
    usernames: tuple[str, ...]


@dataclass(frozen=True)
class Backlog:
    """E-mails that have waited since before a moment: how many, since when, and what stood in the way of the last one tried."""

    count: int
    since: datetime | None
    problem: str


def wanting_digests(stages: Sequence[Stage], now: datetime) -> ColumnElement[bool]:
    """Condition on `users`: at work, and either chose the e-mail each morning or must be told this morning."""
    told = hearers(must_be_told(stages, now), now, users.c.wants_digest.is_(False))
    at_work = users.c.id.in_(people_at_work(today=london_day(now)))
    return and_(at_work, or_(users.c.wants_digest, users.c.id.in_(select(told.c.user_id))))


def without_address(session: Session, wanted: ColumnElement[bool]) -> list[str]:
    """The user names of those who are to be told and have no e-mail address."""
    return list(session.scalars(select(users.c.username).where(wanted, ~has_address).order_by(users.c.username)))


def hour_clocks_to_tell(stages: Sequence[Stage], now: datetime) -> Select[Any]:
    """Who is to be told at once of which alert, user_id and alert_id, and has not been queued to be."""
    told = deliveries.alias("told")
    must_be = must_be_told(stages, now)
    heard = hearers(_rings(stages, now), now, has_address)
    source = WITH_RECORDS.join(heard, heard.c.alert_id == alerts.c.id).join(users, users.c.id == heard.c.user_id)
    is_queued = exists().where(told.c.alert_id == heard.c.alert_id, told.c.user_id == heard.c.user_id, told.c.kind == Kind.AT_ONCE)
    found = select(heard.c.user_id, heard.c.alert_id).select_from(source)
    return found.where(or_(users.c.wants_hour_clocks, must_be), ~is_queued).order_by(heard.c.alert_id, heard.c.user_id)


def has_something_to_do(session: Session, stages: Sequence[Stage], now: datetime) -> bool:
    """Whether an e-mail is due, one was left half sent, a digest is out of date, or an hour clock is still to be told."""
    if session.scalar(select(exists().where(is_unsettled, or_(is_due(now), is_abandoned(now), is_out_of_date(now))))):
        return True
    return session.execute(hour_clocks_to_tell(stages, now).limit(1)).first() is not None


def count_due(session: Session, now: datetime) -> int:
    """How many e-mails are due."""
    return session.scalar(select(func.count()).select_from(deliveries).where(is_unsettled, is_due(now))) or 0


def is_due(now: datetime) -> ColumnElement[bool]:
    """Condition on `deliveries`: it waits, and its time has come. A digest also waits until the deadlines have been checked for its own
    hour or a later one: what a scheduler that was down all night has still to raise belongs in it.
    """
    has_come = and_(deliveries.c.state == State.WAITING, deliveries.c.next_try_at <= now)
    is_right = and_(deliveries.c.for_on >= london_day(now), has_done_a_run_of(CHECK, EACH_MORNING.latest(now), now))
    return and_(has_come, or_(deliveries.c.kind != Kind.DIGEST, is_right))


def is_abandoned(now: datetime) -> ColumnElement[bool]:
    """Condition on `deliveries`: whoever took it has been silent for too long."""
    return and_(deliveries.c.state.in_((State.TAKEN, State.HANDING_OVER)), deliveries.c.lease_until_at < now)


def is_out_of_date(now: datetime) -> ColumnElement[bool]:
    """Condition on `deliveries`: a digest that waits, of a day that is over."""
    return and_(deliveries.c.state == State.WAITING, deliveries.c.kind == Kind.DIGEST, deliveries.c.for_on < london_day(now))


def is_refused_and_none_sent_since(now: datetime) -> ColumnElement[bool]:
    """Condition on `deliveries`: the server refused it, it would still be of use, and the server has taken none since."""
    later = deliveries.alias("later")
    is_of_use = or_(deliveries.c.kind == Kind.AT_ONCE, deliveries.c.for_on >= london_day(now))
    sent_since = exists().where(later.c.settled_at >= deliveries.c.settled_at, later.c.state == State.SENT)
    is_lately = deliveries.c.settled_at > now - ADDRESS_REFUSED_FOR
    return and_(is_lately, deliveries.c.state == State.REFUSED, deliveries.c.reply_code.is_not(None), is_of_use, ~sent_since)


def count_refused_and_none_sent_since(session: Session, now: datetime) -> int:
    """How many different officers the server has refused since it last took an e-mail."""
    refused = is_refused_and_none_sent_since(now)
    return session.scalar(select(func.count(deliveries.c.user_id.distinct())).where(refused)) or 0


def addresses(session: Session, user_ids: Iterable[int]) -> dict[int, str]:
    """The e-mail addresses of these users."""
    return {
        row.id: row.email for row in session.execute(select(users.c.id, users.c.email).where(users.c.id.in_(set(user_ids)), has_address))
    }


def still_heard(
    session: Session, pairs: Iterable[tuple[int, int]], stages: Sequence[Stage], now: datetime
) -> Mapping[tuple[int, int], Line | None]:
    """Of officers and alerts, by key, those of whom the one still hears of the other: with the line that names it, or None where only
    some may see the record.
    """
    wanted = {(user_id, alert_id) for user_id, alert_id in pairs}
    if not wanted:
        return {}
    of_these = and_(alerts.c.id.in_({alert_id for _, alert_id in wanted}), _rings(stages, now))
    heard = hearers(of_these, now, users.c.id.in_({user_id for user_id, _ in wanted}))
    number = number_of(deadlines.c.record_id, deadlines.c.id)
    found = select(
        heard.c.user_id,
        heard.c.alert_id,
        records.c.reference,
        deadlines.c.act_by_at,
        number.label("number"),
        is_open_to_all.label("is_open"),
    )
    rows = session.execute(found.select_from(WITH_RECORDS.join(heard, heard.c.alert_id == alerts.c.id)))
    return {(row.user_id, row.alert_id): Line(row.reference, row.number, row.act_by_at) if row.is_open else None for row in rows}


def is_refused_and_still_of_use(now: datetime) -> ColumnElement[bool]:
    """Condition on `deliveries`: it was refused, and is about an alert that nobody has answered, or about today."""
    about_today = and_(deliveries.c.kind == Kind.DIGEST, deliveries.c.for_on >= london_day(now))
    return and_(deliveries.c.state == State.REFUSED, or_(_asks_still, about_today))


def troubles(session: Session, now: datetime) -> list[Trouble]:
    """What an administrator has to know of: refused addresses until mended, and what lately may not have arrived or came too late.

    A later e-mail that was sent says nothing of a refused one about an alert that nobody has answered.
    """
    later = deliveries.alias("later")
    mended = exists().where(
        later.c.user_id == deliveries.c.user_id, later.c.state == State.SENT, later.c.settled_at > deliveries.c.settled_at
    )
    refused = and_(deliveries.c.state == State.REFUSED, or_(~mended, _asks_still))
    lately = and_(deliveries.c.state.in_((State.UNCERTAIN, State.TOO_LATE)), deliveries.c.settled_at > now - LATELY)
    found = select(deliveries.c.state, _told_apart, users.c.username).join(users, users.c.id == deliveries.c.user_id)
    found = found.where(deliveries.c.settled_at > now - ADDRESS_REFUSED_FOR, or_(refused, lately)).distinct()
    names: dict[tuple[str, str], list[str]] = {}
    for state, problem, username in session.execute(found.order_by(deliveries.c.state, _told_apart, users.c.username)):
        names.setdefault((state, problem), []).append(username)
    return [Trouble(State(state), problem, tuple(who)) for (state, problem), who in names.items()]


def backlog(session: Session, before: datetime) -> Backlog:
    """What has waited since before a moment."""
    waits = and_(is_unsettled, deliveries.c.queued_at < before, deliveries.c.attempts > 0)
    count, since = session.execute(select(func.count(), func.min(deliveries.c.queued_at)).where(waits)).one()
    last = select(deliveries.c.problem).where(waits, deliveries.c.problem != "").order_by(deliveries.c.next_try_at.desc()).limit(1)
    return Backlog(count, since, session.scalar(last) or "")


def _rings(stages: Sequence[Stage], now: datetime) -> ColumnElement[bool]:
    """Condition on `alerts` and `deadlines`: an hour clock that nobody has answered or quietened, and that does not wait on others."""
    is_wanted = or_(is_for_the_officer(now), must_be_told(stages, now))
    return and_(of_an_hour_clock, is_unanswered, is_awake(now), is_wanted)
