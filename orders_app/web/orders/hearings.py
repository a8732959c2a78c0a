"""What a court decided at a hearing. A grant leads straight into recording the order that follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind as E
from orders_app.rules.orders import possible_events
from orders_app.services.errors import ChangedMeanwhile, RuleBroken
from orders_app.services.hearings import record_outcome
from orders_app.services.orders import NewEvent
from orders_app.web.access import requires
from orders_app.web.fields import DateTimeField, RadiosField, Required, TextareaField, TextField, VersionField, choice, refuse
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.event_forms import DayRequired
from orders_app.web.orders.event_words import when_words
from orders_app.web.orders.following import begin_following, begin_making, following_type
from orders_app.web.orders.found import banner_of, order_or_404, today
from orders_app.web.orders.order_words import order_title
from orders_app.web.session import act

GRANTED, MADE, REFUSED, WITHDRAWN, HEARD_ADJOURNED, ADJOURNED, HEARD = (
    "granted",
    "made",
    "refused",
    "withdrawn",
    "heard_adjourned",
    "adjourned",
    "heard",
)
RESULTS: tuple[tuple[str, frozenset[E], str, str], ...] = (
    (GRANTED, frozenset({E.APPLICATION_GRANTED}), "Granted", "Record the order next: your answers here are carried over"),
    (MADE, frozenset({E.MADE}), "The order was made", "Record its terms next: your answers here are carried over"),
    (REFUSED, frozenset({E.APPLICATION_REFUSED}), "Refused", ""),
    (WITHDRAWN, frozenset({E.APPLICATION_WITHDRAWN}), "Withdrawn", ""),
    (HEARD_ADJOURNED, frozenset({E.HEARING_HELD, E.ADJOURNED}), "Heard in part, then adjourned", "Enter the next hearing below"),
    (ADJOURNED, frozenset({E.ADJOURNED}), "Adjourned without being heard", "It does not count as heard. Enter the next hearing below"),
    (HEARD, frozenset({E.HEARING_HELD}), "Heard, with another result", "Say below what the court did"),
)
EVENTS: dict[str, tuple[E, ...]] = {
    GRANTED: (E.HEARING_HELD, E.APPLICATION_GRANTED),
    MADE: (E.HEARING_HELD,),
    REFUSED: (E.HEARING_HELD, E.APPLICATION_REFUSED),
    WITHDRAWN: (E.APPLICATION_WITHDRAWN,),
    HEARD_ADJOURNED: (E.HEARING_HELD, E.ADJOURNED),
    ADJOURNED: (E.ADJOURNED,),
    HEARD: (E.HEARING_HELD,),
}
ENTER_NEXT = "Enter the day of the next hearing, or choose another result"


class HearingForm(FlaskForm):
    """When the court sat, what it decided, and when it sits next."""

    hearing_held_on = DateTimeField(
        "When was the hearing?", [DayRequired("Enter the day of the hearing")], is_time_optional=True, name_in_errors="Hearing",
        hint="Day and, where you know it, the time the court dealt with it",
    )  # fmt: skip
    court = TextField("Court", [Required("Enter the court")], max_length=120, width=30)
    result = RadiosField("What did the court decide?", [Required("Choose what the court decided")])
    next_hearing = DateTimeField("Next hearing, if it was adjourned", is_time_optional=True, name_in_errors="Next hearing")
    note = TextareaField("Anything else", max_length=4000, rows=3)
    version = VersionField()

    def is_complete(self) -> bool:
        """Whether an adjournment names the next hearing. Says so on the form where it does not."""
        if self.result.data in (HEARD_ADJOURNED, ADJOURNED) and self.next_hearing.day is None:
            self.next_hearing.errors = [ENTER_NEXT]
            return False
        return True

    @property
    def held_on(self) -> date:
        """The day of the hearing, on a form that validated."""
        if self.hearing_held_on.day is None:
            raise ValueError("the day of the hearing is not known")
        return self.hearing_held_on.day

    def events(self) -> list[NewEvent]:
        """The events of this hearing, in order."""
        on, at = self.held_on, self.hearing_held_on.data
        found = [NewEvent(kind, on, at, {"court": self.court.data}, self.note.data or "") for kind in EVENTS[self.result.data]]
        return [*found, *self._listing(on)]

    def _listing(self, on: Any) -> list[NewEvent]:
        if self.next_hearing.day is None or self.result.data not in (HEARD_ADJOURNED, ADJOURNED):
            return []
        hearing_at = self.next_hearing.data or self.next_hearing.day
        return [NewEvent(E.HEARING_LISTED, on, details={"hearing_at": hearing_at.isoformat(), "court": self.court.data})]


@blueprint.route("/orders/<reference>/hearing", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def hearing(reference: str) -> str | Response | tuple[str, int]:
    """What the court decided, and saving it."""
    whole = order_or_404(reference)
    form = HearingForm(data={"version": whole.order.version, "court": _court(whole)})
    form.result.choices = _choices(whole)
    if form.validate_on_submit() and form.is_complete():
        try:
            return _save(whole, form)
        except ChangedMeanwhile:
            form.version.raw_data, form.version.data = None, whole.order.version
            form.form_errors.append(_what_changed(whole))
        except RuleBroken as refusal:
            refuse(form, refusal)
    return render_template("orders/hearing.html", title=order_title(whole), whole=whole, form=form, banner=banner_of(whole))


def _save(whole: WholeOrder, form: HearingForm) -> Response:
    following = following_type(whole)
    with act("order.hearing_recorded") as work:
        order = record_outcome(work, reference=whole.order.reference, version=form.version.data, events=form.events())
        court: dict[str, Any] = {"made_on": form.held_on, "court": form.court.data}
        if form.result.data == GRANTED and following:
            draft = begin_following(work, whole, following, **court)
        elif form.result.data == MADE:
            draft = begin_making(work, whole, version=order.version, **court)
        else:
            draft = None
    flash(f"Hearing {when_words(form.held_on, form.hearing_held_on.data)}: saved")
    if draft:
        return redirect(url_for("orders.draft_step", token=draft.token, step="court"))
    return redirect(url_for("orders.show", reference=whole.order.reference))


def _choices(whole: WholeOrder) -> list[Any]:
    possible = set(possible_events(whole.case.order_type, whole.case.facts, today()))
    return [choice(value, label, hint) for value, needs, label, hint in RESULTS if needs <= possible]


def _court(whole: WholeOrder) -> str:
    listed = [event.details.get("court", "") for event in whole.case.facts.of(E.HEARING_LISTED, E.APPLICATION_LODGED)]
    return next((court for court in reversed(listed) if court), whole.order.court)


def _what_changed(whole: WholeOrder) -> str:
    latest = whole.recorded[-1] if whole.recorded else None
    who = latest.recorded_by.display_name if latest and latest.recorded_by else "Somebody else"
    return f"{who} changed this order after you opened the form. Nothing of yours is saved yet. Check the order, then save again"
