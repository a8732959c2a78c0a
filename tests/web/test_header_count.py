"""The number beside My work, on every page: what waits for the reader, and nothing that they may not know of."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from orders_app.models import AccessGrant, Record
from orders_app.rules.access import Access, Role
from orders_app.services.alerts import raise_alerts
from orders_app.services.escalation import escalate
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.services.alert_cases import utc
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import page
from tests.web.work_desk import STAGES, Desk


def number(officer: Officer) -> int:
    """What the menu says, and the page that it leads to too."""
    found = page(officer.get("/work"))
    said = {text for text, href in found.links if href == "/work" and text.startswith("My work (")}
    assert len(said) == 1
    (name,) = said
    match = re.fullmatch(r"My work \((\d+)\) waiting for you", name)
    assert match, name
    assert f"Mine {match[1]}" in found.main or f"Mine ({match[1]})" in found.main
    return int(match[1])


def test_it_counts_what_waits_for_an_officer(aisha: Officer) -> None:
    assert number(aisha) == 3


def test_a_supervisor_sees_what_was_passed_up(client_for: ClientFor, desk: Desk, acting: Acting, clock: time_machine.Traveller) -> None:
    leader = client_for(Role.ORDERS_SUPERVISOR, team=desk.team, leads_team=True)
    before = number(leader)
    with acting("alerts.escalated", now=NOW + timedelta(days=3)) as work:
        raise_alerts(work, stages=STAGES)
        passed = escalate(work, stages=STAGES).to_supervisors
    assert passed > 0
    assert number(leader) == before + passed


@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_a_closed_record_counts_for_those_named_on_it_alone(aisha: Officer, desk: Desk, acting: Acting, access: Access) -> None:
    with acting() as work:
        row = desk.row(work, "hidden", utc(2026, 11, 23), surname="Quillfeather", access=access)
        record_id = row.record_id
    assert number(aisha) == 3
    with acting() as work:
        work.session.add(AccessGrant(user_id=desk.officer.id, record_id=record_id, granted_at=NOW, reason="Owner"))
    assert number(aisha) == 4


def test_closing_one_takes_it_from_the_count(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        _record(work, desk.references[0]).access = Access.SEALED
    assert number(aisha) == 2


def _record(work: Work, reference: str) -> Record:
    return work.session.scalars(select(Record).where(Record.reference == reference)).one()


def test_whoever_works_no_alerts_has_no_number(client_for: ClientFor) -> None:
    assert "My work" not in page(client_for(Role.PATROL).get("/people")).text
