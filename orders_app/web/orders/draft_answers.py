"""A draft about an order: which steps it has and what was answered. What was typed is kept as typed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from orders_app.rules.facts import Event as RuleEvent
from orders_app.rules.facts import EventKind as E
from orders_app.rules.facts import Facts
from orders_app.rules.law import LawTables, as_law_on
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType
from orders_app.web.filters import deadline_when
from orders_app.web.orders.recording_forms import (
    ReasonForm,
    StepForm,
    corrected_court_form_for,
    court_form_for,
    ends_form_for,
    owner_form_for,
)
from orders_app.web.orders.variation_form import variation_form_for

STEP_WORDS = {
    "type": "Type of order", "follows": "What it follows", "court": "Court and dates", "ends": "How it ends",
    "protected": "Protected people", "conditions": "Conditions", "owner": "Owner and service", "check": "Check your answers",
    "variation": "What the court did", "reason": "Why it is corrected",
    "corrects": "Correct what was recorded",
}  # fmt: skip
COMPLETES, VARIES, CORRECTS = "completes", "varies", "corrects"
STEPS = {
    "": ("type", "follows", "court", "ends", "protected", "conditions", "owner", "check"),
    COMPLETES: ("follows", "court", "ends", "protected", "conditions", "owner", "check"),
    VARIES: ("variation", "conditions", "check"),
    CORRECTS: ("court", "ends", "protected", "conditions", "reason", "check"),
}
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
    def purpose(self) -> str:
        """What it does to an order on file: completes, varies or corrects it; empty for an order that is recorded first with it."""
        return next((purpose for purpose in (COMPLETES, VARIES, CORRECTS) if self.data.get(purpose)), "")

    @property
    def about(self) -> str:
        """The reference of the order on file that it completes, varies or corrects; empty where there is none."""
        return str(self.data.get(self.purpose, "")) if self.purpose else ""

    @property
    def has_terms_before(self) -> bool:
        """Whether its terms are those of an order on file, changed."""
        return "terms_before" in self.data

    @property
    def steps(self) -> list[str]:
        """The steps, in order. A notice follows nothing, and ends when the application is determined."""
        left_out = {"follows", "ends"} if self.order_type and self.order_type.is_notice else set()
        if self.purpose == CORRECTS and "ends" not in self.data:
            left_out.add("ends")
        return [step for step in STEPS[self.purpose] if step not in left_out]

    def words(self, step: str) -> str:
        """What a step is called."""
        is_notice = self.order_type is not None and self.order_type.is_notice
        return NOTICE_WORDS.get(step, STEP_WORDS[step]) if is_notice else STEP_WORDS[step]

    def after(self, step: str) -> str:
        """The step that comes next. Of a correction that is why it is made: nobody corrects everything."""
        steps = self.steps
        if self.purpose == CORRECTS and step != "reason":
            return "reason" if self.answered("reason") is None else "check"
        return steps[min(steps.index(step) + 1, len(steps) - 1)]

    def form(self, step: str) -> StepForm:
        """The form of a step that is one form, with what the draft keeps. Unanswered: an empty form."""
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
        match step:
            case "reason":
                return ReasonForm
            case "court" if self.purpose == CORRECTS:
                return corrected_court_form_for(asked, self.known.areas, self.data["recorded"])
            case "court":
                return court_form_for(asked, self.known.areas)
            case "ends":
                return ends_form_for(asked)
            case "variation":
                return variation_form_for(asked, E(self.data["kind"]))
            case _:
                return owner_form_for(asked, self.known.staff)

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

    def ends_words(self) -> str:
        """When the order ends by what is answered so far; empty where that is not known."""
        variation, stated = self.answered("variation") if self.purpose == VARIES else None, self.facts().stated_ends_on
        if variation is not None and variation.ends_on.data:
            return deadline_when(variation.ends_on.data)
        return self.data.get("ends_words") or (deadline_when(stated) if stated else "")

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
            starts_on_release=bool(value(ends, "starts_on_release")), starts_on_other_end=bool(value(ends, "starts_on_other_end")),
            other_order_over_on=self.known.follows.as_followed.over_on if self.known.follows else None,
        )  # fmt: skip


def value(form: StepForm, name: str) -> Any:
    """The answer to a question that not every type asks."""
    return form[name].data if name in form else None


def typed_answers(form: Any) -> dict[str, list[str]]:
    """What was posted, name by name, without the form's own machinery."""
    return {name: values for name, values in form.lists() if name not in TYPED_NAMES}
