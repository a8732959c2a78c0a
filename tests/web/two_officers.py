"""Two officers who both opened a form about one order, and the page that the second to save is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Event
from orders_app.rules.access import Role
from orders_app.rules.facts import EventKind
from tests.conftest import Acting
from tests.factories import a_team
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.typed import opened


@dataclass
class Two:
    """Two officers, of whom the other is always first."""

    officer: Officer
    other: Officer

    def at(self, address: str, theirs: dict[str, str], mine: dict[str, str]) -> Stale:
        """Both open the form; the other saves, then the officer."""
        seen = opened(self.officer, address)
        saved = self.other.post(address, data=theirs | opened(self.other, address))
        assert saved.status_code == 302, Page(saved.text).problems
        return Stale(self.officer, address, self.officer.post(address, data=mine | seen))


class Stale:
    """The page that the second officer is shown."""

    def __init__(self, officer: Officer, address: str, answer: Any) -> None:
        self.officer, self.address = officer, address
        assert answer.status_code == 409, Page(answer.text).main
        self.page = Page(answer.text)
        self.says = self.page.main

    @property
    def ways(self) -> list[str]:
        """What may be chosen."""
        return [values["value"] for tag, values in self.page.tags if tag == "input" and values.get("name") == "keep"]

    def choose(self, way: str) -> Any:
        """Choose a way out, with everything that the page carries."""
        assert way in self.ways
        sent = {name: value for name, value in self.page.inputs.items() if name not in ("csrf_token", "q")}
        return self.officer.post(self.address, data=sent | {"keep": way})


def two_at_the_desk(client_for: ClientFor, acting: Acting) -> Two:
    """Two officers of one orders desk."""
    with acting() as work:
        team = a_team(work, name="Orders desk")
    return Two(*(client_for(Role.ORDERS_DESK, team=team, name=name) for name in ("Aisha Rahman", "Jamal Edwards")))


def live(session: Session, kind: EventKind) -> list[Event]:
    """The events of a kind that stand, as recorded."""
    session.rollback()
    return list(session.scalars(select(Event).where(Event.kind == kind, Event.voided_at.is_(None)).order_by(Event.id)))
