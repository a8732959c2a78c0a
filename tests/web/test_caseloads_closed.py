"""A restricted or sealed record in a caseload: whoever may not see it reads the same pages as if it were not there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import AccessGrant, Order, Person, Record, User
from orders_app.rules.access import Access, Role
from orders_app.services.alerts import raise_alerts
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, an_order
from tests.services.alert_cases import a_deadline, utc
from tests.services.caseload_cases import Teams
from tests.web.caseload_walk import Walk
from tests.web.conftest import ClientFor, Officer, SignedInAs
from tests.web.reading import page

STAGES = load_reference().stages
TOKENS = re.compile(r'/hand-over/[\w-]+|name="csrf_token"[^>]*>|service desk: [0-9A-F]{8}')
STEPS = ("records", "choose", "to", "note", "check")
CLOSED = pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])


@pytest.fixture
def teams(acting: Acting) -> Teams:
    with acting() as work:
        return Teams(work)


def secret(work: Work, teams: Teams, access: Access, *named: User, of_person: bool = False, owner: User | None = None) -> Order:
    """An order, Priya's unless told otherwise, that is closed, by itself or with its person, to all but those named."""
    person = a_person(work, surname="Quillfeather", access=access if of_person else Access.OPEN)
    whose = {"owner_id": (owner or teams.priya).id, "team_id": teams.west.id}
    order = an_order(work, person=person, access=Access.OPEN if of_person else access, **whose)
    a_deadline(work, act_by_at=utc(2026, 11, 19), order=order, title="Never to be read")
    about = {"person_id": person.id} if of_person else {"record_id": order.id}
    work.session.add_all(AccessGrant(user_id=user.id, granted_at=NOW, reason="Named", **about) for user in named)
    raise_alerts(work, stages=STAGES)
    return order


def everything(officer: Officer) -> list[str]:
    """Every page of the way, and those that lead to it, without what differs from one reading to the next."""
    walk = Walk(officer)
    walk.answered()
    addresses = [f"{walk.root}/{step}" for step in STEPS]
    addresses += ["/caseloads/hand-over", f"{walk.root}/choose?kind=given", f"{walk.root}/choose?due=overdue"]
    read = [TOKENS.sub("", officer.get(address).text) for address in addresses]
    walk.answered(to="share:MOSOVO East", among=["officer:lis"])
    read += [TOKENS.sub("", officer.get(f"{walk.root}/{step}").text) for step in ("among", "check")]
    officer.post(f"{walk.root}/remove")
    officer.get("/caseloads/hand-over")
    return read


@CLOSED
@pytest.mark.parametrize("of_person", [False, True])
@pytest.mark.parametrize("whose", ["priya", "lis"])
def test_nothing_reads_differently_for_there_being_a_closed_record(
    teams: Teams, signed_in_as: SignedInAs, acting: Acting, access: Access, of_person: bool, whose: str
) -> None:
    helen, owner = signed_in_as(teams.helen), {"priya": teams.priya, "lis": teams.lis}[whose]
    before = everything(helen)
    with acting() as work:
        secret(work, teams, access, owner, of_person=of_person, owner=owner)
    assert everything(helen) == before


@CLOSED
def test_it_stays_and_is_on_no_summary_of_whoever_may_not_see_it(
    teams: Teams, signed_in_as: SignedInAs, acting: Acting, session: Session, access: Access
) -> None:
    with acting() as work:
        order = secret(work, teams, access, teams.priya)
    walk = Walk(signed_in_as(teams.helen))
    walk.answered()
    summary = walk.hand_over()
    assert session.get_one(Record, order.id).owner_id == teams.priya.id
    for user in (teams.helen, teams.lis, teams.priya, teams.ruth):
        shown = page(signed_in_as(user).get(summary)).main
        assert ("QUILLFEATHER" in shown, order.reference in shown) == (False, False)
        assert "4 records" in shown
    assert "still with" not in page(signed_in_as(teams.helen).get(summary)).main
    assert "1 record still with" in page(signed_in_as(teams.priya).get(summary)).main, "she may see it and hand it over herself"


def whoever_reads_it_alone(teams: Teams) -> tuple[User, ...]:
    return (teams.helen,)


def whoever_reads_it_with_the_taker(teams: Teams) -> tuple[User, ...]:
    return (teams.helen, teams.owen)


@CLOSED
@pytest.mark.parametrize("named", [whoever_reads_it_alone, whoever_reads_it_with_the_taker])
def test_it_goes_to_who_may_see_it_or_stays_and_the_page_says_why(
    teams: Teams,
    signed_in_as: SignedInAs,
    acting: Acting,
    session: Session,
    access: Access,
    named: Callable[[Teams], tuple[User, ...]],
) -> None:
    with acting() as work:
        order = secret(work, teams, access, *named(teams))
    walk = Walk(signed_in_as(teams.helen))
    checked = walk.answered(to="officer:owen").main
    may = teams.owen in named(teams)
    assert ("Cannot go (1)" in checked) is not may
    assert (f"{teams.owen.display_name}, MOSOVO West may not see it. It stays with" in checked) is not may
    summary = walk.hand_over()
    assert session.get_one(Record, order.id).owner_id == (teams.owen.id if may else teams.priya.id)
    assert ("QUILLFEATHER" in page(signed_in_as(teams.owen).get(summary)).main) is may
    assert "QUILLFEATHER" not in page(signed_in_as(teams.priya).get(summary)).main
    told = page(signed_in_as(teams.owen).get("/work")).main
    assert ("5 records, 5 of them yours now" if may else "4 records, 4 of them yours now") in told


def test_among_several_only_who_may_see_it_gets_it_and_the_rest_of_the_person_with_it(
    teams: Teams, signed_in_as: SignedInAs, acting: Acting, session: Session
) -> None:
    with acting() as work:
        order = secret(work, teams, Access.SEALED, teams.helen, teams.owen)
        beside = an_order(work, person=work.session.get_one(Person, order.person_id), owner_id=teams.priya.id, team_id=teams.west.id)
    walk = Walk(signed_in_as(teams.helen))
    walk.answered(to="share:MOSOVO West", among=["officer:helen", "officer:owen"])
    walk.hand_over()
    assert {session.get_one(Record, one.id).owner_id for one in (order, beside)} <= {teams.owen.id, teams.helen.id}
    assert len({session.get_one(Record, one.id).owner_id for one in (order, beside)}) == 1


def test_what_is_sealed_between_two_pages_is_gone_from_the_next_and_its_reference_is_not_confirmed(
    teams: Teams, signed_in_as: SignedInAs, acting: Acting, session: Session
) -> None:
    walk = Walk(signed_in_as(teams.helen))
    sent = walk.answered().inputs["gives"]
    with acting() as work:
        work.session.get_one(Order, teams.bare.id).access = Access.SEALED
    answer = walk.officer.post(f"{walk.root}/check", data={"gives": sent})
    never = walk.officer.post(f"{walk.root}/check", data={"gives": sent.replace(teams.bare.reference, "SPO-2020-0404")})
    said, unknown = page(answer).main, page(never).main
    assert said.replace(teams.bare.reference, "") == unknown.replace("SPO-2020-0404", "")
    assert "ADAMS" not in said


def test_the_log_of_it_names_no_closed_record_to_whoever_may_not_see_it(
    teams: Teams, signed_in_as: SignedInAs, acting: Acting, client_for: ClientFor, session: Session
) -> None:
    with acting() as work:
        order = secret(work, teams, Access.SEALED, teams.helen, teams.lis, of_person=True)
    walk = Walk(signed_in_as(teams.helen))
    walk.answered()
    walk.hand_over()
    assert session.scalars(select(Record.owner_id).where(Record.id == order.id)).one() == teams.lis.id
    log = client_for(Role.AUDITOR).get("/audit/").text
    assert "Handed over with a caseload" in log
    assert (order.reference in log, "Quillfeather" in log, "QUILLFEATHER" in log) == (False, False, False)
