"""The program broken on purpose, each as a careless change would break it, so that finding nothing means something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from orders_app.services import sending
from scheduler import claims, runner

VARIABLE = "ENDURANCE_FAULT"


def finish_without_the_fence(
    session: Session, mine: claims.Claim, *, now: datetime, outcome: str, counts: dict[str, Any], detail: str
) -> None:
    """As claims.finish, but whoever has been overtaken keeps what it did."""
    held = update(claims.runs).where(claims.runs.c.id == mine.run_id)
    session.connection().execute(held.values(finished_at=now, outcome=outcome, counts=counts, detail=detail))


def no_fence(_engine: Engine | None) -> None:
    """A scheduler that only slept keeps what it did, although another has done it since."""
    runner.finish = finish_without_the_fence


def no_unique_alert(engine: Engine | None) -> None:
    """Nothing in the database keeps an alert from being raised twice at once."""
    if engine is not None:
        with engine.begin() as connection:
            connection.execute(text("DROP INDEX IF EXISTS uq_alerts_open_deadline"))
    postgresql.Insert.on_conflict_do_nothing = _insert_whatever_there_is  # type: ignore[method-assign]


_careful = postgresql.Insert.on_conflict_do_nothing


def _insert_whatever_there_is(statement: postgresql.Insert, *arguments: Any, **given: Any) -> postgresql.Insert:
    if given.get("index_elements") == ["deadline_id"]:
        return statement
    return _careful(statement, *arguments, **given)


def mark_mail_afterwards(_engine: Engine | None) -> None:
    """An e-mail is marked when it has gone, and not before it goes."""
    sending._Run.hand_over = lambda _run, _taken: True  # type: ignore[method-assign]


FAULTS: dict[str, Callable[[Engine | None], None]] = {
    "no-fence": no_fence,
    "no-unique-alert": no_unique_alert,
    "mail-marked-afterwards": mark_mail_afterwards,
}
