"""The forms of the steps in registering a person: what makes them notify, what the court did, the first notification, who holds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.bases import BEGINNINGS
from orders_app.rules.registrations.starts import BEFORE_RECORDS
from orders_app.web.fields import DateField, DateTimeField, RadiosField, Required, TextField, choice
from orders_app.web.orders.recording_forms import StepForm, owner_questions
from orders_app.web.registrations.event_forms import when_field
from orders_app.web.registrations.questions import About, questions_for
from orders_app.web.registrations.vocabulary import ANSWERS

BEGINNING_WORDS = {
    E.CONVICTED: ("Convicted of a Schedule 3 offence", "Including after a guilty plea"),
    E.FINDING_MADE: ("Found to have done the act", "Not guilty by reason of insanity, or under a disability"),
    E.CAUTIONED: ("Cautioned", ""),
    E.SERVED: ("Served with a prevention order", "They are subject while it has effect"),
    E.NOTICE_GIVEN: ("Given a notice after a conviction abroad", "The conviction, finding or caution was abroad"),
}
SENTENCED_LATER = (E.CONVICTED, E.FINDING_MADE)
SENTENCED = field_of(E.SENTENCED)
NOTIFIED = field_of(E.NOTIFIED)
NOT_YET, GIVEN = "not_yet", "given"


class BasisForm(StepForm):
    """What makes the person notify."""

    kind = RadiosField(
        "What makes the person notify?",
        [Required("Choose what makes the person notify")],
        choices=[choice(kind.value, *BEGINNING_WORDS[kind]) for kind in BEGINNINGS],
    )


def what_form_for(kind: E, about: About) -> type[StepForm]:
    """The day and everything that is asked about one kind of beginning."""
    questions: dict[str, Any] = {field_of(kind): when_field(kind)}
    questions |= {key: maker() for key, maker in questions_for(kind, about)}
    if kind in SENTENCED_LATER:
        questions[SENTENCED] = DateField("Day of the sentence, if it was later")
    return type("WhatForm", (StepForm,), questions)


class FirstForm(StepForm):
    """Whether and when the person has notified."""

    first = RadiosField(
        "Has the person notified?",
        [Required("Choose whether the person has notified")],
        choices=[
            choice(NOT_YET, "Not yet", "The 3 days run from the day you gave, leaving out custody and time abroad"),
            choice(GIVEN, "Yes: the first notification, on the day below"),
            choice(BEFORE_RECORDS, "Yes, long ago: the latest notification was on the day below"),
        ],
    )

    def problems_of_the_whole(self) -> None:
        """A notification has a day, and says where the person lives."""
        if self.first.data in (GIVEN, BEFORE_RECORDS):
            if self[NOTIFIED].day is None:
                self.blame(NOTIFIED, "Enter the day of the notification")
            if not self["residence"].data:
                self.blame("residence", "Choose where they live, as notified")
        elif self[NOTIFIED].day is not None:
            self.blame("first", "Choose which notification was given that day, or clear the day")


def first_form() -> type[FirstForm]:
    """With the day under the name that the law's refusals have for it, and what was notified after it."""
    questions: dict[str, Any] = {
        NOTIFIED: DateTimeField("Day of the notification", is_time_optional=True, hint="Leave the rest empty if there was none yet"),
        "residence": RadiosField("Where do they live, as notified?", choices=[choice(*one) for one in ANSWERS["residence"].items()]),
        "where": TextField("Police station", width=30, max_length=200),
    }
    return type("FirstNotificationForm", (FirstForm,), questions)


def owner_form(staff: Sequence[Any]) -> type[StepForm]:
    """Who looks after it."""
    return type("OwnerForm", (StepForm,), owner_questions(staff))
