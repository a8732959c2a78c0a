"""The forms of the steps in recording an order. The questions that differ between types come from the type's declaration."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from orders_app.rules.ends import may_start
from orders_app.rules.facts import EndKind, EventKind
from orders_app.rules.ranks import RANKS
from orders_app.rules.spec import ExtraField, FieldKind, OrderType, StartKind
from orders_app.rules.typed_dates import NotATime, time_from_text
from orders_app.web.fields import (
    CheckboxField,
    DateField,
    DateTimeField,
    DayRequired,
    RadiosField,
    Required,
    SelectField,
    TextareaField,
    TextField,
    YesNoField,
    choice,
)
from orders_app.web.orders.event_words import VALUE_WORDS

END_WORDS = {
    EndKind.FIXED: ("On a fixed day", "Enter the last day below"),
    EndKind.UNTIL_FURTHER_ORDER: ("Until further order", "No end date"),
    EndKind.EVENT: ("When something happens", "Say below what, as the order does"),
    EndKind.PER_CONDITION: ("Each condition on its own day", "Enter the days with the conditions"),
}
SERVED_HOW = ("in_person", "in_court", "at_address", "by_post", "as_court_directed")
ELSEWHERE = "Somewhere else"


class StepForm(FlaskForm):
    """A step of a draft. What was typed is kept as typed, so that a step may be left unfinished."""

    def problems_of_the_whole(self) -> None:
        """Refuse answers that do not go together, on the fields they belong to."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Each answer, then all together: everything that is wrong is said at once, one thing about each answer."""
        super().validate(extra_validators)
        self.problems_of_the_whole()
        return not any(field.errors for field in self)

    def blame(self, name: str, message: str) -> None:
        """Say what is wrong with an answer beside others, unless something is wrong with it by itself."""
        if not self[name].errors:
            self[name].errors = [message]


def type_form(choices: Sequence[Any]) -> type[StepForm]:
    """Which type of order."""
    field = RadiosField(
        "Which type of order or notice is it?", [Required("Choose the type of order or notice")], choices=list(choices), label_size="m"
    )
    return type("TypeForm", (StepForm,), {"order_type": field})


def follows_form(choices: Sequence[Any]) -> type[StepForm]:
    """Which earlier order or notice it follows."""
    field = RadiosField(
        "Does it follow an order or a notice on file?",
        [Required("Choose the earlier order, or none of them")],
        choices=list(choices),
        label_size="m",
    )
    return type("FollowsForm", (StepForm,), {"follows": field})


def court_form_for(order_type: OrderType, areas: Sequence[str]) -> type[StepForm]:
    """Who authorised a notice and when; or which court made an order and when. Then the type's own questions."""
    questions = _authority() if order_type.is_notice else _court(order_type)
    if areas:
        answers = [choice("", "Choose"), *(choice(area, area) for area in areas), choice(ELSEWHERE, ELSEWHERE)]
        questions["area"] = SelectField("Where was it given or made?", [Required("Choose where it was given or made")], choices=answers)
    questions |= {field.key: _question(field) for field in order_type.extra_fields}
    parent = StepForm if order_type.is_notice else CourtForm
    return type("CourtFormOf" + order_type.code, (parent,), questions)


class CourtForm(StepForm):
    """An order is either made, or applied for and not decided yet."""

    def problems_of_the_whole(self) -> None:
        if not (self.made_on.data or self.application_lodged_on.data):
            self.blame("made_on", "Enter the day the court made it, or the day of the application if it is not decided yet")
        if self.made_on.data and self.is_present_or_represented.data is None:
            self.blame("is_present_or_represented", "Choose whether the subject was in court or represented")
        if self.made_on.data and self.is_without_notice.data is None:
            self.blame("is_without_notice", "Choose whether it was made without notice to the subject")


# What is asked about a decision: no question to put right while the decision is not recorded.
ASKED_OF = {
    EventKind.AUTHORISED: ("authorised_at", "authorised_rank", "officer"),
    EventKind.APPLICATION_LODGED: ("application_lodged_on",),
    EventKind.MADE: ("made_on", "is_present_or_represented", "is_without_notice"),
}


def corrected_court_form_for(order_type: OrderType, areas: Sequence[str], recorded: Collection[str]) -> type[StepForm]:
    """The same questions, without those of decisions that are not among the kinds of event recorded."""
    asked = court_form_for(order_type, areas)
    left_out = {name: None for kind, names in ASKED_OF.items() if kind not in recorded for name in names}
    return type("Corrected" + asked.__name__, (CorrectedCourtForm, asked), left_out)


class CorrectedCourtForm(StepForm):
    """What was recorded of a decision cannot be corrected to nothing."""

    def problems_of_the_whole(self) -> None:
        wanted = {
            "made_on": "Enter the day the court made it",
            "application_lodged_on": "Enter the day of the application to the court",
            "is_present_or_represented": "Choose whether the subject was in court or represented",
            "is_without_notice": "Choose whether it was made without notice to the subject",
        }
        for name, ask in wanted.items():
            if name in self and self[name].data is None:
                self.blame(name, ask)


class ReasonForm(StepForm):
    """Why what was recorded is put right."""

    reason = TextareaField(
        "Why is it being corrected?", [Required("Enter why it is being corrected")], max_length=300, rows=2,
        hint="What shows that it was recorded wrongly, such as the sealed order. It stands on the timeline: name no protected person in it",
    )  # fmt: skip


def ends_form_for(order_type: OrderType) -> type[StepForm]:
    """How the order ends, of the ways its Act knows. Where it knows one only, that is not asked."""
    kinds = [kind for kind in END_WORDS if kind in order_type.limits.end_kinds]
    questions: dict[str, Any] = {"only_kind": kinds[0] if len(kinds) == 1 else None}
    if len(kinds) > 1:
        choices = [choice(kind.value, *END_WORDS[kind]) for kind in kinds]
        questions["end_kind"] = RadiosField("How does it end?", [Required("Choose how it ends")], choices=choices)
    if EndKind.FIXED in kinds:
        questions["ends_on"] = DateField("Last day of the order", hint="As written on the order. It ends at 24:00 on this day")
        time_hint = "24-hour clock, such as 23:59"
        questions["stated_end_time"] = TextField("Time on the last day, if the order states one", width=5, hint=time_hint, max_length=10)
    if EndKind.EVENT in kinds:
        questions["stated_event"] = TextField("What ends it, in the order’s words", max_length=300)
    if may_start(order_type, StartKind.STATED_DAY):
        questions["stated_in_force_from"] = DateField("First day in force, if it is not the day made")
    if may_start(order_type, StartKind.RELEASE):
        questions["starts_on_release"] = CheckboxField("It starts when the subject is released from custody")
    if may_start(order_type, StartKind.OTHER_END):
        questions["starts_on_other_end"] = CheckboxField(f"It starts when the {order_type.short_name} that it follows ends")
    return type("EndsFormOf" + order_type.code, (EndsForm,), questions)


class EndsForm(StepForm):
    """The end goes with the way of ending that was chosen."""

    only_kind: EndKind | None

    @property
    def kind(self) -> EndKind:
        """The way of ending, on a form that has one."""
        return self.only_kind or EndKind(self.end_kind.data)

    def problems_of_the_whole(self) -> None:
        chosen = self.only_kind or self.end_kind.data
        if chosen == EndKind.FIXED and not self.ends_on.data:
            self.blame("ends_on", "Enter the last day of the order, as the court stated it")
        if chosen == EndKind.EVENT and not self.stated_event.data:
            self.blame("stated_event", "Enter what ends it, in the order’s words")

    def validate_stated_end_time(self, field: Any) -> None:
        """A time of day, where one is typed."""
        if field.data:
            try:
                time_from_text(field.data)
            except NotATime as fault:
                raise ValidationError(fault.message) from fault


def owner_form_for(order_type: OrderType, staff: Sequence[Any]) -> type[StepForm]:
    """Who looks after it, and its service where that has happened already."""
    questions: dict[str, Any] = {
        **owner_questions(staff),
        "served_at": DateTimeField(
            "When was it served?", is_time_optional=True, name_in_errors="Served", hint="Leave this and the rest empty if it has not been"
        ),
        "served_where": TextField("Where was it served?", max_length=200),
        "served_by": TextField("Officer who served it", max_length=120, hint="Rank, number and name", width=30),
        "served_how": RadiosField("How was it served?", choices=[choice(code, VALUE_WORDS[code]) for code in SERVED_HOW]),
    }
    return type("OwnerFormOf" + order_type.code, (OwnerForm,), questions)


def owner_questions(staff: Sequence[Any]) -> dict[str, Any]:
    """Who looks after a record: an officer or nobody yet, a team, and where."""
    return {
        "owner": SelectField("Owner", choices=_staff(staff, "owner", "Nobody yet: it falls to the team"), hint="Alerts go to this officer"),
        "team": SelectField("Team", [Required("Choose the team")], choices=_staff(staff, "team", "Choose")),
        "area_of_force": SelectField("Area", choices=_staff(staff, "area", "Not known")),
    }


class OwnerForm(StepForm):
    """Service is recorded whole or not at all."""

    def problems_of_the_whole(self) -> None:
        others = (self.served_where, self.served_by, self.served_how)
        if self.served_at.day is None and any(field.data for field in others):
            self.blame("served_at", "Enter when it was served, or clear where, who and how")
        if self.served_at.day and not self.served_how.data:
            self.blame("served_how", "Choose how it was served")


def _authority() -> dict[str, Any]:
    ranks = [choice("", "Choose"), *(choice(key, words) for key, words in RANKS.items())]
    return {
        "authorised_at": DateTimeField(
            "When was it authorised?", [DayRequired("Enter when it was authorised")], name_in_errors="Authorised"
        ),
        "authorised_rank": SelectField("Rank of the officer who authorised it", [Required("Choose the rank")], choices=ranks),
        "officer": TextField("Name of the officer who authorised it", [Required("Enter the officer’s name")], max_length=120, width=30),
    }


def _court(order_type: OrderType) -> dict[str, Any]:
    questions: dict[str, Any] = {
        "court": TextField("Court", [Required("Enter the court")], max_length=120, width=30),
        "court_reference": TextField("Court reference", max_length=60, width=20),
        "made_on": DateField("Day the court made it", hint="Leave empty if the application is not decided yet"),
        "application_lodged_on": DateField("Day of the application to the court, if known"),
    }
    if len(order_type.made_under) > 1:
        answers = [choice(power.code, power.words) for power in order_type.made_under]
        questions["made_under"] = RadiosField("Made under", [Required("Choose the power it was made under")], choices=answers)
    questions["is_present_or_represented"] = YesNoField("Was the subject in court, or represented?")
    questions["is_without_notice"] = YesNoField("Was it made without notice to the subject?")
    return questions


def _question(field: ExtraField) -> Any:
    """One more question of the type: text, a day, yes or no, one of a few."""
    required = [Required(f"{field.label}: enter an answer")] if field.required else []
    match field.kind:
        case FieldKind.TEXT:
            return TextField(field.label, required, hint=field.hint, max_length=300)
        case FieldKind.DATE:
            return DateField(field.label, required, hint=field.hint)
        case FieldKind.YES_NO:
            return YesNoField(field.label, required, hint=field.hint)
        case FieldKind.CHOICE:
            return RadiosField(
                field.label, required, hint=field.hint, choices=[choice(answer.code, answer.words) for answer in field.choices]
            )


def _staff(staff: Sequence[Any], kind: str, none: str) -> list[Any]:
    return [choice("", none), *(choice(option.value, option.label) for option in staff if option.kind == kind)]
