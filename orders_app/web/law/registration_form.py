"""The calculator's form of a registration: what made the person notify, what has changed, and an order that carries it on."""

from __future__ import annotations

from datetime import date
from typing import Any

import wtforms

from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.bases import BEGINNINGS, relevant_date_of
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.facts import HarmOrder, RegistrationFacts
from orders_app.rules.registrations.notification_periods import HAS_A_TERM, Disposal
from orders_app.web.fields import DayTextField, SelectField, TextField, choice
from orders_app.web.law.forms import DAY_HINT, AgeField, CaseForm
from orders_app.web.law.rows import MOST_ROWS, WhenRow, kinds_offered, years_before

SENTENCED = (E.CONVICTED, E.FINDING_MADE, E.NOTICE_GIVEN, E.SENTENCED)
JOURNEYS = (E.TRAVEL_PLANNED, E.TRAVEL_CHANGED, E.TRAVEL_NOTIFIED)
OFTEN = (
    E.CONVICTED, E.CAUTIONED, E.FINDING_MADE, E.SERVED, E.SENTENCED, E.NOTIFIED, E.ADDRESS_CHANGED, E.NAME_CHANGED, E.STAYED,
    E.CUSTODY_STARTED, E.CUSTODY_ENDED, E.TRAVEL_PLANNED, E.LEFT_UK, E.RETURNED_TO_UK,
)  # fmt: skip
DISPOSALS = [
    choice("", "Not known yet"),
    choice(Disposal.IMPRISONMENT, "Imprisonment or detention"),
    choice(Disposal.SUSPENDED, "Suspended sentence"),
    choice(Disposal.EXTENDED, "Extended sentence, with its extension"),
    choice(Disposal.DETENTION_AND_TRAINING, "Detention and training order, its detention half"),
    choice(Disposal.LIFE, "Life, or for public protection"),
    choice(Disposal.HOSPITAL_RESTRICTED, "Hospital with a restriction order"),
    choice(Disposal.HOSPITAL, "Hospital without a restriction order"),
    choice(Disposal.CONDITIONAL_DISCHARGE, "Conditional discharge"),
    choice(Disposal.ABSOLUTE_DISCHARGE, "Absolute discharge"),
    choice(Disposal.OTHER, "Anything else, such as a community order or a fine"),
]
TYPES = [
    choice("83", "The first, s.83"),
    choice("84", "A change, s.84"),
    choice("85", "The periodic one, s.85"),
]
RESIDENCE = [choice("address", "A home address"), choice("none", "No sole or main residence")]


class RegistrationRow(WhenRow):
    """One event of a registration."""

    disposal = SelectField("What the court did", choices=DISPOSALS)
    term_years = TextField("Term: years", width=3, max_length=3, inputmode="numeric")
    term_months = TextField("Term: months", width=3, max_length=3, inputmode="numeric")
    term_days = TextField("Term: days", width=3, max_length=4, inputmode="numeric")
    relevant_on = DayTextField("Day of the conviction, finding or caution abroad")
    type = SelectField("Which notification it was", choices=TYPES)
    residence = SelectField("What was notified as home", choices=RESIDENCE)
    until = DayTextField("Last day of the stay")
    departs = DayTextField("Day of departure")
    returns_on = DayTextField("Day of return, if known")

    @property
    def further(self) -> dict[str, wtforms.Field]:
        """The sentence, the section, the stay or the journey: as the kind asks."""
        kind = self.event_kind
        names: list[str] = []
        names += ["relevant_on"] if kind is E.NOTICE_GIVEN else []
        names += ["disposal", *self._term] if kind in SENTENCED else []
        names += ["type", "residence"] if kind is E.NOTIFIED else []
        names += ["until"] if kind is E.STAYED else []
        names += ["departs", "returns_on"] if kind in JOURNEYS else []
        return {name: self[name] for name in names}

    @property
    def _term(self) -> list[str]:
        return ["term_years", "term_months", "term_days"] if self.disposal.data in HAS_A_TERM else []


class RegistrationForm(CaseForm):
    """A registration, with the ages and the order that its period may depend on."""

    age = AgeField("Age on the day of the conviction, finding or caution", hint="Leave empty for an adult", width=3, inputmode="numeric")
    order_made = DayTextField("Day a sexual harm prevention order was made, if there is one", hint=DAY_HINT, name_in_errors="Order made")
    order_ends = DayTextField("Last day of that order, if it has one", hint=DAY_HINT, name_in_errors="Last day of the order")

    def facts(self) -> RegistrationFacts:
        """Everything typed, as the rules read it."""
        events = self.events()
        made = self.day_of("order_made")
        orders = (HarmOrder("shpo", made, self.day_of("order_ends"), "the prevention order"),) if made else ()
        return RegistrationFacts(events, born_on=self._born_on(events), orders=orders)

    def _born_on(self, events: tuple[Event, ...]) -> date | None:
        days = [relevant_date_of(event) for event in events if event.kind in BEGINNINGS]
        return years_before(min(days), int(self.age.data)) if self.age.data and days else None


def registration_form() -> type[RegistrationForm]:
    """The form, with every kind of event that is law today; those recorded often come first."""
    rest = [kind for kind in E if kind in REGISTRATION.events and kind not in OFTEN]
    kind = SelectField("What happened", choices=kinds_offered(list(OFTEN), rest))
    row = type("RegistrationRowOfAll", (RegistrationRow,), {"kind": kind})
    rows: Any = wtforms.FieldList(wtforms.FormField(row), max_entries=MOST_ROWS)
    return type("RegistrationFormOfAll", (RegistrationForm,), {"event": rows})
