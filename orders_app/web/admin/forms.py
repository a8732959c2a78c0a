"""Forms about users, teams and areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm

from orders_app.rules.access import Role
from orders_app.services.users import LONGEST, UserDetails
from orders_app.web.fields import (
    CheckboxesField,
    CheckboxField,
    EmailField,
    Required,
    SearchField,
    SelectField,
    SubmitField,
    TextField,
    VersionField,
    choice,
)
from orders_app.web.role_words import ROLE_NAMES

NO_TEAM = "No team"
ROLE_CHOICES = [choice(role.value, ROLE_NAMES[role]) for role in Role]
STATE_CHOICES = [choice("active", "Active"), choice("left", "Left"), choice("all", "All")]


class NewUserForm(FlaskForm):
    """Everything about somebody who is not on file but their password."""

    name = TextField(
        "Name", [Required("Enter the person's name")], max_length=LONGEST["name"], hint="As colleagues know them, such as Aisha Rahman"
    )
    rank = TextField("Rank or grade", max_length=LONGEST["rank"], width=10)
    collar_number = TextField("Collar number", max_length=LONGEST["collar_number"], width=10)
    username = TextField("User name", [Required("Enter a user name")], max_length=80, width=20, hint="What they type to sign in")
    email = EmailField("E-mail address")
    team = SelectField("Team")
    leads_team = CheckboxField("Leads this team", hint="Hears when an alert of the team is met with silence")
    roles = CheckboxesField("Roles", choices=ROLE_CHOICES)
    save = SubmitField("Add user")

    def offer_teams(self, teams: Sequence[Any]) -> None:
        """Set the answers to the question about the team."""
        self.team.choices = [choice("", NO_TEAM), *(choice(str(team.id), team.name) for team in teams)]

    def details(self) -> UserDetails:
        """What was answered."""
        return UserDetails(
            username=self.username.data or "",
            name=self.name.data or "",
            rank=self.rank.data or "",
            collar_number=self.collar_number.data or "",
            email=self.email.data or "",
            roles=frozenset(map(Role, self.roles.data or ())),
            team_id=int(self.team.data) if self.team.data else None,
            leads_team=bool(self.leads_team.data),
        )


class UserForm(NewUserForm):
    """The same for a user on file, as they were when the page was opened."""

    version = VersionField()
    save = SubmitField("Save")


class UserFilterForm(FlaskForm):
    """Which users to list. Its answers stay in the address."""

    class Meta:
        csrf = False

    q = SearchField("Name, user name or collar number")
    team = SelectField("Team", label_size="")
    role = SelectField("Role", label_size="", choices=[choice("", "Any role"), *ROLE_CHOICES])
    state = SelectField("State", label_size="", choices=STATE_CHOICES, default="active")

    def offer_teams(self, teams: Sequence[Any]) -> None:
        """Set the answers to the question about the team."""
        self.team.choices = [choice("", "Any team"), *(choice(str(team.id), team.name) for team in teams)]


class TeamForm(FlaskForm):
    """A team and its area."""

    name = TextField("Name of the team", [Required("Enter the name of the team")], max_length=100, width=30)
    area = SelectField("Area")
    save = SubmitField("Save team")

    def offer_areas(self, areas: Sequence[Any]) -> None:
        """Set the answers to the question about the area."""
        self.area.choices = [choice("", "The whole force"), *(choice(str(area.id), area.name) for area in areas)]


class AreaForm(FlaskForm):
    """A policing area."""

    name = TextField("Name of the area", [Required("Enter the name of the area")], max_length=100, width=30)
    code = TextField("Code", [Required("Enter a short code for the area, such as N")], max_length=20, width=5, hint="As in spreadsheets")
    save = SubmitField("Save area")
