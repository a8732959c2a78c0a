"""Where the pages of a record are, by its kind, for lists that hold records of every kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from orders_app.rules.access import RECORDING, Permission
from orders_app.rules.registrations.declaration import REGISTRATION

ORDER = "order"


@dataclass(frozen=True)
class RecordPages:
    """The room with the pages of one kind of record, what a record is called there, and what it takes to record on it."""

    room: str
    called: str
    records: Permission

    def show(self, reference: str) -> str:
        """The address of the record's own page."""
        return url_for(f"{self.room}.show", reference=reference)

    def why(self, reference: str, duty_key: str, started_on: date) -> str:
        """The address of the page that shows how a deadline of it was counted."""
        return url_for(f"{self.room}.why", reference=reference, duty_key=duty_key, started=started_on.isoformat())


PAGES: Mapping[str, RecordPages] = {
    ORDER: RecordPages("orders", "order", RECORDING[ORDER]),
    REGISTRATION.code: RecordPages("registrations", "registration", RECORDING[REGISTRATION.code]),
}
