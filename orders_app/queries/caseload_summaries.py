"""The summary of a caseload that was handed over, and who has yet to take note of one. Each reader has what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from orders_app.models import CaseloadHandOver, CaseloadNotice, Deadline, HandOver, Order, Person, Record
from orders_app.queries.alert_stages import is_live
from orders_app.queries.caseloads import handed_over_by
from orders_app.queries.visibility import Viewer, person_visible, record_visible

AT_MOST = 50


@dataclass(frozen=True)
class Line:
    """A caseload to be told of: how many of its records the viewer may see and how many of those they took, how many took some, and who.

    `given_to` is who took it where one did.
    """

    caseload: CaseloadHandOver
    records: int
    taken: int
    takers: int
    given_to: str


@dataclass(frozen=True)
class SummaryRow:
    """One record of a caseload, whose it is about, and its next deadline."""

    hand_over: HandOver
    reference: str
    kind: str
    order_type: str
    person: Person
    deadline: Deadline | None


def unseen(session: Session, viewer: Viewer) -> list[Line]:
    """Return the caseloads that the viewer has not taken note of, newest first. One statement."""
    mine = func.sum(case((HandOver.given_to_id == viewer.user_id, 1), else_=0))
    who = (func.count(HandOver.given_to.distinct()), func.min(HandOver.given_to))
    found = select(CaseloadHandOver, func.count(HandOver.id), mine, *who).join(
        CaseloadNotice, CaseloadNotice.caseload_id == CaseloadHandOver.id
    )
    found = (
        found.join(HandOver, HandOver.caseload_id == CaseloadHandOver.id).join(Record, Record.id == HandOver.record_id).join(Record.person)
    )
    found = found.where(_is_unseen_by(viewer), person_visible(viewer), record_visible(viewer)).group_by(CaseloadHandOver.id)
    return [Line(*row) for row in session.execute(found.order_by(CaseloadHandOver.id.desc()).limit(AT_MOST))]


def made_of_draft(session: Session, viewer: Viewer, token: str) -> str:
    """Return the reference of the caseload that the viewer handed over from this draft; empty where there is none."""
    found = select(CaseloadHandOver.reference).where(CaseloadHandOver.draft_token == token, CaseloadHandOver.handed_by_id == viewer.user_id)
    return session.scalar(found) or ""


def find_caseload(session: Session, viewer: Viewer, reference: str) -> CaseloadHandOver | None:
    """Return a caseload's hand-over, if the viewer made it, was told of it, or sees to the officer."""
    told = select(CaseloadNotice.id).where(CaseloadNotice.caseload_id == CaseloadHandOver.id, CaseloadNotice.user_id == viewer.user_id)
    did, leads = CaseloadHandOver.handed_by_id == viewer.user_id, CaseloadHandOver.of_user_id.in_(handed_over_by(viewer))
    sees = or_(did, leads, told.correlate(CaseloadHandOver).exists())
    return session.scalar(select(CaseloadHandOver).where(CaseloadHandOver.reference == reference.upper(), sees))


def rows_of(session: Session, viewer: Viewer, caseload_id: int, now: datetime) -> list[SummaryRow]:
    """Return the records of a caseload that the viewer may see, whatever is overdue first. One statement."""
    upcoming = aliased(Deadline)
    columns = (HandOver, Record.reference, Record.kind, func.coalesce(Order.__table__.c.order_type, ""), Person, upcoming)
    found = select(*columns).select_from(HandOver).join(Record, Record.id == HandOver.record_id).join(Record.person)
    found = found.outerjoin(Order.__table__, Order.__table__.c.id == HandOver.record_id).outerjoin(upcoming, upcoming.id == _next(now))
    found = found.where(HandOver.caseload_id == caseload_id, person_visible(viewer), record_visible(viewer))
    return [SummaryRow(*row) for row in session.execute(found.order_by(upcoming.act_by_at.nulls_last(), Record.reference))]


def notice_of(session: Session, viewer: Viewer, reference: str) -> CaseloadNotice | None:
    """Return the viewer's own notice of a caseload, if they have not taken note of it."""
    found = select(CaseloadNotice).join(CaseloadHandOver, CaseloadHandOver.id == CaseloadNotice.caseload_id)
    return session.scalar(found.where(CaseloadHandOver.reference == reference.upper(), _is_unseen_by(viewer)))


def _is_unseen_by(viewer: Viewer) -> Any:
    return and_(CaseloadNotice.user_id == viewer.user_id, CaseloadNotice.seen_at.is_(None))


def _next(now: datetime) -> Any:
    """The next deadline of a record; where only deadlines went, of those that went."""
    went = or_(HandOver.is_whole, HandOver.given_to_id.is_(None), Deadline.assigned_to_id == HandOver.given_to_id)
    found = select(Deadline.id).where(Deadline.record_id == HandOver.record_id, is_live(now), went)
    return found.order_by(Deadline.act_by_at, Deadline.id).limit(1).correlate(HandOver).scalar_subquery()
