"""Looking is logged too: who opened, searched for or took away what, when and what for.

Search terms are personal data: they are kept in the audit row, which only those who may read the audit see, and never
written to a log file. The reason is the Work's own (`act("person.viewed", reason=…)`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from orders_app.models import AuditEvent
from orders_app.models.audit import EXPORTS, SEARCHES, VIEWS, audit_row
from orders_app.services.work import Work

Seen = tuple[int | None, int | None]  # the key of a person, and of a record of theirs


def record_view(work: Work, *, person_id: int | None = None, record_id: int | None = None, what: str) -> None:
    """Log that somebody opened a person or a record. `what` names the page, such as 'Patrol card'."""
    record_views(work, seen=[(person_id, record_id)], what=what)


def record_views(work: Work, *, seen: Iterable[Seen], what: str) -> None:
    """Log that somebody saw several on one page: pairs of person and record. One statement however many there are."""
    rows = [audit_row(work, subject_type=VIEWS, person_id=person, record_id=record, changes={"what": what}) for person, record in seen]
    if rows:
        work.session.execute(insert(AuditEvent), rows)


def record_search(work: Work, *, what: str, terms: Mapping[str, Any] | str, results: int, closed: Sequence[Seen] = ()) -> None:
    """Log a search: what for, in which list, and how many it found.

    Those of the results that are not open to all, `closed`, are logged on their own trails and are in no number: others who
    read the log would learn of them by it.
    """
    _log(work, SEARCHES, {"what": what, "terms": _given(terms), "results": results - len(closed)})
    record_views(work, seen=closed, what="Found in a search")


def record_export(
    work: Work, *, what: str, terms: Mapping[str, Any] | str = "", rows: int, recipient: str = "", closed: Sequence[Seen] = ()
) -> None:
    """Log that rows were taken out of the program: what, by which filters, how many, and for whom if that is known.

    `closed` as in `record_search`.
    """
    _log(work, EXPORTS, {"what": what, "terms": _given(terms), "rows": rows - len(closed), "recipient": recipient})
    record_views(work, seen=closed, what="Taken out in an export")


def _given(terms: Mapping[str, Any] | str) -> str | dict[str, str]:
    return terms if isinstance(terms, str) else {name: str(value) for name, value in terms.items() if value}


def _log(work: Work, subject_type: str, changes: dict[str, Any]) -> None:
    work.session.execute(insert(AuditEvent), [audit_row(work, subject_type=subject_type, changes=changes)])
