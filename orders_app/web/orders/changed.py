"""Two officers at once: theirs beside yours, nothing typed lost, three ways out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from wtforms import Field

from orders_app.queries.facts import rule_event
from orders_app.queries.orders import WholeOrder
from orders_app.services import order_events
from orders_app.services.errors import ChangedMeanwhile, RuleBroken
from orders_app.web.fields import refuse
from orders_app.web.filters import at_about, clock
from orders_app.web.orders.event_forms import EventForm
from orders_app.web.orders.event_words import EVENT_WORDS, happened_words, value_words, when_words
from orders_app.web.orders.found import banner_of
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import act, now

KEEP_BOTH, CORRECT_THEIRS, KEEP_NONE = "both", "correct", "none"
REASON = "Corrected by an officer who recorded the same thing at the same time"


@dataclass(frozen=True)
class Compared:
    """One question: what they saved, what you typed."""

    question: str
    theirs: str
    yours: str

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return self.theirs == self.yours


def changed_page(whole: WholeOrder, form: EventForm, problem: str = "") -> tuple[str, int]:
    """What was saved since the form was opened, beside what was typed. Nothing of the form is saved yet."""
    newer = _since(whole, form.seen.data)
    theirs = next((event for event in reversed(newer) if event.kind == form.kind), None)
    page = render_template(
        "orders/changed.html",
        title=order_title(whole),
        whole=whole,
        form=form,
        banner=banner_of(whole),
        heading=EVENT_WORDS[form.kind].happened,
        news=[_news(event) for event in newer] or ["The order itself was changed."],
        rows=_compared(form, theirs),
        theirs=theirs,
        by=f"{_by(theirs)}, {clock(theirs.recorded_at)}" if theirs else "",
        typed=[
            (name, value)
            for name, values in request.form.lists()
            for value in values
            if name not in ("version", "seen", "keep", "csrf_token")
        ],
        seen=len(whole.recorded),
        problem=problem,
    )
    return page, 409


def choose_what_to_keep(whole: WholeOrder, form: EventForm) -> Any:
    """Carry out the way out that was chosen: save both, save as a correction of theirs, or save nothing."""
    order_page = redirect(url_for("orders.show", reference=whole.order.reference))
    if request.form["keep"] == KEEP_NONE:
        return order_page
    newer = [event for event in whole.recorded if event.kind == form.kind and event.voided_at is None]
    try:
        with act("order.event_recorded") as work:
            if request.form["keep"] == CORRECT_THEIRS and newer:
                order_events.correct_event(work, event_id=newer[-1].id, version=form.version.data, event=form.event(), reason=REASON)
            else:
                order_events.record_event(work, reference=whole.order.reference, version=form.version.data, event=form.event())
    except ChangedMeanwhile:
        return changed_page(whole, form)
    except RuleBroken as refusal:
        refuse(form, refusal)
        return changed_page(whole, form, refusal.message)
    return order_page


def _since(whole: WholeOrder, seen: int | None) -> list[Any]:
    return list(whole.recorded[seen or 0 :])


def _by(event: Any) -> str:
    return event.recorded_by.display_name if event.recorded_by else "Orderwatch"


def _news(event: Any) -> str:
    what, when = happened_words(rule_event(event)), when_words(event.happened_on, event.happened_at)
    return f"{_by(event)} recorded “{what}”, {when}. Saved {at_about(event.recorded_at, now())}."


def _compared(form: EventForm, theirs: Any) -> list[Compared]:
    mine = form.event()
    rows = [Compared("When", when_words(theirs.happened_on, theirs.happened_at) if theirs else "", when_words(mine.on, mine.at))]
    for field in (field for field in form.answers if field is not form.when):
        rows.append(Compared(_question(field), _said(theirs, field.name), value_words(str(field.data or ""))))
    return [*rows, Compared("Anything else", theirs.note if theirs else "", mine.note)]


def _question(field: Field) -> str:
    return str(field.label.text)


def _said(theirs: Any, key: str) -> str:
    return value_words(str(theirs.details.get(key, ""))) if theirs else ""
