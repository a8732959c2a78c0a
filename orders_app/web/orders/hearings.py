"""What a court decided at a hearing. A grant leads straight into recording the order that follows."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from orders_app.queries.facts import OrderFacts
from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind as E
from orders_app.rules.orders import possible_events
from orders_app.services.hearings import record_outcome
from orders_app.services.work import Work
from orders_app.web.access import requires
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.changed import (
    CHANGE_MINE,
    CORRECT,
    CORRECT_THEIRS,
    NOT_MINE,
    REASON,
    SAVE,
    Change,
    Theirs,
    Way,
    save_change,
    saved_by,
)  # fmt: skip
from orders_app.web.orders.draft_beginning import begin_following, begin_making, following_type
from orders_app.web.orders.event_words import when_words
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.hearing_form import DECIDED, GRANTED, MADE, RESULTS, HearingForm, Result, hearing_as_recorded
from orders_app.web.orders.late_listing import too_late_for
from orders_app.web.orders.opened import Opened, opened_after, opened_by_reader
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import act, law_tables, today


class RecordingHearing(Change):
    """The result of a hearing, beside one that somebody else recorded."""

    heading = "What the court decided"
    form: HearingForm

    def __init__(self, form: HearingForm) -> None:
        self.form = form

    def save(self, whole: WholeOrder, keep: str) -> Response:
        """Record it, beside theirs or instead of it, and go on to the order where one was made."""
        theirs = [event.id for event in self._events(whole)] if keep == CORRECT else []
        with act("order.hearing_recorded") as work:
            events = self.form.events()
            order = record_outcome(
                work, reference=whole.order.reference, version=self.version, events=events, instead_of=theirs, reason=REASON
            )
            draft = self._draft(work, whole, opened_after(whole, order.version, events=len(events), corrections=len(theirs)))
        saved = f"Hearing {when_words(self.form.held_on, self.form.hearing_held_on.data)}: saved"
        if draft is None:
            return self.finished(whole, saved)
        flash(saved)
        return redirect(url_for("orders.draft_step", token=draft.token, step="court"))

    def mine(self) -> dict[str, str]:
        """The answers typed."""
        return self.form.in_words()

    def theirs(self, whole: WholeOrder) -> Theirs | None:
        """The last result recorded since."""
        events = self._events(whole)
        return Theirs(hearing_as_recorded(events).in_words(), saved_by(events[-1])) if events else None

    def ways(self, whole: WholeOrder, theirs: Theirs | None) -> list[Way]:
        """As another hearing, where the case is still open; as a correction of theirs."""
        may_add = self.form.chosen in _possible(whole.case)
        add = [Way(SAVE, "Save it as well: these were two hearings" if theirs else "Save it")] if may_add else []
        return [*add, *([CORRECT_THEIRS] if theirs else []), CHANGE_MINE, NOT_MINE]

    def _events(self, whole: WholeOrder) -> list[Any]:
        """What was recorded together of the last hearing recorded since."""
        since = [event for event in self.opened.events_since(whole) if event.voided_at is None]
        decided = [event.recorded_at for event in since if event.kind in DECIDED]
        kinds = {*DECIDED, E.HEARING_LISTED}
        return [event for event in since if decided and event.recorded_at == decided[-1] and event.kind in kinds]

    def _draft(self, work: Work, whole: WholeOrder, opened: Opened) -> Any:
        """The draft of the order that was made, with what was typed here carried over."""
        following = following_type(whole)
        given: dict[str, Any] = {"opened": opened, "made_on": self.form.held_on, "court": self.form.court.data}
        if self.form.result.data == GRANTED and following:
            return begin_following(work, whole, following, **given)
        return begin_making(work, whole, **given) if self.form.result.data == MADE else None


@blueprint.route("/orders/<reference>/hearing", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def hearing(reference: str) -> str | Response | tuple[str, int]:
    """What the court decided, and saving it."""
    whole = order_or_404(reference)
    opened = opened_by_reader(whole)
    form = HearingForm(data={"opened": opened, "court": _court(whole)})
    form.offer(_possible(opened.case_then(whole)))
    form.too_late = too_late_for(whole.case)
    answer = save_change(whole, RecordingHearing(form)) if form.validate_on_submit() else None
    return answer or render_template("orders/hearing.html", title=order_title(whole), whole=whole, form=form, banner=banner_of(whole))


def _possible(case: OrderFacts) -> list[Result]:
    possible = set(possible_events(case.order_type, case.facts, today(), law_tables()))
    return [result for result in RESULTS if result.needs <= possible]


def _court(whole: WholeOrder) -> str:
    listed = [event.details.get("court", "") for event in whole.case.facts.of(E.HEARING_LISTED, E.APPLICATION_LODGED)]
    return next((court for court in reversed(listed) if court), whole.order.court)
