"""What is asked when somebody assigns, notes, snoozes or waits."""

from __future__ import annotations

from datetime import date

from flask_wtf import FlaskForm

from orders_app.queries.assignees import Colleague
from orders_app.rules.alerting import Snoozing, Stage
from orders_app.services.deadline_work import LONGEST_NOTE, LONGEST_REASON
from orders_app.web.colleagues import listed_by_team
from orders_app.web.fields import DateField, Required, SelectField, SubmitField, TextareaField, TextField, choice
from orders_app.web.filters import day, lower_first
from orders_app.web.work.rows import raised_words

NOTE_HINT = "It is kept with the record and cannot be changed"
WAIT_HINT = "For example, the CPS, or legal services. Leave it empty when nobody has to any more"


def snooze_hint(may: Snoozing) -> str:
    """The last day it may be quiet until, and why."""
    example = "For example, 30 11 2026"
    return f"{example}. No later than {day(may.last_on)}: {may.because}" if may.last_on else example


def speaks_words(may: Snoozing, speaks: tuple[Stage, date] | None) -> str:
    """When it speaks again at the latest, where a stage is reached on a day until which it could be quiet, or before."""
    if speaks is None or (may.last_on and speaks[1] > may.last_on):
        return ""
    stage, on = speaks
    return f"It speaks again on {day(on)} ({lower_first(raised_words(stage))}), or on the day you choose, whichever is first"


def snoozed_words(until: date, speaks: tuple[Stage, date] | None) -> str:
    """What was done when somebody snoozed an alert, and when it is heard of again."""
    if speaks is None or speaks[1] >= until:
        return f"Quiet until {day(until)}. It stays in the list and comes back on that day"
    on, raised = speaks[1], lower_first(raised_words(speaks[0]))
    return f"Quiet until {day(until)} at the latest. It stays in the list, and speaks again on {day(on)} ({raised})"


def waits_words(whom: str, *, is_due: bool) -> str:
    """What was done when somebody said whom a deadline waits on."""
    if not whom:
        return "It waits on nobody else now"
    if is_due:
        return f"Waiting on {whom}. It falls due today or is overdue, so it stays in your list"
    return f"Waiting on {whom}. It comes back to you at its next warning, and on the day it falls due"


class AssignForm(FlaskForm):
    """Whom to give it to. `former` is who had it when the page was made."""

    username = SelectField(
        "Officer", [Required("Choose an officer")], hint="Only officers who may see this record and record on it are listed"
    )
    former = TextField("Held by")
    save = SubmitField("Assign")

    def offer(self, officers: list[Colleague]) -> None:
        """List the officers under the names of their teams."""
        self.username.choices = {"": [choice("", "Choose an officer")], **listed_by_team(officers, lambda one: one.user.username)}


class NoteForm(FlaskForm):
    """A note beside a deadline."""

    text = TextareaField("Note", [Required("Enter the note")], max_length=LONGEST_NOTE, has_count=True, hint=NOTE_HINT)
    save = SubmitField("Save the note")


class SnoozeForm(FlaskForm):
    """Until when, and why."""

    until_on = DateField("Quiet until", [Required("Enter the day it is to come back")])
    reason = TextField("Reason", [Required("Enter why it can wait until then")], max_length=LONGEST_REASON)
    save = SubmitField("Snooze")


class WaitForm(FlaskForm):
    """Who has to act first."""

    whom = TextField("Who has to act first", max_length=LONGEST_REASON, hint=WAIT_HINT)
    save = SubmitField("Save")
