"""Enter when an officer is away and who covers. Their alerts go there with the next check, and come back after the last day."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from orders_app.models import Absence, User
from orders_app.queries import absences as queries
from orders_app.queries.availability import people_at_work
from orders_app.rules.absences import Away, refusals
from orders_app.services.errors import NotFound, RuleBroken, RulesBroken
from orders_app.services.work import Work

WHO = "Choose an officer whose days away you may enter"
COVER = "Choose an officer who is here and works alerts, or nobody"


def enter_absence(work: Work, *, username: str, from_on: date, until_on: date, cover: str = "") -> Absence:
    """Record days away of an officer, by user name, and who covers. London days, the last included.

    The officer's row is locked, so that of two people who enter the same days at once the second is refused.
    Raises RulesBroken on username, from_on, until_on or cover.
    """
    user = _officer(work, username)
    covering = _cover(work, cover, user) if cover else None
    away, standing = Away(from_on, until_on), _standing(work, [user, *([covering] if covering else [])])
    others = [one for user_id, one in standing if user_id == user.id]
    of_cover = [one for user_id, one in standing if covering and user_id == covering.id]
    broken = [RuleBroken(found.field, found.message) for found in refusals(away, others=others, of_cover=of_cover, today=work.today)]
    if broken:
        raise RulesBroken(tuple(broken))
    absence = Absence(user_id=user.id, from_on=from_on, until_on=until_on, covered_by_id=covering.id if covering else None)
    work.session.add(absence)
    work.session.flush()
    return absence


def end_absence(work: Work, *, number: int) -> Absence:
    """The officer is back, or does not go: what is to come is struck out, and days already away stay. Raises NotFound."""
    absence = queries.one(work.session, work.actor.viewer, number)
    if absence is None:
        raise NotFound("absence")
    if absence.from_on < work.today:
        absence.until_on = min(absence.until_on, work.today - timedelta(days=1))
    else:
        absence.taken_back_at = work.now
    return absence


def _officer(work: Work, username: str) -> User:
    may = User.id.in_(queries.seen_to_by(work.actor.viewer))
    wanted = select(User).where(User.username == username, may, User.id.in_(people_at_work()))
    found = work.session.scalar(wanted.with_for_update(of=User, key_share=True))
    if found is None:
        raise RuleBroken("username", WHO)
    return found


def _cover(work: Work, username: str, user: User) -> User:
    found = work.session.scalar(select(User).where(User.username == username, User.id.in_(people_at_work())))
    if found is None or found.id == user.id:
        raise RuleBroken("cover", COVER)
    return found


def _standing(work: Work, officers: list[User]) -> list[tuple[int, Away]]:
    rows = queries.standing_of(work.session, [officer.id for officer in officers], work.today)
    return [(row.user_id, Away(row.from_on, row.until_on)) for row in rows]
