"""Begin a draft with what an earlier notice or order already tells: the order that follows it, or its own making."""

from __future__ import annotations

from datetime import date
from typing import Any

from orders_app.queries.facts import is_current
from orders_app.queries.orders import WholeOrder
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType
from orders_app.services.drafts import begin_draft
from orders_app.services.work import Work
from orders_app.web.orders.lists import DRAFT


def following_type(whole: WholeOrder) -> OrderType | None:
    """The type that may follow this one: a DVPO after a DVPN, a full order after an interim one."""
    return ORDER_TYPES.get(whole.case.order_type.leads_to)


def begin_following(work: Work, whole: WholeOrder, following: OrderType, *, made_on: date, court: str) -> Any:
    """A draft of the order that follows, with the person, the court, the day, the protected people and the team carried over."""
    data = {
        "type": following.code,
        "follows": whole.order.reference,
        "court": _typed_court(made_on, court, whole.order.court_reference),
        "protected": _protected(whole),
        "owner": _typed_owner(whole),
    }
    return _begin(work, whole, data)


def begin_making(work: Work, whole: WholeOrder, *, version: int, made_on: date | None = None, court: str = "") -> Any:
    """A draft that completes an order recorded while it was only applied for."""
    data = {
        "type": whole.order.order_type,
        "follows": whole.follows.reference if whole.follows else "",
        "court": _typed_court(made_on, court or whole.order.court, whole.order.court_reference),
        "protected": _protected(whole),
        "conditions": [_typed_term(c) for c in whole.order.conditions if is_current(c, whole.order.version_number)],
        "owner": _typed_owner(whole),
        "completes": {"reference": whole.order.reference, "version": version},
    }
    return _begin(work, whole, data)


def _begin(work: Work, whole: WholeOrder, data: dict[str, Any]) -> Any:
    person = whole.order.person
    return begin_draft(work, kind=DRAFT, data={"person": person.reference, **data}, person_id=person.id)


def _typed_court(made_on: date | None, court: str, court_reference: str) -> dict[str, list[str]]:
    day = {"made_on-day": [str(made_on.day)], "made_on-month": [str(made_on.month)], "made_on-year": [str(made_on.year)]} if made_on else {}
    return {"court": [court], "court_reference": [court_reference], **day}


def _typed_owner(whole: WholeOrder) -> dict[str, list[str]]:
    order = whole.order
    values = {
        "owner": order.owner.username if order.owner else "",
        "team": order.team.name if order.team else "",
        "area_of_force": order.area.code if order.area else "",
    }
    return {name: [answer] for name, answer in values.items()}


def _protected(whole: WholeOrder) -> list[dict[str, str]]:
    seen = [protected.row for protected in whole.protected if protected.is_visible]
    return [{"reference": row.person.reference, "relationship": row.relationship_to_subject} for row in seen]


def _typed_term(condition: Any) -> dict[str, list[str]]:
    term = {"words": condition.text, "short_form": condition.short_form, "kind": condition.kind, "supervisor": condition.supervisor}
    return {name: [answer] for name, answer in term.items()}
