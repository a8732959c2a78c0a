"""Who may own a new record: whoever could be given it later."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from orders_app.queries.order_choices import staff
from orders_app.rules.access import RECORDING, Role
from orders_app.web.record_pages import PAGES
from tests.conftest import Acting
from tests.factories import a_team, a_user


@pytest.mark.parametrize(("kind", "owners"), [("order", ["desk", "manager"]), ("registration", ["manager"])])
def test_an_owner_works_alerts_and_records_on_that_kind(kind: str, owners: list[str], acting: Acting, session: Session) -> None:
    with acting() as work:
        roles = {"desk": Role.ORDERS_DESK, "manager": Role.OFFENDER_MANAGER, "patrol": Role.PATROL, "admin": Role.ADMINISTRATOR}
        for username, role in roles.items():
            a_user(work, role, username=username)
        a_user(work, username="gone", is_active=False)
        a_team(work, name="Orders desk")
    found = staff(session, kind)
    assert sorted(option.value for option in found if option.kind == "owner") == owners
    assert [option.value for option in found if option.kind == "team"] == ["Orders desk"]


def test_every_kind_of_record_says_what_it_takes_to_record_on_it() -> None:
    assert RECORDING.keys() == PAGES.keys()
