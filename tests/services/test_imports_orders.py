"""Orders from a spreadsheet, with their terms, events and protected people; what the law says of them; and once is once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from orders_app.models import AuditEvent, Condition, Deadline, Event, Order, Person, ProtectedPerson
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services.work import Actor
from tests.factories import a_person, a_team, a_user
from tests.services.import_files import DVPN, DVPO, SPO, a_csv, a_workbook, importer, orders, people, said

ORDER_HEADINGS = ("Our ref", "Type", "Subject", "Made", "Served", "Ends")
SERVED_AT = datetime.fromisoformat("2025-03-02T10:05")
EVENTS = ("Our reference", "Event", "Date")
TABLES = (Person, Order, Condition, Event, Deadline, ProtectedPerson, AuditEvent)


@pytest.fixture
def run(acting):
    runs = importer(acting)
    runs(people())
    return runs


def counted(outcome):
    return {name: dict(counts) for name, counts in outcome.counts.items()}


def everything(session) -> list[int]:
    counts = [session.scalar(select(func.count()).select_from(table)) for table in TABLES]
    session.rollback()
    return counts


def test_a_notice_with_all_its_parts(run, session):
    outcome = run(orders(DVPN), "orders")
    assert said(outcome) == []
    order = session.scalars(select(Order)).one()
    assert (order.order_type, order.authorised_rank, order.source_key) == ("dvpn", "superintendent", "D/1")
    assert session.scalars(select(Condition.text).order_by(Condition.number)).all() == [
        "Not to contact Anna Marsh",
        "Not to go to 12 Alder Row",
    ]
    assert session.scalars(select(ProtectedPerson.relationship_to_subject)).all() == ["wife"]
    served = session.scalars(select(Event).where(Event.kind == "served")).one()
    assert served.happened_at == datetime(2026, 11, 21, 22, 40, tzinfo=UTC)


def test_the_court_must_hear_it_without_counting_sunday(run, session):
    run(orders(DVPN), "orders")
    deadline = session.scalars(select(Deadline).where(Deadline.duty_key == "court_hearing")).one()
    assert deadline.due_at == datetime(2026, 11, 24, 22, 40, tzinfo=UTC)


def test_the_same_file_twice_is_once(run, session):
    sheet = orders(DVPN, SPO, DVPO)
    assert counted(run(sheet, "orders")) == {"orders": {"new": 3}}
    before = everything(session)
    assert counted(run(sheet, "orders")) == {"orders": {"unchanged": 3}}
    assert everything(session) == before


@pytest.mark.parametrize("is_dry_run", [True, False])
def test_one_bad_row_and_nothing_is_left(run, session, is_dry_run):
    before = everything(session)
    outcome = run(orders(DVPN, {**SPO, "Made": "31/02/2025"}, {**DVPO, "Ends": "08/12/2026"}), "orders", is_dry_run=is_dry_run)
    assert [(row, column) for row, column, _ in said(outcome)] == [(3, "Made"), (4, "Ends")]
    assert everything(session) == before


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ({**DVPO, "Ends": "08/12/2026"}, "Ends", "29 days is not allowed"),
        ({**DVPO, "Ends": "22/11/2026"}, "Ends", "14 days"),
        ({**DVPO, "Ends": ""}, "Ends", "Enter the last day"),
        ({**DVPO, "Ends": "until further order"}, "Ends", "must state its period"),
        ({**DVPN, "Authorised rank": "Inspector"}, "Authorised rank", "superintendent or above"),
        ({**DVPN, "Served": "21/11/2026"}, "Served", "Enter the time"),
        ({**DVPN, "Served": "21/11/2026 19:00"}, "Served", "cannot be served before"),
        ({**DVPN, "Served": "23/11/2026 19:00"}, "Served", "in the future"),
        ({**DVPN, "Subject": "N-9"}, "Subject", "Nobody on file has the key 'N-9'"),
        ({**DVPN, "Subject": "WHITTAKER, Callum"}, "Subject", "Add the date of birth"),
        ({**DVPN, "Subject": ""}, "Subject", "does not say who it is"),
        ({**DVPN, "Protected people": "N-1"}, "Protected people", "cannot also be a protected person"),
        ({**DVPN, "Protected people": "HALE, Joan (born 1/1/1980)"}, "Protected people", "Nobody on file is called HALE, Joan"),
        ({**DVPN, "Type": "RO"}, "Type", "Restraining order on acquittal"),
        ({**DVPN, "Follows": "D/0"}, "Follows", "No order has the reference 'D/0'"),
        ({**DVPN, "Team": "Nobody's"}, "Team", "is not known"),
        ({**DVPN, "Owner": "9999"}, "Owner", "user name or the collar number"),
        ({**SPO, "Discharged": "01/04/2025"}, "Discharged", "both consent"),
        ({**SPO, "Address for notice": "1 Elm Way"}, "Address for notice", "not asked about this type, SPO"),
        ({**SPO, "Served": "25/10/2026 01:30"}, "Served", "came twice"),
        ({**SPO, "Served time": "22:40", "Served": ""}, "Served", "Enter the day too"),
        ({**SPO, "Served": "02/03/2025 10:00", "Served time": "11:00"}, "Served time", "Keep one of them"),
        ({**SPO, "Ends when": "the trial ends"}, "Ends when", "not both"),
    ],
)  # fmt: skip
def test_what_is_refused_and_where(run, row, column, says):
    problems = said(run(orders(row), "orders"))
    assert (2, column) in [(number, name) for number, name, _ in problems]
    assert says in " ".join(message for _, name, message in problems if name == column)


def test_refusals_cite_the_law(run):
    (problem,) = run(orders({**DVPO, "Ends": "08/12/2026"}), "orders").problems
    assert (problem.letter, problem.citation) == ("F", "Crime and Security Act 2010 s.28(10)")


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("Served", "21/11/2026 22:41"),
        ("Conditions", "Not to contact Anna Marsh"),
        ("Authorised rank", "Chief superintendent"),
        ("Subject", "N-2"),
    ],
)
def test_an_import_never_overwrites(run, session, column, typed):
    run(orders(DVPN), "orders")
    before = everything(session)
    outcome = run(orders({**DVPN, "Protected people": "", column: typed}), "orders")
    assert [(row, name) for row, name, _ in said(outcome)] == [(2, column)]
    assert everything(session) == before


def test_an_empty_cell_says_nothing(run):
    run(orders(DVPN), "orders")
    assert counted(run(orders({**DVPN, "Conditions": "", "Served": "", "Protected people": ""}), "orders")) == {"orders": {"unchanged": 1}}


def test_orders_that_follow_each_other(run, session):
    sheet = orders({**DVPO, "Made": "22/11/2026", "Served": "", "Ends": "19/12/2026", "Follows": "D/1"}, {**DVPN, "Follows": ""})
    assert said(run(sheet, "orders", is_dry_run=True)) == []
    assert counted(run(sheet, "orders")) == {"orders": {"new": 2}}
    notice, order = (session.scalars(select(Order).where(Order.order_type == code)).one() for code in ("dvpn", "dvpo"))
    assert order.follows_id == notice.id
    assert session.scalars(select(Event.kind).where(Event.record_id == notice.id, Event.kind == "application_granted")).all()


def test_orders_in_a_ring(run):
    outcome = run(orders({**SPO, "Follows": "S/2"}, {**SPO, "Our reference": "S/2", "Follows": "S/1"}), "orders")
    assert {message for _, _, message in said(outcome)} == {"These orders follow each other in a ring. Check which came first"}


def test_the_same_reference_twice_in_one_file(run):
    assert said(run(orders(SPO, SPO), "orders")) == [(3, "Our reference", "Row 2 has this reference too. Each order has one row")]


def test_a_workbook_with_everything_and_excel_dates(run, session):
    sheets = a_workbook(
        People=[["Our key", "Surname", "Forenames", "Date of birth"], ["N-7", "Hale", "Joan", date(1980, 1, 2)]],
        Orders=[
            ["Our ref", "Type", "Subject", "Made", "Served", "Ends"],
            ["S/9", "SPO", "N-1", date(2025, 3, 1), SERVED_AT, "UFO"],
        ],
        Conditions=[["Our ref", "Condition", "Short form"], ["S/9", "No contact with Joan Hale", "No contact"]],
        protected_people=[["Our ref", "Person", "Relationship"], ["S/9", "HALE, Joan (born 2 Jan 1980)", "neighbour"]],
        Events=[["Our ref", "Event", "Date", "Hearing"], ["S/9", "Hearing listed", date(2025, 2, 1), date(2025, 3, 1)]],
    )
    assert said(run(sheets, "orders", is_dry_run=True)) == []
    assert counted(run(sheets, "orders")) == {"people": {"new": 1}, "orders": {"new": 1}}
    before = everything(session)
    assert counted(run(sheets, "orders")) == {"people": {"unchanged": 1}, "orders": {"unchanged": 1}}
    assert everything(session) == before
    assert session.scalars(select(Event.happened_at).where(Event.kind == "served")).one() == datetime(2025, 3, 2, 10, 5, tzinfo=UTC)


class TestPartsOfOrdersOnFile:
    """Conditions, protected people and events in files of their own."""

    @pytest.fixture
    def run(self, acting):
        runs = importer(acting)
        runs(people())
        runs(orders(SPO), "orders")
        return runs

    @pytest.mark.parametrize(
        ("kind", "sheet", "table"),
        [
            ("conditions", a_csv(("Our reference", "Condition"), ("S/1", "No contact"), ("S/1", "Not to go to 12 Alder Row")), Condition),
            ("protected-people", a_csv(("Our reference", "Person"), ("S/1", "N-2")), ProtectedPerson),
            ("events", a_csv(EVENTS, ("S/1", "Protected person told", "04/03/2025")), Event),
        ],
    )
    def test_are_added_once(self, run, session, kind, sheet, table):
        before = session.scalar(select(func.count()).select_from(table))
        session.rollback()
        assert counted(run(sheet, kind)) == {"orders": {"added to": 1}}
        after = everything(session)
        assert session.scalar(select(func.count()).select_from(table)) > before
        session.rollback()
        assert counted(run(sheet, kind)) == {"orders": {"unchanged": 1}}
        assert everything(session) == after

    def test_other_conditions_are_a_variation(self, run):
        run(a_csv(("Our reference", "Condition"), ("S/1", "No contact")), "conditions")
        ((row, column, message),) = said(run(a_csv(("Our reference", "Condition"), ("S/1", "Other")), "conditions"))
        assert (row, column) == (2, "Condition")
        assert "Record a change by the court as a variation" in message

    @pytest.mark.parametrize(
        ("kind", "sheet", "column", "says"),
        [
            ("events", a_csv(EVENTS, ("S/1", "Discharged", "04/04/2025")), "Date", "both consent"),
            ("events", a_csv(EVENTS, ("S/1", "Varied", "04/04/2025")), "Event", "on the order’s page"),
            ("events", a_csv((*EVENTS, "Hearing"), ("S/1", "Served", "02/03/2025", "1/1/2026")), "Hearing", "Only 'Hearing listed'"),
            ("events", a_csv(EVENTS, ("S/0", "Served", "04/04/2025")), "Our reference", "No order has the reference 'S/0'"),
            ("conditions", a_csv(("Our reference", "Condition", "Tag"), ("S/1", "Tag", "Yes")), "Tag", "no express power"),
        ],
    )  # fmt: skip
    def test_are_refused_beside_their_row(self, run, session, kind, sheet, column, says):
        before = everything(session)
        ((row, name, message),) = said(run(sheet, kind))
        assert (row, name) == (2, column)
        assert says in message
        assert everything(session) == before


def test_a_problem_with_a_person_is_said_once(run):
    sheets = a_workbook(
        People=[["Our key", "Surname", "DOB"], ["N-8", "Hale", "1/1/80"]],
        Orders=[["Our ref", "Type", "Subject", "Made", "Ends"], ["S/9", "SPO", "N-8", "1/3/2025", "UFO"]],
    )
    assert [(problem.sheet, problem.row) for problem in run(sheets, "orders").problems] == [("People", 2)]


class TestWhatTheImporterMayNotSee:
    """A sealed subject answers as nobody on file; an order about them as none."""

    @pytest.fixture
    def officer(self, acting):
        with acting() as work:
            team = a_team(work)
            user = a_user(work, Role.ORDERS_DESK, team=team)
            return Actor(user.id, user.name, Viewer(user.id, team_id=team.id, roles=frozenset({Role.ORDERS_DESK})))

    @pytest.mark.parametrize(("access", "says"), [("sealed", "Nobody on file has"), ("restricted", "This person is restricted")])
    def test_the_subject(self, run, acting, officer, access, says):
        with acting() as work:
            a_person(work, access=access, source_key="N-6")
        ((_, column, message),) = said(run(orders({**SPO, "Subject": "N-6"}), "orders", actor=officer))
        assert column == "Subject"
        assert says in message

    def test_an_order_of_a_sealed_person_is_not_there(self, run, acting, officer, session):
        events = a_csv(EVENTS, ("S/1", "Served", "03/03/2025"))
        without = said(run(events, "events", actor=officer))
        run(orders(SPO), "orders")
        with acting() as work:
            work.session.scalars(select(Person).where(Person.source_key == "N-1")).one().access = "sealed"
        assert said(run(events, "events", actor=officer)) == without

    def test_an_importers_orders_are_their_teams(self, run, officer, session):
        run(orders(SPO), "orders", actor=officer)
        assert session.scalars(select(Order.team_id)).all() == [officer.viewer.team_id]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2000, 1, 1), date(2026, 11, 21)), form=st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "excel"]))
def test_a_day_typed_in_any_way_is_the_day_recorded(run, session, day, form):
    typed = day if form == "excel" else day.strftime(form)
    key = f"{day}{form}"
    sheet = a_workbook(Orders=[["Our ref", "Type", "Subject", "Made", "Ends"], [key, "SPO", "N-1", typed, "until further order"]])
    assert said(run(sheet, "orders")) == []
    assert session.scalars(select(Order.made_on).where(Order.source_key == key)).all() == [day]
    session.rollback()
