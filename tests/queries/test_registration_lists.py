"""Lists of registered people: each tab holds what its words say, its number is that of its rows, and nobody closed is among them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from orders_app.models import CustodyPeriod
from orders_app.queries.registration_lists import Narrowing, Tab, count_restricted, filter_options, list_registrations, tab_counts
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EventKind as E
from orders_app.services.new_orders import NewEvent
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_area
from tests.registration_cases import a_registration, notified

TODAY = NOW.date()
MOSOVO = Viewer(None, roles=frozenset({Role.OFFENDER_MANAGER}))
PATROL = Viewer(None, roles=frozenset({Role.PATROL}))
EVERYBODY = Narrowing()
FIRST = notified(date(2024, 3, 5), "83")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def registered(work: Work, surname: str, *events: NewEvent, **values: Any) -> Any:
    return a_registration(work, *(events or (FIRST, notified(ago(200)))), person=a_person(work, surname=surname), **values)


@pytest.fixture
def force(acting: Acting) -> None:
    """One registered person for each tab, named after it."""
    with acting() as work:
        registered(work, "Settled")
        registered(work, "Soon", FIRST, notified(ago(360)))
        registered(work, "Late", FIRST, notified(ago(370)))
        registered(work, "Weekly", FIRST, notified(ago(3), residence="none"))
        inside = a_person(work, surname="Inside")
        work.session.add(CustodyPeriod(person_id=inside.id, kind="sentence", place="HMP Stonewick", from_on=ago(100)))
        work.session.flush()
        a_registration(work, FIRST, notified(ago(200)), person=inside)
        registered(work, "Ending", FIRST, notified(ago(200)), convicted_on=TODAY - timedelta(days=1800), disposal={"disposal": "other"})
        registered(work, "Over", convicted_on=date(2015, 3, 4), disposal={"disposal": "other"})
        registered(work, "Quashed", FIRST, NewEvent(E.ENDED, ago(10), details={"reason": "Quashed"}))


def names(session: Session, tab: Tab, viewer: Viewer = MOSOVO, wanted: Narrowing = EVERYBODY, **part: int) -> list[str]:
    part = {"first": 0, "at_most": 50} | part
    found = list_registrations(session, viewer, wanted, tab, NOW, TODAY, first=part["first"], at_most=part["at_most"])
    return [listed.registration.person.surname for listed in found]


@pytest.mark.usefixtures("force")
@pytest.mark.parametrize(
    ("tab", "expected"),
    [
        (Tab.DUE, ["Weekly", "Soon"]),
        (Tab.OVERDUE, ["Late"]),
        (Tab.NO_FIXED_ABODE, ["Weekly"]),
        (Tab.CUSTODY, ["Inside"]),
        (Tab.ENDING, ["Ending"]),
        (Tab.REGISTERED, ["Ending", "Inside", "Late", "Settled", "Soon", "Weekly"]),
        (Tab.ENDED, ["Quashed", "Over"]),
    ],
)
def test_each_tab_holds_what_it_says_in_its_own_order(session: Session, tab: Tab, expected: list[str]) -> None:
    assert names(session, tab) == expected
    assert tab_counts(session, MOSOVO, EVERYBODY, NOW, TODAY)[tab] == len(expected)


@pytest.mark.usefixtures("force")
def test_a_page_is_a_part_of_the_list_and_each_row_has_what_is_waited_for(session: Session) -> None:
    assert names(session, Tab.REGISTERED, first=2, at_most=3) == ["Late", "Settled", "Soon"]
    rows = list_registrations(session, MOSOVO, EVERYBODY, Tab.REGISTERED, NOW, TODAY, first=0, at_most=50)
    waited = {row.registration.person.surname: row.next.duty_key if row.next else "" for row in rows}
    assert (waited["Weekly"], waited["Late"], waited["Inside"]) == ("weekly_notification", "annual_notification", "")


def test_narrowed_to_an_area_a_team_or_an_owner(acting: Acting, session: Session) -> None:
    with acting() as work:
        area, team, owner = an_area(work, code="N"), a_team(work, name="MOSOVO north"), a_user(work, Role.OFFENDER_MANAGER, username="mei")
        registered(work, "Northern", area_id=area.id)
        registered(work, "Teamed", team_id=team.id)
        registered(work, "Owned", owner_id=owner.id)
    for wanted, expected in (
        (Narrowing(area="N"), ["Northern"]),
        (Narrowing(team="MOSOVO north"), ["Teamed"]),
        (Narrowing(owner="mei"), ["Owned"]),
        (Narrowing(area="N", owner="mei"), []),
        (Narrowing(team="nobody"), []),
    ):
        assert names(session, Tab.REGISTERED, wanted=wanted) == expected
        assert tab_counts(session, MOSOVO, wanted, NOW, TODAY)[Tab.REGISTERED] == len(expected)
    assert [option.value for option in filter_options(session, MOSOVO) if option.kind == "owner"] == ["mei"]


@pytest.mark.parametrize(("access", "known"), [(Access.RESTRICTED, 2), (Access.SEALED, 0)])
def test_what_is_closed_is_in_no_list_and_no_number(acting: Acting, session: Session, access: Access, known: int) -> None:
    with acting() as work:
        owner = a_user(work, Role.OFFENDER_MANAGER)
        registered(work, "Open")
        registered(work, "Closed", access=access, owner_id=owner.id)
        a_registration(work, person=a_person(work, surname="Hidden", access=access))
    assert names(session, Tab.REGISTERED) == ["Open"]
    assert tab_counts(session, MOSOVO, EVERYBODY, NOW, TODAY)[Tab.REGISTERED] == 1
    assert count_restricted(session, MOSOVO) == known
    assert [option for option in filter_options(session, MOSOVO) if option.kind == "owner"] == []


@pytest.mark.usefixtures("force")
def test_whoever_may_not_look_at_registrations_has_none(session: Session) -> None:
    assert names(session, Tab.REGISTERED, viewer=PATROL) == []
    assert set(tab_counts(session, PATROL, EVERYBODY, NOW, TODAY).values()) == {0}
    assert count_restricted(session, PATROL) == 0
