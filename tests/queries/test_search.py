"""Find people by whatever an officer knows, and show why each was found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant
from orders_app.queries.search import OrderCounts, Reason, RoleAsked, SearchResult, search_people
from orders_app.queries.visibility import SYSTEM, Viewer
from orders_app.rules.access import Access, Role
from orders_app.rules.search_terms import read_search
from orders_app.services.new_people import Identity, NewAddress, NewAlias, NewIdentifier, NewPerson
from orders_app.services.people import record_people
from tests.conftest import Acting
from tests.factories import a_user, an_order

TODAY = date(2026, 11, 22)
ANYBODY = Viewer(user_id=999_999, roles=frozenset({Role.ORDERS_DESK}))
PEOPLE = {
    "callum": NewPerson(
        Identity("Whittaker", "Callum James", date(1988, 3, 14)),
        aliases=(NewAlias("Whittaker", "Cal"), NewAlias("Marsh", "Callum James", kind="former")),
        identifiers=(NewIdentifier("pnc", "06/118234F"), NewIdentifier("cro", "41207/06D"), NewIdentifier("local", "nm-p-004182")),
        addresses=(NewAddress("Flat 6, 212 Foundry Lane, Northmere", "nm34rt"),),
    ),
    "whitaker": NewPerson(Identity("Whitaker", "Callum J", date(1988, 3, 14))),
    "calvin": NewPerson(Identity("Whittaker", "Calvin Roy", date(1961, 11, 2))),
    "liam": NewPerson(Identity("O’Donovan", "Liam", date(1990, 2, 28))),
    "zofia": NewPerson(Identity("Zielińska", "Zofia", date(1979, 7, 1))),
    "anne": NewPerson(Identity("Smith-Jones", "Anne", None), addresses=(NewAddress("14 Foundry Lane, Northmere", "NM3 4RU"),)),
    "mcdonald": NewPerson(Identity("Mc Donald", "Ewan", None)),
    "jade": NewPerson(Identity("Whittaker", "Jade", date(1988, 3, 14)), identifiers=(NewIdentifier("pnc", "2010/0000042X"),),
                      addresses=(NewAddress("9 Foundry Lane, Northmere", "NM3 4RT"),), access=Access.RESTRICTED),
    "ghost": NewPerson(Identity("Whittaker", "Callum", date(1988, 3, 14)), identifiers=(NewIdentifier("visor",
    "11/40772"),), access=Access.SEALED),
}  # fmt: skip


@pytest.fixture
def people(acting: Acting) -> dict[str, str]:
    """Everybody above, by reference."""
    with acting() as work:
        rows = record_people(work, list(PEOPLE.values()))
        return {row.reference: name for name, row in zip(PEOPLE, rows, strict=True)}


def _search(session: Session, text: str, born: str = "", viewer: Viewer = ANYBODY, role: RoleAsked = RoleAsked.ANY) -> SearchResult:
    return search_people(session, viewer, read_search(text, born, TODAY), TODAY, role=role)


def _found(session: Session, people: dict[str, str], text: str, born: str = "", viewer: Viewer = ANYBODY) -> list[str]:
    return [people[found.person.reference] for found in _search(session, text, born, viewer).found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("whittaker cal", ["callum", "calvin", "whitaker"]),
        ("CAL WHITTAKER", ["callum", "calvin", "whitaker"]),
        ("callum whittaker", ["callum", "whitaker"]),
        ("Whittaker, Callum", ["callum", "whitaker"]),
        ("whitaker callum", ["whitaker", "callum"]),
        ("calum whittaker", ["callum", "whitaker"]),
        ("wihttaker callum", ["callum", "whitaker"]),
        ("callum w", ["whitaker", "callum"]),
        ("marsh", ["callum"]),
        ("O'DONOVAN", ["liam"]),
        ("ODonovan", ["liam"]),
        ("o donovan liam", ["liam"]),
        ("donovan", ["liam"]),
        ("odonavan", ["liam"]),
        ("zielinska", ["zofia"]),
        ("ZIELIŃSKA Zofia", ["zofia"]),
        ("smith jones", ["anne"]),
        ("smithjones", ["anne"]),
        ("jones", ["anne"]),
        ("mcdonald", ["mcdonald"]),
        ("MacDonald", ["mcdonald"]),
        ("ewan mc donald", ["mcdonald"]),
        ("nm3", ["anne", "callum"]),
        ("NM3 whittaker", ["callum"]),
        ("smith nm4", []),
        ("whittaker foundry", ["callum"]),
        ("callum foundry lane", ["callum"]),
        ("212 foundry lane whittaker", ["callum"]),
        ("foundry lane nm3", ["anne", "callum"]),
        ("foundry lane nm4", []),
        ("14 foundry nm3", ["anne"]),
        ("smith 14 foundry", ["anne"]),
        ("whittaker dock", []),
        ("06/118234F", ["callum"]),
        ("2006/0118234f", ["callum"]),
        ("2006 0118234F", ["callum"]),
        ("041207/06D", ["callum"]),
        ("2006/118234", ["callum"]),
        ("whittaker 1961", ["calvin"]),
        ("calvin dob 2/11/61 whittaker", ["calvin"]),
        ("02111961", ["calvin"]),
        ("P10001", ["callum"]),
        ("10001", ["callum"]),
        ("NM-P-004182", ["callum"]),
        ("14/03/1988", ["whitaker", "callum"]),
        ("whittaker 14 March 1988", ["callum", "whitaker"]),
        ("whittaker nm3 4rt", ["callum"]),
        ("NM34RT", ["callum"]),
        ("212 foundry lane", ["callum"]),
        ("foundry lane", ["anne", "callum"]),
        ("flat 6, 212 foundry lane, northmere nm3 4rt", ["callum"]),
        ("nobody", []),
        ("", []),
        ("%", []),
        ("'; drop table people", []),
    ],
)
def test_finds(session: Session, people: dict[str, str], text: str, expected: list[str]) -> None:
    assert _found(session, people, text) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1988", ["callum", "whitaker"]),
        ("about 1962", ["calvin"]),
        ("2 Nov 1961", ["calvin"]),
        ("31/02/1988", ["callum", "calvin", "whitaker"]),
    ],
)
def test_born_narrows_and_what_cannot_be_read_is_left_out(session: Session, people: dict[str, str], born: str, expected: list[str]) -> None:
    assert sorted(_found(session, people, "whittaker", born)) == sorted(expected)


def test_says_why(session: Session, people: dict[str, str]) -> None:
    found = {people[f.person.reference]: [reason.words for reason in f.because] for f in _search(session, "whittaker cal").found}
    assert found["callum"] == ["Beginning of a name", "Alias Cal Whittaker"]
    assert found["whitaker"] == ["Nearly the same spelling"]
    (by_number,) = _search(session, "06/118234F").found
    assert by_number.because == (Reason("PNC number 2006/0118234F"),)


def test_a_number_finds_whatever_birth_is_typed_beside_it_and_an_address_does_not(session: Session, people: dict[str, str]) -> None:
    assert _found(session, people, "06/118234F", "2 Nov 1961") == ["callum", "calvin"]
    assert _found(session, people, "212 foundry lane", "2 Nov 1961") == []


def test_those_equally_sure_are_in_order_of_surname_and_forenames(acting: Acting, session: Session) -> None:
    names = (("Smith", "Zoe"), ("Adams", "Smith"), ("Brown-Smith", "Amy"), ("Smith", "Al Thomas"), ("Smith", "Al"))
    with acting() as work:
        record_people(work, [NewPerson(Identity(surname, forenames)) for surname, forenames in names])
    found = [(f.person.surname, f.person.forenames) for f in _search(session, "smith").found]
    assert found == [("Smith", "Al"), ("Smith", "Al Thomas"), ("Smith", "Zoe"), ("Brown-Smith", "Amy"), ("Adams", "Smith")]


def test_an_order_finds_whom_it_binds(acting: Acting, session: Session) -> None:
    with acting() as work:
        (person,) = record_people(work, [PEOPLE["liam"]])
        order = an_order(work, person=person)
        sealed = an_order(work, person=person, access=Access.SEALED, in_force_from=TODAY)
        an_order(work, person=person, in_force_from=TODAY, ends_on=TODAY)
        an_order(work, person=person, in_force_from=TODAY - timedelta(9), ended_on=TODAY)
        an_order(work, person=person, in_force_from=TODAY - timedelta(9), ends_on=TODAY - timedelta(1))
    (found,) = _search(session, order.reference.lower()).found
    assert (found.person.reference, found.because) == (person.reference, (Reason(f"Order {order.reference}", ("order", order.reference)),))
    assert found.orders == OrderCounts(in_force=1, to_come=1, ended=2)
    assert _search(session, sealed.reference).total == 0
    assert _search(session, "donovan", role=RoleAsked.SUBJECT).total == 1
    assert _search(session, "donovan", role=RoleAsked.PROTECTED).total == 0


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("jade whittaker", True), ("whittaker", True), ("10/42X", True), ("jade", False), ("jade whitaker", False), ("whitt", False),
        ("whittaker nm3 4rt jade", True), ("nm3 4rt", False), ("14/03/1988", False), ("9 foundry lane", False), ("calvin whittaker", False),
    ],
)  # fmt: skip
def test_a_restricted_person_is_known_of_by_their_whole_name_or_number_only(
    session: Session, people: dict[str, str], text: str, is_shown: bool
) -> None:
    result = _search(session, text)
    assert result.has_restricted is is_shown
    assert "jade" not in [people[f.person.reference] for f in result.found]


@pytest.mark.parametrize("text", ["whittaker", "callum whittaker", "11/40772", "14/03/1988", "whittaker 1988"])
def test_a_sealed_person_changes_nothing(acting: Acting, session: Session, people: dict[str, str], text: str) -> None:
    result = _search(session, text)
    assert "ghost" not in [people[f.person.reference] for f in result.found]
    assert result.total == len(result.found)
    assert "ghost" in _found(session, people, text, viewer=SYSTEM) or text == "whittaker 1988"


def test_those_named_find_them(acting: Acting, session: Session, people: dict[str, str]) -> None:
    with acting() as work:
        user = a_user(work)
        for person in _search(work.session, "whittaker", viewer=SYSTEM).found:
            if person.person.access != Access.OPEN:
                work.session.add(AccessGrant(person_id=person.person.id, user_id=user.id, granted_at=work.now, reason="Test"))
    named = Viewer(user_id=user.id)
    assert {"ghost", "jade"} <= set(_found(session, people, "whittaker", viewer=named))
    assert not _search(session, "whittaker", viewer=named).has_restricted


def test_more_than_can_be_listed_is_said(acting: Acting, session: Session) -> None:
    with acting() as work:
        record_people(work, [NewPerson(Identity("Patel", f"Person {chr(97 + n % 26)}{n}")) for n in range(230)])
    result = search_people(session, ANYBODY, read_search("patel", "", TODAY), TODAY, page=8)
    assert (result.total, result.is_cut, len(result.found)) == (200, True, 25)
    assert search_people(session, ANYBODY, read_search("patel", "", TODAY), TODAY, page=9).found == ()


@pytest.mark.parametrize(
    "text", ["", "whittaker", "callum whittaker 14/3/1988 nm3 4rt", "P-10001 06/118234F spo-2026-0001", "nobody at all"]
)
def test_six_statements_whatever_is_asked(engine: Engine, people: dict[str, str], text: str) -> None:
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    with Session(engine) as session:
        _search(session, text)
    assert len([sql for sql in seen if not sql.startswith(("BEGIN", "PRAGMA"))]) == 6


@pytest.mark.parametrize(("hidden", "is_cut"), [(29, True), (30, False)])
def test_those_who_may_not_be_seen_take_nobodys_place(acting: Acting, session: Session, hidden: int, is_cut: bool) -> None:
    closed = [Access.SEALED, Access.RESTRICTED]
    with acting() as work:
        record_people(
            work,
            [NewPerson(Identity("Patel", f"P{n}"), access=closed[n % 2] if n < hidden else Access.OPEN) for n in range(230)],
        )
    result = _search(session, "patel")
    assert (result.total, result.is_cut) == (200, is_cut)
    assert {found.person.access for found in result.found} == {Access.OPEN}
    assert _search(session, "patel", viewer=SYSTEM).is_cut


def test_a_name_with_half_a_postcode_says_both_and_the_name_once(session: Session, people: dict[str, str]) -> None:
    (found,) = _search(session, "whittaker nm3").found
    assert [reason.words for reason in found.because] == ["Name, and address Flat 6, 212 Foundry Lane, Northmere NM3 4RT"]
