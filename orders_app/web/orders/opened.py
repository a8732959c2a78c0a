"""How a record stood when a form about it was opened. The form carries it, so that what came since can be told and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from flask import request

from orders_app.queries.facts import OrderFacts
from orders_app.queries.orders import WholeOrder
from orders_app.web.fields import VersionField
from orders_app.web.fields.other import LOST_TRACK
from orders_app.web.session import now

AS_TEXT = re.compile(r"\d{1,9}(?:\.\d{1,9}){3}\.\d{1,10}", re.ASCII)


class Whole(Protocol):
    """A record of any kind with every event, voided ones too, as recorded, and every correction as made, of events and of itself."""

    @property
    def record(self) -> Any: ...
    @property
    def terms(self) -> int: ...
    @property
    def recorded(self) -> tuple[Any, ...]: ...
    @property
    def corrected(self) -> list[tuple[Any, Any]]: ...
    @property
    def put_right(self) -> tuple[Any, ...]: ...
    @property
    def handed_over(self) -> Sequence[Any]: ...


@dataclass(frozen=True)
class Opened:
    """The record's version, the number of its terms' version, how many events and corrections it had, and the moment."""

    version: int
    terms: int
    events: int
    corrections: int
    at: datetime

    def __str__(self) -> str:
        return f"{self.version}.{self.terms}.{self.events}.{self.corrections}.{int(self.at.timestamp())}"

    def events_since(self, whole: Whole) -> list[Any]:
        """The events recorded since, as recorded."""
        return list(whole.recorded[self.events :])

    def case_then(self, whole: WholeOrder) -> OrderFacts:
        """The order's facts without what was recorded since."""
        since = {event.id for event in self.events_since(whole)}
        facts = whole.case.facts
        return replace(whole.case, facts=replace(facts, events=tuple(event for event in facts.events if event.id not in since)))

    def corrections_since(self, whole: Whole) -> list[tuple[Any, Any]]:
        """The corrections made since, each with its event."""
        return list(whole.corrected[self.corrections :])

    def handed_over_since(self, whole: Whole) -> list[Any]:
        """The times it was handed over since, itself and not only deadlines on it."""
        return [row for row in whole.handed_over if row.is_whole and row.made_upon >= self.version]

    def put_right_since(self, whole: Whole) -> list[Any]:
        """The corrections of the record itself made since."""
        return [one.row for one in whole.put_right if one.row.made_upon >= self.version]


def opened_by_reader(whole: Whole) -> Opened:
    """The record as it was when the form that was posted was opened; as it is now, where none was posted."""
    return opened_from_text(request.form.get("opened", "")) or opened_now(whole)


def opened_now(whole: Whole) -> Opened:
    """The record as it is before the reader now."""
    return Opened(whole.record.version, whole.terms, len(whole.recorded), len(whole.corrected), now())


def opened_after(whole: WholeOrder, version: int, *, events: int, corrections: int = 0) -> Opened:
    """The order as it is once so many events and corrections more were saved in this request."""
    opened = opened_now(whole)
    return replace(opened, version=version, events=opened.events + events, corrections=opened.corrections + corrections)


def opened_from_text(text: str) -> Opened | None:
    """Read what `str` wrote; None where it is something else."""
    if not AS_TEXT.fullmatch(text):
        return None
    version, terms, events, corrections, at = map(int, text.split("."))
    return Opened(version, terms, events, corrections, datetime.fromtimestamp(at, UTC))


class OpenedField(VersionField):
    """The record as the reader saw it; data is an Opened. The service compares its version before it saves."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What is not as it was sent out cannot be trusted."""
        self.data = opened_from_text(str(valuelist[0]) if valuelist else "")
        if self.data is None:
            raise ValueError(LOST_TRACK)
