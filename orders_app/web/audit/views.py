"""The log: find by officer, by reference, by day; and the trail of one person or record. Reading it is logged too."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import Blueprint, render_template, request

from orders_app.queries import audit as queries
from orders_app.queries.audit import AuditFilter, AuditRow, Subject
from orders_app.rules.access import Permission
from orders_app.rules.wording import LONDON
from orders_app.services import audit as service
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.audit.forms import AuditFilterForm
from orders_app.web.audit.lines import Line, line_of
from orders_app.web.paging import paging
from orders_app.web.session import act, read_session, viewer

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


@blueprint.get("/")
@requires(Permission.AUDIT_VIEW)
def index() -> str:
    """Find in the log."""
    form = AuditFilterForm(request.args)
    is_right = form.validate()
    subject = _subject(form.reference.data or "")
    is_unknown = bool(form.reference.data) and subject is None
    wanted = _wanted(form, subject)
    part = paging(0 if is_unknown or not is_right else queries.how_many(read_session(), viewer(), wanted))
    lines = _lines(queries.listed(read_session(), viewer(), wanted, first=part.skipped, count=part.size)) if part.total else []
    with act("audit.read") as work:
        service.record_search(work, what="Log", terms=request.args.to_dict(), results=part.total)
    return render_template(
        "audit/index.html", form=form, part=part, lines=lines, is_right=is_right, is_unknown=is_unknown, most=queries.MOST_COUNTED
    )


@blueprint.get("/<any(people, records):kind>/<reference>")
@requires(Permission.AUDIT_VIEW)
def trail(kind: str, reference: str) -> str:
    """Who looked at one person or record, and who changed what, newest first."""
    subject = _subject(reference)
    if subject is None or (subject.person_id is None) is not (kind == "records"):
        raise NotFound(reference)
    wanted = AuditFilter(person_id=subject.person_id, record_id=subject.record_id)
    part = paging(queries.how_many(read_session(), viewer(), wanted))
    lines = _lines(queries.listed(read_session(), viewer(), wanted, first=part.skipped, count=part.size))
    with act("audit.read") as work:
        service.record_view(work, person_id=subject.person_id, record_id=subject.record_id, what="Trail")
    return render_template("audit/trail.html", subject=subject, kind=kind, part=part, lines=lines, most=queries.MOST_COUNTED)


def _lines(rows: list[AuditRow]) -> list[Line]:
    names = queries.names_in(read_session(), viewer(), [row.event for row in rows])
    return [line_of(row, names) for row in rows]


def _subject(reference: str) -> Subject | None:
    typed = reference.strip().upper()
    if not typed:
        return None
    find = queries.find_person if typed.startswith("P-") else queries.find_record
    return find(read_session(), viewer(), typed)


def _wanted(form: AuditFilterForm, subject: Subject | None) -> AuditFilter:
    return AuditFilter(
        officer=form.officer.data or "",
        person_id=subject.person_id if subject else None,
        record_id=subject.record_id if subject else None,
        since=_midnight(form.since.day) if form.since.day else None,
        before=_midnight(form.until.day + timedelta(days=1)) if form.until.day else None,
        kind=form.kind.data if form.kind.data in queries.KINDS else "",
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)
