"""Whoever takes records over: what they are called, why somebody cannot just now, and the note they are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from orders_app.models import Absence, SignInThrottle, Team, User
from orders_app.queries.availability import is_away_on
from orders_app.rules.wording import at_words, day_words
from orders_app.services.errors import RuleBroken
from orders_app.services.numbers_not_kept import number_refused
from orders_app.services.work import Work

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


def refuse_absent(work: Work, officer: User) -> None:
    """Refuse, on to, somebody who could not look at what they are given: away, or their signing in is paused."""
    away = select(Absence).where(Absence.user_id == officer.id, is_away_on(work.today)).options(joinedload(Absence.covered_by))
    absence = work.session.scalar(away)
    if absence:
        raise RuleBroken("to", away_words(officer, absence, absence.covered_by))
    refuse_locked(work, [officer])


def refuse_locked(work: Work, officers: Sequence[User]) -> None:
    """Refuse, on to, somebody whose signing in is paused: they cannot see what they are given. One statement."""
    keys = [officer.id for officer in officers]
    paused = select(User, SignInThrottle.blocked_until_at).join(SignInThrottle, SignInThrottle.user_id == User.id)
    found = paused.where(User.id.in_(keys), SignInThrottle.blocked_until_at > work.now).order_by(User.id)
    for officer, until in work.session.execute(found):
        when = f"until {at_words(until)}" if until else "for now"
        raise RuleBroken("to", f"{officer.display_name} cannot sign in {when}. Choose somebody else")


def away_words(officer: User, absence: Absence, cover: User | None) -> str:
    """That an officer is away, until when, and who could have it instead."""
    back = day_words(absence.until_on + timedelta(days=1))
    instead = f"{cover.display_name}, who covers for them, or somebody else" if cover else "somebody else"
    return f"{officer.display_name} is away and back on {back}. Choose {instead}"
