"""What is asked about a caseload, one question a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from flask_wtf import FlaskForm

from orders_app.queries.assignees import NO_TEAM, Colleague
from orders_app.queries.caseload_takers import team_key
from orders_app.services.caseloads import Give
from orders_app.services.takers import LONGEST_NOTE
from orders_app.web.caseloads.drafting import ALL, SHARE, SOME
from orders_app.web.colleagues import listed_by_team
from orders_app.web.fields import CheckboxesField, RadiosField, Required, SelectField, TextareaField, VersionField, choice
from orders_app.web.fields.other import LOST_TRACK
from orders_app.web.filters import plural

IN_TEAM, SHARED = "A team, nobody in person", "Shared out among officers of one team"
HINT = (
    "Whoever takes over reads it, and so do the supervisors. Say what is done, what is next and whom to ring. "
    "Name nobody whom only some may know of"
)


class WhoseForm(FlaskForm):
    """Whose caseload."""

    username = SelectField(
        "Whose caseload is handed over?", [Required("Choose whose caseload is handed over")], label_size="l", is_heading=True
    )

    def offer(self, officers: Iterable[Any]) -> None:
        """List the officers under the names of their teams."""
        grouped = groupby(officers, key=lambda officer: officer.team.name if officer.team else NO_TEAM)
        listed = {team: [choice(one.username, _officer_words(one)) for one in members] for team, members in grouped}
        self.username.choices = {"": [choice("", "Choose an officer")], **listed}


class GoesForm(FlaskForm):
    """Whether all of it goes."""

    goes = RadiosField("What goes?", [Required("Choose whether everything goes")], label_size="m")

    def offer(self, records: int) -> None:
        """Both answers, with how many records there are."""
        some = choice(SOME, "Some of it stays", "The next page lists every record, to leave out those that stay")
        self.goes.choices = [choice(ALL, f"Everything: {plural(records, 'record')}"), some]


class ToForm(FlaskForm):
    """Who takes it."""

    to = SelectField("Who takes it over?", [Required("Choose an officer or a team")], label_size="l", is_heading=True)

    def offer(self, everybody: Sequence[Colleague], own_team: int | None) -> None:
        """Shared out in a team, a team, or one officer, those of `own_team` first; an officer who is away cannot be chosen."""
        everybody = sorted(everybody, key=lambda one: one.user.team_id != own_team)
        listed = listed_by_team(everybody, lambda one: one.key, "One officer of {}")
        manned = list(dict.fromkeys(one.team.name for one in everybody if one.team and one.is_here))
        shared = [choice(f"{SHARE}:{name}", f"Shared out in {name}") for name in manned]
        teams = [choice(team_key(name), name) for name in manned]
        self.to.choices = {"": [choice("", "Choose")], SHARED: shared, IN_TEAM: teams, **listed}


class AmongForm(FlaskForm):
    """Among whom it is shared out."""

    among = CheckboxesField("Who shares it?", [Required("Choose at least one officer")], label_size="l", is_heading=True)


class NoteForm(FlaskForm):
    """What they should know."""

    note = TextareaField(
        "What should they know?", [Required("Enter what whoever takes it over should know")], max_length=LONGEST_NOTE, has_count=True,
        hint=HINT, label_size="l", is_heading=True,
    )  # fmt: skip


class GivesField(VersionField):
    """Each record as the page showed it and who was to take it; data is a list of Give."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What is not as it was sent out cannot be trusted."""
        self.data = _gives_in(str(valuelist[0]) if valuelist else "")
        if self.data is None:
            raise ValueError(LOST_TRACK)

    def _value(self) -> str:
        return json.dumps([[give.reference, give.version, give.to] for give in self.data or []], separators=(",", ":"))


class CheckForm(FlaskForm):
    """What was checked."""

    gives = GivesField()


def _gives_in(text: str) -> list[Give] | None:
    try:
        rows = json.loads(text)
        found = [Give(reference, version, to) for reference, version, to in rows]
    except (ValueError, TypeError):
        return None
    is_right = all((type(one.reference), type(one.version), type(one.to)) == (str, int, str) for one in found)
    return found if is_right else None


def _officer_words(officer: Any) -> str:
    return officer.display_name if officer.is_active else f"{officer.display_name} (has left)"
