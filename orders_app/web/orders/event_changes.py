"""One event recorded, or corrected, beside what somebody else saved of it meanwhile: the same for every kind of record."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from orders_app.services.new_orders import NewEvent
from orders_app.services.work import Work
from orders_app.web.orders.changed import (
    CHANGE_MINE,
    CORRECT,
    CORRECT_THEIRS,
    NOT_MINE,
    REASON,
    SAVE,
    RecordChange,
    Theirs,
    W,
    Way,
    corrected_by,
    saved_by,
)
from orders_app.web.orders.event_forms import EventForm, as_recorded
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.session import act

STRIKE_OUT = "void"
DONE = {STRIKE_OUT: "Struck out: the timeline still shows it", "": "Correction saved: the timeline shows both"}
NEVER_HAPPENED = {"What to do with it": "Strike it out: it never happened"}


class EventChange(RecordChange[W]):
    """What a form does to the events of a record. `of` names the kind of record in the log: "order" gives order.event_recorded."""

    form: EventForm
    of: str

    @abstractmethod
    def add(self, work: Work, whole: W, event: NewEvent) -> None:
        """Record one more event, with whatever must come with it. Raises ChangedMeanwhile, RulesBroken."""

    @abstractmethod
    def correct(self, work: Work, event_id: int, event: NewEvent, reason: str) -> None:
        """Have an event say something else. Raises ChangedMeanwhile, RulesBroken."""

    @abstractmethod
    def may_add(self, whole: W) -> bool:
        """Whether the record may have one more event of this kind."""

    def as_form(self, event: Any) -> EventForm:
        """The form as it would have been filled in for an event on file."""
        return type(self.form)(formdata=None, data=as_recorded(event), meta={"csrf": False})


class RecordingEvent(EventChange[W]):
    """One more event, beside one of the same kind that somebody else recorded."""

    def __init__(self, form: EventForm) -> None:
        self.form = form
        self.kind = form.kind
        self.heading = EVENT_WORDS[form.kind].happened

    def save(self, whole: W, keep: str) -> Response:
        """Add the event, or correct theirs with it."""
        theirs, event = self._event(whole), self.form.event()
        with act(f"{self.of}.event_recorded") as work:
            if keep == CORRECT and theirs:
                self.correct(work, theirs.id, event, REASON)
            else:
                self.add(work, whole, event)
        return self.finished(whole, f"{self.heading}: saved")

    def mine(self) -> dict[str, str]:
        """The answers typed."""
        return self.form.in_words()

    def theirs(self, whole: W) -> Theirs | None:
        """The last event of the same kind recorded since."""
        event = self._event(whole)
        return Theirs(self.as_form(event).in_words(), saved_by(event)) if event else None

    def ways(self, whole: W, theirs: Theirs | None) -> list[Way]:
        """As well, where the record may have another; as a correction of theirs."""
        add = [Way(SAVE, "Save it as well: it happened twice" if theirs else "Save it")] if self.may_add(whole) else []
        return [*add, *([CORRECT_THEIRS] if theirs else []), CHANGE_MINE, NOT_MINE]

    def _event(self, whole: W) -> Any:
        since = [event for event in self.opened.events_since(whole) if event.kind == self.kind and event.voided_at is None]
        return since[-1] if since else None


class CorrectingEvent(EventChange[W]):
    """What an event should have said, or that it never happened, beside somebody else's correction of it."""

    form: Any  # with the question why

    def __init__(self, form: EventForm, event: Any) -> None:
        self.form = form
        self.event = event
        self.do = STRIKE_OUT if request.form.get("do") == STRIKE_OUT else ""
        what = EVENT_WORDS[form.kind].happened
        self.heading = f"Strike out “{what}”" if self.do else f"Correct “{what}”"

    @abstractmethod
    def strike_out(self, work: Work, event_id: int, reason: str) -> None:
        """Have an event stand as recorded by mistake. Raises ChangedMeanwhile, RulesBroken."""

    def save(self, whole: W, keep: str) -> Response:
        """Correct it, strike it out, or record it anew where somebody else struck it out."""
        event, reason = self.event, self.form.why_corrected.data
        with act(f"{self.of}.event_voided" if self.do else f"{self.of}.event_corrected", reason=reason) as work:
            if event.voided_at is not None and keep == SAVE:
                self.add(work, whole, self._corrected())
            elif self.do:
                self.strike_out(work, event.id, reason)
            else:
                self.correct(work, event.id, self._corrected(), reason)
        return self.finished(whole, DONE[self.do])

    def mine(self) -> dict[str, str]:
        """The answers typed, with the reason."""
        return (NEVER_HAPPENED if self.do else self.form.in_words()) | self._why(self.form.why_corrected.data)

    def theirs(self, whole: W) -> Theirs | None:
        """The last correction of this event made since, and what the event says by it."""
        made = [correction for event, correction in self.opened.corrections_since(whole) if event.id == self.event.id]
        if not made:
            return None
        said: Mapping[str, str] = NEVER_HAPPENED if self.event.voided_at else self.as_form(self.event).in_words()
        return Theirs({**said, **self._why(made[-1].reason)}, corrected_by(made[-1]))

    def ways(self, whole: W, theirs: Theirs | None) -> list[Way]:
        """Over theirs; where theirs struck it out, as a new entry."""
        if self.event.voided_at is None:
            over = " all the same" if self.do else " over theirs. Both stay in the history" if theirs else ""
            return [Way(SAVE, f"Strike it out{over}" if self.do else f"Save mine{over}"), CHANGE_MINE, NOT_MINE]
        may_add = not self.do and self.may_add(whole)
        return [*([Way(SAVE, "Record mine as a new entry")] if may_add else []), NOT_MINE]

    def _corrected(self) -> NewEvent:
        """What was typed, and what the form does not ask as it was."""
        asked = {field.name for field in self.form.answers}
        typed: NewEvent = self.form.event()
        kept = {key: value for key, value in self.event.details.items() if key not in asked}
        return replace(typed, details=kept | dict(typed.details))

    def _why(self, reason: str) -> dict[str, str]:
        return {str(self.form.why_corrected.label.text): reason}
