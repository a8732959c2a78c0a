"""The order that a draft would make, from its answers."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from werkzeug.datastructures import MultiDict

from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import OrderType
from orders_app.rules.typed_dates import time_from_text
from orders_app.services.orders import NewCondition, NewEvent, NewOrder, NewProtected
from orders_app.web.orders.draft_answers import Answers, value
from orders_app.web.orders.recording_forms import StepForm
from orders_app.web.orders.recording_terms_form import term_form_for


def new_order(answers: Answers) -> NewOrder:
    """The order as answered so far; what is not answered yet is left at its default."""
    court, ends, owner = answers.answered("court"), answers.answered("ends"), answers.answered("owner")
    return NewOrder(
        order_type=answers.data["type"],
        person_id=answers.known.person.id,
        events=(*(_decisions(court) if court else ()), *(_service(owner) if owner else ())),
        follows_id=answers.known.follows.id if answers.known.follows else None,
        conditions=tuple(new_condition(answers, term) for term in answers.conditions),
        protected=tuple(_protected(answers)),
        **_court_values(court, answers.order_type),
        **_end_values(ends),
        **_owner_values(answers, owner),
    )


def new_condition(answers: Answers, term: dict[str, Any]) -> NewCondition:
    """One term as typed, read through its form."""
    form = term_form_for(answers.order_type)(formdata=MultiDict(term), meta={"csrf": False})
    form.validate()
    return form.condition()


def _decisions(court: StepForm) -> list[NewEvent]:
    if "authorised_at" in court:
        details = {"officer": court.officer.data or "", "rank": court.authorised_rank.data or ""}
        return [NewEvent(E.AUTHORISED, court.authorised_at.day, court.authorised_at.data, details)] if court.authorised_at.day else []
    if "court" not in court:
        return []
    days = ((E.APPLICATION_LODGED, value(court, "application_lodged_on")), (E.MADE, value(court, "made_on")))
    return [NewEvent(kind, on, details={"court": court.court.data or ""}) for kind, on in days if on]


def _court_values(court: StepForm | None, order_type: OrderType | None) -> dict[str, Any]:
    if court is None or order_type is None:
        return {}
    extra = {field.key: value(court, field.key) for field in order_type.extra_fields}
    details = {key: _kept(answer) for key, answer in (extra | {"area": value(court, "area")}).items() if answer not in (None, "")}
    texts = ("court", "court_reference", "made_under", "authorised_rank")
    flags = ("is_present_or_represented", "is_without_notice")
    return {name: value(court, name) or "" for name in texts} | {name: bool(value(court, name)) for name in flags} | {"details": details}


def _end_values(ends: StepForm | None) -> dict[str, Any]:
    if ends is None:
        return {}
    kind = ends.kind
    return {
        "end_kind": kind,
        "stated_ends_on": value(ends, "ends_on") if kind is EndKind.FIXED else None,
        "stated_end_time": _time(value(ends, "stated_end_time")) if kind is EndKind.FIXED else None,
        "stated_event": (value(ends, "stated_event") or "") if kind is EndKind.EVENT else "",
        "stated_in_force_from": value(ends, "stated_in_force_from"),
        "starts_on_release": bool(value(ends, "starts_on_release")),
        "starts_on_other_end": bool(value(ends, "starts_on_other_end")),
    }


def _time(typed: str | None) -> time | None:
    return time_from_text(typed) if typed else None


def _kept(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer.isoformat() if isinstance(answer, date) else str(answer)


def _service(owner: StepForm) -> list[NewEvent]:
    if owner.served_at.day is None:
        return []
    details = {"where": owner.served_where.data, "officer": owner.served_by.data, "how": owner.served_how.data}
    given = {key: answer for key, answer in details.items() if answer}
    return [NewEvent(E.SERVED, owner.served_at.day, owner.served_at.data, given)]


def _protected(answers: Answers) -> list[NewProtected]:
    people = [(answers.known.others.get(row["reference"]), row["relationship"]) for row in answers.protected]
    return [NewProtected(person.id, relationship) for person, relationship in people if person]


def _owner_values(answers: Answers, owner: StepForm | None) -> dict[str, Any]:
    if owner is None:
        return {}
    known = answers.known
    return {
        "owner_id": known.key_of("owner", owner.owner.data or ""),
        "team_id": known.key_of("team", owner.team.data or ""),
        "area_id": known.key_of("area", owner.area_of_force.data or ""),
    }
