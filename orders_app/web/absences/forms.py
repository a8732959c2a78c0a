"""The form of days away."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from flask_wtf import FlaskForm

from orders_app.queries.assignees import Colleague
from orders_app.web.fields import DateField, Required, SelectField, SubmitField, choice

NOBODY = "Nobody: the team hears"


class AbsenceForm(FlaskForm):
    """Who is away, from when to when, and who covers."""

    username = SelectField("Who is away?", [Required("Choose who is away")])
    from_on = DateField("First day away", [Required("Enter the first day away")])
    until_on = DateField("Last day away", [Required("Enter the last day away")], hint="The day before they are back")
    cover = SelectField("Who covers?", hint="Their alerts go to this officer. Of a restricted record the team hears")
    save = SubmitField("Save")

    def offer(self, officers: Sequence[Colleague], covers: Sequence[Colleague]) -> None:
        """List whose days away may be entered, and everybody who may cover under the names of their teams."""
        self.username.choices = [choice(one.user.username, one.user.display_name) for one in officers]
        grouped = groupby(covers, key=lambda officer: officer.team_name)
        listed = {team: [choice(one.user.username, one.user.display_name) for one in members] for team, members in grouped}
        self.cover.choices = {"": [choice("", NOBODY)], **listed}
