"""A case of a registration under Part 2 of the Sexual Offences Act 2003."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from orders_app.rules.absent_duties import AbsentDuty
from orders_app.rules.facts import EventKind as E
from orders_app.rules.law import LawTables, is_law
from orders_app.rules.problems import Problem
from orders_app.rules.registrations.dates import registration_dates_explained
from orders_app.rules.registrations.declaration import REGISTRATION, due_duties
from orders_app.rules.registrations.offers import not_allowed
from orders_app.rules.registrations.problems import problems
from orders_app.rules.registrations.status import status_on
from orders_app.rules.registrations.status_history import status_history
from orders_app.web.deadline_words import date_in_words
from orders_app.web.law.answers import Answer, in_words
from orders_app.web.law.registration_form import RegistrationForm, registration_form
from orders_app.web.law.rows import MOST_ROWS


class RegistrationCase:
    """Dates of registration to try."""

    code = REGISTRATION.code
    name = REGISTRATION.name
    noun = "registration"

    def opened(self, typed: MultiDict[str, str], _: LawTables) -> RegistrationForm:
        """The form as typed so far; with a conviction waiting for its day where nothing is."""
        form = registration_form()
        return form(typed) if typed else form(data={"event": [{"kind": E.CONVICTED.value}]})

    def add_blank_rows(self, form: Any, _: str) -> None:
        """A row to go on with."""
        if len(form.event) < MOST_ROWS:
            form.event.append_entry()

    def problems(self, form: Any, _: LawTables) -> list[Problem]:
        """What the law refuses."""
        return problems(form.facts())

    def answer(self, form: Any, law: LawTables, on: date, now: datetime) -> Answer:
        """What follows from the facts. `on` is the day whose state is asked."""
        facts = form.facts()
        duties = due_duties(facts, law)
        there = {due.key for due in duties}
        known = [duty for duty in REGISTRATION.duties if is_law(duty, law, facts.area, on)]
        return Answer(
            deadlines=in_words(duties, now),
            fault="",
            absent=[AbsentDuty(duty, "") for duty in known if duty.key not in there],
            dates=[date_in_words(one) for one in registration_dates_explained(facts, on)],
            states=status_history(facts),
            status=status_on(facts, on).value,
            not_allowed=not_allowed(facts, on, law),
        )
