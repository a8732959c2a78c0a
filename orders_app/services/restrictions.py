"""Set how widely a person or a record may be seen, and name the officers and teams who may open it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm.attributes import flag_modified

from orders_app.models import AccessGrant, Person, Record, Team, User
from orders_app.queries.visibility import person_visible, record_visible
from orders_app.rules.access import Access
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.people import person_to_change
from orders_app.services.work import Work

LONGEST_REASON = 300


class Closable(StrEnum):
    """What can be closed to those who are not named on it."""

    PERSON = "person"
    RECORD = "record"


def set_access(work: Work, *, of: Closable, reference: str, version: int, access: Access) -> None:
    """Open, restrict or seal a person or a record, for the Work's reason. Whoever closes it is named on it.

    Raises RuleBroken, NotFound, ChangedMeanwhile.
    """
    _needs_reason(work)
    row = _to_change(work, of, reference, version)
    if row.access == access:
        raise RuleBroken("access", "This is how the record is now. Choose another answer, or go back")
    row.access = access
    row.changed_at = work.now
    flag_modified(row, "changed_at")
    if access is not Access.OPEN and work.actor.id is not None and not _is_named(work, row, user_id=work.actor.id):
        _name(work, row, user_id=work.actor.id)
    work.session.flush()


def name_officer(work: Work, *, of: Closable, reference: str, username: str) -> None:
    """Let one officer open it, for the Work's reason. Raises RuleBroken, NotFound."""
    _needs_reason(work)
    row = _to_change(work, of, reference)
    user = work.session.scalar(select(User).where(User.username == username.strip(), User.is_active))
    if user is None:
        raise RuleBroken("who", "Choose an officer from the list")
    if _is_named(work, row, user_id=user.id):
        raise RuleBroken("who", f"{user.display_name} is named on this record already")
    _name(work, row, user_id=user.id)


def name_team(work: Work, *, of: Closable, reference: str, team: str) -> None:
    """Let everybody in a team open it, for the Work's reason. Raises RuleBroken, NotFound."""
    _needs_reason(work)
    row = _to_change(work, of, reference)
    named = work.session.scalar(select(Team).where(Team.name == team.strip()))
    if named is None:
        raise RuleBroken("who", "Choose a team from the list")
    if _is_named(work, row, team_id=named.id):
        raise RuleBroken("who", f"{named.name} is named on this record already")
    _name(work, row, team_id=named.id)


def end_naming(work: Work, *, of: Closable, reference: str, number: int) -> None:
    """End one naming, counted from 1 in the order they were made, for the Work's reason. The last one stays.

    Raises RuleBroken, NotFound.
    """
    _needs_reason(work)
    row = _to_change(work, of, reference)
    grants = list(work.session.scalars(select(AccessGrant).where(_about(row)).order_by(AccessGrant.id)))
    if not 1 <= number <= len(grants) or grants[number - 1].ended_at is not None:
        raise NotFound(f"{reference}: no such naming")
    if row.access != Access.OPEN and sum(grant.ended_at is None for grant in grants) == 1:
        raise RuleBroken("reason", "Name somebody else first: without anybody named, nobody could open this record again")
    grants[number - 1].ended_at = work.now


def _needs_reason(work: Work) -> None:
    if not work.reason.strip():
        raise RuleBroken("reason", "Enter why")


def _to_change(work: Work, of: Closable, reference: str, version: int | None = None) -> Person | Record:
    """Return the row if the actor may see it. Raises NotFound, and ChangedMeanwhile for a version that is not the stored one."""
    if of is Closable.PERSON:
        return person_to_change(work, reference, version)
    viewer = work.actor.viewer
    visible = select(Record).join(Record.person).where(Record.reference == reference, person_visible(viewer), record_visible(viewer))
    record = work.session.scalar(visible.with_for_update(of=Record))
    if record is None:
        raise NotFound(reference)
    if version is not None and record.version != version:
        raise ChangedMeanwhile(reference)
    return record


def _about(row: Person | Record) -> ColumnElement[bool]:
    return AccessGrant.person_id == row.id if isinstance(row, Person) else AccessGrant.record_id == row.id


def _is_named(work: Work, row: Person | Record, *, user_id: int | None = None, team_id: int | None = None) -> bool:
    who = AccessGrant.user_id == user_id if user_id else AccessGrant.team_id == team_id
    live = select(AccessGrant.id).where(_about(row), AccessGrant.ended_at.is_(None), who)
    return work.session.scalar(live.limit(1)) is not None


def _name(work: Work, row: Person | Record, *, user_id: int | None = None, team_id: int | None = None) -> None:
    about = {"person_id": row.id} if isinstance(row, Person) else {"record_id": row.id}
    given = {"granted_at": work.now, "granted_by_id": work.actor.id, "reason": work.reason[:LONGEST_REASON]}
    work.session.add(AccessGrant(user_id=user_id, team_id=team_id, **about, **given))
    work.session.flush()
