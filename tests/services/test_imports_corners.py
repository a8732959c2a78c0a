"""The rarer ways in which rows point at people and orders, differ from the file, or say a thing twice."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from orders_app.models import Event, Identifier, Order
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services.imports.problems import FileRefused
from orders_app.services.imports.whole_file import read_whole
from orders_app.services.work import Actor
from tests.factories import a_person, a_user, an_area, an_order
from tests.services.import_files import DVPN, SPO, a_csv, a_workbook, importer, orders, people, said

pytestmark = pytest.mark.on_sqlite

PNC = "2006/0118234F"
DESK = frozenset({Role.ORDERS_DESK})


@pytest.fixture
def run(acting):
    runs = importer(acting)
    runs(people())
    return runs


@pytest.fixture
def officer(acting):
    with acting() as work:
        user = a_user(work, Role.ORDERS_DESK)
        return Actor(user.id, user.name, Viewer(user.id, roles=DESK))


def a_numbered_person(acting, **columns):
    with acting() as work:
        person = a_person(work, **{"surname": "Hale", "forenames": "Joan", "born_on": date(1970, 1, 1), "reference": "P-5", **columns})
        work.session.add(Identifier(person_id=person.id, kind="pnc", value=PNC))


class TestWhoIsMeant:
    """A row may say it in several ways; all must be true of one person."""

    @pytest.mark.parametrize("who", [{"Subject": "P-5"}, {"Subject": "06/118234F"}, {"Subject PNC": PNC}, {"Subject": f"PNC {PNC}"}])
    def test_by_reference_or_number(self, run, acting, session, who):
        a_numbered_person(acting)
        row = {**SPO, "Subject": "", **who}
        assert said(run(orders(row), "orders")) == []
        assert session.scalars(select(Order)).one().person_id

    @pytest.mark.parametrize(
        ("who", "says"),
        [
            ({"Subject": "N-1", "Subject PNC": PNC}, "mean different people"),
            (
                {"Subject": "", "Subject PNC": PNC, "Subject surname": "Marsh", "Subject DOB": "1/1/2001"},
                "another name and another date of birth",
            ),
            ({"Subject": "", "Subject PNC": "06/118234A"}, "ends with the letter F"),
            ({"Subject": "06/118234A"}, "ends with the letter F"),
            ({"Subject": "P-4"}, "Nobody on file has the reference P-4"),
        ],
    )
    def test_contradictions(self, run, acting, who, says):
        a_numbered_person(acting)
        assert says in said(run(orders({**SPO, **who}), "orders"))[0][2]

    def test_two_people_of_one_name_and_birth(self, run, acting):
        for _ in range(2):
            with acting() as work:
                a_person(work, surname="Lister", forenames="Ama", born_on=date(1990, 1, 1))
        ((_, _, message),) = said(run(orders({**SPO, "Subject": "LISTER, Ama (1 Jan 1990)"}), "orders"))
        assert "2 people on file are called LISTER, Ama" in message

    def test_two_people_of_one_key(self, run, acting):
        with acting() as work:
            a_person(work, source_key="N-1", reference="P-7")
        assert "Use one of these references" in said(run(orders(SPO), "orders"))[0][2]

    def test_a_person_row_that_means_two(self, run, acting):
        a_numbered_person(acting)
        ((row, column, message),) = said(run(people(("N-1", "Whittaker", "Callum", "", PNC))))
        assert (row, column) == (2, "PNC")
        assert "another column of the row is" in message

    def test_a_name_without_key_that_says_more_than_the_file(self, run):
        sheet = a_csv(("Surname", "Forenames", "DOB", "Sex"), ("Whittaker", "Callum", "14/03/1988", "M"))
        assert "has the same name and date of birth" in said(run(sheet))[0][2]

    def test_people_of_the_file_itself(self, run):
        new = ("N-8", "Quinn", "Niamh", "1/2/1990", "")
        sheets = a_workbook(People=[("Our key", "Surname", "Forenames", "DOB", "PNC"), new], Orders=[list(SPO), [*SPO.values()]])
        assert said(run(sheets, "orders")) == []
        mine = orders({**SPO, "Our reference": "S/2", "Subject": "QUINN, Niamh (born 1 Feb 1990)"})
        assert said(run(mine, "orders")) == []


class TestWhatDiffers:
    """Each column that says something else is named."""

    headings = ("Our key", "Surname", "Sex", "Notes", "Area", "PNC", "AKA", "Address", "Postcode", "Address from")

    @pytest.mark.parametrize(
        ("place", "typed", "column"),
        [
            (1, "Hales", "Surname"),
            (2, "Female", "Sex"), (3, "Other", "Notes"), (4, "South", "Area"), (5, "2007/0000001N", "PNC"), (6, "Other, Name", "AKA"),
            (7, "1 Elm Way", "Address"), (9, "2 June 2024", "Address from"),
        ],
    )  # fmt: skip
    def test_of_a_person(self, acting, place, typed, column):
        with acting() as work:
            an_area(work, name="North")
            an_area(work, name="South")
        run = importer(acting)
        row = ["N-9", "Hale", "Male", "Note", "North", PNC, "H, J", "12 Alder Row", "NM1 4QX", "1 June 2024"]
        assert said(run(a_csv(self.headings, row))) == []
        assert said(run(a_csv(self.headings, row))) == []
        row[place] = typed
        expected = [(2, column)] if column != "PNC" or typed.endswith("N") else []
        assert [(number, name) for number, name, _ in said(run(a_csv(self.headings, row)))] == expected

    @pytest.mark.parametrize(
        ("column", "typed"),
        [("Ends", "01/03/2028"), ("End time", "16:00"), ("Court", "Other Court"), ("Follows", "D/1"), ("Protected people", "N-2")],
    )
    def test_of_an_order(self, run, column, typed):
        run(orders(DVPN, {**SPO, "Court": "Northmere"}), "orders")
        assert [(row, name) for row, name, _ in said(run(orders({**SPO, column: typed}), "orders"))] == [(2, column)]

    def test_an_order_whose_row_cannot_be_understood(self, run):
        run(orders(SPO), "orders")
        assert [column for _, column, _ in said(run(orders({**SPO, "Subject": "N-99"}), "orders"))] == ["Subject"]


class TestSaidTwice:
    """A cell and a sheet about the same thing."""

    def sheets(self, **more):
        return a_workbook(Orders=[list(DVPN), list(DVPN.values())], **more)

    @pytest.mark.parametrize(
        ("more", "column"),
        [
            ({"Conditions": [("Our ref", "Condition"), ("D/1", "No contact")]}, "Conditions"),
            ({"protected_people": [("Our ref", "Person"), ("D/1", "N-2")]}, "Protected people"),
        ],
    )
    def test_is_refused(self, run, more, column):
        problems = said(run(self.sheets(**more), "orders"))
        assert [(row, name) for row, name, _ in problems] == [(2, column)]
        assert "Use the cell or the sheet" in problems[0][2]

    def test_an_event_is_one_event(self, run, session):
        assert said(run(self.sheets(Events=[("Our ref", "Event", "Date"), ("D/1", "Served", "21/11/2026")]), "orders")) == []
        assert len(session.scalars(select(Event).where(Event.kind == "served")).all()) == 1

    def test_a_variation_in_the_events_sheet_of_a_new_order(self, run):
        problems = run(self.sheets(Events=[("Our ref", "Event", "Date"), ("D/1", "Varied", "21/11/2026")]), "orders").problems
        assert [(problem.sheet, problem.row, problem.column) for problem in problems] == [("Events", 2, "Event")]

    def test_two_sheets_of_one_kind(self):
        with pytest.raises(FileRefused, match="Two sheets hold people"):
            read_whole(a_workbook(People=[("Surname",), ("Hale",)], peOple_=[("Surname",), ("Hale",)]), "people")


class TestWhichOrder:
    """Orders are named by our reference or by Orderwatch's own."""

    def test_follows_by_orderwatchs_reference(self, run, session):
        run(orders(DVPN), "orders")
        reference = session.scalars(select(Order.reference)).one()
        session.rollback()
        assert said(run(orders({**SPO, "Follows": reference}), "orders")) == []
        assert session.scalars(select(Order.follows_id).where(Order.source_key == "S/1")).one()

    def test_several_orders_of_one_reference(self, run, acting):
        run(orders(DVPN), "orders")
        with acting() as work:
            an_order(work, person=a_person(work), source_key="D/1")
        assert "Several orders have this reference" in said(run(orders(DVPN), "orders"))[0][2]
        assert "Several orders have this reference" in said(run(orders({**SPO, "Follows": "D/1"}), "orders"))[0][2]

    def test_a_restricted_order(self, run, acting, officer):
        with acting() as work:
            an_order(work, person=a_person(work), source_key="D/1", access="restricted")
        assert said(run(orders(DVPN), "orders", actor=officer)) == [
            (2, "Our reference", "This order is restricted. Ask its owner to do it")
        ]
        assert said(run(orders({**SPO, "Follows": "D/1"}), "orders", actor=officer))[0][1] == "Follows"

    def test_an_order_that_follows_one_with_problems_is_not_blamed(self, run):
        outcome = run(orders({**DVPN, "Authorised rank": "Inspector"}, {**SPO, "Follows": "D/1"}), "orders")
        assert [(row, column) for row, column, _ in said(outcome)] == [(2, "Authorised rank")]


def test_answers_of_one_type(run, session):
    scpo = {**SPO, "Type": "SCPO", "Ends": "01/03/2029", "Subject is organisation": "Yes", "Applicant": "Serious Fraud Office"}
    assert said(run(orders(scpo), "orders")) == []
    assert session.scalars(select(Order.details)).one() == {"subject_is_organisation": "yes", "applicant": "sfo"}


def test_a_refusal_of_a_part_without_a_column_stands_beside_the_reference(run, acting):
    dapn = {**DVPN, "Type": "DAPN", "Local authority": "Croydon", "Protected people": ""}
    assert said(run(orders(dapn), "orders")) == []
    with acting() as work:
        a_person(work, source_key="N-30", born_on=date(2020, 1, 1))
    ((row, column, message),) = said(run(a_csv(("Our reference", "Person"), ("D/1", "N-30")), "protected-people"))
    assert (row, column) == (2, "Our reference")
    assert "must be 16 or over" in message


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"Surnme,DOB\nHale,1/1/1980\n", "There is no column 'Surname'"), (b"one,two\n1,2\n", "There is no column 'Surname'")],
)
def test_headings_that_cannot_be_used(run, content, says):
    assert says in " ".join(message for _, _, message in said(run(content)))


def test_a_team_or_officer_is_found_by_name(run, acting, session):
    with acting() as work:
        owner = a_user(work, collar_number="4471")
        owner_id = owner.id
    run(orders({**SPO, "Owner": "4471"}), "orders")
    assert session.scalars(select(Order.owner_id)).one() == owner_id
