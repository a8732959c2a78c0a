"""Set how widely a person may be seen, and name the officers and teams who may open the record."""

from __future__ import annotations

from sqlalchemy import select

from orders_app.models import AccessGrant, Person, Team, User
from orders_app.rules.access import Access
from orders_app.services.errors import NotFound, RuleBroken
from orders_app.services.people import person_to_change, touch
from orders_app.services.work import Work


def set_access(work: Work, *, reference: str, version: int, access: Access) -> Person:
    """Open, restrict or seal a person, for the Work's reason. Whoever closes it is named on it.

    Raises RuleBroken, NotFound, ChangedMeanwhile.
    """
    _needs_reason(work)
    person = person_to_change(work, reference, version)
    if person.access == access:
        raise RuleBroken("access", "This is how the record is now. Choose another answer, or go back")
    person.access = access
    touch(work, person)
    if access is not Access.OPEN and work.actor.id is not None and not _is_named(work, person, user_id=work.actor.id):
        _name(work, person, user_id=work.actor.id, team_id=None)
    work.session.flush()
    return person


def name_officer(work: Work, *, reference: str, username: str) -> None:
    """Let one officer open the record, for the Work's reason. Raises RuleBroken, NotFound."""
    _needs_reason(work)
    person = person_to_change(work, reference)
    user = work.session.scalar(select(User).where(User.username == username.strip(), User.is_active))
    if user is None:
        raise RuleBroken("who", "Choose an officer from the list")
    if _is_named(work, person, user_id=user.id):
        raise RuleBroken("who", f"{user.display_name} is named on this record already")
    _name(work, person, user_id=user.id, team_id=None)


def name_team(work: Work, *, reference: str, team: str) -> None:
    """Let everybody in a team open the record, for the Work's reason. Raises RuleBroken, NotFound."""
    _needs_reason(work)
    person = person_to_change(work, reference)
    row = work.session.scalar(select(Team).where(Team.name == team.strip()))
    if row is None:
        raise RuleBroken("who", "Choose a team from the list")
    if _is_named(work, person, team_id=row.id):
        raise RuleBroken("who", f"{row.name} is named on this record already")
    _name(work, person, user_id=None, team_id=row.id)


def end_naming(work: Work, *, reference: str, number: int) -> None:
    """End one naming, counted from 1 in the order they were made, for the Work's reason. The last one stays.

    Raises RuleBroken, NotFound.
    """
    _needs_reason(work)
    person = person_to_change(work, reference)
    grants = list(work.session.scalars(select(AccessGrant).where(AccessGrant.person_id == person.id).order_by(AccessGrant.id)))
    if not 1 <= number <= len(grants) or grants[number - 1].ended_at is not None:
        raise NotFound(f"{reference}: no such naming")
    if person.access != Access.OPEN and sum(grant.ended_at is None for grant in grants) == 1:
        raise RuleBroken("reason", "Name somebody else first: without anybody named, nobody could open this record again")
    grants[number - 1].ended_at = work.now


def _needs_reason(work: Work) -> None:
    if not work.reason.strip():
        raise RuleBroken("reason", "Enter why")


def _is_named(work: Work, person: Person, *, user_id: int | None = None, team_id: int | None = None) -> bool:
    who = AccessGrant.user_id == user_id if user_id else AccessGrant.team_id == team_id
    live = select(AccessGrant.id).where(AccessGrant.person_id == person.id, AccessGrant.ended_at.is_(None), who)
    return work.session.scalar(live.limit(1)) is not None


def _name(work: Work, person: Person, *, user_id: int | None, team_id: int | None) -> None:
    work.session.add(
        AccessGrant(
            person_id=person.id,
            user_id=user_id,
            team_id=team_id,
            granted_at=work.now,
            granted_by_id=work.actor.id,
            reason=work.reason[:300],
        )
    )
    work.session.flush()
