"""Begin a draft with what an earlier notice or order already tells: the order that follows it, or its own making."""

from __future__ import annotations

from datetime import date
from typing import Any

from orders_app.queries.orders import WholeOrder
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType
from orders_app.services.drafts import begin_draft
from orders_app.services.work import Work
from orders_app.web.orders.as_typed import as_typed, day_as_typed, owner_as_typed, protected_as_typed
from orders_app.web.orders.lists import DRAFT
from orders_app.web.orders.opened import Opened


def following_type(whole: WholeOrder) -> OrderType | None:
    """The type that may follow this one: a DVPO after a DVPN, a full order after an interim one."""
    return ORDER_TYPES.get(whole.case.order_type.leads_to)


def begin_following(
    work: Work, whole: WholeOrder, following: OrderType, *, opened: Opened, made_on: date | None = None, court: str = ""
) -> Any:
    """A draft of the order that follows, with the person, the court, the day, the protected people and the team carried over."""
    data = {
        "type": following.code,
        "follows": whole.order.reference,
        "follows_opened": str(opened),
        "court": _court(made_on, court or whole.order.court, whole.order.court_reference),
        "protected": protected_as_typed(whole),
        "owner": owner_as_typed(whole),
    }
    return _begin(work, whole, data)


def begin_making(work: Work, whole: WholeOrder, *, opened: Opened, made_on: date | None = None, court: str = "") -> Any:
    """A draft that completes an order recorded while it was only applied for."""
    data = as_typed(whole)
    data["court"] |= _court(made_on, court or whole.order.court, whole.order.court_reference)
    return _begin(work, whole, data | {"completes": whole.order.reference, "opened": str(opened), "conditions_done": False})


def _begin(work: Work, whole: WholeOrder, data: dict[str, Any]) -> Any:
    person = whole.order.person
    return begin_draft(work, kind=DRAFT, data={"person": person.reference, **data}, person_id=person.id)


def _court(made_on: date | None, court: str, court_reference: str) -> dict[str, list[str]]:
    return {"court": [court], "court_reference": [court_reference], **day_as_typed("made_on", made_on)}
