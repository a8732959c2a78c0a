"""What is on record of an order, as if it had been typed into the steps of a draft: to go on from, to put right, to lay beside another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from orders_app.queries.facts import is_current
from orders_app.queries.orders import WholeOrder
from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import FieldKind
from orders_app.rules.wording import LONDON
from orders_app.web.orders.recording_terms_form import OWN_END, WITH_ORDER
from orders_app.web.orders.variation_form import SAME_END

Typed = dict[str, list[str]]
TICKED = "y"


def as_typed(whole: WholeOrder) -> dict[str, Any]:
    """Every answer of the order as it stands, step by step."""
    made = whole.case.facts.first(E.MADE)
    return {
        "person": whole.order.person.reference,
        "type": whole.order.order_type,
        "follows": whole.follows.reference if whole.follows else "",
        "court": _authority(whole) if whole.case.order_type.is_notice else _court(whole),
        **({"ends": _ends(whole.order)} if made else {}),
        "protected": protected_as_typed(whole),
        "protected_done": True,
        "conditions": terms_as_typed(whole, whole.order.version_number),
        "conditions_done": bool(whole.order.conditions),
        "owner": owner_as_typed(whole) | _service(whole),
    }


def owner_as_typed(whole: WholeOrder) -> Typed:
    """Who looks after it."""
    order = whole.order
    values = {
        "owner": order.owner.username if order.owner else "",
        "team": order.team.name if order.team else "",
        "area_of_force": order.area.code if order.area else "",
    }
    return _each(values)


def protected_as_typed(whole: WholeOrder) -> list[dict[str, str]]:
    """The protected people whom the reader may see."""
    seen = [protected.row for protected in whole.protected if protected.is_visible]
    return [{"reference": row.person.reference, "relationship": row.relationship_to_subject} for row in seen]


def terms_as_typed(whole: WholeOrder, version: int) -> list[dict[str, Any]]:
    """The terms of one version, each with its number."""
    return [_term(c) for c in whole.order.conditions if is_current(c, version)]


def variation_as_typed(whole: WholeOrder, event: Any) -> Typed:
    """What a court did, by the event and the version that record it."""
    version = next(version for version in whole.versions if version.event_id == event.id)
    later = version.in_force_from if version.in_force_from != version.made_on else None
    new_end = event.details.get("ends_on")
    ends = day_as_typed("ends_on", date.fromisoformat(new_end)) if new_end else {}
    end = EndKind.FIXED.value if new_end else event.details.get("end_kind", SAME_END)
    days = day_as_typed(field_of(E(event.kind)), version.made_on) | day_as_typed("in_force_from", later)
    return days | ends | _each({"court": version.court, "end": end, "summary": version.summary})


def day_as_typed(name: str, on: date | None) -> Typed:
    """A day in its three boxes; nothing where there is none."""
    return {f"{name}-day": [str(on.day)], f"{name}-month": [str(on.month)], f"{name}-year": [str(on.year)]} if on else {}


def _moment(name: str, on: date | None, at: datetime | None) -> Typed:
    if at is None:
        return day_as_typed(name, on)
    local = at.astimezone(LONDON)
    came_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    which = {f"{name}-which": ["second" if local.fold else "first"]} if came_twice else {}
    return day_as_typed(name, local.date()) | {f"{name}-time": [f"{local:%H:%M}"]} | which


def _authority(whole: WholeOrder) -> Typed:
    authorised = whole.case.facts.first(E.AUTHORISED)
    officer = authorised.details.get("officer", "") if authorised else ""
    when = _moment("authorised_at", authorised.on, authorised.at) if authorised else {}
    return when | _each({"authorised_rank": whole.order.authorised_rank, "officer": officer}) | _details(whole)


def _court(whole: WholeOrder) -> Typed:
    order, facts = whole.order, whole.case.facts
    made, lodged = facts.first(E.MADE), facts.first(E.APPLICATION_LODGED)
    texts = {"court": order.court, "court_reference": order.court_reference, "made_under": order.made_under}
    answers = {
        "is_present_or_represented": "yes" if order.is_present_or_represented else "no",
        "is_without_notice": "yes" if order.is_without_notice else "no",
    }
    days = day_as_typed("made_on", made.on if made else None) | day_as_typed("application_lodged_on", lodged.on if lodged else None)
    return _each(texts | (answers if made else {})) | days | _details(whole)


def _details(whole: WholeOrder) -> Typed:
    """The type's own questions, and the area."""
    typed = _each({"area": whole.order.details.get("area", "")})
    for field in whole.case.order_type.extra_fields:
        answer = str(whole.order.details.get(field.key, ""))
        is_day = field.kind is FieldKind.DATE and answer
        typed |= day_as_typed(field.key, date.fromisoformat(answer)) if is_day else _each({field.key: answer})
    return typed


def _ends(order: Any) -> Typed:
    at = order.stated_end_time
    texts = {"end_kind": order.end_kind, "stated_end_time": f"{at:%H:%M}" if at else "", "stated_event": order.stated_event}
    days = day_as_typed("ends_on", order.stated_ends_on) | day_as_typed("stated_in_force_from", order.stated_in_force_from)
    starts = _ticked("starts_on_release", order.starts_on_release) | _ticked("starts_on_other_end", order.starts_on_other_end)
    return _each(texts) | days | starts


def _service(whole: WholeOrder) -> Typed:
    served = whole.case.facts.first(E.SERVED)
    if served is None:
        return {}
    said = {f"served_{name}": served.details.get(key, "") for name, key in (("where", "where"), ("by", "officer"), ("how", "how"))}
    return _moment("served_at", served.on, served.at) | _each(said)


def _term(condition: Any) -> Typed:
    texts = {"words": condition.text, "short_form": condition.short_form, "kind": condition.kind, "supervisor": condition.supervisor}
    days = day_as_typed("starts_on", condition.starts_on) | day_as_typed("ends_on", condition.ends_on)
    boxes = {name: getattr(condition, name) for name in ("is_travel", "is_electronic_monitoring")}
    texts |= {"number": str(condition.number), "end": OWN_END if condition.ends_on else WITH_ORDER}
    texts |= {"began_from": f"{condition.template_key}:{condition.template_version}" if condition.template_key else ""}
    return _each(texts) | days | {name: [TICKED] for name, is_set in boxes.items() if is_set}


def _each(values: dict[str, str]) -> Typed:
    return {name: [answer] for name, answer in values.items() if answer}


def _ticked(name: str, is_set: bool) -> Typed:
    return {name: [TICKED]} if is_set else {}
