"""The order an address names, or the page that says there is none: the same whether it is missing or not for this reader."""

from __future__ import annotations

from typing import Any

from orders_app.queries import people
from orders_app.queries.orders import WholeOrder, find_order
from orders_app.queries.people import WholePerson
from orders_app.services.audit import record_view
from orders_app.services.errors import NotFound
from orders_app.web.people.banner import banner_words
from orders_app.web.people.found import purpose_of, say_why_first
from orders_app.web.session import act, read_session, today, viewer


def order_or_404(reference: str) -> WholeOrder:
    """Return the order with this reference. Raises NotFound, and PurposeWanted for one that is not open to all."""
    whole = find_order(read_session(), viewer(), reference)
    if whole is None:
        raise NotFound(reference)
    if not whole.case.is_open_to_all:
        say_why_first(whole.order.person_id, whole.order.person.reference)
    return whole


def order_again(whole: WholeOrder) -> WholeOrder:
    """Return the order as it is by now: somebody saved it while this request was under way."""
    read_session().rollback()
    return order_or_404(whole.order.reference)


def subject_of(whole: WholeOrder) -> WholePerson:
    """The person whom an order binds, with all that is known of them."""
    return people.people_with_keys(read_session(), viewer(), [whole.order.person_id])[whole.order.person_id]


def banner_of(whole: WholeOrder) -> dict[str, Any]:
    """The banner of the person whom an order binds."""
    return banner_words(subject_of(whole), today())


def log_view(whole: WholeOrder, what: str) -> None:
    """Log that the reader opened this page about an order."""
    with act("order.viewed", reason="" if whole.case.is_open_to_all else purpose_of(whole.order.person_id)) as work:
        record_view(work, person_id=whole.order.person_id, record_id=whole.order.id, what=what)
