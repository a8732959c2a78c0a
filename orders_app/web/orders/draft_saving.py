"""Save a draft that goes on from an order on file, where somebody else may have gone on from it meanwhile."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder, find_order
from orders_app.rules.facts import EventKind
from orders_app.rules.orders import possible_events
from orders_app.services.corrections import correct_order
from orders_app.services.drafts import drop_draft
from orders_app.services.errors import RuleBroken
from orders_app.services.making import complete_order
from orders_app.services.order_events import open_order
from orders_app.services.orders import record_order
from orders_app.services.variations import vary_order
from orders_app.services.work import Work
from orders_app.web.filters import plural
from orders_app.web.orders.as_typed import as_typed, variation_as_typed
from orders_app.web.orders.changed import CORRECT, CORRECT_THEIRS, DROP, EDIT, REASON, SAVE, Change, Theirs, Way, corrected_by, saved_by
from orders_app.web.orders.draft_answers import COMPLETES, CORRECTS, STEP_WORDS, VARIES, Answers
from orders_app.web.orders.draft_beginning import as_corrected, as_varied
from orders_app.web.orders.draft_correction import as_recorded, correction_of, put_right, said_by
from orders_app.web.orders.draft_opening import OpenDraft, known_rows
from orders_app.web.orders.draft_order import new_order
from orders_app.web.orders.draft_variation import variation_of
from orders_app.web.orders.draft_words import in_words
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.lists import DRAFT
from orders_app.web.orders.opened import Opened, opened_from_text
from orders_app.web.session import act, law_tables, read_session, today, viewer

KEEP_DRAFT = Way(EDIT, "Keep mine as a draft and change it first")
REMOVE_DRAFT = Way(DROP, "Do not save mine: remove the draft")


class SavingDraft(Change):
    """A draft that changes the order it is about, beside what somebody else made of that order."""

    form = None
    action = "order.recorded"

    def __init__(self, draft: OpenDraft, opened: Opened) -> None:
        self.draft = draft
        self.problems: tuple[RuleBroken, ...] = ()
        self._opened = opened
        self.heading = self.what(draft.answers)

    def what(self, answers: Answers) -> str:
        """What is saved, as a heading."""
        return answers.order_type.name if answers.order_type else ""

    @property
    def opened(self) -> Opened:
        """The order it is about as it was when the draft was begun."""
        return self._opened

    @property
    def reason(self) -> str:
        """Why it is saved, for the log; empty where nobody is asked."""
        return ""

    def save(self, whole: WholeOrder, keep: str) -> Response:
        """Record it, and remove the draft."""
        with act(self.action, reason=self.reason) as work:
            order = self.record(work, whole, keep)
            drop_draft(work, kind=DRAFT, token=self.draft.token)
        flash(self.done(order))
        return redirect(url_for("orders.show", reference=order.reference))

    def done(self, order: Any) -> str:
        """What was saved, in words."""
        return f"{order.reference} recorded"

    @abstractmethod
    def record(self, work: Work, whole: WholeOrder, keep: str) -> Any:
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

    def record(self, work: Work, whole: WholeOrder, keep: str) -> Any:
        """Complete the order on file; where somebody else did, record one more."""
        new = new_order(self.draft.answers)
        open_order(work, whole.order.reference, self.version)
        if not _may_be_made(whole):
            return record_order(work, new)
        return complete_order(work, reference=whole.order.reference, version=self.version, new=new)

    def theirs(self, whole: WholeOrder) -> Theirs | None:
        """The order as somebody else completed it."""
        made = [event for event in self.opened.events_since(whole) if event.kind == EventKind.MADE and event.voided_at is None]
        return _on_file(whole, made[-1]) if made else None

    def ways(self, whole: WholeOrder, theirs: Theirs | None) -> list[Way]:
        """Complete it, or record another."""
        words = "Save mine" if _may_be_made(whole) else "Record mine as another order: the court made two"
        return [Way(SAVE, words), KEEP_DRAFT, REMOVE_DRAFT]


class Following(SavingDraft):
    """An order that follows a notice or an earlier order."""

    def record(self, work: Work, whole: WholeOrder, keep: str) -> Any:
        """Record it, if the order it follows is as it was."""
        open_order(work, whole.order.reference, self.version)
        return record_order(work, new_order(self.draft.answers))

    def theirs(self, whole: WholeOrder) -> Theirs | None:
        """The order of the same type that somebody else recorded as following it."""
        kind = self.draft.answers.data["type"]
        others = [order for order in whole.led_to if order.order_type == kind and order.created_at >= self.opened.at]
        other = find_order(read_session(), viewer(), others[-1].reference) if others else None
        return _on_file(other, other.recorded[0]) if other else None

    def ways(self, whole: WholeOrder, theirs: Theirs | None) -> list[Way]:
        """Record it, beside theirs where there is one."""
        return [Way(SAVE, "Record mine as well: the court made two orders" if theirs else "Save mine"), KEEP_DRAFT, REMOVE_DRAFT]


class Varying(SavingDraft):
    """A version of an order that a court made of the one before."""

    def what(self, answers: Answers) -> str:
        """Varied by the court, or renewed."""
        return EVENT_WORDS[EventKind(answers.data["kind"])].happened

    def done(self, order: Any) -> str:
        """The version that stands now."""
        return f"Saved: version {order.version_number} of {order.reference}"

    def record(self, work: Work, whole: WholeOrder, keep: str) -> Any:
        """Add the version: upon theirs, or instead of it."""
        variation = variation_of(self.draft.answers)
        if variation is None:
            raise RuleBroken("variation", "Enter what the court did")
        theirs = [event.id for event in self._theirs(whole)] if keep == CORRECT else []
        return vary_order(
            work, reference=whole.order.reference, version=self.version, variation=variation, instead_of=theirs, reason=REASON
        )

    def theirs(self, whole: WholeOrder) -> Theirs | None:
        """The last version recorded since."""
        events = self._theirs(whole)
        if not events:
            return None
        data = as_varied(whole, EventKind(events[-1].kind), self.opened.terms) | {"variation": variation_as_typed(whole, events[-1])}
        return Theirs(in_words(Answers(data, known_rows(data))), saved_by(events[-1]))

    def ways(self, whole: WholeOrder, theirs: Theirs | None) -> list[Way]:
        """Upon theirs, as a further version; instead of it, where there is one only."""
        add = f"Save mine as well, as version {whole.order.version_number + 1}: the court changed it twice" if theirs else "Save mine"
        correct = [CORRECT_THEIRS] if len(self._theirs(whole)) == 1 else []
        return [*correct, Way(SAVE, add), KEEP_DRAFT, REMOVE_DRAFT]

    def _theirs(self, whole: WholeOrder) -> list[Any]:
        since = [event for event in self.opened.events_since(whole) if event.voided_at is None]
        return [event for event in since if event.kind in (EventKind.VARIED, EventKind.RENEWED)]


class Correcting(SavingDraft):
    """What was recorded of an order, put right: only the answers that are changed, upon whatever stands by then."""

    action = "order.corrected"
    _moved = 0

    @property
    def reason(self) -> str:
        """Why it is corrected."""
        form = self.draft.answers.answered("reason")
        return str(form["reason"].data) if form else ""

    def what(self, answers: Answers) -> str:
        """What is done, as a heading."""
        return STEP_WORDS[CORRECTS]

    def done(self, order: Any) -> str:
        """That it is saved, what moved by it, and where to read what was said."""
        moved = f"{plural(self._moved, 'deadline')} moved" if self._moved else "no deadline moved"
        return f"Correction saved: {moved}. What was recorded before stands under What happened"

    def record(self, work: Work, whole: WholeOrder, keep: str) -> Any:
        """Put it right."""
        correction = correction_of(self.draft.answers)
        done = correct_order(work, reference=whole.order.reference, version=self.version, correction=correction, reason=self.reason)
        self._moved = len(done.moved)
        return whole.order

    def mine(self) -> Mapping[str, str]:
        """The answers that are put right."""
        return {row.question: row.now for row in put_right(self.draft.answers)}

    def theirs(self, whole: WholeOrder) -> Theirs | None:
        """The same answers and those that somebody else put right since, as they stand."""
        since = self.opened.put_right_since(whole)
        if not since:
            return None
        mine, data = self.draft.answers, as_corrected(whole, self.draft.answers.data["terms_of"])
        before, now = said_by(as_recorded(mine)), said_by(Answers(data, known_rows(data)))
        changed = [question for question, (_step, words) in now.items() if words != before.get(question, ("", ""))[1]]
        answers = {question: now[question][1] for question in dict.fromkeys((*self.mine(), *changed)) if question in now}
        return Theirs(answers, corrected_by(since[-1]))

    def ways(self, whole: WholeOrder, theirs: Theirs | None) -> list[Way]:
        """Over theirs: what mine leaves alone stays as they left it."""
        over = "Save mine over theirs. Both stay in the history, and what you did not change stays as theirs has it"
        return [Way(SAVE, over if theirs else "Save mine"), KEEP_DRAFT, REMOVE_DRAFT]


PURPOSES: dict[str, type[SavingDraft]] = {"": Following, COMPLETES: Making, VARIES: Varying, CORRECTS: Correcting}


def saving(draft: OpenDraft) -> tuple[WholeOrder, SavingDraft] | None:
    """The order on file that a draft is about, with what saving would do to it; None for a draft that is about none."""
    answers = draft.answers
    reference = answers.about or answers.data.get("follows")
    opened = opened_from_text(answers.data.get("opened" if answers.about else "follows_opened", ""))
    whole = find_order(read_session(), viewer(), reference) if reference else None
    return (whole, PURPOSES[answers.purpose](draft, opened)) if whole and opened else None


def _may_be_made(whole: WholeOrder) -> bool:
    return EventKind.MADE in possible_events(whole.case.order_type, whole.case.facts, today(), law_tables())


def _on_file(whole: WholeOrder, event: Any) -> Theirs:
    data = as_typed(whole)
    return Theirs(in_words(Answers(data, known_rows(data))), saved_by(event))
