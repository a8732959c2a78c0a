"""Hand over a whole caseload in one go: all of it or nothing, in a fixed number of statements for every few hundred records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import and_, select
from sqlalchemy.orm.attributes import set_committed_value

from orders_app.models import Alert, CaseloadHandOver, CaseloadNotice, Deadline, HandOver, Record, Team, User
from orders_app.models.bulk import insert_audited, update_audited
from orders_app.queries import caseload_summaries, caseload_takers, caseloads
from orders_app.queries.alert_routes import deadlines, routes
from orders_app.queries.assignees import Colleague, at_work_in, colleagues
from orders_app.queries.caseload_takers import team_key
from orders_app.queries.caseloads import Held
from orders_app.queries.moments import instant
from orders_app.services.deadline_work import begun_again
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.references import next_references
from orders_app.services.takers import Taker, checked_note, held_by, refuse_absent
from orders_app.services.work import Work

AT_ONCE = 500
BACK = "whoever owns the record"  # what a deadline on another's record goes to where a team takes the caseload
GONE = "Choose officers and teams who are here and work alerts"
alerts = Alert.__table__
T = TypeVar("T")


@dataclass(frozen=True)
class Give:
    """One record as it was seen, and who takes it: "officer:" and a user name, or "team:" and a name."""

    reference: str
    version: int
    to: str


class RecordsChanged(ChangedMeanwhile):
    """Some of the records are not as they were seen, or cannot go to whom they were to. `references` says which."""

    def __init__(self, references: Sequence[str]) -> None:
        super().__init__(", ".join(references))
        self.references = tuple(references)


@dataclass(frozen=True)
class _HandingOver:
    """What is the same for every record: whose they were, who takes what, and the row they all hang on."""

    officer: User
    row: CaseloadHandOver
    takers: Mapping[str, Taker]
    goes_to: Mapping[str, str]
    teams: Mapping[int, Team]

    def taker(self, reference: str) -> Taker:
        return self.takers[self.goes_to[reference]]


def hand_over_caseload(work: Work, *, username: str, gives: Sequence[Give], note: str, draft_token: str | None = None) -> CaseloadHandOver:
    """Give what an officer has to others: each record with its owner's open deadlines and their alerts, and what they were given.

    A deadline on an owned record that was given to a third officer stays with them; one the officer had on another's
    record goes to whoever takes it, and to the record's owner where a team does. Those who take over, the officer and the
    supervisors of all teams are told, once each. `draft_token` is the draft it was checked as, if any.
    Raises NotFound, RuleBroken on to or note, RecordsChanged.
    """
    officer = caseloads.officer(work.session, work.actor.viewer, username)
    if officer is None:
        raise NotFound(username)
    said = checked_note(note)
    if not gives:
        raise RuleBroken("to", "Nothing is left that could be handed over")
    everybody = [one for one in colleagues(work.session, work.now) if one.user.id != officer.id]
    takers = {key: _taker(everybody, key) for key in dict.fromkeys(give.to for give in gives)}
    found = _as_seen(work, officer, gives, {key: _officers_of(taker, everybody) for key, taker in takers.items()})
    teams = {team.id: team for team in work.session.scalars(select(Team))}
    handing = _HandingOver(officer, _new_row(work, officer, said, draft_token), takers, {give.reference: give.to for give in gives}, teams)
    former_teams = {team_id for some in _in_turn(found) for team_id in _hand_over(work, handing, some)}
    _tell(work, handing, former_teams)
    return handing.row


def take_note_of_caseload(work: Work, *, reference: str) -> None:
    """Say that the actor has seen the summary of a caseload. Raises NotFound where there is nothing of theirs to see."""
    notice = caseload_summaries.notice_of(work.session, work.actor.viewer, reference)
    if notice is None:
        raise NotFound(reference)
    notice.seen_at = work.now


def _in_turn(rows: Sequence[T]) -> list[Sequence[T]]:
    return [rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE)]


def _taker(everybody: Sequence[Colleague], key: str) -> Taker:
    """Whoever a key stands for. Raises RuleBroken on to."""
    for one in everybody:
        if key == one.key:
            refuse_absent(one)
            return Taker(one.user, one.team)
        if one.team and key == team_key(one.team.name) and at_work_in(everybody, one.team.id):
            return Taker(None, one.team)
    raise RuleBroken("to", GONE)


def _officers_of(taker: Taker, everybody: Sequence[Colleague]) -> list[Colleague]:
    if taker.officer:
        return [one for one in everybody if one.user.id == taker.owner_id]
    return at_work_in(everybody, taker.team.id) if taker.team else []


def _as_seen(work: Work, officer: User, gives: Sequence[Give], takers: Mapping[str, Sequence[Colleague]]) -> list[Held]:
    """The records, locked, if each is still as it was seen and can go where it is to. Raises RecordsChanged."""
    for some in _in_turn(gives):
        wanted = select(Record.id).where(Record.reference.in_([give.reference for give in some]))
        work.session.execute(wanted.order_by(Record.id).with_for_update())
    has = {one.reference: one for one in caseloads.held(work.session, work.actor.viewer, officer.id, work.now)}
    found = [has[give.reference] for give in gives if give.reference in has]
    able = {one.reference: one.takers for one in caseload_takers.going(work.session, work.actor.viewer, found, takers)}
    times = Counter(give.reference for give in gives)
    changed = [give.reference for give in gives if times[give.reference] > 1 or not _is_as_seen(give, has.get(give.reference), able)]
    if changed:
        raise RecordsChanged(list(dict.fromkeys(changed)))
    return found


def _is_as_seen(give: Give, now_is: Held | None, able: Mapping[str, frozenset[str]]) -> bool:
    return now_is is not None and now_is.version == give.version and give.to in able[give.reference]


def _new_row(work: Work, officer: User, note: str, draft_token: str | None) -> CaseloadHandOver:
    row = CaseloadHandOver(
        reference=next_references(work, f"HO-{work.today.year}")[0], of_user_id=officer.id, of_officer=held_by(officer, officer.team),
        handed_at=work.now, handed_by_id=work.actor.id, handed_by=work.actor.name, note=note, draft_token=draft_token,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    return row


def _hand_over(work: Work, handing: _HandingOver, some: Sequence[Held]) -> set[int]:
    """Move some records with what hangs on them; return the teams that had them."""
    held = {one.record_id: one for one in some}
    records = list(work.session.scalars(select(Record).where(Record.id.in_(held)).order_by(Record.id)))
    former_teams = {record.team_id for record in records if record.team_id}
    insert_audited(work.session, HandOver, [_record_row(work, handing, record, held[record.id]) for record in records])
    whole = [record for record in records if held[record.id].is_whole]
    update_audited(work.session, Record, [(record, _given(work, record, handing.taker(record.reference))) for record in whole])
    _move_deadlines(work, handing, held)
    return former_teams


def _record_row(work: Work, handing: _HandingOver, record: Record, held: Held) -> dict[str, Any]:
    taker, team = handing.taker(record.reference), handing.teams.get(record.team_id or 0)
    return {
        "caseload_id": handing.row.id, "record_id": record.id, "made_upon": record.version, "handed_at": work.now,
        "handed_by_id": work.actor.id, "handed_by": work.actor.name,
        "held_by": held_by(handing.officer, team) if held.is_whole else handing.officer.display_name,
        "given_to": taker.called if held.is_whole or taker.officer else BACK, "given_to_id": taker.owner_id,
        "note": handing.row.note, "deadlines": held.load.deadlines, "is_whole": held.is_whole,
    }  # fmt: skip


def _given(work: Work, record: Record, taker: Taker) -> dict[str, Any]:
    """What becomes of the record's own row: its facts are the same, so its deadlines need not be worked out again."""
    team_id = taker.team.id if taker.team else record.team_id
    return {"owner_id": taker.owner_id, "team_id": team_id, "changed_at": work.now, "version": record.version + 1}


def _move_deadlines(work: Work, handing: _HandingOver, held: Mapping[int, Held]) -> None:
    """The open deadlines go along, and whoever hears of them now has not acknowledged them yet."""
    is_open = (Deadline.record_id.in_(held), Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None))
    found = work.session.scalars(select(Deadline).where(*is_open).order_by(Deadline.id).with_for_update())
    going = {row.id: row for row in found if _goes(row, held[row.record_id], handing.officer)}
    changes = [(row, {"assigned_to_id": _assigned(held[row.record_id], handing)}) for row in going.values()]
    update_audited(work.session, Deadline, changes)
    heard = {row.id: row for row in _alerts_of(work, held) if row.deadline_id in going}
    for row in heard.values():
        set_committed_value(row, "deadline", going[row.deadline_id])
    wanted = and_(deadlines.c.record_id.in_(held), alerts.c.closed_at.is_(None))
    joined = deadlines.join(alerts, alerts.c.deadline_id == deadlines.c.id)
    to = routes(wanted, when=instant(work.now), also={"alert_id": alerts.c.id}, joined=joined)
    hears = work.session.execute(select(to.c.alert_id, to.c.recipient_id, to.c.team_id).order_by(to.c.alert_id)).all()
    update_audited(work.session, Alert, [(heard[key], _reopened(work, heard[key], who, team)) for key, who, team in hears if key in heard])


def _alerts_of(work: Work, held: Iterable[int]) -> Iterator[Alert]:
    found = (
        select(Alert).join(Deadline, Deadline.id == Alert.deadline_id).where(Deadline.record_id.in_(list(held)), Alert.closed_at.is_(None))
    )
    return iter(work.session.scalars(found.order_by(Alert.id).with_for_update(of=Alert)))


def _goes(row: Deadline, held: Held, officer: User) -> bool:
    return row.assigned_to_id == officer.id or (held.is_whole and row.assigned_to_id is None)


def _assigned(held: Held, handing: _HandingOver) -> int | None:
    """The owner of a whole record has its deadlines without being named; on another's record whoever takes them is."""
    return None if held.is_whole else handing.taker(held.reference).owner_id


def _reopened(work: Work, row: Alert, recipient_id: int | None, team_id: int | None) -> dict[str, Any]:
    """The same columns of every alert: those that begin again stay quiet where whoever takes them had quietened them."""
    kept = {"snoozed_until_on": row.snoozed_until_on, "snooze_reason": row.snooze_reason}
    return {**kept, "recipient_id": recipient_id, "team_id": team_id} | begun_again(work, recipient_id)


def _tell(work: Work, handing: _HandingOver, former_teams: set[int]) -> None:
    """Whoever took something, whoever had it, and who leads their teams: one notice each, and none for whoever did it."""
    takers = handing.takers.values()
    concerned = [handing.officer.id, *(taker.officer.id for taker in takers if taker.officer)]
    teams = (
        former_teams | {taker.team.id for taker in takers if taker.team} | ({handing.officer.team_id} if handing.officer.team_id else set())
    )
    told = caseload_takers.told_of(work.session, handing.row.id, concerned, sorted(teams))
    work.session.add_all(CaseloadNotice(caseload_id=handing.row.id, user_id=key) for key in told if key != work.actor.id)
