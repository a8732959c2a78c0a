"""The form of the calculator. Its answers travel in the address, so it asks for no name, no number and no date of birth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import wtforms

from orders_app.rules.ends import may_start
from orders_app.rules.facts import EndKind, Event, Facts
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.order_types.vocabulary import AWARE_FROM
from orders_app.rules.ranks import RANKS
from orders_app.rules.spec import OrderType, StartKind
from orders_app.rules.starts import SOA_PART_2
from orders_app.web.fields import CheckboxField, DayTextField, RadiosField, SelectField, TextField, TimeTextField, choice
from orders_app.web.law.rows import MOST_ROWS, condition_row, event_row_for, years_before

OLDEST = 120
END_CHOICES = (
    choice(EndKind.FIXED.value, "On a fixed day"),
    choice(EndKind.UNTIL_FURTHER_ORDER.value, "Until further order (no end date)"),
    choice(EndKind.EVENT.value, "When something named in the order happens"),
    choice(EndKind.PER_CONDITION.value, "Each condition on its own day"),
)
SCHEMES = [
    choice("", "No, or not known"),
    choice(SOA_PART_2, "Yes, registered under Part 2 of the Sexual Offences Act 2003"),
    choice("spo", "Yes, under a stalking protection order"),
    choice("dapo", "Yes, under a domestic abuse protection order"),
]
DAY_HINT = "Such as 21 Nov 2026 or 21/11/2026"


class CaseForm(wtforms.Form):
    """What is asked of every case: events in rows, and the day to look at."""

    event: wtforms.FieldList[Any]
    has_conditions = False
    on = DayTextField("Where does it stand on this day?", hint="Leave empty for today", name_in_errors="Day to look at")

    @property
    def facts_asked(self) -> list[wtforms.Field]:
        """The questions that are no rows, in order."""
        return [field for field in self if field.name not in ("event", "condition", "on")]

    @property
    def further_rows(self) -> list[Any]:
        """Rows that are no events, where the case has any."""
        return []

    def events(self) -> tuple[Event, ...]:
        """The rows that say something, as events."""
        rows = [row.form.event(number) for number, row in enumerate(self.event, 1)]
        return tuple(event for event in rows if event)

    def answer_to(self, name: str) -> Any:
        """The answer to a question that not every case asks."""
        field = self._fields.get(name)
        return field.data if field else None

    def day_of(self, name: str) -> date | None:
        """The day answered to a question that not every case asks."""
        field: Any = self._fields.get(name)
        return field.day if field else None


class OrderCaseForm(CaseForm):
    """The form of an order or notice. `order_type` is set by order_form_for."""

    order_type: OrderType
    condition: wtforms.FieldList[Any]
    has_conditions = True

    @property
    def further_rows(self) -> list[Any]:
        """Conditions with dates of their own."""
        return list(self.condition)

    def facts(self) -> Facts:
        """Everything typed, as the rules read it."""
        events = self.events()
        decided_on = _decided_on(self.order_type, events)
        conditions = [row.form.condition(number) for number, row in enumerate(self.condition, 1)]
        ages = {name: self._born_on(name, decided_on) for name in ("subject_age", "protected_age")}
        protected = ages["protected_age"]
        return Facts(
            self.order_type.code,
            events,
            **self._end(),
            in_force_from_on=self.day_of("in_force_from"),
            starts_on_release=bool(self.answer_to("starts_on_release")),
            starts_on_other_end=bool(self.answer_to("starts_on_other_end")),
            other_order_over_on=self.day_of("other_order_over"),
            subject_born_on=ages["subject_age"],
            protected_born_on=(protected,) if protected else (),
            conditions=tuple(condition for condition in conditions if condition),
            replaces_interim=bool(self.answer_to("replaces_interim")),
            requires_notification=bool(self.answer_to("requires_notification")),
            notice_given_on=self.day_of("notice_given"),
            authorised_rank=self.answer_to("authorised_rank") or "",
            area=self.answer_to("area") or "",
            made_under=self.answer_to("made_under") or "",
            is_present_or_represented=bool(self.answer_to("in_court")),
            is_without_notice=bool(self.answer_to("without_notice")),
            other_notification_scheme=self.answer_to("other_scheme") or "",
            other_notification_until=self.day_of("other_until"),
        )

    def _end(self) -> dict[str, Any]:
        last_day, kind = self.day_of("ends_on"), self.answer_to("end_kind")
        stated = EndKind(kind) if kind else EndKind.FIXED if last_day else EndKind.NONE
        clock: Any = self._fields.get("ends_at")
        at = clock.time if clock else None
        return {"end_kind": stated, "stated_ends_on": last_day if stated is EndKind.FIXED else None, "stated_end_time": at}

    def _born_on(self, name: str, decided_on: date | None) -> date | None:
        age = self.answer_to(name)
        return years_before(decided_on, int(age)) if age and decided_on and age.isdigit() else None


class AgeField(TextField):
    """An age in whole years. Not a date of birth: the answer travels in the address."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a whole number of years."""
        super().process_formdata(valuelist)
        if self.data and not (self.data.isascii() and self.data.isdigit() and int(self.data) <= OLDEST):
            raise ValueError(f"{self.called}: enter a whole number of years, such as 17")


def order_form_for(order_type: OrderType, areas: Sequence[str]) -> type[OrderCaseForm]:
    """The form for a type: only the facts that its law asks about."""
    questions: dict[str, Any] = {
        "order_type": order_type,
        "event": wtforms.FieldList(wtforms.FormField(event_row_for(order_type)), max_entries=MOST_ROWS),
        **dict(_about_authority(order_type)),
        **dict(_about_end(order_type)),
        **dict(_about_people(order_type)),
        **dict(_about_place(areas)),
        **dict(_about_notification(order_type)),
        "condition": wtforms.FieldList(wtforms.FormField(condition_row()), max_entries=MOST_ROWS),
    }
    return type("CaseFormOf" + order_type.code, (OrderCaseForm,), questions)


def _about_authority(order_type: OrderType) -> Iterator[tuple[str, Any]]:
    if order_type.limits.authoriser:
        ranks = [choice("", "Choose"), *(choice(key, words) for key, words in RANKS.items())]
        yield "authorised_rank", SelectField("Rank of the officer who authorised it", choices=ranks)
    if order_type.made_under:
        named = {power.code: power.words for power in order_type.made_under}
        powers = [choice("", "Choose"), *(choice(*power) for power in named.items())]
        yield "made_under", SelectField("Made under", choices=powers)
    if order_type.savings and not order_type.is_notice:
        label = "Day the notice before it was given, if there was one"
        yield "notice_given", DayTextField(label, hint=DAY_HINT, name_in_errors="Day of the notice")
    if order_type.presence_binds:
        yield "in_court", CheckboxField("The subject was in court, or represented")
    if AWARE_FROM in order_type.extra_fields:
        yield "without_notice", CheckboxField("It was made without notice to the subject")


def _about_end(order_type: OrderType) -> Iterator[tuple[str, Any]]:
    if order_type.is_notice:
        return
    yield "end_kind", RadiosField("How does it end?", choices=list(END_CHOICES), validate_choice=False)
    yield "ends_on", DayTextField("Last day of the order, if it has a fixed one", hint=DAY_HINT, name_in_errors="Last day")
    at_label = "Time on the last day, if the order states one"
    yield "ends_at", TimeTextField(at_label, hint="Such as 23:59", name_in_errors="Time on the last day")
    yield "in_force_from", DayTextField("First day in force, if it is not the day made", hint=DAY_HINT, name_in_errors="First day in force")
    if may_start(order_type, StartKind.RELEASE):
        yield "starts_on_release", CheckboxField("It starts when the subject is released from custody")
    if may_start(order_type, StartKind.OTHER_END):
        yield "starts_on_other_end", CheckboxField(f"It starts when an earlier {order_type.short_name} ends")
        over_label = "First day on which that earlier order no longer has effect, if known"
        yield "other_order_over", DayTextField(over_label, hint=DAY_HINT, name_in_errors="First day without the earlier order")


def _about_people(order_type: OrderType) -> Iterator[tuple[str, Any]]:
    when = "when it was authorised" if order_type.is_notice else "when it was made"
    if _age_matters(order_type):
        yield "subject_age", AgeField(f"Age of the subject {when}", width=3, inputmode="numeric", name_in_errors="Age of the subject")
    if order_type.limits.protected_age:
        label = f"Age of the youngest protected person {when}"
        yield "protected_age", AgeField(label, width=3, inputmode="numeric", name_in_errors="Age of the protected person")


def _age_matters(order_type: OrderType) -> bool:
    limits = order_type.limits
    lengths = (*limits.shortest, *limits.longest)
    return bool(limits.subject_age or limits.open_end_age or any(length.age for length in lengths))


def _about_place(areas: Sequence[str]) -> Iterator[tuple[str, Any]]:
    if areas:
        answers = [choice("", "Choose"), *(choice(area, area) for area in areas), choice("another area", "Somewhere else")]
        yield "area", SelectField("Where was it given or made?", choices=answers)


def _about_notification(order_type: OrderType) -> Iterator[tuple[str, Any]]:
    if any(kind.is_interim and kind.leads_to == order_type.code for kind in ORDER_TYPES.values()):
        yield "replaces_interim", CheckboxField("It replaces an interim order")
    if any(field.key == "requires_notification" for field in order_type.extra_fields):
        yield "requires_notification", CheckboxField("The order itself requires notification")
    if E.NOTIFIED in order_type.events:
        yield "other_scheme", SelectField("Did another duty to notify bind the subject already?", choices=SCHEMES)
        until_label = "Last day of that other duty, if it has one"
        yield "other_until", DayTextField(until_label, hint=DAY_HINT, name_in_errors="Last day of the other duty")


def _decided_on(order_type: OrderType, events: Sequence[Event]) -> date | None:
    kinds = (E.AUTHORISED, E.SERVED) if order_type.is_notice else (E.MADE,)
    days = [event.on for event in events if event.kind in kinds]
    return min(days) if days else None
