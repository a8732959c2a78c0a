"""Two officers at once: what was saved since a form was opened, beside what was typed in it, and the ways out. Nothing typed is lost."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries.facts import rule_event
from orders_app.queries.orders import WholeOrder
from orders_app.services.errors import ChangedMeanwhile, RuleBroken
from orders_app.web.fields import refuse
from orders_app.web.filters import at_about
from orders_app.web.orders.event_words import happened_words, when_words
from orders_app.web.orders.found import banner_of, order_again
from orders_app.web.orders.opened import Opened, Whole
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import now
from orders_app.web.way_back import began_at

KEEP = "keep"
SAVE, CORRECT, EDIT, DROP = "save", "correct", "edit", "drop"
REASON = "Corrected by an officer who recorded the same thing at the same time"
NOT_TYPED = (KEEP, "version", "opened", "csrf_token")
Answer = Response | tuple[str, int]
W = TypeVar("W", bound=Whole)


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved of the same thing: question by question in words, and who it was."""

    answers: Mapping[str, str]
    by: str


@dataclass(frozen=True)
class Way:
    """One way out."""

    keep: str
    words: str


CORRECT_THEIRS = Way(CORRECT, "Save it as a correction of theirs. Both stay in the history")
CHANGE_MINE = Way(EDIT, "Change mine first: everything typed is still there")
NOT_MINE = Way(DROP, "Do not save mine")


@dataclass(frozen=True)
class Frame:
    """The page of a record around what changed: its title, banner, menu entry, and the line over the heading."""

    title: str
    banner: Mapping[str, Any]
    nav: str
    caption: str


class RecordChange(ABC, Generic[W]):
    """What a form does to a record: how it is saved, and how it looks beside what somebody else saved."""

    form: Any
    heading: str

    @property
    def opened(self) -> Opened:
        """The record as it was when the form was opened."""
        opened: Opened = self.form.opened.data
        return opened

    @property
    def version(self) -> int:
        """The version of the record to save upon: as it was when a way out was chosen, else as it was when the form was opened."""
        chosen_upon = request.form.get("version", type=int)
        return chosen_upon if chosen_upon and request.form.get(KEEP) else self.opened.version

    @abstractmethod
    def again(self, whole: W) -> W:
        """Return the record as it is by now: somebody saved it while this request was under way."""

    @abstractmethod
    def home(self, whole: W) -> str:
        """Return the address of the record's own page."""

    @abstractmethod
    def frame(self, whole: W) -> Frame:
        """Return what stands around the page."""

    @abstractmethod
    def save(self, whole: W, keep: str) -> Response:
        """Save, in the way chosen where there was a choice. Raises ChangedMeanwhile, RuleBroken."""

    @abstractmethod
    def mine(self) -> Mapping[str, str]:
        """What was typed, question by question, in words."""

    @abstractmethod
    def theirs(self, whole: W) -> Theirs | None:
        """What was saved of the same thing since the form was opened."""

    @abstractmethod
    def ways(self, whole: W, theirs: Theirs | None) -> list[Way]:
        """The ways out that the record as it stands leaves open, the likeliest first."""

    def refuse(self, refusal: RuleBroken) -> None:
        """Say on the form what is refused."""
        refuse(self.form, refusal)

    def leave(self, whole: W) -> Response:
        """Save nothing."""
        return self.finished(whole, "Yours was not saved", "information")

    def finished(self, whole: W, message: str, kind: str = "message") -> Response:
        """Go on to the list or page that the officer acts from, and say there of which record; else to the record itself."""
        began = began_at()
        flash(f"{whole.record.reference}. {message}" if began else message, kind)
        return redirect(began or self.home(whole))


class Change(RecordChange[WholeOrder]):
    """What a form does to an order."""

    def again(self, whole: WholeOrder) -> WholeOrder:
        """The order read again."""
        return order_again(whole)

    def home(self, whole: WholeOrder) -> str:
        """The order's page."""
        return url_for("orders.show", reference=whole.order.reference)

    def frame(self, whole: WholeOrder) -> Frame:
        """The order's type, reference and banner."""
        caption = f"{whole.case.order_type.name} {whole.order.reference}"
        return Frame(order_title(whole), banner_of(whole), "orders", caption)


def save_change(whole: W, change: RecordChange[W]) -> Answer | None:
    """Save, or show what changed meanwhile. None means: show the form again, as typed, with what is refused."""
    keep = request.form.get(KEEP, "")
    if keep == EDIT:
        return None
    if keep == DROP:
        return change.leave(whole)
    try:
        return change.save(whole, keep)
    except ChangedMeanwhile:
        return changed_page(whole if whole.record.version != change.version else change.again(whole), change)
    except RuleBroken as refusal:
        change.refuse(refusal)
        return changed_page(whole, change) if keep == CORRECT and change.form is not None else None


def changed_page(whole: W, change: RecordChange[W]) -> tuple[str, int]:
    """Who saved what since, theirs beside yours, and the ways out. Nothing of the form is saved yet."""
    theirs, mine = change.theirs(whole), change.mine()
    compared = _compared(theirs.answers, mine) if theirs else []
    is_same = bool(compared) and all(same for _, _, _, same in compared)
    page = render_template(
        "layouts/changed.html",
        frame=change.frame(whole),
        home=change.home(whole),
        record=whole.record,
        form=change.form,
        heading=change.heading,
        news=_news(whole, change.opened),
        opened_at=_since_words(change.opened.at),
        opened=change.opened if theirs else replace(change.opened, version=whole.record.version),
        by=theirs.by if theirs else "",
        compared=compared,
        is_same=is_same,
        mine=[{"key": question, "value": words} for question, words in mine.items() if words],
        ways=sorted(change.ways(whole, theirs), key=lambda way: is_same and way.keep != DROP),  # nothing to save: not saving comes first
        typed=[(name, value) for name, values in request.form.lists() for value in values if name not in NOT_TYPED],
    )
    return page, 409


def saved_by(event: Any) -> str:
    """PC 5120 Jamal Edwards, 08:11 today."""
    return f"{_who(event.recorded_by)}, {at_about(event.recorded_at, now())}"


def corrected_by(correction: Any) -> str:
    """PC 5120 Jamal Edwards, 08:11 today: of a correction."""
    return f"{_who(correction.corrected_by)}, {at_about(correction.corrected_at, now())}"


def _compared(theirs: Mapping[str, str], mine: Mapping[str, str]) -> list[tuple[str, str, str, bool]]:
    questions = dict.fromkeys((*mine, *theirs))
    rows = [(question, theirs.get(question, ""), mine.get(question, "")) for question in questions]
    return [(question, saved, typed, saved == typed) for question, saved, typed in rows if saved or typed]


def _news(whole: Whole, opened: Opened) -> list[str]:
    events = [_event_news(event) for event in opened.events_since(whole)]
    corrections = [_correction_news(event, made) for event, made in opened.corrections_since(whole)]
    put_right = [_put_right_news(row) for row in opened.put_right_since(whole)]
    handed = [_hand_over_news(row) for row in opened.handed_over_since(whole)]
    changed = f"{whole.record.reference} itself was changed, {at_about(whole.record.changed_at, now())}."
    return [*events, *corrections, *put_right, *handed] or [changed]


def _event_news(event: Any) -> str:
    what, when = happened_words(rule_event(event)), when_words(event.happened_on, event.happened_at)
    return f"{_who(event.recorded_by)} recorded “{what}”, {when}. Saved {at_about(event.recorded_at, now())}."


def _correction_news(event: Any, correction: Any) -> str:
    did = "struck out" if event.voided_at == correction.corrected_at else "corrected"
    when = at_about(correction.corrected_at, now())
    return f"{_who(correction.corrected_by)} {did} “{happened_words(rule_event(event))}”, {when}. Reason: {correction.reason}."


def _put_right_news(row: Any) -> str:
    when = at_about(row.corrected_at, now())
    return f"{_who(row.corrected_by)} corrected what was recorded of the order, {when}. Reason: {row.reason}."


def _hand_over_news(row: Any) -> str:
    return f"{row.handed_by} handed it over to {row.given_to}, {at_about(row.handed_at, now())}."


def _since_words(at: datetime) -> str:
    """At 08:05 today; on Monday 5 October 2026, 18:25."""
    words = at_about(at, now())
    return f"at {words}" if words.endswith(("today", "yesterday")) else f"on {words}"


def _who(user: Any) -> str:
    return str(user.display_name) if user else "Orderwatch"
