"""Looking is logged too: who opened, searched for or took away what, when and what for.

Search terms are personal data: they are kept in the audit row, which only those who may read the audit see, and never
written to a log file. The reason is the Work's own (`act("person.viewed", reason=…)`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert

from orders_app.models import AuditEvent
from orders_app.models.audit import EXPORTS, SEARCHES, VIEWS, audit_row
from orders_app.services.work import Work


def record_view(work: Work, *, person_id: int | None = None, record_id: int | None = None, what: str) -> None:
    """Log that somebody opened a person or a record. `what` names the page, such as 'Patrol card'."""
    record_views(work, seen=[(person_id, record_id)], what=what)


def record_views(work: Work, *, seen: Iterable[tuple[int | None, int | None]], what: str) -> None:
    """Log that somebody saw several on one page: pairs of person and record. One statement however many there are."""
    rows = [audit_row(work, subject_type=VIEWS, person_id=person, record_id=record, changes={"what": what}) for person, record in seen]
    if rows:
        work.session.execute(insert(AuditEvent), rows)


def record_search(work: Work, *, what: str, terms: Mapping[str, Any] | str, results: int) -> None:
    """Log a search: what for, in which list, and how many it found."""
    _log(work, SEARCHES, {"what": what, "terms": _given(terms), "results": results})


def record_export(work: Work, *, what: str, terms: Mapping[str, Any] | str = "", rows: int, recipient: str = "") -> None:
    """Log that rows were taken out of the program: what, by which filters, how many, and for whom if that is known."""
    _log(work, EXPORTS, {"what": what, "terms": _given(terms), "rows": rows, "recipient": recipient})


def _given(terms: Mapping[str, Any] | str) -> str | dict[str, str]:
    return terms if isinstance(terms, str) else {name: str(value) for name, value in terms.items() if value}


def _log(work: Work, subject_type: str, changes: dict[str, Any]) -> None:
    work.session.execute(insert(AuditEvent), [audit_row(work, subject_type=subject_type, changes=changes)])
