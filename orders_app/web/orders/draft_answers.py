"""A draft of an order: which steps it has, what was answered, and the order it would make. What was typed is kept as typed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from werkzeug.datastructures import MultiDict

from orders_app.rules.facts import EndKind, Facts
from orders_app.rules.facts import Event as RuleEvent
from orders_app.rules.facts import EventKind as E
from orders_app.rules.law import LawTables, as_law_on
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType
from orders_app.rules.typed_dates import time_from_text
from orders_app.services.orders import NewCondition, NewEvent, NewOrder, NewProtected
from orders_app.web.orders.recording_forms import StepForm, court_form_for, ends_form_for, owner_form_for
from orders_app.web.orders.recording_terms_form import term_form_for

STEP_WORDS = {
    "type": "Type of order", "follows": "What it follows", "court": "Court and dates", "ends": "How it ends",
    "protected": "Protected people", "conditions": "Conditions", "owner": "Owner and service", "check": "Check your answers",
}  # fmt: skip
NOTICE_WORDS = {"court": "Authority"}
TYPED_NAMES = ("csrf_token", "do")


@dataclass(frozen=True)
class Known:
    """What a draft is read with: the law, today, and the rows it points at. `staff` are the answers of the owner step, with their keys."""

    law: LawTables
    today: date
    person: Any
    others: dict[str, Any] = field(default_factory=dict)
    follows: Any = None
    staff: tuple[Any, ...] = ()
    areas: tuple[str, ...] = ()

    def key_of(self, kind: str, value: str) -> int | None:
        """The key of an owner, a team or an area."""
        return next((option.id for option in self.staff if (option.kind, option.value) == (kind, value)), None)


class Answers:
    """What was answered so far. `data` is what the draft keeps."""

    def __init__(self, data: dict[str, Any], known: Known) -> None:
        self.data = data
        self.known = known
        self._forms: dict[str, StepForm | None] = {}

    def change(self, changes: dict[str, Any]) -> None:
        """Take new answers in."""
        self.data |= changes
        self._forms.clear()

    def forget(self, *steps: str) -> None:
        """Drop the answers of steps that another answer made pointless."""
        for step in steps:
            self.data.pop(step, None)
        self._forms.clear()

    @property
    def order_type(self) -> OrderType | None:
        """The type chosen, if one was, as its law stood on the day the order was made; today, until that is answered."""
        court = self.answered("court") if self._declared else None
        made_on = value(court, "made_on") if court else None
        return self._as_law_on(made_on or self.known.today, (value(court, "area") or "") if court else "")

    @property
    def _declared(self) -> OrderType | None:
        return ORDER_TYPES.get(self.data.get("type", ""))

    def _as_law_on(self, day: date, area: str) -> OrderType | None:
        return as_law_on(self._declared, self.known.law, area, day) if self._declared else None

    @property
    def steps(self) -> list[str]:
        """The steps of this type, in order. A notice follows nothing, and ends when the application is determined.

        What an application on file became is of that application's type.
        """
        left_out = {"follows", "ends"} if self.order_type and self.order_type.is_notice else set()
        left_out |= {"type"} if self.data.get("completes") else set()
        return [step for step in STEP_WORDS if step not in left_out]

    def words(self, step: str) -> str:
        """What a step is called."""
        is_notice = self.order_type is not None and self.order_type.is_notice
        return NOTICE_WORDS.get(step, STEP_WORDS[step]) if is_notice else STEP_WORDS[step]

    def after(self, step: str) -> str:
        """The step that comes next."""
        steps = self.steps
        return steps[min(steps.index(step) + 1, len(steps) - 1)]

    def form(self, step: str) -> StepForm:
        """The form of the court, ends or owner step, with what the draft keeps. Unanswered: an empty form."""
        typed = self.data.get(step)
        kind = self._form_class(step)
        return kind(formdata=MultiDict(typed) if typed else None, meta={"csrf": False})

    def answered(self, step: str) -> StepForm | None:
        """The form of a step whose answers are complete, else None."""
        if step not in self._forms:
            form = self.form(step) if self.data.get(step) else None
            self._forms[step] = form if form is not None and form.validate() else None
        return self._forms[step]

    def _form_class(self, step: str) -> type[StepForm]:
        asked = self._as_law_on(self.known.today, "") if step == "court" else self.order_type
        if asked is None:
            raise LookupError("the type is not chosen yet")
        if step == "court":
            return court_form_for(asked, self.known.areas)
        return ends_form_for(asked) if step == "ends" else owner_form_for(asked, self.known.staff)

    @property
    def conditions(self) -> list[dict[str, Any]]:
        """The terms so far, as typed."""
        return list(self.data.get("conditions", []))

    @property
    def protected(self) -> list[dict[str, str]]:
        """The protected people so far: reference and relationship."""
        return list(self.data.get("protected", []))

    def made_on(self) -> date | None:
        """The day the court made it, where that is answered."""
        court = self.answered("court")
        made: date | None = court.made_on.data if court and "made_on" in court else None
        return made

    def facts(self) -> Facts:
        """What the rules need to say which ends are lawful."""
        made, court, ends = self.made_on(), self.answered("court"), self.answered("ends")
        facts = Facts(
            self.data.get("type", ""),
            (RuleEvent(1, E.MADE, made),) if made else (),
            made_under=(value(court, "made_under") or "") if court else "",
            subject_born_on=self.known.person.born_on,
        )
        if ends is None:
            return facts
        return replace(
            facts, end_kind=ends.kind, stated_ends_on=value(ends, "ends_on"), in_force_from_on=value(ends, "stated_in_force_from"),
            starts_on_release=bool(value(ends, "starts_on_release")),
        )  # fmt: skip

    def new_order(self) -> NewOrder:
        """The order as answered so far; what is not answered yet is left at its default."""
        court, ends, owner = self.answered("court"), self.answered("ends"), self.answered("owner")
        return NewOrder(
            order_type=self.data["type"],
            person_id=self.known.person.id,
            events=tuple(self._events(court, owner)),
            follows_id=self.known.follows.id if self.known.follows else None,
            conditions=tuple(new_condition(self, term) for term in self.conditions),
            protected=tuple(self._protected()),
            **_court_values(court, self.order_type),
            **_end_values(ends),
            **self._owner_values(owner),
        )

    def _events(self, court: StepForm | None, owner: StepForm | None) -> list[NewEvent]:
        found = _decisions(court) if court else []
        if owner and owner.served_at.day:
            details = {"where": owner.served_where.data, "officer": owner.served_by.data, "how": owner.served_how.data}
            given = {key: answer for key, answer in details.items() if answer}
            found.append(NewEvent(E.SERVED, owner.served_at.day, owner.served_at.data, given))
        return found

    def _protected(self) -> list[NewProtected]:
        people = [(self.known.others.get(row["reference"]), row["relationship"]) for row in self.protected]
        return [NewProtected(person.id, relationship) for person, relationship in people if person]

    def _owner_values(self, owner: StepForm | None) -> dict[str, Any]:
        if owner is None:
            return {}
        return {
            "owner_id": self.known.key_of("owner", owner.owner.data or ""),
            "team_id": self.known.key_of("team", owner.team.data or ""),
            "area_id": self.known.key_of("area", owner.area_of_force.data or ""),
        }


def value(form: StepForm, name: str) -> Any:
    """The answer to a question that not every type asks."""
    return form[name].data if name in form else None


def new_condition(answers: Answers, term: dict[str, Any]) -> NewCondition:
    """One term as typed, read through its form."""
    form = term_form_for(answers.order_type)(formdata=MultiDict(term), meta={"csrf": False})
    form.validate()
    return form.condition()


def _decisions(court: StepForm) -> list[NewEvent]:
    if "authorised_at" in court:
        details = {"officer": court.officer.data or "", "rank": court.authorised_rank.data or ""}
        return [NewEvent(E.AUTHORISED, court.authorised_at.day, court.authorised_at.data, details)] if court.authorised_at.day else []
    days = ((E.APPLICATION_LODGED, court.application_lodged_on.data), (E.MADE, court.made_on.data))
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
    }


def _time(typed: str | None) -> time | None:
    return time_from_text(typed) if typed else None


def _kept(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer.isoformat() if isinstance(answer, date) else str(answer)


def typed_answers(form: Any) -> dict[str, list[str]]:
    """What was posted, name by name, without the form's own machinery."""
    return {name: values for name, values in form.lists() if name not in TYPED_NAMES}
