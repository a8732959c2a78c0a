"""Enter when an officer is away and who covers. Their alerts go there with the next check, and come back after the last day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from orders_app.models import Absence, User
from orders_app.queries import absences as queries
from orders_app.queries.availability import people_at_work
from orders_app.rules.absences import Away, refusals
from orders_app.rules.wording import day_words
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.services.work import Work

WHO = "Choose an officer whose days away you may enter"
COVER = "Choose an officer who is here and works alerts, or nobody"


class IsOver(RuntimeError):
    """The days are over or were taken out, so there is nothing left to change. The message says whose and which they were."""


def enter_absence(work: Work, *, username: str, from_on: date, until_on: date, cover: str = "", leaves_uncovered: bool = False) -> Absence:
    """Record days away of an officer, by user name, and who covers. London days, the last included.

    The officer's row is locked, so that of two people who enter the same days at once the second is refused. Somebody who
    covers for others on these days is asked about first: `leaves_uncovered` says that the team hears for those.
    Raises RulesBroken on username, from_on, until_on, cover or leaves_uncovered.
    """
    user = _officer(work, username)
    absence = Absence(user_id=user.id, from_on=from_on, until_on=until_on)
    absence.covered_by_id = _checked(work, user, absence, Away(from_on, until_on), cover, leaves_uncovered)
    work.session.add(absence)
    work.session.flush()
    return absence


def change_absence(
    work: Work, *, number: int, former: str, from_on: date | None, until_on: date, cover: str = "", leaves_uncovered: bool = False
) -> Absence:
    """Give an absence other days or somebody else who covers. One that has begun keeps its first day.

    `former` is how it was when the page was made (`as_it_is`). Raises NotFound, IsOver, ChangedMeanwhile, and RulesBroken as
    `enter_absence` does.
    """
    absence = _still_to_come(work, number)
    if as_it_is(absence) != former:
        raise ChangedMeanwhile(former)
    has_begun = absence.from_on <= work.today
    away = Away(absence.from_on if has_begun or from_on is None else from_on, until_on)
    absence.covered_by_id = _checked(work, absence.user, absence, away, cover, leaves_uncovered)
    absence.from_on, absence.until_on = away.from_on, away.until_on
    work.session.flush()
    work.session.expire(absence, ["covered_by"])  # it was read with whoever covered before
    return absence


def end_absence(work: Work, *, number: int) -> Absence:
    """The officer is back, or does not go: what is to come is struck out, and days already away stay. Raises NotFound, IsOver."""
    absence = _still_to_come(work, number)
    if absence.from_on < work.today:
        absence.until_on = work.today - timedelta(days=1)
    else:
        absence.taken_back_at = work.now
    return absence


def as_it_is(absence: Absence) -> str:
    """What a page notes of an absence, to tell later whether somebody changed it."""
    return f"{absence.from_on.isoformat()}/{absence.until_on.isoformat()}/{absence.covered_by_id or ''}"


def _still_to_come(work: Work, number: int) -> Absence:
    """The absence as it is now, with the officer's row locked. Raises NotFound, IsOver."""
    absence = queries.one(work.session, work.actor.viewer, number)
    if absence is None:
        raise NotFound("absence")
    work.session.execute(select(User.id).where(User.id == absence.user_id).with_for_update(key_share=True))
    work.session.refresh(absence, ["from_on", "until_on", "covered_by_id", "taken_back_at"])
    if absence.taken_back_at or absence.until_on < work.today:
        done = "was taken out already" if absence.taken_back_at else "has ended already"
        whose = f"{absence.user.display_name}, {day_words(absence.from_on)} to {day_words(absence.until_on)}"
        raise IsOver(f"This time away {done}: {whose}")
    return absence


def _checked(work: Work, user: User, absence: Absence, away: Away, cover: str, leaves_uncovered: bool) -> int | None:
    """The key of whoever covers, if the days can be so. Raises RuleBroken on cover, RulesBroken."""
    covering = _cover(work, cover, user) if cover else None
    standing = queries.standing_of(work.session, [user.id, *([covering.id] if covering else [])], work.today)
    others = [_days(one) for one in standing if one.user_id == user.id and one.id != absence.id]
    of_cover = [_days(one) for one in standing if covering and one.user_id == covering.id]
    broken = [RuleBroken(found.field, found.message) for found in refusals(away, others=others, of_cover=of_cover, today=work.today)]
    if not broken and not leaves_uncovered:
        broken = list(_left_uncovered(queries.covered_by(work.session, [user.id], work.today), away))
    if broken:
        raise RulesBroken(tuple(broken))
    return covering.id if covering else None


def _left_uncovered(covered: Iterable[Absence], away: Away) -> Iterable[RuleBroken]:
    for one in covered:
        if away.overlaps(_days(one)):
            days = f"from {day_words(one.from_on)} to {day_words(one.until_on)}"
            name = one.user.display_name
            said = f"They cover for {name} {days}. Change who covers for {name} first, or tick that the team hears"
            yield RuleBroken("leaves_uncovered", said)


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


def _days(absence: Absence) -> Away:
    return Away(absence.from_on, absence.until_on)
