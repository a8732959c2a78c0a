"""Save a draft that goes on from an order on file, where somebody else may have gone on from it meanwhile."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder, find_order
from orders_app.rules.facts import EventKind as E
from orders_app.rules.orders import possible_events
from orders_app.services.drafts import drop_draft
from orders_app.services.errors import RuleBroken
from orders_app.services.making import complete_order
from orders_app.services.order_events import open_order
from orders_app.services.orders import record_order
from orders_app.services.work import Work
from orders_app.web.orders.as_typed import as_typed
from orders_app.web.orders.changed import DROP, EDIT, SAVE, Change, Theirs, Way, saved_by
from orders_app.web.orders.draft_answers import Answers
from orders_app.web.orders.draft_opening import OpenDraft, known_rows
from orders_app.web.orders.found import today
from orders_app.web.orders.lists import DRAFT
from orders_app.web.orders.opened import Opened, opened_from_text
from orders_app.web.orders.recording_checks import in_words, what_it_records
from orders_app.web.session import act, law_tables, read_session, viewer

KEEP_DRAFT = Way(EDIT, "Keep mine as a draft and change it first")
REMOVE_DRAFT = Way(DROP, "Do not save mine: remove the draft")


class SavingDraft(Change):
    """A draft that changes the order it is about, beside what somebody else made of that order."""

    form = None

    def __init__(self, draft: OpenDraft, opened: Opened) -> None:
        self.draft = draft
        self.problems: tuple[RuleBroken, ...] = ()
        self._opened = opened
        self.heading = what_it_records(draft.answers)

    @property
    def opened(self) -> Opened:
        """The order it is about as it was when the draft was begun."""
        return self._opened

    def save(self, whole: WholeOrder, keep: str) -> Response:
        """Record it, and remove the draft."""
        with act("order.recorded") as work:
            order = self.record(work, whole)
            drop_draft(work, kind=DRAFT, token=self.draft.token)
        flash(f"{order.reference} recorded")
        return redirect(url_for("orders.show", reference=order.reference))

    @abstractmethod
    def record(self, work: Work, whole: WholeOrder) -> Any:
        """Write what the draft says, and return the order's row. Raises ChangedMeanwhile, RulesBroken."""

    def mine(self) -> Mapping[str, str]:
        """Every answer of the draft."""
        return in_words(self.draft.answers)

    def refuse(self, refusal: RuleBroken) -> None:
        """Keep what is refused, for the page that checks the answers."""
        self.problems = getattr(refusal, "problems", (refusal,))

    def leave(self, whole: WholeOrder) -> Response:
        """Remove the draft."""
        with act("order.draft_removed") as work:
            drop_draft(work, kind=DRAFT, token=self.draft.token)
        return super().leave(whole)


class Making(SavingDraft):
    """What a court made of an application on file."""

    def record(self, work: Work, whole: WholeOrder) -> Any:
        """Complete the order on file; where somebody else did, record one more."""
        new = self.draft.answers.new_order()
        open_order(work, whole.order.reference, self.version)
        if not _may_be_made(whole):
            return record_order(work, new)
        return complete_order(work, reference=whole.order.reference, version=self.version, new=new)

    def theirs(self, whole: WholeOrder) -> Theirs | None:
        """The order as somebody else completed it."""
        made = [event for event in self.opened.events_since(whole) if event.kind == E.MADE and event.voided_at is None]
        return _on_file(whole, made[-1]) if made else None

    def ways(self, whole: WholeOrder, theirs: Theirs | None) -> list[Way]:
        """Complete it, or record another."""
        words = "Save mine" if _may_be_made(whole) else "Record mine as another order: the court made two"
        return [Way(SAVE, words), KEEP_DRAFT, REMOVE_DRAFT]


class Following(SavingDraft):
    """An order that follows a notice or an earlier order."""

    def record(self, work: Work, whole: WholeOrder) -> Any:
        """Record it, if the order it follows is as it was."""
        open_order(work, whole.order.reference, self.version)
        return record_order(work, self.draft.answers.new_order())

    def theirs(self, whole: WholeOrder) -> Theirs | None:
        """The order of the same type that somebody else recorded as following it."""
        kind = self.draft.answers.data["type"]
        others = [order for order in whole.led_to if order.order_type == kind and order.created_at >= self.opened.at]
        other = find_order(read_session(), viewer(), others[-1].reference) if others else None
        return _on_file(other, other.recorded[0]) if other else None

    def ways(self, whole: WholeOrder, theirs: Theirs | None) -> list[Way]:
        """Record it, beside theirs where there is one."""
        return [Way(SAVE, "Record mine as well: the court made two orders" if theirs else "Save mine"), KEEP_DRAFT, REMOVE_DRAFT]


def saving(draft: OpenDraft) -> tuple[WholeOrder, SavingDraft] | None:
    """The order on file that a draft is about, with what saving would do to it; None for a draft that is about none."""
    data = draft.answers.data
    kind, reference, carried = (
        (Making, data["completes"], data.get("opened", ""))
        if data.get("completes")
        else (Following, data.get("follows"), data.get("follows_opened", ""))
    )
    whole = find_order(read_session(), viewer(), reference) if reference else None
    opened = opened_from_text(carried)
    return (whole, kind(draft, opened)) if whole and opened else None


def _may_be_made(whole: WholeOrder) -> bool:
    return E.MADE in possible_events(whole.case.order_type, whole.case.facts, today(), law_tables())


def _on_file(whole: WholeOrder, event: Any) -> Theirs:
    data = as_typed(whole)
    return Theirs(in_words(Answers(data, known_rows(data))), saved_by(event))
