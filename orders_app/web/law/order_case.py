"""A case of an order or notice: its form, what the law refuses in it, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from orders_app.rules.absent_duties import absent_duties
from orders_app.rules.duties import DueDuty, MissingTime, due_duties
from orders_app.rules.facts import EventKind as E
from orders_app.rules.facts import Facts
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.law import LawTables
from orders_app.rules.order_dates import order_dates
from orders_app.rules.orders import Problem, not_allowed, problems, status_on
from orders_app.rules.spec import OrderType
from orders_app.rules.status_history import status_history
from orders_app.web.deadline_words import date_in_words
from orders_app.web.law.answers import Answer, in_words
from orders_app.web.law.forms import OrderCaseForm, order_form_for
from orders_app.web.law.rows import MOST_ROWS


@dataclass(frozen=True)
class OrderCase:
    """One type of order or notice to try dates with."""

    order_type: OrderType

    @property
    def code(self) -> str:
        """As in the address."""
        return self.order_type.code

    @property
    def name(self) -> str:
        """As in the heading."""
        return self.order_type.name

    @property
    def noun(self) -> str:
        """What it is, inside a sentence."""
        return "notice" if self.order_type.is_notice else "order"

    def opened(self, typed: MultiDict[str, str], law: LawTables) -> OrderCaseForm:
        """The form as typed so far; with the usual events waiting for their days where nothing is."""
        areas = {*law.provisions.all_areas(self.order_type.since), *law.provisions.all_areas(self.order_type.until)}
        form = order_form_for(self.order_type, sorted(areas))
        return form(typed) if typed else form(data={"event": self._usual_events()})

    def add_blank_rows(self, form: Any, more: str) -> None:
        """A row to go on with, and one for a condition where that was asked for."""
        for rows, is_wanted in ((form.event, True), (form.condition, more == "condition")):
            if is_wanted and len(rows) < MOST_ROWS:
                rows.append_entry()

    def problems(self, form: Any, law: LawTables) -> list[Problem]:
        """What the law refuses."""
        return problems(self.order_type, form.facts(), law)

    def answer(self, form: Any, law: LawTables, on: date, now: datetime) -> Answer:
        """What follows from the facts. `on` is the day whose state is asked."""
        facts = form.facts()
        duties, fault = self._duties(facts, law)
        return Answer(
            deadlines=in_words(duties, now),
            fault=fault,
            absent=[] if fault else absent_duties(self.order_type, facts, duties, law),
            dates=[date_in_words(one) for one in order_dates(self.order_type, facts, law)],
            states=status_history(self.order_type, facts),
            status=status_on(self.order_type, facts, on).value,
            not_allowed=not_allowed(self.order_type, facts, on, law),
        )

    def _duties(self, facts: Facts, law: LawTables) -> tuple[list[DueDuty], str]:
        try:
            return due_duties(self.order_type, facts, law), ""
        except (MissingTime, OutsideTable) as fault:
            return [], str(fault)

    def _usual_events(self) -> list[Mapping[str, str]]:
        """What every order or notice of the type begins with."""
        usual = (E.AUTHORISED, E.SERVED) if self.order_type.is_notice else (E.MADE, E.SERVED)
        return [{"kind": kind.value} for kind in usual if kind in self.order_type.events]
