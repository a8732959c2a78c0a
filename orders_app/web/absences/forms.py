"""The form of days away."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask_wtf import FlaskForm

from orders_app.queries.assignees import Colleague
from orders_app.web.fields import CheckboxField, DateField, Required, SelectField, SubmitField, TextField, choice

NOBODY = "Nobody: the team hears"


class WhoForm(FlaskForm):
    """Whose days away."""

    username = SelectField("Who is away?", [Required("Choose who is away")])

    def offer(self, officers: Sequence[Colleague]) -> None:
        """List whose days away may be entered."""
        self.username.choices = [choice(one.user.username, one.user.display_name) for one in officers]


class DaysForm(FlaskForm):
    """From when to when, and who covers. `leaves_uncovered` is asked of somebody who covers for others on these days."""

    from_on = DateField("First day away", [Required("Enter the first day away")])
    until_on = DateField("Last day away", [Required("Enter the last day away")], hint="The day before they are back")
    cover = SelectField(
        "Who covers?", hint="Their alerts, and what is passed up to them, go to this officer. Of a restricted record the team hears"
    )
    leaves_uncovered = CheckboxField("Save it all the same: the team hears on the days both are away")
    save = SubmitField("Save")

    def offer_covers(self, covers: Sequence[Colleague]) -> None:
        """List everybody who may cover under the names of their teams."""
        grouped = groupby(covers, key=lambda one: one.team_name)
        listed = {team: [choice(one.user.username, one.user.display_name) for one in members] for team, members in grouped}
        self.cover.choices = {"": [choice("", NOBODY)], **listed}

    @property
    def days(self) -> dict[str, Any]:
        """What was answered, as the services are told."""
        return {
            "from_on": self.from_on.data if "from_on" in self else None, "until_on": self.until_on.data,
            "cover": self.cover.data or "", "leaves_uncovered": bool(self.leaves_uncovered.data),
        }  # fmt: skip


class AbsenceForm(WhoForm, DaysForm):
    """Whose days, which, and who covers."""


class ChangeForm(DaysForm):
    """Other days or somebody else who covers. `former` is how it was when the page was made."""

    former = TextField("As it was")
