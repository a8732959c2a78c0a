"""Handing in a spreadsheet on the page: checked, confirmed, recorded; refused rows; files for others to fill in."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import ImportRun, Order, Person
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.access import Role
from orders_app.rules.spreadsheets import KINDS
from orders_app.services.imports import runs
from orders_app.services.work import Actor
from tests.web.conftest import ClientFor, Officer, Statements

pytestmark = pytest.mark.on_sqlite

PEOPLE = b"Our key,Surname,Forenames,Date of birth\nN-1,Whittaker,Callum,14/03/1988\n"
ORDERS = b"Our reference,Type,Subject,Authorised,Authorised rank,Served\nD/1,DVPN,N-1,21/11/2026 20:00,Superintendent,21/11/2026 22:40\n"


@pytest.fixture
def desk(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK)


def hand_in(client: Officer, content: bytes, kind: str = "people", name: str = "sheet.csv"):
    return client.post("/imports/", data={"kind": kind, "file": (io.BytesIO(content), name)}, follow_redirects=True)


def confirm(client: Officer, session: Session):
    token = session.scalars(select(ImportRun.token).order_by(ImportRun.id.desc()).limit(1)).one()
    session.rollback()
    return client.post(f"/imports/{token}/confirm", follow_redirects=True)


def test_a_file_is_checked_then_recorded(desk, session):
    checked = hand_in(desk, PEOPLE)
    assert "Nothing is wrong with this file" in checked.text
    assert "1 new person" in checked.text
    assert session.scalars(select(Person)).all() == []
    session.rollback()
    recorded = confirm(desk, session)
    assert "What it recorded" in recorded.text
    assert session.scalars(select(Person.surname)).all() == ["Whittaker"]


def test_the_notice_of_the_main_job(desk, session):
    hand_in(desk, PEOPLE)
    confirm(desk, session)
    hand_in(desk, ORDERS, "orders")
    page = confirm(desk, session)
    assert "DVPN-2026-0001" in page.text
    order = session.scalars(select(Order)).one()
    assert order.team_id == desk.user.team_id


def test_errors_are_shown_by_row_and_column_and_can_be_downloaded(desk, session):
    page = hand_in(desk, b"Our key,Surname,DOB\nN-1,Whittaker,14/03/88\nN-2,,1/1/1990\n")
    assert "Nothing was recorded: 2 things to mend" in page.text
    assert "row 2" in page.text
    assert "DOB (C)" in page.text
    token = session.scalars(select(ImportRun.token)).one()
    listed = desk.get(f"/imports/{token}/errors.csv")
    assert "Enter the year as four figures" in listed.text
    assert listed.headers["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_no_spreadsheet_is_refused_on_the_form(desk, session):
    page = hand_in(desk, b"\xd0\xcf\x11\xe0 old")
    assert "Save it as an Excel workbook (.xlsx) without a password" in page.text
    assert "There is a problem" in page.text
    assert session.scalars(select(ImportRun)).all() == []


@pytest.mark.parametrize(("data", "message"), [({}, "Choose what the file holds"), ({"kind": "people"}, "Choose a file")])
def test_nothing_chosen(desk, data, message):
    assert message in desk.post("/imports/", data=data).text


def test_confirming_twice_records_once(desk, session):
    hand_in(desk, PEOPLE)
    confirm(desk, session)
    assert confirm(desk, session).status_code == 409
    assert len(session.scalars(select(Person)).all()) == 1


def test_a_large_file_waits_for_the_scheduler_and_shows_how_far_it_is(desk, session, acting):
    rows = "".join(f"N-{n},Marsh{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)},,\n" for n in range(1_200))
    page = hand_in(desk, b"Our key,Surname,Forenames,DOB\n" + rows.encode())
    assert "Waiting to start. 1,200 rows" in page.text
    assert "Check progress" in page.text
    run = session.scalars(select(ImportRun)).one()
    token = run.token
    session.rollback()
    assert desk.get(f"/imports/{token}/progress").json["is_over"] is False
    counts = runs.run_waiting(acting, Actor(None, "Scheduler", SYSTEM))
    assert counts == {"checked": 1}
    assert desk.get(f"/imports/{token}/progress").json == {"is_over": True, "words": "", "tag": "Ready"}
    assert "1,200 new people" in desk.get(f"/imports/{token}").text


def test_somebody_elses_file_is_not_there(desk, client_for, session):
    hand_in(desk, PEOPLE)
    token = session.scalars(select(ImportRun.token)).one()
    other = client_for(Role.ORDERS_DESK)
    for address in (f"/imports/{token}", f"/imports/{token}/progress", f"/imports/{token}/errors.csv"):
        assert other.get(address).status_code == 404
    assert other.post(f"/imports/{token}/confirm").status_code == 404
    assert "sheet.csv" not in other.get("/imports/").text
    assert "sheet.csv" in desk.get("/imports/").text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_page_and_blank_files(desk, kind):
    assert KINDS[kind].columns[0].heading in desk.get(f"/imports/columns/{kind}").text
    assert desk.get(f"/imports/blank/{kind}.xlsx").data.startswith(b"PK")
    assert desk.get(f"/imports/blank/{kind}.csv").data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "address", ["/imports/columns/nothing", "/imports/blank/nothing.csv", "/imports/blank/people.pdf", "/imports/nothing"]
)
def test_what_is_not_there(desk, address):
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.PATROL, Role.PERFORMANCE, Role.OFFENDER_MANAGER, Role.AUDITOR])
def test_who_may_not_import(client_for, role):
    assert client_for(role).get("/imports/").status_code == 403


@pytest.mark.parametrize("hands_in", [0, 30])
def test_the_page_asks_a_fixed_number_of_statements(desk, statements: Statements, hands_in):
    for _ in range(hands_in):
        hand_in(desk, PEOPLE)
    with statements() as asked:
        desk.get("/imports/")
    assert len(asked) <= 12
