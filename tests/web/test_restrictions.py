"""Who may open a person or an order: restrict, seal, name somebody, end it."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, AuditEvent, Person
from orders_app.rules.access import Role
from orders_app.services.people import record_person
from tests.conftest import Acting
from tests.order_cases import a_made_order
from tests.web.callum import CALLUM
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import page


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_SUPERVISOR)


@pytest.fixture
def callum(acting: Acting) -> Person:
    with acting() as work:
        return record_person(work, CALLUM)


def test_restrict_name_and_end(officer: Officer, client_for: ClientFor, callum: Person, session: Session) -> None:
    other = client_for(Role.ORDERS_DESK, name="Jamal Edwards")
    path = f"/people/{callum.reference}/access"
    form = page(officer.get(path)).inputs
    assert "Enter why" in page(officer.post(path, data={"access": "restricted", "version": form["version"]})).problems
    assert officer.post(path, data={"access": "restricted", "reason": "Witness", "version": form["version"]}).status_code == 302
    assert other.get(f"/people/{callum.reference}").status_code == 403
    officer.post(f"/people/{callum.reference}/purpose", data={"reason": "Supervision"})
    last = page(officer.post(f"{path}/1/end", data={"reason": "Moved", "version": "1"}))
    assert "Name somebody else first" in last.problems
    named = {"naming-who": f"user:{other.user.username}", "naming-reason": "Investigating"}
    assert officer.post(f"{path}/name", data=named).status_code == 302
    assert "is named on this record already" in page(officer.post(f"{path}/name", data=named)).problems
    assert other.get(f"/people/{callum.reference}").status_code == 302
    assert officer.post(f"{path}/2/end", data={"reason": "Done", "version": "1"}).status_code == 302
    assert other.get(f"/people/{callum.reference}").status_code == 403
    rows = session.scalars(select(AuditEvent.reason).where(AuditEvent.subject_type == "access_grants").order_by(AuditEvent.id)).all()
    assert rows == ["Witness", "Investigating", "Done"]


def test_only_those_who_may_set_access_can(client_for: ClientFor, callum: Person) -> None:
    desk = client_for(Role.ORDERS_DESK)
    assert desk.get(f"/people/{callum.reference}/access").status_code == 403
    assert desk.post(f"/people/{callum.reference}/access", data={"access": "sealed", "reason": "x"}).status_code == 403
    patrol = client_for(Role.PATROL)
    assert patrol.get("/people/new").status_code == 403
    assert patrol.get(f"/people/{callum.reference}/details").status_code == 403


def test_whoever_ends_their_own_naming_is_told_and_led_away(officer: Officer, client_for: ClientFor, callum: Person) -> None:
    other = client_for(Role.ORDERS_SUPERVISOR)
    path = f"/people/{callum.reference}/access"
    officer.post(path, data={"access": "sealed", "reason": "Witness", "version": page(officer.get(path)).inputs["version"]})
    officer.post(f"{path}/name", data={"naming-who": f"user:{other.user.username}", "naming-reason": "Takes over"})
    officer.post(f"/people/{callum.reference}/purpose", data={"reason": "Hand over"})
    assert "you could not open the record any more" in page(officer.get(f"{path}/1/end")).main
    assert "any more" not in page(officer.get(f"{path}/2/end")).main
    done = officer.post(f"{path}/1/end", data={"reason": "Moved", "version": "1"})
    assert done.location == "/people"
    assert f"You cannot open {callum.reference} any more" in page(officer.get("/people")).main
    assert officer.get(f"/people/{callum.reference}").status_code == 404


def test_an_order_is_closed_alone(officer: Officer, client_for: ClientFor, acting: Acting, callum: Person, session: Session) -> None:
    with acting() as work:
        order = a_made_order(work, person=callum)
    other = client_for(Role.ORDERS_SUPERVISOR)
    person, here = f"/people/{callum.reference}", f"/orders/{order.reference}"
    assert (f"{here}/access") in [href for _, href in page(officer.get(here)).links]
    form = page(officer.get(f"{here}/access")).inputs
    sealed = {"access": "sealed", "reason": "Covert interest", "version": form["version"]}
    assert officer.post(f"{here}/access", data=sealed).location == f"{here}/access"
    assert "changed this record after you opened" in page(officer.post(f"{here}/access", data=sealed | {"access": "open"})).problems
    assert (other.get(here).status_code, other.get(f"{here}/access").status_code) == (404, 404)
    assert "Subject of no orders" in page(other.get(person)).main
    officer.post(f"{person}/purpose", data={"reason": "Supervision"})
    assert "Sealed" in page(officer.get(here)).heading
    assert "Subject of 1 order" in page(officer.get(person)).main
    assert (
        officer.post(f"{here}/access/name", data={"naming-who": f"user:{other.user.username}", "naming-reason": "Owner"}).status_code == 302
    )
    assert other.get(here).status_code == 302
    assert officer.post(f"{here}/access/2/end", data={"reason": "Done", "version": "1"}).status_code == 302
    assert other.get(here).status_code == 404
    rows = session.execute(select(AccessGrant.record_id, AccessGrant.person_id).order_by(AccessGrant.id)).all()
    assert rows == [(order.id, None), (order.id, None)]


def test_only_those_who_may_look_at_people_can_be_named(officer: Officer, client_for: ClientFor, callum: Person) -> None:
    client_for(Role.PERFORMANCE, name="Carol Figures")
    client_for(Role.PATROL, name="Paul Patrol")
    shown = page(officer.get(f"/people/{callum.reference}/access")).main
    assert ("Paul Patrol" in shown, "Carol Figures" in shown) == (True, False)


def test_a_naming_that_has_ended_or_never_was_cannot_be_ended(officer: Officer, callum: Person) -> None:
    assert officer.get(f"/people/{callum.reference}/access/1/end").status_code == 404
    assert officer.get("/orders/SPO-2026-9999/access").status_code == 404
