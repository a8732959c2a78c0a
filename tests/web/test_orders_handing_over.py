"""An order is handed over from its page: whom to, with what, told to whom; and two officers who do it at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import AccessGrant, AuditEvent, Deadline, Order
from orders_app.rules.access import Access, Role
from orders_app.services.alerts import raise_alerts
from tests.conftest import NOW, Acting
from tests.factories import a_team, a_user
from tests.order_cases import a_served_notice
from tests.web.conftest import ClientFor, Officer, SignedInAs, Statements
from tests.web.reading import Page
from tests.web.two_officers import Stale, Two
from tests.web.typed import opened

STAGES = load_reference().stages
NOTE = "Court bundle is with legal services"


class Desks:
    """Two teams, and an order that the first one’s officer owns."""

    def __init__(self, acting: Acting, signed_in_as: SignedInAs) -> None:
        with acting() as work:
            here, there = a_team(work, name="Orders desk"), a_team(work, name="North desk")
            self.owner = a_user(work, team=here, username="owner", name="Aisha Rahman")
            self.colleague = a_user(work, team=here, username="colleague", name="Ben Okafor")
            self.taker = a_user(work, team=there, username="taker", name="Jamal Edwards")
            self.leader = a_user(work, Role.ORDERS_SUPERVISOR, team=there, username="leader", name="Tomasz Nowak", leads_team=True)
            self.gone = a_user(work, team=there, username="gone", name="Left Already", is_active=False)
            order = a_served_notice(work, owner_id=self.owner.id, team_id=here.id)
            raise_alerts(work, stages=STAGES)
            self.reference = order.reference
        self.signed_in_as = signed_in_as
        self.officer = signed_in_as(self.owner)

    @property
    def address(self) -> str:
        """Where it is handed over."""
        return f"/orders/{self.reference}/hand-over"


@pytest.fixture
def desks(acting: Acting, signed_in_as: SignedInAs) -> Desks:
    return Desks(acting, signed_in_as)


def sent(officer: Officer, desks: Desks, **typed: str) -> Page | str:
    """Hand it over: the address it leads to, or the page with what is refused."""
    answer = officer.post(desks.address, data={"to": "officer:taker", "note": NOTE} | typed | opened(officer, desks.address))
    return answer.location or Page(answer.text)


def test_the_order_page_leads_to_it_and_the_timeline_keeps_it(desks: Desks, session: Session) -> None:
    page = Page(desks.officer.get(f"/orders/{desks.reference}").text)
    assert ("Hand over to another officer", desks.address) in page.links
    asked = Page(desks.officer.get(desks.address).text)
    for words in ("Aisha Rahman, Orders desk has it now", "A team, nobody in person", "Jamal Edwards", "What goes with it (1)"):
        assert words in asked.main or f'label="{words}"' in desks.officer.get(desks.address).text, words
    assert "Left Already" not in asked.main
    assert sent(desks.officer, desks) == f"/orders/{desks.reference}"
    page = Page(desks.officer.get(f"/orders/{desks.reference}").text)
    for words in (
        "Jamal Edwards, North desk, with 1 open deadline. They and the supervisors are told", NOTE,
        "Aisha Rahman, Orders desk had it before", "1 open deadline went with it",
    ):  # fmt: skip
        assert words in page.text, words
    session.rollback()
    assert session.scalars(select(Order.owner_id)).one() == desks.taker.id
    assert {row.reason for row in session.scalars(select(AuditEvent).where(AuditEvent.action == "order.handed_over"))} == {NOTE}


def test_whoever_has_it_and_the_supervisor_find_it_in_my_work_until_they_have_seen_it(desks: Desks) -> None:
    sent(desks.officer, desks)
    for user in (desks.taker, desks.leader):
        reader = desks.signed_in_as(user)
        page = Page(reader.get("/work").text)
        assert "Handed over (1)" in page.main
        assert NOTE in page.main
        seen = f"/work/handed-over/{desks.reference}/seen"
        assert reader.post(seen).location == "/work"
        assert "Handed over (1)" not in Page(reader.get("/work").text).main
        assert reader.post(seen).status_code == 404
    assert "Handed over (" not in Page(desks.officer.get("/work").text).main
    assert desks.reference in Page(desks.signed_in_as(desks.taker).get("/work").text).main


def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(desks: Desks) -> None:
    refused = sent(desks.officer, desks, to="")
    assert isinstance(refused, Page)
    assert "Choose an officer or a team" in refused.problems
    assert NOTE in refused.main
    refused = sent(desks.officer, desks, note="")
    assert isinstance(refused, Page)
    assert "should know" in refused.problems
    refused = sent(desks.officer, desks, to="officer:gone")
    assert isinstance(refused, Page)
    assert "choose one of the answers listed" in refused.problems


def test_what_a_third_officer_has_stays_there_and_is_said(desks: Desks, acting: Acting, session: Session) -> None:
    with acting() as work:
        for deadline in work.session.scalars(select(Deadline).where(Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None))):
            deadline.assigned_to_id = desks.colleague.id
    page = Page(desks.officer.get(desks.address).text).main
    assert "What stays where it is (1)" in page
    assert "Ben Okafor" in page
    sent(desks.officer, desks, takes_all="y")
    session.rollback()
    assert session.scalars(select(Deadline.assigned_to_id).where(Deadline.met_by_id.is_(None))).all() == [None]


def test_of_a_restricted_order_only_those_named_are_offered(desks: Desks, acting: Acting) -> None:
    with acting("access.set") as work:
        order = work.session.scalars(select(Order)).one()
        order.access = Access.RESTRICTED
        for user in (desks.owner, desks.colleague):
            work.session.add(AccessGrant(record_id=order.id, user_id=user.id, granted_at=NOW, reason="Named"))
    asked = desks.officer.get(desks.address)
    desks.officer.post(asked.location, data={"reason": "I hand it over"})
    page = desks.officer.get(desks.address).text
    assert ("Ben Okafor" in page, "Jamal Edwards" in page, "North desk" in page) == (True, False, False)
    assert desks.signed_in_as(desks.taker).get(desks.address).status_code == 404


def test_who_may_not_assign_is_not_offered_it(desks: Desks, client_for: ClientFor) -> None:
    for role in (Role.PATROL, Role.AUDITOR):
        reader = client_for(role)
        assert "Hand over to another officer" not in reader.get(f"/orders/{desks.reference}").text
        assert reader.get(desks.address).status_code == 403


def test_two_at_once_theirs_stands_beside_mine(desks: Desks, session: Session) -> None:
    two = Two(desks.officer, desks.signed_in_as(desks.colleague))
    theirs = {"to": "team:North desk", "note": "Nobody is free here"}
    stale = two.at(desks.address, theirs, {"to": "officer:taker", "note": NOTE})
    for words in ("Ben Okafor handed it over to North desk", "Nobody is free here", NOTE, "Jamal Edwards"):
        assert words in stale.says, words
    assert stale.ways == ["save", "edit", "drop"]
    assert stale.choose("save").status_code == 302
    session.rollback()
    assert session.scalars(select(Order.owner_id)).one() == desks.taker.id


def test_something_else_saved_meanwhile_is_told(desks: Desks) -> None:
    seen = opened(desks.officer, desks.address)
    desks.signed_in_as(desks.colleague).post(
        f"/orders/{desks.reference}/hand-over", data={"to": "team:North desk", "note": "x", **opened(desks.officer, desks.address)}
    )
    stale = Stale(desks.officer, desks.address, desks.officer.post(desks.address, data={"to": "officer:taker", "note": NOTE, **seen}))
    assert NOTE in Page(stale.choose("edit").text).main


@pytest.mark.parametrize("address", ["/orders/{}", "/orders/{}/hand-over", "/work"])
def test_no_page_needs_more_than_twelve_statements(desks: Desks, statements: Statements, address: str) -> None:
    sent(desks.officer, desks)
    reader = desks.signed_in_as(desks.taker)
    with statements() as seen:
        assert reader.get(address.format(desks.reference)).status_code == 200
    assert len(seen) <= 12, seen
