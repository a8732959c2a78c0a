"""Orders about people who are not open to all: a purpose first, and nothing of a sealed protected person."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, AuditEvent
from orders_app.rules.access import Access, Role
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_served_notice
from tests.web.conftest import ClientFor


@pytest.mark.parametrize(("access", "shown"), [(Access.OPEN, "JOSEPH, Ann"), (Access.RESTRICTED, "Restricted"), (Access.SEALED, "")])
def test_a_protected_person_is_shown_as_far_as_they_may_be_known(client_for: ClientFor, acting: Acting, access: Access, shown: str) -> None:
    with acting() as work:
        reference = a_served_notice(work, protected=[a_person(work, surname="Joseph", forenames="Ann", access=access)]).reference
    page = client_for(Role.ORDERS_DESK).get(f"/orders/{reference}").text
    assert ("JOSEPH, Ann" in page, "Restricted" in page) == (shown == "JOSEPH, Ann", shown == "Restricted")


def test_a_closed_order_is_opened_with_a_purpose_that_is_logged(client_for: ClientFor, acting: Acting, session: Session) -> None:
    officer = client_for(Role.ORDERS_DESK)
    with acting() as work:
        order = a_served_notice(work, access=Access.RESTRICTED)
        work.session.add(AccessGrant(record_id=order.id, user_id=officer.user.id, granted_at=work.now, reason="Named"))
    asked = officer.get(f"/orders/{order.reference}")
    assert "/purpose?next=" in asked.location
    back = officer.post(asked.location, data={"reason": "Hearing tomorrow, I present it"})
    assert back.location.rstrip("?") == f"/orders/{order.reference}"
    assert officer.get(back.location).status_code == 200
    looks = select(AuditEvent.reason).where(AuditEvent.action == "order.viewed", AuditEvent.record_id == order.id)
    assert session.scalars(looks).all() == ["Hearing tomorrow, I present it"]
