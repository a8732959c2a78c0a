"""The form of days away."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from flask_wtf import FlaskForm

from orders_app.models import User
from orders_app.web.fields import DateField, Required, SelectField, SubmitField, choice

NOBODY = "Nobody: the team hears"
NO_TEAM = "No team"


class AbsenceForm(FlaskForm):
    """Who is away, from when to when, and who covers."""

    username = SelectField("Who is away?", [Required("Choose who is away")])
    from_on = DateField("First day away", [Required("Enter the first day away")])
    until_on = DateField("Last day away", [Required("Enter the last day away")], hint="The day before they are back")
    cover = SelectField("Who covers?", hint="Their alerts go to this officer. Of a restricted record the team hears")
    save = SubmitField("Save")

    def offer(self, officers: Sequence[User], covers: Sequence[User], me: str) -> None:
        """List whose days away may be entered, me first, and everybody who may cover under the names of their teams."""
        mine_first = sorted(officers, key=lambda user: user.username != me)
        self.username.choices = [choice(user.username, user.display_name) for user in mine_first]
        by_team = sorted(covers, key=lambda user: (user.team.name if user.team else "", user.name))
        grouped = groupby(by_team, key=lambda user: user.team.name if user.team else NO_TEAM)
        listed = {team: [choice(user.username, user.display_name) for user in members] for team, members in grouped}
        self.cover.choices = {"": [choice("", NOBODY)], **listed}
