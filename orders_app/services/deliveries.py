"""E-mails as rows: queued once, taken by one sender, handed over, and settled. Each step is committed before the next begins.

The rows are their own log; a run that queues leaves one audit row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, cast, insert, literal, null, or_, select, true, update

from orders_app.db import Key, insert_into
from orders_app.models import AuditEvent
from orders_app.models.audit import audit_row
from orders_app.queries import deliveries as queries
from orders_app.queries.availability import users
from orders_app.queries.digests import deliveries
from orders_app.rules.alerting import Stage
from orders_app.rules.deliveries import LEASE, OF_EVERYBODY, TAKEN_AT_ONCE, Answer, Kind, Problem, Settled, State, wait_after
from orders_app.rules.london import london_day
from orders_app.rules.schedule import EACH_MORNING
from orders_app.services.alerts import changed
from orders_app.services.work import Work


@dataclass(frozen=True)
class Queued:
    """How many morning e-mails were queued, and the user names of those who are to get one and have no address."""

    digests: int
    without_address: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """A delivery that one sender has."""

    id: int
    user_id: int
    kind: Kind
    alert_id: int | None
    attempts: int


def queue_digests(work: Work, *, stages: Sequence[Stage]) -> Queued:
    """Queue the e-mail of this morning for everybody who is to get one. Safe to run any number of times; writes one audit row.

    A run that was missed and is caught up before it is morning queues none: the next one is near, and knows more.
    """
    if london_day(EACH_MORNING.latest(work.now)) < work.today:
        return Queued(0, ())
    wanted = queries.wanting_digests(stages, work.now)
    of_today = select(users.c.id, cast(null(), Key)).where(wanted, queries.has_address).order_by(users.c.id)
    queued = Queued(_queue(work, Kind.DIGEST, of_today), tuple(queries.without_address(work.session, wanted)))
    _audit(work, {"digests": queued.digests})
    return queued


def queue_hour_clocks(work: Work, *, stages: Sequence[Stage]) -> int:
    """Queue an e-mail for everybody who is to be told of an hour clock at once. Writes one audit row where there are any."""
    queued = _queue(work, Kind.AT_ONCE, queries.hour_clocks_to_tell(stages, work.now))
    if queued:
        _audit(work, {"hour_clocks": queued})
    return queued


def record_trial(work: Work, *, user_id: int, outcome: Answer) -> None:
    """Log that a trial e-mail was sent to somebody, and what came of it. Where the server took it, all that waits is due."""
    row = audit_row(work, subject_type="users", subject_id=user_id, changes={"e-mail": outcome.value})
    work.session.connection().execute(insert(AuditEvent).values(row))
    if outcome is Answer.SENT:
        try_now(work)


def try_now(work: Work) -> int:
    """What waits for a later try waits no longer: somebody has mended the server, or asks."""
    later = and_(queries.is_unsettled, deliveries.c.state == State.WAITING, deliveries.c.next_try_at > work.now)
    return _become(work, State.WAITING, later, next_try_at=work.now)


def pick_up_what_was_left(work: Work) -> Mapping[State, int]:
    """Settle what a sender that died, or a day without a mail server, has left. Returns how many became what.

    What had only been taken waits again. What was being handed over may have arrived. A digest of a day that is over is given up.
    """
    died = {"problem": Problem.DIED.value, "lease_until_at": null()}
    abandoned = and_(queries.is_unsettled, queries.is_abandoned(work.now))
    only_taken, handing = (and_(abandoned, deliveries.c.state == state) for state in (State.TAKEN, State.HANDING_OVER))
    too_late = and_(queries.is_unsettled, queries.is_out_of_date(work.now))
    return {
        State.WAITING: _become(work, State.WAITING, only_taken, taken_by="", next_try_at=work.now, **died),
        State.UNCERTAIN: _become(work, State.UNCERTAIN, handing, settled_at=work.now, **died),
        State.TOO_LATE: _become(work, State.TOO_LATE, too_late, settled_at=work.now),
    }


def take(work: Work, *, sender: str) -> list[Taken]:
    """Take the next few that are due: hour clocks first, then those tried least, and what the server has refused before last of all,
    so that a few wrong addresses never stand before the rest. Nobody else has them as long as the lease lasts.
    """
    was_refused = and_(deliveries.c.reply_code.is_not(None), deliveries.c.problem.in_(OF_EVERYBODY.values()))
    due = select(deliveries.c.id).where(queries.is_unsettled, queries.is_due(work.now))
    in_turn = due.order_by(
        case((was_refused, 1), else_=0), deliveries.c.kind, deliveries.c.attempts, deliveries.c.next_try_at, deliveries.c.id
    )
    keys = work.session.scalars(in_turn.limit(TAKEN_AT_ONCE).with_for_update(skip_locked=True)).all()
    mine = update(deliveries).where(deliveries.c.id.in_(keys), deliveries.c.state == State.WAITING)
    mine = mine.values(state=State.TAKEN, taken_by=sender, lease_until_at=work.now + LEASE, attempts=deliveries.c.attempts + 1)
    columns = (deliveries.c.id, deliveries.c.user_id, deliveries.c.kind, deliveries.c.alert_id, deliveries.c.attempts)
    rows = {row.id: row for row in work.session.connection().execute(mine.returning(*columns))} if keys else {}
    return [Taken(row.id, row.user_id, Kind(row.kind), row.alert_id, row.attempts) for key in keys if (row := rows.get(key))]


def hand_over(work: Work, *, delivery_id: int, sender: str) -> bool:
    """Say that its text is about to go. False where it is not this sender's any more: then it must not go."""
    mine = and_(_is_with(delivery_id, sender), deliveries.c.state.in_((State.TAKEN, State.HANDING_OVER)))
    return bool(_become(work, State.HANDING_OVER, mine, lease_until_at=work.now + LEASE))


def settle(
    work: Work, *, delivery_id: int, sender: str, becomes: Settled, problem: Problem = Problem.NONE, code: int | None = None
) -> bool:
    """Write down what became of it, and keep the rest that this sender has taken for another while: it lives.

    Whoever handed it over knows best, also after its lease ran out. False where it is another's.
    """
    still_mine = and_(deliveries.c.state == State.TAKEN, deliveries.c.taken_by == sender, queries.is_unsettled)
    _become(work, State.TAKEN, still_mine, lease_until_at=work.now + LEASE)
    mine = and_(_is_with(delivery_id, sender), deliveries.c.state.in_((State.TAKEN, State.HANDING_OVER, State.UNCERTAIN)))
    values: dict[str, Any] = {"lease_until_at": null(), "problem": problem.value, "reply_code": code}
    if becomes.again_at:
        values |= {"next_try_at": becomes.again_at, "taken_by": "", "settled_at": null()}
    else:
        values |= {"settled_at": work.now}
    return bool(_become(work, becomes.state, mine, **values))


def put_off_all(work: Work, *, sender: str, attempts: int, problem: Problem) -> int:
    """There is nothing to be had from the server: what this sender has not handed over, and all that is due, waits as long as the one
    that was tried so many times, and counts as tried.
    """
    not_gone = or_(deliveries.c.state == State.WAITING, and_(deliveries.c.state == State.TAKEN, deliveries.c.taken_by == sender))
    return sum(_put_off(work, and_(not_gone, deliveries.c.kind == kind), work.now + wait_after(attempts, kind), problem) for kind in Kind)


def take_back_refused(work: Work, *, attempts: int, problem: Problem) -> int:
    """The server refuses everybody, so it was not the addresses: what it has refused since it last took one waits with the rest."""
    refused = queries.is_refused_and_none_sent_since(work.now)
    values = {"taken_by": "", "settled_at": null(), "problem": problem.value}
    return sum(
        _become(work, State.WAITING, and_(refused, deliveries.c.kind == kind), next_try_at=work.now + wait_after(attempts, kind), **values)
        for kind in Kind
    )


def send_again(work: Work, *, user_id: int) -> int:
    """Their address was corrected: what was refused and is still of use waits again."""
    refused = and_(deliveries.c.user_id == user_id, queries.is_refused_and_still_of_use(work.now))
    values = {"taken_by": "", "settled_at": null(), "problem": "", "reply_code": null(), "attempts": 0}
    return _become(work, State.WAITING, refused, next_try_at=work.now, **values)


def let_go(work: Work, *, sender: str) -> int:
    """Give back what this sender has taken and handed nothing over of, so that it need not wait for the lease to run out."""
    mine = and_(deliveries.c.state == State.TAKEN, deliveries.c.taken_by == sender)
    return _become(work, State.WAITING, mine, taken_by="", lease_until_at=null(), next_try_at=work.now)


def _put_off(work: Work, which: ColumnElement[bool], until: datetime, problem: Problem) -> int:
    sooner = and_(queries.is_unsettled, which, deliveries.c.next_try_at < until)
    tried = case((deliveries.c.state == State.WAITING, deliveries.c.attempts + 1), else_=deliveries.c.attempts)
    values = {"taken_by": "", "lease_until_at": null(), "next_try_at": until, "problem": problem.value, "attempts": tried}
    return _become(work, State.WAITING, sooner, **values)


def _queue(work: Work, kind: Kind, whom: Select[Any]) -> int:
    """`whom` gives the key of a user, and of an alert or nothing. In order, so that two runs at once do not lock each other out."""
    told = whom.subquery("told")
    user_id, alert_id = told.c
    at = literal(work.now, deliveries.c.queued_at.type)
    values = {
        "user_id": user_id, "kind": literal(kind.value), "for_on": literal(work.today), "alert_id": alert_id,
        "state": literal(State.WAITING.value), "queued_at": at, "attempts": literal(0), "next_try_at": at, "taken_by": literal(""),
        "problem": literal(""),
    }  # fmt: skip
    rows = select(*values.values()).where(true()).order_by(user_id, alert_id)
    statement = insert_into(work.session, deliveries).from_select(list(values), rows, include_defaults=False)
    return changed(work, statement.on_conflict_do_nothing(), {})


def _become(work: Work, state: State, which: ColumnElement[bool], **values: Any) -> int:
    return changed(work, update(deliveries).where(which).values(state=state.value, **values), {})


def _is_with(delivery_id: int, sender: str) -> ColumnElement[bool]:
    return and_(deliveries.c.id == delivery_id, deliveries.c.taken_by == sender)


def _audit(work: Work, counts: dict[str, Any]) -> None:
    row = audit_row(work, subject_type="deliveries", changes=counts, action="deliveries.queued")
    work.session.connection().execute(insert(AuditEvent).values(row))
