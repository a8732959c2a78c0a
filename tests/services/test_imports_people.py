"""People from a spreadsheet: new, known, doubtful; and those that the importer must not learn of."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from orders_app.models import AuditEvent, Identifier, Person, PersonName
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services.work import Actor
from tests.factories import a_person, a_user
from tests.services.import_files import ANNA, CALLUM, a_csv, importer, people, said

PNC = "2006/0118234F"


@pytest.fixture
def run(acting):
    return importer(acting)


@pytest.fixture
def desk_officer(acting):
    with acting() as work:
        user = a_user(work, Role.ORDERS_DESK)
        return Actor(user.id, user.name, Viewer(user.id, roles=frozenset({Role.ORDERS_DESK})))


def counted(outcome):
    return {name: dict(counts) for name, counts in outcome.counts.items()}


def rows_in(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_new_people_are_recorded_whole(run, session):
    headings = ("Our key", "Surname", "Forenames", "DOB", "Sex", "PNC", "Also known as", "Address", "Postcode", "Address from")
    row = ("N-1", "Whittaker", "Callum", "14/03/1988", "M", "06/118234F", "Whitt, Cal\nBig C", "12 Alder Row", "nm14qx", "1 June 2024")
    outcome = run(a_csv(headings, row))
    assert said(outcome) == []
    person = session.scalars(select(Person)).one()
    assert (person.surname, person.forenames, person.born_on, person.sex, person.source_key) == (
        "Whittaker",
        "Callum",
        date(1988, 3, 14),
        "male",
        "N-1",
    )
    assert session.scalars(select(Identifier.value)).all() == [PNC]
    assert outcome.references == {"people": [person.reference]}
    assert "whittaker" in session.scalars(select(PersonName.token)).all()


def test_the_same_file_twice_is_once(run, session):
    assert counted(run(people())) == {"people": {"new": 2}}
    before = rows_in(session, AuditEvent)
    session.rollback()
    assert counted(run(people())) == {"people": {"unchanged": 2}}
    assert (rows_in(session, Person), rows_in(session, AuditEvent)) == (2, before)


def test_without_keys_the_same_file_twice_is_once_too(run, session):
    sheet = a_csv(("Surname", "Forenames", "DOB"), ("Whittaker", "Callum", "14/03/1988"))
    assert counted(run(sheet)) == {"people": {"new": 1}}
    assert counted(run(sheet)) == {"people": {"unchanged": 1}}
    assert rows_in(session, Person) == 1


def test_one_bad_row_and_nothing_is_left(run, session):
    outcome = run(people(CALLUM, ("N-2", "", "Anna", "31/02/2001", "")))
    assert [(row, column) for row, column, _ in said(outcome)] == [(3, "Surname"), (3, "Date of birth")]
    assert [rows_in(session, table) for table in (Person, AuditEvent, PersonName)] == [0, 0, 0]


def test_a_dry_run_leaves_nothing(run, session):
    assert counted(run(people(), is_dry_run=True)) == {"people": {"new": 2}}
    assert [rows_in(session, table) for table in (Person, AuditEvent)] == [0, 0]


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("N-1", "Whittaker", "Callum", "14/03/88", ""), "Date of birth", "four figures"),
        (("N-1", "Whittaker", "Callum", "14/03/2088", ""), "Date of birth", "in the future"),
        (("N-1", "W" * 101, "", "", ""), "Surname", "100 characters or fewer"),
        (("N-1", "Whittaker", "", "", "06/118234A"), "PNC", "ends with the letter F"),
    ],
)
def test_bad_cells(run, row, column, says):
    ((number, said_column, message),) = said(run(people(row)))
    assert (number, said_column) == (2, column)
    assert says in message


def test_an_import_never_overwrites(run, session):
    run(people(CALLUM))
    outcome = run(people(("N-1", "Whittaker", "Calum", "15/03/1988", "")))
    assert [(row, column) for row, column, _ in said(outcome)] == [(2, "Forenames"), (2, "Date of birth")]
    assert "An import never overwrites" in said(outcome)[0][2]
    assert session.scalars(select(Person.forenames)).all() == ["Callum"]


def test_somebody_found_by_a_number_takes_the_key(run, acting, session):
    with acting() as work:
        known = a_person(work, surname="Whittaker", forenames="Callum")
        work.session.add(Identifier(person_id=known.id, kind="pnc", value=PNC))
    assert counted(run(people((*CALLUM[:4], "06/118234F")))) == {"people": {"used": 1}}
    assert session.scalars(select(Person.source_key)).all() == ["N-1"]
    assert counted(run(people((*CALLUM[:4], "06/118234F")))) == {"people": {"unchanged": 1}}


def test_a_number_of_somebody_else(run, acting):
    with acting() as work:
        known = a_person(work, surname="Hale", born_on=date(1970, 1, 1), reference="P-1")
        work.session.add(Identifier(person_id=known.id, kind="pnc", value=PNC))
    ((row, column, message),) = said(run(people((*CALLUM[:4], PNC))))
    assert (row, column) == (2, "PNC")
    assert "P-1, who has another name and another date of birth" in message


class TestSameNameAndBirth:
    """Somebody on file has the same name and date of birth: the importer decides."""

    headings = ("Our key", "Surname", "Forenames", "DOB", "Match")

    def sheet(self, match: str, key: str = "N-9") -> bytes:
        return a_csv(self.headings, (key, "Whittaker", "Callum", "14/03/1988", match))

    @pytest.fixture(autouse=True)
    def on_file(self, acting):
        with acting() as work:
            a_person(work, reference="P-77")

    def test_is_asked_about(self, run):
        ((row, column, message),) = said(run(self.sheet("")))
        assert (row, column) == (2, "Match")
        assert "P-77 has the same name and date of birth" in message

    def test_is_the_same_person(self, run, session):
        assert counted(run(self.sheet("P-77"))) == {"people": {"used": 1}}
        assert session.scalars(select(Person.source_key)).all() == ["N-9"]

    def test_is_somebody_else(self, run, session):
        assert counted(run(self.sheet("new"))) == {"people": {"new": 1}}
        assert counted(run(self.sheet("new"))) == {"people": {"unchanged": 1}}
        assert rows_in(session, Person) == 2

    def test_somebody_else_needs_a_key(self, run):
        assert "your own key too" in said(run(self.sheet("new", key="")))[0][2]

    def test_a_match_that_is_not_there(self, run):
        assert "Nobody on file has the reference P-5" in said(run(self.sheet("P-5")))[0][2]


@pytest.mark.parametrize(
    ("second", "column"),
    [
        (("N-1", "Marsh", "Anna", "", ""), "Our key"),
        (("N-2", "Marsh", "Anna", "", PNC), "PNC"),
        (("N-3", "Whittaker", "Callum", "14 Mar 1988", ""), "Surname"),
    ],
)
def test_the_same_person_twice_in_one_file(run, second, column):
    outcome = run(people((*CALLUM[:4], PNC), second))
    assert [(row, name) for row, name, _ in said(outcome)] == [(3, column)]
    assert "Row 2 has" in said(outcome)[0][2]


class TestWhoTheImporterMayNotSee:
    """A sealed person answers as nobody; a restricted one is known of, and nothing more is said."""

    def put_on_file(self, acting, access: str) -> None:
        with acting() as work:
            hidden = a_person(work, access=access, source_key="N-1", reference="P-66")
            work.session.add(Identifier(person_id=hidden.id, kind="pnc", value=PNC))

    @pytest.mark.parametrize("row", [CALLUM, (*CALLUM[:4], PNC), ("", *CALLUM[1:4], PNC), ("N-1", "Other", "Name", "1/1/1990", "")])
    def test_a_sealed_person_is_not_there(self, run, acting, desk_officer, session, row):
        without = run(people(row), actor=desk_officer, is_dry_run=True)
        self.put_on_file(acting, "sealed")
        outcome = run(people(row), actor=desk_officer)
        assert (said(outcome), counted(outcome)) == (said(without), counted(without)) == ([], {"people": {"new": 1}})
        again = run(people(row), actor=desk_officer)
        assert said(again) == []
        assert "new" not in counted(again)["people"]
        assert rows_in(session, Person) == 2

    def test_somebody_named_on_it_uses_it(self, run, acting):
        self.put_on_file(acting, "sealed")
        assert counted(run(people(CALLUM))) == {"people": {"unchanged": 1}}

    @pytest.mark.parametrize("row", [CALLUM, ("", *CALLUM[1:4], PNC)])
    def test_a_restricted_person_is_for_its_owner(self, run, acting, desk_officer, row):
        self.put_on_file(acting, "restricted")
        ((_, _, message),) = said(run(people(row), actor=desk_officer))
        assert message == "This person is restricted. Ask the owner of the record to do it"


def test_the_area_must_be_known(run):
    ((_, column, message),) = said(run(a_csv(("Surname", "Area"), ("Marsh", "Atlantis"))))
    assert column == "Area"
    assert "'Atlantis' is not known" in message


def test_anna_is_kept_as_typed(run, session):
    run(people(ANNA))
    assert session.scalars(select(Person.surname)).one() == "Marsh"
