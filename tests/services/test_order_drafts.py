"""Drafts of orders, hearings of several events, and applications that become orders: each whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Draft, Event, Order, OrderVersion
from orders_app.queries.drafts import count_drafts, drafts_of, find_draft
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.drafts import begin_draft, drop_draft, save_draft
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.services.hearings import record_outcome
from orders_app.services.making import complete_order
from orders_app.services.orders import NewEvent, NewOrder, NewProtected, record_order
from orders_app.services.work import Actor, Work
from tests.conftest import Acting
from tests.factories import a_person, a_user
from tests.order_cases import NO_CONTACT, a_made_order, a_served_notice

KIND = "new_order"
MADE = NewEvent(EventKind.MADE, date(2026, 11, 20))


def an_officer(work: Work) -> Actor:
    user = a_user(work)
    return Actor(user.id, user.display_name, Viewer(user.id, roles=frozenset({Role.ORDERS_DESK})))


def test_a_draft_is_kept_changed_and_dropped_by_its_owner_alone(acting: Acting, session: Session) -> None:
    with acting() as work:
        mine, other = an_officer(work), an_officer(work)
    with acting(actor=mine) as work:
        token = begin_draft(work, kind=KIND, data={"person": "P-1"}).token
    with acting(actor=mine) as work:
        save_draft(work, kind=KIND, token=token, data={"person": "P-1", "type": "spo"})
    with acting(actor=other) as work, pytest.raises(NotFound):
        save_draft(work, kind=KIND, token=token, data={})
    found = find_draft(session, user_id=mine.id, kind=KIND, token=token)
    assert found is not None
    assert found.data["type"] == "spo"
    assert find_draft(session, user_id=other.id, kind=KIND, token=token) is None
    assert (count_drafts(session, user_id=mine.id, kind=KIND), drafts_of(session, user_id=other.id, kind=KIND)) == (1, [])
    session.rollback()
    with acting(actor=mine) as work:
        drop_draft(work, kind=KIND, token=token)
    assert session.scalars(select(Draft)).all() == []


def test_a_draft_needs_somebody_to_own_it(acting: Acting) -> None:
    with acting() as work, pytest.raises(NotFound):
        begin_draft(work, kind=KIND, data={})


def test_the_events_of_a_hearing_are_recorded_together_or_not_at_all(acting: Acting, session: Session) -> None:
    with acting() as work:
        notice = a_served_notice(work)
        reference, version = notice.reference, notice.version
    heard = NewEvent(EventKind.HEARING_HELD, date(2026, 11, 22))
    with pytest.raises(RuleBroken), acting() as work:
        record_outcome(work, reference=reference, version=version, events=[heard, NewEvent(EventKind.RENEWED, date(2026, 11, 22))])
    assert [event.kind for event in session.scalars(select(Event).order_by(Event.id))] == ["authorised", "served"]
    session.rollback()
    with acting() as work:
        record_outcome(
            work, reference=reference, version=version, events=[heard, NewEvent(EventKind.APPLICATION_REFUSED, date(2026, 11, 22))]
        )
    assert session.scalars(select(Order)).one().ended_on == date(2026, 11, 22)
    with acting() as work, pytest.raises(ChangedMeanwhile):
        record_outcome(work, reference=reference, version=version, events=[heard])
    with acting() as work, pytest.raises(NotFound):
        record_outcome(work, reference=reference, version=version, events=[])


@pytest.fixture
def applied_for(acting: Acting) -> Order:
    """A full order applied for while an interim order runs."""
    with acting() as work:
        person = a_person(work)
        interim = a_made_order(
            work,
            person=person,
            order_type="interim_spo",
            made_on=date(2026, 11, 2),
            end_kind=EndKind.FIXED,
            stated_ends_on=date(2026, 11, 30),
        )
        lodged = NewEvent(EventKind.APPLICATION_LODGED, date(2026, 11, 2))
        return record_order(work, NewOrder("spo", person.id, events=(lodged,), follows_id=interim.id, court="Northmere"))


def made(order: Order, **values: object) -> NewOrder:
    given = {"events": (MADE,), "conditions": (NO_CONTACT,), "end_kind": EndKind.FIXED, "stated_ends_on": date(2028, 11, 19), **values}
    return NewOrder("spo", order.person_id, court="Eastbridge", follows_id=order.follows_id, **given)  # type: ignore[arg-type]


def test_an_application_becomes_an_order_on_the_same_record_and_ends_the_interim(
    acting: Acting, applied_for: Order, session: Session
) -> None:
    with acting() as work:
        ann = a_person(work, surname="Joseph")
        new = made(applied_for, protected=(NewProtected(ann.id, "former partner"),))
        complete_order(work, reference=applied_for.reference, version=applied_for.version, new=new)
    order = session.get_one(Order, applied_for.id)
    assert (order.made_on, order.ends_on, order.court) == (date(2026, 11, 20), date(2028, 11, 19), "Eastbridge")
    version = session.scalars(select(OrderVersion).where(OrderVersion.order_id == order.id)).one()
    assert (version.number, version.made_on, version.stated_ends_on) == (1, date(2026, 11, 20), date(2028, 11, 19))
    assert session.get_one(Order, applied_for.follows_id).ended_on == date(2026, 11, 20)


def test_an_order_the_law_refuses_is_not_made_of_it(acting: Acting, applied_for: Order, session: Session) -> None:
    with pytest.raises(RulesBroken) as refused, acting() as work:
        complete_order(
            work, reference=applied_for.reference, version=applied_for.version, new=made(applied_for, stated_ends_on=date(2027, 11, 19))
        )
    assert refused.value.field == "ends_on"
    assert session.get_one(Order, applied_for.id).made_on is None


def test_an_order_is_made_once(acting: Acting) -> None:
    with acting() as work:
        order = a_made_order(work)
    with acting() as work, pytest.raises(RuleBroken):
        complete_order(work, reference=order.reference, version=order.version, new=made(order))
