"""Looking leaves rows, and every change of an audited table does, in the same transaction."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import Area, AuditEvent
from orders_app.models.audit import BulkWriteForbidden, NobodyIsActing
from orders_app.services import audit
from tests.conftest import NOW, Acting
from tests.factories import a_person, an_area, an_order


def test_a_look_says_who_when_what_and_why(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        order = an_order(work, person=person)
    with acting("order.viewed", reason="At the door") as work:
        audit.record_view(work, person_id=person.id, record_id=order.id, what="Patrol card")
    row = session.scalars(select(AuditEvent).where(AuditEvent.action == "order.viewed")).one()
    assert (row.at, row.actor, row.reason, row.subject_type) == (NOW, "Test", "At the door", "views")
    assert (row.person_id, row.record_id, row.changes) == (person.id, order.id, {"what": "Patrol card"})


@pytest.mark.parametrize("reason", ["", "Asked by the court"])
def test_mistake_7_a_look_and_a_disclosure_are_logged_whole_with_or_without_a_reason(acting: Acting, session: Session, reason: str) -> None:
    """Data Protection Act 2018 s.62, as it was and as the Act of 2025 leaves it: who, when, what and for whom always; why where said."""
    with acting("orders.exported", reason=reason) as work:
        audit.record_view(work, person_id=7, record_id=9, what="Order")
        audit.record_export(work, what="Orders", rows=1, recipient="Northmere Crown Court")
    look, export = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(row.at, row.actor, row.reason) for row in (look, export)] == [(NOW, "Test", reason)] * 2
    assert (look.person_id, look.record_id) == (7, 9)
    assert export.changes["recipient"] == "Northmere Crown Court"


def test_several_looks_are_one_statement(acting: Acting, session: Session) -> None:
    with acting("person.viewed") as work:
        audit.record_views(work, seen=[(1, None), (1, 2)], what="Briefing")
        audit.record_views(work, seen=[], what="Briefing")
    assert session.execute(select(AuditEvent.person_id, AuditEvent.record_id)).all() == [(1, None), (1, 2)]


def test_searches_and_exports_keep_what_was_asked_for(acting: Acting, session: Session) -> None:
    with acting("person.searched") as work:
        audit.record_search(work, what="People", terms={"name": "Whittaker", "born": ""}, results=3)
        audit.record_search(work, what="People", terms="whittaker cal", results=5)
        audit.record_export(work, what="Orders", terms={"state": "in force"}, rows=214, recipient="Legal services")
    assert session.scalars(select(AuditEvent.changes).order_by(AuditEvent.id)).all() == [
        {"what": "People", "terms": {"name": "Whittaker"}, "results": 3},
        {"what": "People", "terms": "whittaker cal", "results": 5},
        {"what": "Orders", "terms": {"state": "in force"}, "rows": 214, "recipient": "Legal services"},
    ]


def test_a_change_and_its_row_stand_or_fall_together(acting: Acting, session: Session) -> None:
    def stopped_half_way() -> None:
        with acting("area.saved") as work:
            an_area(work)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        stopped_half_way()
    assert session.scalars(select(AuditEvent)).all() == []
    assert session.scalars(select(Area)).all() == []


def test_a_change_says_from_what_to_what(acting: Acting, session: Session) -> None:
    with acting("area.saved") as work:
        area = an_area(work, code="N", name="North")
    with acting("area.saved", reason="Renamed") as work:
        work.session.get_one(Area, area.id).name = "Northmere North"
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.reason, last.changes) == ("Renamed", {"name": {"from": "North", "to": "Northmere North"}})


def test_a_removed_row_leaves_its_last_values(acting: Acting, session: Session) -> None:
    with acting() as work:
        area = an_area(work, code="N", name="North")
    with acting("area.removed") as work:
        work.session.delete(work.session.get_one(Area, area.id))
    last = session.scalars(select(AuditEvent).where(AuditEvent.action == "area.removed")).one()
    assert last.changes == {"id": {"from": area.id, "to": None}, "code": {"from": "N", "to": None}, "name": {"from": "North", "to": None}}


def test_nothing_is_written_by_nobody(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(NobodyIsActing), sessions.begin() as writing:
        writing.add(Area(code="N", name="North"))


@pytest.mark.parametrize("table", [Area, AuditEvent])
def test_bulk_changes_past_the_log_are_refused(acting: Acting, table: type) -> None:
    with acting() as work, pytest.raises(BulkWriteForbidden):
        work.session.execute(update(table).values(id=1))
