"""The form of a hearing's result. What a court did at one hearing may be several events: they are told from it, and it from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orders_app.queries.facts import rule_event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.starts import hearing_of
from orders_app.services.orders import NewEvent
from orders_app.web.fields import DateTimeField, DayRequired, RadiosField, Required, TextareaField, TextField, choice
from orders_app.web.orders.late_listing import KNOWN_LATE, TooLate, ask_about, confirm_late
from orders_app.web.orders.opened import OpenedField
from orders_app.web.orders.recording_forms import StepForm
from orders_app.web.said import said

GRANTED, MADE = "granted", "made"
NEXT = "Enter the next hearing below"


@dataclass(frozen=True)
class Result:
    """One answer: what the order must be open to, what is recorded, and whether the court sits again."""

    key: str
    words: str
    hint: str
    needs: frozenset[E]
    records: tuple[E, ...]
    sits_again: bool = False

    @property
    def is_unheard(self) -> bool:
        """Whether the court sits again and has heard nothing, so that its time to hear it still runs."""
        return self.sits_again and E.HEARING_HELD not in self.records


RESULTS = (
    Result(
        GRANTED, "Granted", "Record the order next: your answers here are carried over", frozenset({E.APPLICATION_GRANTED}),
        (E.HEARING_HELD, E.APPLICATION_GRANTED),
    ),
    Result(MADE, "The order was made", "Record its terms next: your answers here are carried over", frozenset({E.MADE}), (E.HEARING_HELD,)),
    Result("refused", "Refused", "", frozenset({E.APPLICATION_REFUSED}), (E.HEARING_HELD, E.APPLICATION_REFUSED)),
    Result("withdrawn", "Withdrawn", "", frozenset({E.APPLICATION_WITHDRAWN}), (E.APPLICATION_WITHDRAWN,)),
    Result(
        "heard_adjourned", "Heard in part, then adjourned", NEXT, frozenset({E.HEARING_HELD, E.ADJOURNED}), (E.HEARING_HELD, E.ADJOURNED),
        sits_again=True,
    ),
    Result(
        "adjourned", "Adjourned without being heard", f"It does not count as heard. {NEXT}", frozenset({E.ADJOURNED}), (E.ADJOURNED,),
        sits_again=True,
    ),
    Result("heard", "Heard, with another result", "Say below what the court did", frozenset({E.HEARING_HELD}), (E.HEARING_HELD,)),
)  # fmt: skip
BY_KEY = {result.key: result for result in RESULTS}
DECIDED = frozenset(kind for result in RESULTS for kind in result.records)


class HearingForm(StepForm):
    """When the court sat, what it decided, and when it sits next."""

    hearing_held_on = DateTimeField(
        "When was the hearing?", [DayRequired("Enter the day of the hearing")], is_time_optional=True, name_in_errors="Hearing",
        hint="Day and, where you know it, the time the court dealt with it",
    )  # fmt: skip
    court = TextField("Court", [Required("Enter the court")], max_length=120, width=30)
    result = RadiosField("What did the court decide?", [Required("Choose what the court decided")])
    next_hearing = DateTimeField("Next hearing, if it was adjourned", is_time_optional=True, name_in_errors="Next hearing")
    late_is_known = confirm_late()
    note = TextareaField("Anything else", max_length=4000, rows=3)
    opened = OpenedField()
    too_late: TooLate

    def problems_of_the_whole(self) -> None:
        if self.result.data in BY_KEY and self.chosen.sits_again and self.next_hearing.day is None:
            self.blame("next_hearing", "Enter the day of the next hearing, or choose another result")
        elif self.result.data in BY_KEY and self.chosen.is_unheard:
            ask_about(self.next_hearing, self.late_is_known, self.too_late)

    def offer(self, results: Sequence[Result]) -> None:
        """Let one of these be chosen."""
        self.result.choices = [choice(result.key, result.words, result.hint) for result in results]

    @property
    def chosen(self) -> Result:
        """The result chosen, on a form that has one."""
        return BY_KEY[self.result.data]

    @property
    def held_on(self) -> date:
        """The day of the hearing, on a form that validated."""
        if self.hearing_held_on.day is None:
            raise ValueError("the day of the hearing is not known")
        return self.hearing_held_on.day

    def in_words(self) -> dict[str, str]:
        """Every answer in words, by its question."""
        asked = (self.hearing_held_on, self.court, self.result, self.next_hearing, self.late_is_known, self.note)
        return {str(field.label.text): said(field) for field in asked}

    def events(self) -> list[NewEvent]:
        """The events of this hearing, in order."""
        on, at = self.held_on, self.hearing_held_on.data
        found = [NewEvent(kind, on, at, {"court": self.court.data}, self.note.data or "") for kind in self.chosen.records]
        return [*found, *self._listing(on)]

    def _listing(self, on: date) -> list[NewEvent]:
        if self.next_hearing.day is None or not self.chosen.sits_again:
            return []
        hearing_at = self.next_hearing.data or self.next_hearing.day
        known = {KNOWN_LATE: "yes"} if self.late_is_known.data else {}
        return [NewEvent(E.HEARING_LISTED, on, details={"hearing_at": hearing_at.isoformat(), "court": self.court.data} | known)]


def hearing_as_recorded(events: Sequence[Any]) -> HearingForm:
    """The form as it was when these events of one hearing were recorded."""
    first = next(event for event in events if event.kind in DECIDED)
    kinds = tuple(event.kind for event in events if event.kind in DECIDED)
    listing = next((rule_event(event) for event in events if event.kind == E.HEARING_LISTED), None)
    listed_on, listed_at = hearing_of(listing) if listing else (None, None)
    values = {
        "hearing_held_on": first.happened_at or first.happened_on,
        "court": first.details.get("court", ""),
        "next_hearing": listed_at or listed_on,
        KNOWN_LATE: bool(listing and listing.details.get(KNOWN_LATE)),
        "note": first.note,
        "result": next((result.key for result in reversed(RESULTS) if result.records == kinds), "heard"),
    }
    form = HearingForm(formdata=None, meta={"csrf": False})
    form.offer(RESULTS)
    form.process(formdata=None, data=values)
    return form
