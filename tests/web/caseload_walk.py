"""The way through handing over a caseload, as a browser goes it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Record
from tests.services.caseload_cases import Teams
from tests.web.conftest import Officer
from tests.web.reading import Page

NOTE = "Files are in the second drawer"


class Walk:
    """One draft of an officer's: `at` is the address that the last answer led to."""

    def __init__(self, officer: Officer, of: str = "priya") -> None:
        self.officer = officer
        self.at = self._sent("/caseloads/hand-over", {"username": of})
        self.root = self.at.rsplit("/", 1)[0]

    def answer(self, step: str, **data: object) -> str:
        """Send an answer to a step; return where it leads, or what the page says is wrong."""
        self.at = self._sent(f"{self.root}/{step}", data)
        return self.at

    def page(self, step: str) -> Page:
        """A step as it is shown."""
        return Page(self.officer.get(f"{self.root}/{step}").text)

    def answered(self, to: str = "officer:lis", **more: object) -> Page:
        """Everything goes, to somebody, with a note: the page to check."""
        for step, data in (("records", {"goes": "all"}), ("to", {"to": to}), ("among", more), ("note", {"note": NOTE})):
            if data:
                self.answer(step, **data)
        return self.page("check")

    def hand_over(self) -> str:
        """Press the button on the page to check."""
        return self.answer("check", gives=self.page("check").inputs["gives"])

    def _sent(self, address: str, data: object) -> str:
        answer = self.officer.post(address, data=data)
        return answer.location or Page(answer.text).problems or Page(answer.text).main


def owners(session: Session, teams: Teams) -> set[int | None]:
    """Keys of the officers who have the records of the desk now."""
    session.rollback()
    return set(session.scalars(select(Record.owner_id).where(Record.id.in_([record.id for record in teams.owned]))))
