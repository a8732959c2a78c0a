"""Hand a record over to another officer or team: who owns it, what goes with it, and who is told."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm.attributes import set_committed_value

from orders_app.models import HandOver, HandOverNotice, Record, Team, User
from orders_app.queries import hand_overs
from orders_app.queries.assignees import at_work_in, find_taker, those_who_see, who_can_have
from orders_app.queries.hand_overs import Goes
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.services.deadline_work import start_again
from orders_app.services.errors import NotFound, RuleBroken
from orders_app.services.order_events import open_order
from orders_app.services.record_changes import close_change
from orders_app.services.registration_events import open_registration
from orders_app.services.takers import Taker, checked_note, refuse_absent
from orders_app.services.work import Work

WHOM = "Choose an officer or a team: one who is here, works alerts, may see this record and may record on it"


def hand_over(
    work: Work, *, reference: str, version: int, note: str, officer: str = "", team: str = "", takes_all: bool = False
) -> HandOver:
    """Give a record to an officer, by user name, or to a team, by name. Its deadlines and their alerts go along.

    A deadline that was given to somebody else than the owner stays with them, unless `takes_all`. The new owner, the former
    one and the supervisors of both teams are told. Raises RuleBroken on to or note, NotFound, ChangedMeanwhile.
    """
    record = _open(work, reference, version)
    taker, said = _taker(work, record, officer, team), checked_note(note)
    former, owner_id = _holder(work, record), record.owner_id
    if (taker.officer, taker.team) == (former.officer, former.team):
        raise RuleBroken("to", f"{taker.called} has it already. Choose somebody else")
    going = [goes for goes in hand_overs.what_goes(work.session, record) if takes_all or goes.is_owners]
    row = HandOver(
        record_id=record.id, made_upon=record.version, handed_at=work.now, handed_by_id=work.actor.id, handed_by=work.actor.name,
        held_by=former.called, given_to=taker.called, given_to_id=taker.owner_id, note=said, deadlines=len(going),
    )  # fmt: skip
    record.owner_id, record.team_id = taker.owner_id, taker.team.id if taker.team else None
    _move(work, going, taker)
    work.session.add(row)
    close_change(work, record)
    _tell(work, record, row, owner_id, [one.id for one in (former.team, taker.team) if one])
    return row


def take_note(work: Work, *, reference: str) -> None:
    """Say that the actor has seen what was handed over of this record. Raises NotFound where there is nothing of theirs to see."""
    unseen = hand_overs.notices_about(work.session, work.actor.viewer, reference)
    if not unseen:
        raise NotFound(reference)
    for notice in unseen:
        notice.seen_at = work.now


def _open(work: Work, reference: str, version: int) -> Record:
    """The record of this reference, of whatever kind, as `version` left it. Raises NotFound, ChangedMeanwhile."""
    kind = work.session.scalar(select(Record.kind).where(Record.reference == reference))
    if kind == REGISTRATION.code:
        return open_registration(work, reference, version).registration
    return open_order(work, reference, version).order


def _holder(work: Work, record: Record) -> Taker:
    officer = work.session.get(User, record.owner_id) if record.owner_id else None
    return Taker(officer, work.session.get(Team, record.team_id) if record.team_id else None)


def _taker(work: Work, record: Record, officer: str, team: str) -> Taker:
    """Whoever was chosen, if they can have it. The team of an officer without one is that of the record."""
    if bool(officer) == bool(team):
        raise RuleBroken("to", "Choose an officer or a team")
    if team:
        chosen = work.session.scalar(select(Team).where(Team.name == team))
        if chosen is None or not at_work_in(who_can_have(work.session, record.id, work.now), chosen.id):
            raise RuleBroken("to", WHOM)
        return Taker(None, chosen)
    found = find_taker(work.session, record.id, officer, work.now)
    if found is None:
        raise RuleBroken("to", WHOM)
    refuse_absent(found)
    team_id = found.user.team_id or record.team_id
    return Taker(found.user, work.session.get(Team, team_id) if team_id else None)


def _move(work: Work, going: list[Goes], taker: Taker) -> None:
    """The deadlines fall to the new owner, and whoever hears of them now has not acknowledged them yet."""
    for goes in going:
        goes.deadline.assigned_to_id = None
        if goes.alert:
            set_committed_value(goes.alert, "deadline", goes.deadline)
            goes.alert.recipient_id = taker.owner_id
            goes.alert.team_id = taker.team.id if taker.team else None
            start_again(goes.alert, work)


def _tell(work: Work, record: Record, row: HandOver, former_owner_id: int | None, team_ids: list[int]) -> None:
    """Whoever has it, whoever had it and who leads their teams, so far as they are here and may see it; not whoever does it."""
    owners = [key for key in (record.owner_id, former_owner_id) if key]
    concerned = or_(User.id.in_(owners), User.leads_team & User.team_id.in_(team_ids))
    told = work.session.scalars(select(User.id).where(User.id.in_(those_who_see(record.id)), concerned)).all()
    notices = [HandOverNotice(user_id=key) for key in sorted(set(told)) if key != work.actor.id]
    for notice in notices:
        notice.hand_over = row
    work.session.add_all(notices)
