"""Begin a draft with what an order on file already tells: the order that follows it, its own making, its variation."""

from __future__ import annotations

from datetime import date
from typing import Any

from orders_app.queries.orders import WholeOrder
from orders_app.rules.facts import EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import ends_on
from orders_app.rules.spec import OrderType
from orders_app.services.drafts import begin_draft
from orders_app.services.work import Work
from orders_app.web.orders.as_typed import as_typed, day_as_typed, owner_as_typed, protected_as_typed, terms_as_typed
from orders_app.web.orders.draft_answers import COMPLETES, CORRECTS, VARIES
from orders_app.web.orders.lists import DRAFT
from orders_app.web.orders.opened import Opened, opened_now
from orders_app.web.orders.recording_forms import ASKED_OF

CORRECTED = ("court", "ends", "protected")


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
    return _begin(work, whole, data | {COMPLETES: whole.order.reference, "opened": str(opened), "conditions_done": False})


def begin_varying(work: Work, whole: WholeOrder, kind: EventKind) -> Any:
    """A draft of a variation or a renewal, with the terms as they stand."""
    return _begin(work, whole, as_varied(whole, kind, opened_now(whole).terms) | {"opened": str(opened_now(whole))})


def begin_correcting(work: Work, whole: WholeOrder, terms: int) -> Any:
    """A draft that puts right what was recorded of an order, with the terms of one of its versions."""
    return _begin(work, whole, as_corrected(whole, terms) | {"opened": str(opened_now(whole))})


def as_corrected(whole: WholeOrder, terms: int) -> dict[str, Any]:
    """The answers of a draft that corrects an order: as recorded, twice, so that what is put right can be told."""
    said = {step: answers for step, answers in as_typed(whole).items() if step in ("person", "type", *CORRECTED)}
    asked = terms_as_typed(whole, terms)
    return said | {
        CORRECTS: whole.order.reference,
        "before": {step: said[step] for step in CORRECTED if step in said} | {"details": dict(whole.order.details)},
        "recorded": sorted({event.kind.value for event in whole.case.facts.events} & set(ASKED_OF)),
        "terms_of": terms,
        "terms_before": asked,
        "conditions": asked,
        "conditions_done": True,
        "last_number": max((c.number for c in whole.order.conditions), default=0),
        "protected_done": True,
    }


def as_varied(whole: WholeOrder, kind: EventKind, before: int) -> dict[str, Any]:
    """The answers of a draft that varies an order from one version of its terms to those that stand."""
    ends = ends_on(whole.case.order_type, whole.case.facts)
    return as_typed(whole) | {
        VARIES: whole.order.reference,
        "kind": kind.value,
        "terms_before": terms_as_typed(whole, before),
        "last_number": max((c.number for c in whole.order.conditions if c.from_version <= before), default=0),
        "ends_words": ends.words if ends else "",
        "conditions_done": False,
    }


def _begin(work: Work, whole: WholeOrder, data: dict[str, Any]) -> Any:
    person = whole.order.person
    return begin_draft(work, kind=DRAFT, data={"person": person.reference, **data}, person_id=person.id)


def _court(made_on: date | None, court: str, court_reference: str) -> dict[str, list[str]]:
    return {"court": [court], "court_reference": [court_reference], **day_as_typed("made_on", made_on)}
