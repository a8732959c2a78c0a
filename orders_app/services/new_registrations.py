"""What is typed when a person is registered, from a form or a spreadsheet, before it has rows."""

from __future__ import annotations

from dataclasses import dataclass

from orders_app.rules.access import Access
from orders_app.services.new_orders import NewEvent


@dataclass(frozen=True)
class NewRegistration:
    """A person on file and what makes them notify, with whatever is known to have happened since."""

    person_id: int
    events: tuple[NewEvent, ...]
    owner_id: int | None = None
    team_id: int | None = None
    area_id: int | None = None
    access: Access = Access.OPEN
    source_key: str | None = None
