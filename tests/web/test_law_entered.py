"""Entering law on its pages: what is asked, what it would move, and saving it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Deadline, JobRequest, LawChange
from orders_app.rules.access import Role
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law_entries import Entry, ProvisionEntry
from orders_app.rules.provisions import ENGLAND_AND_WALES, InForce
from orders_app.services.law import Authority, enter
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_served_notice
from tests.web.conftest import ClientFor, Officer
from tests.web.drafts import begun
from tests.web.entering_law import (
    ADD_DAY,
    ADD_S58,
    ADD_YEARS,
    CHANGE_PILOT,
    EXTENDED,
    JUBILEE,
    S58,
    SOURCE,
    WITHDRAW_DAY,
    checked,
    saved,
)
from tests.web.reading import page
from tests.web.typed import day, opened

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def administrator(client_for: ClientFor) -> Officer:
    return client_for(Role.ADMINISTRATOR, name="Meera Chandran")


class TestReading:
    def test_everybody_reads_where_each_provision_stands_today(self, client_for: ClientFor) -> None:
        shown = page(client_for(Role.PATROL).get("/law/provisions"))
        for provision in PROVISIONS.values():
            assert (provision.name, f"/law/provisions/{provision.code}") in shown.links
        assert "Partly in force In 14 areas, until 24 November 2026" in shown.main
        assert "Add a row" not in shown.main

    def test_a_provision_shows_its_rows_and_what_depends_on_it(self, client_for: ClientFor) -> None:
        shown = page(client_for(Role.PATROL).get("/law/provisions/bsa_s58")).main
        assert "It has no row: nothing that waits for it is law anywhere" in shown
        assert "SCPO, duty: Notify a new name" in shown
        assert "registration" in page(client_for(Role.PATROL, username="p2").get("/law/provisions/cpa_new_name")).main.casefold()
        pilot = page(client_for(Role.PATROL, username="p3").get("/law/provisions/daa_part_3"))
        assert "Croydon First day 27 November 2024 Last day 24 November 2026" in pilot.main
        assert "Shipped with the program" in pilot.main
        assert "DAPO: may be given or made" in pilot.main

    def test_an_unknown_provision_or_day_is_not_there(self, administrator: Officer) -> None:
        for address in ("/law/provisions/x", "/law/provisions/x/add", "/law/provisions/bsa_s58/change", "/law/left-out-days/soon/withdraw"):
            assert administrator.get(address).status_code == 404
        assert administrator.get("/law/left-out-days/2027-12-25/withdraw").status_code == 404

    @pytest.mark.parametrize("address", [ADD_DAY, ADD_S58, CHANGE_PILOT, ADD_YEARS, WITHDRAW_DAY])
    def test_only_who_may_enters_law(self, client_for: ClientFor, address: str) -> None:
        assert client_for(Role.ORDERS_SUPERVISOR).get(address).status_code == 403


class TestEntering:
    def test_a_commencement_is_checked_saved_and_then_stands_on_every_page(self, administrator: Officer, session: Session) -> None:
        check = checked(administrator, ADD_S58, S58)
        assert "England and Wales: from 1 November 2026 with no end" in check.main
        assert "No open deadline would be different" in check.main
        assert session.scalar(select(LawChange.id)) is None
        shown = saved(administrator, ADD_S58, S58)
        assert "Entered. Deadlines are in line with it" in shown.main
        assert "In force In all of England and Wales" in shown.main
        assert "To be confirmed" not in shown.main
        assert "Meera Chandran, Sunday 22 November 2026, 08:14 Legal services, by e-mail" in shown.main
        history = page(administrator.get("/law/history")).main
        assert "SCPO: notification (Border Security, Asylum and Immigration Act 2025 s.58)" in history

    def test_it_is_in_the_log_with_its_reason(self, administrator: Officer, session: Session) -> None:
        saved(administrator, ADD_S58, S58)
        rows = session.scalars(select(AuditEvent).where(AuditEvent.action == "law.entered")).all()
        assert {row.reason for row in rows} == {"Legal services, by e-mail"}
        assert all(row.actor == administrator.user.display_name for row in rows)

    def test_changing_the_answers_loses_nothing(self, administrator: Officer) -> None:
        back = page(administrator.post(ADD_S58, data={**opened(administrator, ADD_S58), **S58, "do": "change"}))
        assert (back.inputs["citation"], back.inputs["in_force_from-year"]) == (S58["citation"], "2026")
        assert back.problems == ""

    @pytest.mark.parametrize(
        ("address", "wrong", "said"),
        [
            (ADD_S58, {"citation": ""}, "Enter what it rests on"),
            (ADD_S58, {"url": "http://example.test"}, "beginning with https://"),
            (ADD_S58, {"reason": ""}, "Enter why it is entered, and who confirmed it"),
            (ADD_S58, {"where": ""}, "Choose where it is in force"),
            (ADD_S58, {"where": "some"}, "Enter 1 to 100 areas, one to a line"),
            (ADD_S58, day("in_force_until", "31 10 2026"), "The last day must be Sunday 1 November 2026 or later"),
            (ADD_S58, day("in_force_from", "31 2 2026"), "First day in force"),
            (CHANGE_PILOT, {**EXTENDED, "rows": []}, "Choose at least one row"),
            (CHANGE_PILOT, {**EXTENDED, **day("in_force_until", "24 11 2026")}, "Nothing would be different in Bromley"),
            (CHANGE_PILOT, {**EXTENDED, **day("in_force_until", "1 1 2024")}, "The last day must be"),
            (ADD_DAY, {**JUBILEE, **day("on", "29 11 2026")}, "Sunday 29 November is a Sunday"),
            (ADD_DAY, {**JUBILEE, **day("on", "25 12 2026")}, "Friday 25 December is Christmas Day, which the Acts name themselves"),
            (ADD_DAY, {**JUBILEE, **day("on", "3 6 2031")}, "The table runs from Monday 1 January 2018 to Tuesday 31 December 2030"),
            (ADD_DAY, {**JUBILEE, "name": ""}, "Enter what it is"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_beside_the_box_and_nothing_is_lost(
        self, administrator: Officer, session: Session, address: str, wrong: dict[str, object], said: str
    ) -> None:
        answer = checked(administrator, address, {**S58, **wrong})
        assert said in answer.problems
        assert answer.title.startswith("Error: ")
        assert session.scalar(select(LawChange.id)) is None

    def test_somebody_else_was_quicker(self, administrator: Officer, acting: Acting, session: Session) -> None:
        check = checked(administrator, ADD_S58, S58)
        with acting("law.entered") as work:
            row = InForce("bsa_s59", ENGLAND_AND_WALES, date(2026, 11, 1), None, SOURCE["citation"], SOURCE["url"])
            enter(work, entry=Entry((ProvisionEntry(row),)), authority=Authority(**SOURCE), last_entry=0)
        answer = page(administrator.post(ADD_S58, data={**S58, "version": check.inputs["version"], "do": "save"}))
        assert "Somebody else entered law while this page was open" in answer.problems
        assert answer.inputs["citation"] == SOURCE["citation"]
        shown = saved(administrator, ADD_S58, S58)
        assert "Entered." in shown.main

    def test_a_pilot_is_extended_in_every_area_at_once_and_orders_may_be_recorded(
        self, administrator: Officer, client_for: ClientFor, acting: Acting
    ) -> None:
        with acting() as work:
            person = a_person(work)
        check = checked(administrator, CHANGE_PILOT, EXTENDED)
        assert "Croydon: from 27 November 2024 to 31 March 2027 (was to 24 November 2026)" in check.main
        assert check.main.count("(was to 24 November 2026)") == 14
        shown = saved(administrator, CHANGE_PILOT, EXTENDED)
        assert "Partly in force In 14 areas, until 31 March 2027" in shown.main
        desk = client_for(Role.ORDERS_DESK, username="desk")
        assert "In force only in Bromley" in page(desk.get(f"{begun(desk, person)}/type")).main

    def test_a_row_entered_by_mistake_is_taken_away(self, administrator: Officer) -> None:
        saved(administrator, ADD_S58, S58)
        mistake = {"rows": ["2026-11-01 england and wales"], "what": "mistake", **SOURCE}
        shown = saved(administrator, "/law/provisions/bsa_s58/change", mistake)
        assert "Not in force" in shown.main
        assert "the row from 1 November 2026 with no end is taken away" in shown.main


class TestBankHolidays:
    def test_a_proclaimed_day_moves_the_clocks_that_run_over_it(self, administrator: Officer, acting: Acting, session: Session) -> None:
        with acting() as work:
            order = a_served_notice(work)
            hearing = select(Deadline.due_at).where(Deadline.record_id == order.id, Deadline.duty_key == "court_hearing")
        check = checked(administrator, ADD_DAY, JUBILEE)
        assert "1 open deadline would be different: 1 gets another date" in check.main
        assert order.reference not in check.main
        shown = saved(administrator, ADD_DAY, JUBILEE)
        assert "Tuesday 24 November 2026 What it is Jubilee bank holiday" in shown.main
        assert session.scalar(hearing) == datetime(2026, 11, 25, 22, 40, tzinfo=UTC)

    def test_a_sealed_record_is_moved_and_not_counted(self, administrator: Officer, acting: Acting, session: Session) -> None:
        with acting() as work:
            order = a_served_notice(work, access="sealed")
            hearing = select(Deadline.due_at).where(Deadline.record_id == order.id, Deadline.duty_key == "court_hearing")
        assert "No open deadline would be different" in checked(administrator, ADD_DAY, JUBILEE).main
        saved(administrator, ADD_DAY, JUBILEE)
        assert session.scalar(hearing) == datetime(2026, 11, 25, 22, 40, tzinfo=UTC)

    def test_a_doubtful_day_stands_on_one_reading(self, administrator: Officer) -> None:
        shown = saved(administrator, ADD_DAY, {**JUBILEE, "readings": "statutory"})
        assert "Jubilee bank holiday Withdraw Tuesday 24 November 2026 Left out On the words of the Act" in shown.main

    def test_a_day_is_withdrawn(self, administrator: Officer) -> None:
        shown = saved(administrator, WITHDRAW_DAY, dict(SOURCE))
        assert "Monday 3 May 2027: no bank holiday. Hour clocks run on it" in shown.main
        assert administrator.get(WITHDRAW_DAY).status_code == 404

    def test_more_years_are_looked_at_day_by_day_and_then_covered(self, administrator: Officer, session: Session) -> None:
        check = checked(administrator, ADD_YEARS, {"year": "2031", **SOURCE})
        assert "Friday 11 April 2031 What it is Good Friday" in check.main
        shown = saved(administrator, ADD_YEARS, {"year": "2031", **SOURCE})
        assert "to Wednesday 31 December 2031" in shown.main
        assert session.scalars(select(JobRequest.job)).all() == ["sync_deadlines"]
