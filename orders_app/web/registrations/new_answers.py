"""What has been answered so far about a person to be registered: the form of each step, the registration it makes, and that in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from orders_app.queries.registration_facts import HarmOrders
from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.ends import period_end
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.notifications import INITIAL, PERIODIC
from orders_app.rules.registrations.starts import BEFORE_RECORDS
from orders_app.services.events import rule_event
from orders_app.services.new_orders import NewEvent
from orders_app.services.new_registrations import NewRegistration
from orders_app.web.orders.event_forms import stored
from orders_app.web.orders.recording_forms import StepForm
from orders_app.web.registrations.new_forms import (
    GIVEN,
    NOT_YET,
    NOTIFIED,
    SENTENCED,
    BasisForm,
    first_form,
    owner_form,
    what_form_for,
)
from orders_app.web.registrations.questions import THE_SENTENCE, About
from orders_app.web.said import said

CHECK = "check"
STEPS = ("basis", "what", "first", "owner", CHECK)
STEP_WORDS = {
    "basis": "Why the person must notify",
    "what": "What happened, and what the court did",
    "first": "The first notification",
    "owner": "Who holds it",
    CHECK: "Check your answers",
}
Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class Answers:
    """A draft: what was typed at each step, the person's row, the orders that bear on it, and who may hold it."""

    token: str
    data: Mapping[str, Any]
    person: Any
    orders: HarmOrders
    staff: tuple[Any, ...]

    @property
    def kind(self) -> E | None:
        """What makes the person notify, once that is chosen."""
        chosen = (self.data.get("basis") or {}).get("kind", [""])[0]
        return E(chosen) if chosen in set(E) else None

    def form(self, step: str, typed: Typed | None) -> StepForm:
        """The form of a step, with these answers or empty."""
        given = MultiDict([(name, value) for name, values in typed.items() for value in values]) if typed else None
        form: StepForm = self._class_of(step)(formdata=given, meta={"csrf": False})
        return form

    def answered(self, step: str) -> StepForm | None:
        """The form of a step that is complete; None where it is not."""
        form = self.form(step, self.data[step]) if self.data.get(step) else None
        return form if form is not None and form.validate() else None

    def missing(self) -> list[str]:
        """The steps that are not complete."""
        return [step for step in STEPS[:-1] if self.answered(step) is None]

    def href(self, step: str) -> str:
        """The address of a step."""
        if step == CHECK:
            return url_for("registrations.new_check", token=self.token)
        return url_for("registrations.new_step", token=self.token, step=step)

    def _class_of(self, step: str) -> type[StepForm]:
        match step:
            case "what" if self.kind:
                return what_form_for(self.kind, About(self.orders.get(self.person.id, ())))
            case "first":
                return first_form()
            case "owner":
                return owner_form(self.staff)
        return BasisForm


def registration_of(answers: Answers) -> NewRegistration:
    """The registration that complete answers make."""
    owner = answers.form("owner", answers.data.get("owner"))

    def key(kind: str, value: str) -> int | None:
        return next((option.id for option in answers.staff if (option.kind, option.value) == (kind, value)), None)

    return NewRegistration(
        person_id=answers.person.id,
        events=tuple(_events(answers)),
        owner_id=key("owner", owner.owner.data or ""),
        team_id=key("team", owner.team.data or ""),
        area_id=key("area", owner.area_of_force.data or ""),
    )


def ends_words(answers: Answers) -> str:
    """When the registration would end by what is answered."""
    events = tuple(rule_event(event, number) for number, event in enumerate(_events(answers), 1))
    end = period_end(RegistrationFacts(events, answers.person.born_on, answers.orders.get(answers.person.id, ())))
    return end.words if end else "Nobody has to notify for this"


def answer_rows(answers: Answers) -> list[dict[str, str]]:
    """Every answer in words, with the way back to its step."""
    return [
        {"key": str(field.label.text), "value": said(field), "href": f"{answers.href(step)}?to=check"}
        for step in STEPS[:-1]
        for field in answers.form(step, answers.data.get(step))
        if field.type != "CSRFTokenField" and said(field)
    ]


def step_of(field: str, answers: Answers) -> str:
    """The step in which a refused answer was typed."""
    return next((step for step in ("first", "owner", "what") if field in answers.form(step, None)), "basis" if field != "term" else "what")


def _events(answers: Answers) -> Iterator[NewEvent]:
    kind, what, first = answers.kind, answers.form("what", answers.data.get("what")), answers.form("first", answers.data.get("first"))
    on = what[field_of(kind)].data if kind and field_of(kind) in what else None
    if kind is None or on is None:
        return
    details = {field.name: stored(field) for field in what if field.name not in (field_of(kind), SENTENCED)}
    details = {name: value for name, value in details.items() if value}
    later: date | None = what[SENTENCED].data if SENTENCED in what else None
    sentence = {name: details.pop(name) for name, _ in (*THE_SENTENCE, ("court", None)) if later and name in details}
    if first.first.data == BEFORE_RECORDS:
        details["initial"] = BEFORE_RECORDS
    yield NewEvent(kind, on, details=details)
    if later:
        yield NewEvent(E.SENTENCED, later, details=sentence)
    yield from _notification(first)


def _notification(first: StepForm) -> Iterator[NewEvent]:
    given = first[NOTIFIED]
    if first.first.data in (None, "", NOT_YET) or given.day is None:
        return
    section = INITIAL if first.first.data == GIVEN else PERIODIC
    details = {"type": section, "residence": first["residence"].data, "where": first["where"].data}
    yield NewEvent(E.NOTIFIED, given.day, given.data, {name: value for name, value in details.items() if value})
