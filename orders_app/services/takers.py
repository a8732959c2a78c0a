"""Whoever takes records over: what they are called, why somebody cannot just now, and the note they are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from orders_app.models import Team, User
from orders_app.queries.assignees import Colleague
from orders_app.rules.wording import at_words, day_words
from orders_app.services.errors import RuleBroken
from orders_app.services.numbers_not_kept import number_refused

LONGEST_NOTE = 1000
NOBODY = "Nobody"


@dataclass(frozen=True)
class Taker:
    """Whoever takes a record over: an officer with their team, or a team and nobody in person."""

    officer: User | None
    team: Team | None

    @property
    def owner_id(self) -> int | None:
        """The key of the officer; none where a team takes it."""
        return self.officer.id if self.officer else None

    @property
    def called(self) -> str:
        """PC 5120 Jamal Edwards, Orders desk."""
        return held_by(self.officer, self.team)


def held_by(officer: User | None, team: Team | None) -> str:
    """Who has a record, in words."""
    return ", ".join(part for part in (officer.display_name if officer else "", team.name if team else "") if part) or NOBODY


def checked_note(note: str) -> str:
    """Return the note without the space around it. Raises RuleBroken on note."""
    said = note.strip()
    if not said:
        raise RuleBroken("note", "Enter what whoever takes it over should know")
    if len(said) > LONGEST_NOTE:
        raise RuleBroken("note", f"Keep this to {LONGEST_NOTE:,} characters: you typed {len(said):,}")
    for refusal in number_refused("note", said):
        raise refusal
    return said


def refuse_absent(officer: Colleague, field: str = "to") -> None:
    """Refuse, on a field, somebody who could not look at what they are given."""
    if why := why_not_now(officer):
        raise RuleBroken(field, why)


def why_not_now(officer: Colleague) -> str:
    """Why an officer can be given nothing now, and who could have it instead; empty where they can."""
    if officer.absence:
        back = day_words(officer.absence.until_on + timedelta(days=1))
        instead = f"{officer.cover.display_name}, who covers for them, or somebody else" if officer.cover else "somebody else"
        return f"{officer.user.display_name} is away and back on {back}. Choose {instead}"
    if officer.paused_until:
        return f"{officer.user.display_name} cannot sign in until {at_words(officer.paused_until)}. Choose somebody else"
    return ""
