"""Where the pages of a record are, by its kind, for lists that hold records of every kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from orders_app.rules.access import RECORDING, Permission
from orders_app.rules.facts import EventKind
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.web.steps import Step

ORDER = "order"


@dataclass(frozen=True)
class RecordPages:
    """The room with the pages of one kind of record, what a record is called there, what it takes to record on it, and what a breach is
    reported as."""

    room: str
    called: str
    records: Permission
    breach_words: str

    def show(self, reference: str) -> str:
        """The address of the record's own page."""
        return url_for(f"{self.room}.show", reference=reference)

    def why(self, reference: str, duty_key: str, started_on: date) -> str:
        """The address of the page that shows how a deadline of it was counted."""
        return url_for(f"{self.room}.why", reference=reference, duty_key=duty_key, started=started_on.isoformat())

    def report_breach(self, reference: str) -> Step:
        """The form that reports a breach of it."""
        return Step(self.breach_words, url_for(f"{self.room}.record_event", reference=reference, kind=EventKind.BREACH_REPORTED.value))


PAGES: Mapping[str, RecordPages] = {
    ORDER: RecordPages("orders", "order", RECORDING[ORDER], "Report a breach"),
    REGISTRATION.code: RecordPages("registrations", "registration", RECORDING[REGISTRATION.code], "Report a possible breach"),
}
