"""Lists of orders, one order whole, a person's orders: what they hold, in which order, and what they never show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, Order, Person
from orders_app.queries.order_choices import orders_to_follow, people_by_reference, staff
from orders_app.queries.order_filters import OrderFilter, filter_options
from orders_app.queries.order_lists import ListPage, Sort, count_restricted, list_orders
from orders_app.queries.order_tabs import Tab
from orders_app.queries.orders import find_order, orders_of_person, stored_deadline, visible_people
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_area
from tests.order_cases import a_made_order, a_served_notice

TODAY = NOW.date()
DESK = Viewer(user_id=1, roles=frozenset({Role.ORDERS_DESK}))
PATROL = Viewer(user_id=2, roles=frozenset({Role.PATROL}))
EVERYTHING = OrderFilter()


def listed(
    session: Session, tab: Tab, viewer: Viewer = DESK, wanted: OrderFilter = EVERYTHING, sort: Sort = Sort.REFERENCE, **page: Any
) -> list[str]:
    listing = list_orders(session, viewer, wanted, ListPage(tab, sort, **page), TODAY)
    return [case.order.reference for case in listing.rows]


def counted(session: Session, viewer: Viewer = DESK, wanted: OrderFilter = EVERYTHING) -> Mapping[Tab, int]:
    return list_orders(session, viewer, wanted, ListPage(Tab.ALL, Sort.MADE), TODAY).counts


@pytest.fixture
def several(acting: Acting) -> dict[str, str]:
    """One order in each state that the tabs tell apart."""
    with acting() as work:
        made = {
            "served": a_made_order(work, served_on=date(2026, 10, 5)),
            "unserved": a_made_order(work),
            "older_unserved": a_made_order(work, made_on=date(2026, 9, 1)),
            "ending": a_made_order(
                work, order_type="dvpo", made_on=date(2026, 11, 11), end_kind=EndKind.FIXED, stated_ends_on=date(2026, 12, 8)
            ),
            "expired": a_made_order(
                work, order_type="dvpo", made_on=date(2026, 9, 1), end_kind=EndKind.FIXED, stated_ends_on=date(2026, 9, 28)
            ),
            "notice": a_served_notice(work),
        }
        return {name: order.reference for name, order in made.items()}


def test_each_order_is_under_its_tabs(several: dict[str, str], session: Session) -> None:
    def names(tab: Tab) -> set[str]:
        return {name for name, reference in several.items() if reference in listed(session, tab)}

    assert names(Tab.IN_FORCE) == {"served", "unserved", "older_unserved", "ending"}
    assert names(Tab.NOT_SERVED) == {"unserved", "older_unserved", "ending"}
    assert names(Tab.ENDING) == {"ending"}
    assert names(Tab.NOTICES) == {"notice"}
    assert names(Tab.ENDED) == {"expired"}
    assert names(Tab.ALL) == set(several)


def test_every_count_is_the_length_of_its_list(several: dict[str, str], session: Session) -> None:
    assert counted(session) == {tab: len(listed(session, tab)) for tab in Tab}


def test_the_longest_unserved_comes_first(several: dict[str, str], session: Session) -> None:
    assert listed(session, Tab.NOT_SERVED, sort=Sort.MADE)[:2] == [several["older_unserved"], several["unserved"]]


def test_an_order_without_an_end_comes_last_whichever_way_it_is_sorted(several: dict[str, str], session: Session) -> None:
    for is_descending in (False, True):
        assert listed(session, Tab.IN_FORCE, sort=Sort.ENDS, is_descending=is_descending)[0] == several["ending"]


def test_pages_neither_overlap_nor_leave_out(several: dict[str, str], session: Session) -> None:
    pages = [listed(session, Tab.ALL, number=number, size=2) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 2, 0]
    assert sorted(reference for page in pages for reference in page) == sorted(several.values())


@pytest.fixture
def one_of_a_kind(acting: Acting) -> str:
    with acting() as work:
        area = an_area(work, code="EB", name="Eastbridge")
        team = a_team(work, name="SOC Prevent")
        owner = a_user(work, username="owner1")
        person = a_person(work, surname="O'Donovan", forenames="Liam Patrick")
        a_made_order(work)
        order = a_made_order(
            work, person=person, order_type="nmo", court_reference="EB26F00042", area_id=area.id, team_id=team.id, owner_id=owner.id
        )
        return order.reference


@pytest.mark.parametrize(
    "wanted",
    [
        OrderFilter(order_type="nmo"),
        OrderFilter(area="EB"),
        OrderFilter(team="SOC Prevent"),
        OrderFilter(owner="owner1"),
        OrderFilter(text="o'don"),
        OrderFilter(text="LIAM o'donovan"),
        OrderFilter(text="nmo-2026"),
        OrderFilter(text="00042"),
    ],
)
def test_a_filter_finds_the_one_it_names(one_of_a_kind: str, session: Session, wanted: OrderFilter) -> None:
    assert listed(session, Tab.ALL, wanted=wanted) == [one_of_a_kind]
    assert counted(session, wanted=wanted)[Tab.ALL] == 1


@pytest.mark.parametrize("text", ["%", "_", "nobody", "o'donovan mary"])
def test_words_that_match_nothing_find_nothing(one_of_a_kind: str, session: Session, text: str) -> None:
    assert listed(session, Tab.ALL, wanted=OrderFilter(text=text)) == []


def test_filters_offer_areas_teams_and_owners_of_orders_only(one_of_a_kind: str, session: Session) -> None:
    options = {(option.kind, option.value) for option in filter_options(session, DESK)}
    assert {("area", "EB"), ("team", "SOC Prevent"), ("owner", "owner1")} <= options
    assert len([kind for kind, _ in options if kind == "owner"]) == 1


def shut(work: Work, access: Access, *, person: bool) -> Order:
    subject = a_person(work, surname="Hidden", **({"access": access} if person else {}))
    return a_made_order(work, person=subject, **({} if person else {"access": access}))


@pytest.mark.parametrize("person", [True, False])
@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_what_may_not_be_opened_is_in_no_list_count_or_page(acting: Acting, session: Session, access: Access, person: bool) -> None:
    with acting() as work:
        order = shut(work, access, person=person)
    assert listed(session, Tab.ALL) == []
    assert set(counted(session).values()) == {0}
    assert find_order(session, DESK, order.reference) is None
    assert orders_of_person(session, DESK, order.person_id) == []
    assert count_restricted(session, DESK) == (1 if access is Access.RESTRICTED else 0)


def test_who_is_named_on_it_opens_it_and_sees_no_restricted_row(acting: Acting, session: Session) -> None:
    with acting() as work:
        order = shut(work, Access.SEALED, person=False)
        officer = a_user(work)
        work.session.add(AccessGrant(record_id=order.id, user_id=officer.id, granted_at=work.now, reason="Investigating"))
    named = Viewer(officer.id, roles=DESK.roles)
    assert find_order(session, named, order.reference) is not None
    assert count_restricted(session, named) == 0


def test_a_sealed_person_hides_a_restricted_order_altogether(acting: Acting, session: Session) -> None:
    with acting() as work:
        subject = a_person(work, access=Access.SEALED)
        a_made_order(work, person=subject, access=Access.RESTRICTED)
    assert count_restricted(session, DESK) == 0


def test_patrol_sees_no_order_that_has_ended(several: dict[str, str], session: Session) -> None:
    assert several["expired"] not in listed(session, Tab.ALL, viewer=PATROL)
    assert find_order(session, PATROL, several["expired"]) is None
    assert find_order(session, PATROL, several["served"]) is not None


def test_one_order_whole(acting: Acting, session: Session) -> None:
    with acting() as work:
        ann = a_person(work, surname="Joseph")
        hidden = a_person(work, surname="Hidden", access=Access.RESTRICTED)
        notice = a_served_notice(work, protected=[ann, hidden])
        order = a_made_order(
            work, order_type="dvpo", person=work.session.get(Person, notice.person_id), made_on=date(2026, 11, 22), follows_id=notice.id,
            end_kind=EndKind.FIXED, stated_ends_on=date(2026, 12, 10),
        )  # fmt: skip
    whole = find_order(session, DESK, notice.reference)
    assert whole is not None
    assert [(p.row.person.surname, p.is_visible) for p in whole.protected] == [("Joseph", True), ("Hidden", False)]
    assert [other.reference for other in whole.led_to] == [order.reference]
    assert [event.kind for event in whole.recorded] == ["authorised", "served", "application_granted"]
    assert whole.number_of(whole.recorded[2].id) == 3
    assert whole.event(4) is None
    following = find_order(session, DESK, order.reference)
    assert following is not None
    assert following.follows is not None
    assert following.follows.reference == notice.reference
    assert [c.facts.follows_notice for c in orders_of_person(session, DESK, notice.person_id)] == [True, False]
    assert [c.order.reference for c in orders_of_person(session, DESK, notice.person_id)] == [order.reference, notice.reference]


def test_the_stored_deadline_behind_a_reason(acting: Acting, session: Session) -> None:
    with acting() as work:
        notice = a_served_notice(work)
    whole = find_order(session, DESK, notice.reference)
    assert whole is not None
    served = next(event for event in whole.recorded if event.kind == "served")
    stored = stored_deadline(session, notice.id, served.id, "court_hearing")
    assert stored is not None
    assert stored.due_on == date(2026, 11, 24)
    assert stored_deadline(session, notice.id, served.id, "no_such_duty") is None


def test_what_an_order_may_follow_and_who_may_own_it(acting: Acting, session: Session) -> None:
    with acting() as work:
        team = a_team(work, name="Orders desk")
        a_user(work, username="rahman", name="Aisha Rahman", collar_number="4471", team=team)
        a_user(work, username="left", is_active=False)
        a_user(work, Role.PATROL, username="patrol")
        notice = a_served_notice(work)
    assert [o.reference for o in orders_to_follow(session, DESK, notice.person_id, ["dvpn"])] == [notice.reference]
    assert orders_to_follow(session, DESK, notice.person_id, ["spo"]) == []
    labels = {(option.kind, option.value): option.label for option in staff(session, "order")}
    assert labels[("owner", "rahman")] == "PC 4471 Aisha Rahman"
    assert not {("owner", "left"), ("owner", "patrol")} & labels.keys(), "who has left, and who records no orders"
    assert ("team", "Orders desk") in labels


def test_people_are_looked_up_by_reference_and_never_past_their_seal(acting: Acting, session: Session) -> None:
    with acting() as work:
        seen, sealed = a_person(work), a_person(work, access=Access.SEALED)
    assert set(people_by_reference(session, DESK, [seen.reference.lower(), sealed.reference])) == {seen.reference}
    assert visible_people(session, DESK, [seen.id, sealed.id]) == {seen.id}


@pytest.mark.parametrize("how_many", [1, 20])
def test_a_page_costs_the_same_however_many_it_shows(acting: Acting, session: Session, how_many: int) -> None:
    with acting() as work:
        for days in range(how_many):
            a_made_order(work, made_on=date(2026, 10, 2) + timedelta(days=days))
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    assert len(listed(session, Tab.ALL)) == how_many
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 4
