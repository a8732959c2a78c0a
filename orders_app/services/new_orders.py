"""What is typed when an order or a notice is recorded, from a form or a spreadsheet, before it has rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from orders_app.rules.access import Access
from orders_app.rules.facts import EndKind, EventKind


@dataclass(frozen=True)
class NewEvent:
    """Something that happened: a London day, and the aware moment where it is known."""

    kind: EventKind
    on: date
    at: datetime | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class NewCondition:
    """One term in the court's own words, and the standard condition they began from, if any."""

    text: str
    short_form: str = ""
    kind: str = "prohibition"
    supervisor: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    is_travel: bool = False
    is_electronic_monitoring: bool = False
    template_key: str = ""
    template_version: int | None = None


@dataclass(frozen=True)
class NewProtected:
    """A person on file whom the order protects."""

    person_id: int
    relationship_to_subject: str = ""


@dataclass(frozen=True)
class NewOrder:
    """Everything about one order as it is first recorded. `follows_id` is the notice or earlier order it follows."""

    order_type: str
    person_id: int
    events: tuple[NewEvent, ...] = ()
    court: str = ""
    court_reference: str = ""
    made_under: str = ""
    authorised_rank: str = ""
    follows_id: int | None = None
    end_kind: EndKind = EndKind.NONE
    stated_ends_on: date | None = None
    stated_end_time: time | None = None
    stated_event: str = ""
    stated_in_force_from: date | None = None
    starts_on_release: bool = False
    starts_on_other_end: bool = False
    is_without_notice: bool = False
    is_present_or_represented: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)
    conditions: tuple[NewCondition, ...] = ()
    protected: tuple[NewProtected, ...] = ()
    owner_id: int | None = None
    team_id: int | None = None
    area_id: int | None = None
    access: Access = Access.OPEN
    source_key: str | None = None
