"""Remove what has ended and nobody will look at again. Never anything about a person or a record."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select

from orders_app.db import Base
from orders_app.models import Alert, CalendarAddress, CalendarEntry, Delivery, Draft, JobRequest, JobRun, SignInThrottle, UserSession
from orders_app.services.drafts import Searched
from orders_app.services.work import Work

KEPT = timedelta(days=90)
DRAFTS_KEPT = timedelta(days=30)
SEARCHES_KEPT = timedelta(days=7)
THROTTLES_KEPT = timedelta(days=1)


def clean_up(work: Work) -> dict[str, int]:
    """Delete what has ended: sign-ins, drafts, searches, waits, entries of jobs and of e-mail, calendars nobody reads. Return how many."""
    long_ago = work.now - KEPT
    return {
        "sign_ins": _delete(work, UserSession, or_(UserSession.ended_at < long_ago, UserSession.expires_at < long_ago)),
        "drafts": _delete(work, Draft, _is_abandoned(work)),
        "waits": _delete(work, SignInThrottle, _is_over(work)),
        "runs": _delete(work, JobRun, JobRun.finished_at < long_ago),
        "requests": _delete(work, JobRequest, JobRequest.taken_at < long_ago),
        "calendar_addresses": _delete(work, CalendarAddress, CalendarAddress.ended_at < long_ago),
        "calendar_entries": _delete(work, CalendarEntry, CalendarEntry.user_id.not_in(select(CalendarAddress.user_id))),
        "deliveries": _delete(work, Delivery, _is_told_and_over(work)),
    }


def _is_abandoned(work: Work) -> ColumnElement[bool]:
    old_search = and_(Draft.kind.in_(tuple(Searched)), Draft.changed_at < work.now - SEARCHES_KEPT)
    return or_(Draft.changed_at < work.now - DRAFTS_KEPT, old_search)


def _is_over(work: Work) -> ColumnElement[bool]:
    before = SignInThrottle.last_failed_at < work.now - THROTTLES_KEPT
    return and_(before, or_(SignInThrottle.blocked_until_at.is_(None), SignInThrottle.blocked_until_at < work.now))


def _is_told_and_over(work: Work) -> ColumnElement[bool]:
    """An e-mail about an alert that is still open is remembered, or it would be sent again."""
    closed = select(Alert.id).where(Alert.closed_at.is_not(None))
    return and_(Delivery.settled_at < work.now - KEPT, or_(Delivery.alert_id.is_(None), Delivery.alert_id.in_(closed)))


def _delete(work: Work, table: type[Base], condition: ColumnElement[bool]) -> int:
    return work.session.connection().execute(delete(table).where(condition)).rowcount
