"""What the morning e-mails of many officers list, in a few statements however many there are; and the text of one as it would be sent now.

Only open records are ever named. What only some may see is left out for everybody, also for those who may see it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Subquery, Table, and_, case, exists, func, null, or_, select, true
from sqlalchemy.orm import Session

from orders_app.models import AlertMove, Delivery
from orders_app.queries.alert_hearers import (
    OWN,
    PASSED_UP,
    WITH_RECORDS,
    WITH_TEAM,
    alerts,
    hearers,
    is_awake,
    is_for_the_officer,
    is_open_to_all,
    is_unanswered,
    must_be_told,
)
from orders_app.queries.alert_routes import deadlines, records
from orders_app.queries.availability import people_at_work, users
from orders_app.queries.deadline_numbers import number_of
from orders_app.rules.alerting import Stage, midnight_ending, soon_until
from orders_app.rules.deliveries import Kind, State
from orders_app.rules.london import london_day
from orders_app.rules.messages import LISTED_AT_MOST, Line, Message, Part, digest

deliveries = cast(Table, Delivery.__table__)
moves = cast(Table, AlertMove.__table__)
Parts = Mapping[Part, Sequence[Line]]
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """What one officer's morning e-mail is made of. `must_be_told`: a last stage of what the law sets is open and unanswered."""

    is_chosen: bool
    must_be_told: bool = False
    parts: Parts = field(default_factory=dict)

    def message(self, now: datetime, public_url: str) -> Message | None:
        """The e-mail, or None where none is to be sent."""
        if not (self.is_chosen or self.must_be_told):
            return None
        return digest(london_day(now), self.parts, public_url, is_chosen=self.is_chosen)


def digest_for(session: Session, user_id: int, now: datetime, *, stages: Sequence[Stage], public_url: str) -> Message | None:
    """Return the morning e-mail of one officer as it would be sent now; None where they would get none today, or are not at work."""
    told = digests_for(session, [user_id], now, stages=stages).get(user_id)
    return told.message(now, public_url) if told else None


def digests_for(session: Session, user_ids: Sequence[int], now: datetime, *, stages: Sequence[Stage]) -> dict[int, Told]:
    """Return what the morning e-mails of these officers list, in at most four statements. Whoever is not at work is not among them."""
    at_work = select(users.c.id, users.c.wants_digest).where(
        users.c.id.in_(user_ids), users.c.id.in_(people_at_work(today=london_day(now)))
    )
    chose = {row.id: row.wants_digest for row in session.execute(at_work)}
    chosen, others = [key for key, wants in chose.items() if wants], [key for key, wants in chose.items() if not wants]
    told = _who_must_be_told(session, others, now, stages)
    parts = _chosen_parts(session, chosen, now) | _told_parts(session, told, now, stages)
    return {key: Told(chose[key], key in told, parts.get(key, {})) for key in chose}


def _chosen_parts(session: Session, user_ids: Sequence[int], now: datetime) -> dict[int, Parts]:
    wanted = and_(_touching(user_ids), is_open_to_all, is_awake(now), is_for_the_officer(now))
    heard = hearers(wanted, now, users.c.id.in_(user_ids))
    return _parts(session, _lines(heard, now, _is_news(heard, now))) if user_ids else {}


def _told_parts(session: Session, user_ids: Collection[int], now: datetime, stages: Sequence[Stage]) -> dict[int, Parts]:
    heard = hearers(and_(must_be_told(stages, now), is_open_to_all), now, users.c.id.in_(user_ids))
    return _parts(session, _lines(heard, now, true())) if user_ids else {}


def _who_must_be_told(session: Session, user_ids: Sequence[int], now: datetime, stages: Sequence[Stage]) -> set[int]:
    heard = hearers(must_be_told(stages, now), now, users.c.id.in_(user_ids))
    return set(session.scalars(select(heard.c.user_id).distinct())) if user_ids else set()


def _touching(user_ids: Sequence[int]) -> ColumnElement[bool]:
    """Condition on `alerts`: one of these officers may hear of it. Looked up from both ends, so that the rest need not be read."""
    is_open = alerts.c.closed_at.is_(None)
    teams = select(users.c.team_id).where(users.c.id.in_(user_ids), users.c.team_id.is_not(None))
    mine = (
        select(alerts.c.id).where(is_open, alerts.c.recipient_id.in_(user_ids)),
        select(alerts.c.id).where(is_open, alerts.c.escalated_to_id.in_(user_ids)),
        select(alerts.c.id).where(is_open, alerts.c.recipient_id.is_(None), alerts.c.team_id.in_(teams)),
    )
    first, *rest = mine
    return alerts.c.id.in_(first.union(*rest))


def _parts(session: Session, lines: Select[Any]) -> dict[int, Parts]:
    found: dict[int, dict[Part, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(lines):
        found[row.user_id][Part(row.part)].append(Line(row.reference, row.number, row.act_by_at))
    return dict(found)


def _lines(heard: Subquery, now: datetime, is_new: ColumnElement[bool]) -> Select[Any]:
    """The first lines of every part of every officer's message, each part by the moment to act by."""
    part = _part(heard, now, is_new)
    place = func.row_number().over(partition_by=(heard.c.user_id, part), order_by=(deadlines.c.act_by_at, deadlines.c.id))
    source = WITH_RECORDS.join(heard, heard.c.alert_id == alerts.c.id)
    columns = (deadlines.c.id, deadlines.c.record_id, deadlines.c.act_by_at, records.c.reference)
    ranked = select(heard.c.user_id, part.label("part"), place.label("place"), *columns).select_from(source).subquery("ranked")
    number = number_of(ranked.c.record_id, ranked.c.id)
    listed = select(ranked.c.user_id, ranked.c.part, ranked.c.reference, ranked.c.act_by_at, number.label("number"))
    listed = listed.where(ranked.c.part.is_not(None), ranked.c.place <= LISTED_AT_MOST + 1)
    return listed.order_by(ranked.c.user_id, ranked.c.act_by_at, ranked.c.id)


def _part(heard: Subquery, now: datetime, is_new: ColumnElement[bool]) -> ColumnElement[str | None]:
    """What is near is listed, and of what is further off only what is new. Nobody else's alert is listed once somebody has answered it."""
    by, how = deadlines.c.act_by_at, heard.c.how
    own, is_near = how == OWN, by <= soon_until(now)
    is_for_others = and_(is_unanswered, or_(is_near, is_new))
    return case(
        (and_(own, by <= now), Part.OVERDUE.value),
        (and_(own, by <= midnight_ending(now, 0)), Part.TODAY.value),
        (and_(own, is_near), Part.SOON.value),
        (and_(own, is_new), Part.NEW.value),
        (and_(how == PASSED_UP, is_for_others), Part.PASSED_UP.value),
        (and_(how == WITH_TEAM, is_for_others), Part.TEAM.value),
        else_=null(),
    )


def _is_news(heard: Subquery, now: datetime) -> ColumnElement[bool]:
    """Raised, passed up, sent on to them or quiet no longer, since the officer's last digest that was sent was made ready: so a day
    without mail hides none.
    """
    told = deliveries.alias("told")
    last = select(func.max(told.c.queued_at)).where(
        told.c.user_id == heard.c.user_id, told.c.kind == Kind.DIGEST, told.c.alert_id.is_(None), told.c.state == State.SENT
    )
    since = func.coalesce(last.correlate(heard).scalar_subquery(), now - A_DAY)
    began_at = case((heard.c.how == PASSED_UP, func.coalesce(alerts.c.escalated_at, alerts.c.raised_at)), else_=alerts.c.raised_at)
    sent_on = exists(select(moves.c.id).where(moves.c.alert_id == alerts.c.id, moves.c.moved_at > since).correlate(alerts, heard))
    woke = and_(alerts.c.snoozed_until_on <= london_day(now), alerts.c.snoozed_until_on > func.date(since))
    return or_(began_at > since, sent_on, woke)
