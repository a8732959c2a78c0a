"""The repeated rows of the calculator: what happened and when, and conditions with dates of their own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import wtforms

from orders_app.rules.facts import ConditionFacts, ConditionKind, Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import OrderType
from orders_app.rules.typed_dates import ClocksChanged, moment
from orders_app.web.fields import DayTextField, RadiosField, SelectField, TimeTextField, choice
from orders_app.web.orders.event_words import EVENT_WORDS, OFTEN

MOST_ROWS = 40
CHANGES_OF_END = (E.VARIED, E.RENEWED)
WHICH = [choice("first", "The first, in British Summer Time"), choice("second", "The second, an hour later, in GMT")]
CONSENT = [choice("", "No, or not known"), choice("both", "Yes, both")]
REMANDED = [choice("", "Not known"), choice("custody", "In custody"), choice("bail", "On bail")]
REMANDED_FOR = [choice("", "Not known"), choice("report", "A medical report"), choice("hearing", "The hearing to go on")]
NEEDS_A_NAME = "no_supervisor"


class WhenRow(wtforms.Form):
    """One event of any kind of case: what, the day, the time. `further` are answers that only some kinds make necessary."""

    kind = SelectField("What happened")
    day = DayTextField("Day")
    time = TimeTextField("Time")
    which = RadiosField("The clocks went back that night. Which was it?", choices=WHICH, validate_choice=False)

    came_twice = False

    @property
    def further(self) -> dict[str, wtforms.Field]:
        """The further answers that its kind asks for, by the name under which an event keeps each."""
        return {}

    @property
    def asked(self) -> list[wtforms.Field]:
        """The answers to draw under the row."""
        twice = [self.which] if self.came_twice or self.which.data else []
        return [*twice, *self.further.values()]

    @property
    def is_wrong(self) -> bool:
        """Whether anything in it is refused."""
        return any(field.errors for field in self)

    @property
    def event_kind(self) -> E | None:
        """The kind chosen, if any."""
        return E(self.kind.data) if self.kind.data in set(E) else None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed in it; a kind that was offered and not dated is nothing."""
        return not (self.day.data or self.time.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each answer, then all together: a day needs a kind, and a time a day."""
        is_valid = super().validate(extra_validators)
        if self.is_blank:
            return is_valid
        if self.event_kind is None:
            self.kind.errors = ["Choose what happened"]
        if not self.day.data:
            self.day.errors = ["Enter the day as well as the time"]
        self._at()
        return is_valid and not self.is_wrong

    def event(self, number: int) -> Event | None:
        """What was typed as an event; None for a blank row, or one that cannot be read."""
        if self.is_blank or self.event_kind is None or self.day.day is None or self.time.errors:
            return None
        details = {name: kept(field) for name, field in self.further.items()}
        return Event(number, self.event_kind, self.day.day, self._at(), {name: said for name, said in details.items() if said})

    def _at(self) -> datetime | None:
        """The moment, where day and time can be read. A time that the clocks jumped over, or that came twice, is said beside it."""
        if self.day.day is None or self.time.time is None:
            return None
        try:
            return moment(self.day.day, self.time.time, self.which.data or "")
        except ClocksChanged as fault:
            self.came_twice = fault.came_twice
            self.time.errors = [str(fault)]
            return None


def kept(field: wtforms.Field) -> str:
    """An answer as an event keeps it: text, or a day in ISO form."""
    if isinstance(field, DayTextField):
        return field.day.isoformat() if field.day else ""
    return str(field.data or "")


class EventRow(WhenRow):
    """One event of an order or notice."""

    ends = DayTextField("New last day, if the court changed it")
    consent = SelectField("Do the subject and the chief officer both consent?", choices=CONSENT)
    power = SelectField("Power of arrest", choices=[], validate_choice=False)
    remanded = SelectField("Remanded how?", choices=REMANDED)
    remanded_for = SelectField("What for?", choices=REMANDED_FOR)

    order_type: OrderType

    @property
    def further(self) -> dict[str, wtforms.Field]:
        """A new end, both consents, the power of an arrest, how and why remanded: where the kind and the type make them necessary."""
        kind, bar = self.event_kind, self.order_type.discharge_bar
        asks = (
            ("ends_on", self.ends, kind in CHANGES_OF_END),
            ("consent", self.consent, kind is E.DISCHARGED and bar is not None and bar.consent_lifts),
            ("power", self.power, kind is E.ARRESTED and bool(self.order_type.arrest_powers)),
            ("remanded", self.remanded, kind is E.REMANDED),
            ("remanded_for", self.remanded_for, kind is E.REMANDED),
        )
        return {name: field for name, field, is_asked in asks if is_asked}


class ConditionRow(wtforms.Form):
    """One condition that has dates of its own, or that the Act may not allow."""

    kind = SelectField("What kind of condition")
    starts = DayTextField("First day, if it has its own")
    ends = DayTextField("Last day, if it has its own")
    before = DayTextField("Last day before a court extended it, if it did")

    @property
    def is_wrong(self) -> bool:
        """Whether anything in it is refused."""
        return any(field.errors for field in self)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.kind.data or self.starts.data or self.ends.data or self.before.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each answer; dates need a kind."""
        is_valid = super().validate(extra_validators)
        if not self.is_blank and not self.kind.data:
            self.kind.errors = ["Choose the kind of condition"]
        return is_valid and not self.kind.errors

    def condition(self, number: int) -> ConditionFacts | None:
        """What was typed as a condition; None for a blank row."""
        if self.is_blank:
            return None
        is_requirement = self.kind.data in (ConditionKind.REQUIREMENT, NEEDS_A_NAME)
        return ConditionFacts(
            number,
            ConditionKind.REQUIREMENT if is_requirement else ConditionKind.PROHIBITION,
            self.starts.day,
            self.ends.day,
            is_travel=self.kind.data == "travel",
            is_electronic_monitoring=self.kind.data == "monitoring",
            supervisor="" if self.kind.data == NEEDS_A_NAME else "named",
            former_ends_on=self.before.day,
        )


def event_row_for(order_type: OrderType) -> type[EventRow]:
    """The row of events with the kinds that the law knows for this type; those recorded often come first."""
    known = order_type.events.union(*(dated.kinds for dated in order_type.dated_events))
    kinds = [kind for kind in E if kind in known]
    often = [kind for kind in OFTEN if kind in kinds]
    rest = [kind for kind in kinds if kind not in often]
    choices = kinds_offered(often, rest)
    powers = [choice("", "Choose"), *(choice(*power) for power in order_type.arrest_powers)]
    answers = {
        "order_type": order_type,
        "kind": SelectField("What happened", choices=choices),
        "power": SelectField("Power of arrest", choices=powers),
    }
    return type("EventRowOf" + order_type.code, (EventRow,), answers)


def kinds_offered(often: list[E], rest: list[E]) -> list[Any]:
    """The answers to what happened: those often recorded first."""
    return [choice("", "Choose"), *_kinds(often, "Often"), *_kinds(rest, "Less often")]


def condition_row() -> type[ConditionRow]:
    """The row of conditions."""
    choices = [
        choice("", "Choose"),
        choice("prohibition", "Prohibition"),
        choice("requirement", "Requirement, with a named supervisor"),
        choice(NEEDS_A_NAME, "Requirement, nobody named to supervise it"),
        choice("travel", "Prohibition of travel abroad"),
        choice("monitoring", "Electronic monitoring"),
    ]
    return type("ConditionRowOfAll", (ConditionRow,), {"kind": SelectField("What kind of condition", choices=choices)})


def years_before(day: date, years: int) -> date:
    """The same date that many years earlier; 28 February for a 29 February that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _kinds(kinds: list[E], group: str) -> list[Any]:
    return [choice(kind.value, EVENT_WORDS[kind].happened, group=group) for kind in kinds]
