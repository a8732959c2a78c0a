"""Who works there, and the first cases."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from random import Random

from sqlalchemy import Engine, select

from config.reference import Reference
from orders_app.db import writing_sessions
from orders_app.models import Person, Team, User
from orders_app.services.passwords import hash_password
from orders_app.services.work import Actor, Work, begin_work
from scheduler.runner import ACTOR
from scheduler.simulation.officers import Officers
from tests.endurance.clock import FastClock

PASSWORD = "three herons over northmere"
FIRST_CASES = 40


@dataclass(frozen=True)
class Officer:
    """Somebody a robot signs in as."""

    id: int
    username: str
    team: str


def move_in(engine: Engine, reference: Reference, fast: FastClock, rng: Random) -> tuple[list[Officer], list[str]]:
    """Hire everybody, record the first cases, and return the officers of the desks and the references of the people on file."""
    sessions = writing_sessions(engine)

    def begin(action: str, actor: Actor) -> AbstractContextManager[Work]:
        return begin_work(sessions, actor=actor, action=action, now=fast.now(), law=reference.law)

    Officers(rng, begin, ACTOR).set_up(FIRST_CASES)
    with begin("endurance.begun", ACTOR) as work:
        secret = hash_password(PASSWORD)
        for user in work.session.scalars(select(User)):
            user.password_hash = secret
        desks = select(User.id, User.username, Team.name).join(Team, Team.id == User.team_id).order_by(User.id)
        officers = [Officer(*row) for row in work.session.execute(desks)]
        people = list(work.session.scalars(select(Person.reference).order_by(Person.id)))
    return officers, people
