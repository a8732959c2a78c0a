"""Lists of orders say what was asked and nothing else, each tab's number is that of its rows, and long ones are read from an index."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, product
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from orders_app.models import Order
from orders_app.queries import order_lists
from orders_app.queries.order_filters import OrderFilter, filter_options
from orders_app.queries.order_lists import ListPage, Sort, keys_listed, list_orders, orders_in_turn
from orders_app.queries.order_tabs import Tab
from orders_app.queries.visibility import SYSTEM, Viewer
from orders_app.rules.access import Access, Role
from orders_app.services.deadlines import sync_all
from orders_app.services.new_people import Identity
from orders_app.services.people import change_identity
from tests.conftest import Acting
from tests.factories import a_person, a_user
from tests.order_cases import a_made_order
from tests.queries.listed_force import ORDERS, TODAY, Expected, a_force

DESK = Viewer(None, roles=frozenset({Role.ORDERS_DESK}))
PATROL = Viewer(None, roles=frozenset({Role.PATROL}))
WAYS = tuple(product(Tab, Sort, (False, True)))
FILTERS = (
    OrderFilter(order_type="spo"),
    OrderFilter(area="A"),
    OrderFilter(team="Team B"),
    OrderFilter(owner="owner-a"),
    OrderFilter(order_type="dvpo", area="B", team="Team A", owner="owner-b"),
    OrderFilter(area="nowhere"),
    OrderFilter(text="evans"),
    OrderFilter(text="smith-jo"),
    OrderFilter(text="liam o'donovan"),
    OrderFilter(text="eluard"),
    OrderFilter(text="00"),
    OrderFilter(text="eb26"),
    OrderFilter(text="%"),
    OrderFilter(text="_ '"),
    OrderFilter(area="A", text="s"),
)


def test_every_list_is_what_it_must_be_for_everybody(acting: Acting, session: Session) -> None:
    """Every way of sorting every tab as it stands, and each filter two ways, no two alike."""
    with acting() as work:
        first, second = a_force(work)
        desk, supervisor = frozenset({Role.ORDERS_DESK}), frozenset({Role.ORDERS_SUPERVISOR})
        viewers = (DESK, PATROL, SYSTEM, Viewer(first.id, roles=desk), Viewer(second.id, second.team_id, roles=supervisor))
    ways = cycle(WAYS)
    for viewer in viewers:
        expected = Expected(session, viewer)
        assert len(expected.orders) >= ORDERS // 3
        _compare(session, viewer, OrderFilter(), expected, WAYS)
        for wanted in FILTERS:
            _compare(session, viewer, wanted, expected, [next(ways), next(ways)])


def _compare(session: Session, viewer: Viewer, wanted: OrderFilter, expected: Expected, ways: Sequence[tuple[Tab, Sort, bool]]) -> None:
    numbers = {tab: len(expected.references(wanted, tab, Sort.MADE, is_descending=False)) for tab in Tab}
    for tab, sort, is_descending in ways:
        whole = expected.references(wanted, tab, sort, is_descending=is_descending)
        page = ListPage(tab, sort, is_descending, number=2, size=3)
        listed = list_orders(session, viewer, wanted, page, TODAY)
        assert [case.order.reference for case in listed.rows] == whole[3:6], (viewer, wanted, page)
        assert listed.counts == numbers, (viewer, wanted)
    keys = keys_listed(session, viewer, wanted, page, TODAY)
    assert [expected.reference_of[key] for key in keys] == whole, (viewer, wanted, page)


def test_a_whole_list_is_read_some_at_a_time(acting: Acting, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_lists, "AT_ONCE", 2)
    with acting() as work:
        references = [a_made_order(work).reference for _ in range(5)]
    keys = keys_listed(session, DESK, OrderFilter(), ListPage(Tab.ALL, Sort.REFERENCE), TODAY)
    assert [case.order.reference for case in orders_in_turn(session, keys)] == references


def listed(session: Session, wanted: OrderFilter, sort: Sort = Sort.PERSON) -> list[str]:
    return [case.order.reference for case in list_orders(session, DESK, wanted, ListPage(Tab.ALL, sort), TODAY).rows]


def test_an_order_moves_when_its_person_is_renamed(acting: Acting, session: Session) -> None:
    with acting() as work:
        renamed, other = a_person(work, surname="Aaronson"), a_person(work, surname="Mills")
        order, second = a_made_order(work, person=renamed), a_made_order(work, person=other)
    assert listed(session, OrderFilter()) == [order.reference, second.reference]
    version = order.version
    with acting() as work:
        change_identity(work, reference=renamed.reference, version=renamed.version, identity=Identity("Zając", "Ewa"))
    session.rollback()  # to see what has been written since
    assert listed(session, OrderFilter()) == [second.reference, order.reference]
    assert listed(session, OrderFilter(text="zaj")) == [order.reference]
    assert listed(session, OrderFilter(text="aaronson")) == []
    assert session.scalar(select(Order.version).where(Order.id == order.id)) == version, "nobody else's change is refused for it"


def test_a_name_that_was_missed_is_put_right_at_night(acting: Acting, session: Session) -> None:
    with acting() as work:
        order = a_made_order(work)
        work.session.connection().execute(update(Order.__table__).values(subject_surname="", subject_forenames="missed"))
    with acting() as work:
        sync_all(work)
    assert session.execute(select(Order.subject_surname, Order.subject_forenames).where(Order.id == order.id)).one() == ("clarke", "nathan")


@pytest.mark.parametrize("closed", [{"access": Access.SEALED}, {}])
def test_who_owns_only_what_may_not_be_opened_is_not_offered(acting: Acting, session: Session, closed: dict[str, Any]) -> None:
    with acting() as work:
        owner, other = a_user(work, username="only-sealed"), a_user(work, username="both")
        subject = a_person(work, **({} if closed else {"access": Access.SEALED}))
        for one in (owner, other):
            a_made_order(work, person=subject, owner_id=one.id, **closed)
        a_made_order(work, owner_id=other.id)
    assert [option.value for option in filter_options(session, DESK) if option.kind == "owner"] == ["both"]


@pytest.mark.parametrize("sort", [Sort.MADE, Sort.ENDS, Sort.PERSON])
@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("tab", [Tab.IN_FORCE, Tab.ENDED, Tab.ALL])
def test_sqlite_reads_a_page_in_order_from_an_index_alone(session: Session, sort: Sort, is_descending: bool, tab: Tab) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL scans tables this small")
    plan = _plan(session, ListPage(tab, sort, is_descending))
    index = {Sort.MADE: "ix_orders_by_made", Sort.ENDS: "ix_orders_by_ends", Sort.PERSON: "ix_orders_by_subject"}[sort]
    assert f"SCAN orders USING COVERING INDEX {index}" in plan
    assert not [line for line in plan if line in ("SCAN orders", "SCAN records", "SCAN people")]


def _plan(session: Session, page: ListPage) -> list[str]:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    list_orders(session, DESK, OrderFilter(), page, TODAY)
    event.remove(session.get_bind(), "before_cursor_execute", note)
    statement, parameters = next(one for one in asked if "LIMIT" in one[0])
    return [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
