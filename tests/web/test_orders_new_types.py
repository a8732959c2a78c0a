"""Types that legal services have not read: recorded like any other, and said to be unread wherever one relies on them."""

from __future__ import annotations

from datetime import date

import pytest

from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import AREAS_OF_LAW, MADE_WHILE_LAW, a_made_order
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page

pytestmark = pytest.mark.on_sqlite

UNREAD = [order_type for order_type in ORDER_TYPES.values() if order_type.awaits_legal_check]
LAST_DAYS = {"cbo": date(2029, 10, 1), "fbo": date(2030, 10, 1), "kcpo": date(2023, 1, 1), "fro": date(2019, 10, 1)}


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman")


@pytest.mark.parametrize("order_type", [pytest.param(order_type, id=order_type.code) for order_type in UNREAD])
def test_the_order_page_says_that_the_rules_are_unread(officer: Officer, acting: Acting, order_type: OrderType) -> None:
    with acting() as work:
        made_on, last_day = (
            days.get(order_type.code, usual) for days, usual in ((MADE_WHILE_LAW, date(2026, 10, 2)), (LAST_DAYS, date(2032, 10, 1)))
        )
        order = a_made_order(
            work, order_type=order_type.code, made_on=made_on, end_kind=EndKind.FIXED, stated_ends_on=last_day,
            details=AREAS_OF_LAW.get(order_type.code, {}),
        )  # fmt: skip
    text = Page(officer.get(f"/orders/{order.reference}").text).text
    assert order.reference.startswith(f"{order_type.prefix}-{made_on.year}-")
    assert "not yet checked by legal services" in text
    assert f"those of the {order_type.citation.act} as we read it" in text


def test_an_order_of_a_type_that_was_read_says_nothing_of_it(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        order = a_made_order(work)
    assert "checked by legal services" not in officer.get(f"/orders/{order.reference}").text


def test_the_choice_of_type_says_it_beside_each(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        person = a_person(work)
    begun = officer.post("/orders/new", data={"person": person.reference})
    page = Page(officer.get(begun.location).text)
    assert page.text.count("Not yet checked by legal services") == len(UNREAD)
    assert "Slavery and trafficking" in page.text
