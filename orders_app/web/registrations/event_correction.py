"""Correct what was recorded about a registration, or strike out what was recorded by mistake. Both need a reason; nothing is lost."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind
from orders_app.services.errors import NotFound
from orders_app.services.registration_events import void_event
from orders_app.services.work import Work
from orders_app.web.access import requires
from orders_app.web.fields import Required, TextField
from orders_app.web.orders.changed import save_change
from orders_app.web.orders.event_changes import CorrectingEvent
from orders_app.web.orders.event_forms import EventForm, as_recorded
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.opened import opened_by_reader
from orders_app.web.registrations.blueprint import blueprint
from orders_app.web.registrations.changed import RegistrationEventChange
from orders_app.web.registrations.event_forms import registration_form_for
from orders_app.web.registrations.found import banner_of, registration_or_404, registration_title
from orders_app.web.registrations.questions import about_the_person
from orders_app.web.registrations.vocabulary import DO


class CorrectingRegistrationEvent(RegistrationEventChange, CorrectingEvent[WholeRegistration]):
    """A correction of an event of a registration."""

    def strike_out(self, work: Work, event_id: int, reason: str) -> None:
        """Strike it out."""
        void_event(work, event_id=event_id, version=self.version, reason=reason)


@blueprint.route("/registrations/<reference>/events/<int:number>", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_RECORD)
def correct(reference: str, number: int) -> str | Response | tuple[str, int]:
    """The event as recorded, to be corrected or struck out. Custody is corrected where it is typed: on the person."""
    whole = registration_or_404(reference)
    event = whole.event(number)
    if event is None or EventKind(event.kind) not in DO or (event.voided_at is not None and request.method == "GET"):
        raise NotFound(str(number))
    form = _form(whole, event)
    answer = save_change(whole, CorrectingRegistrationEvent(form, event)) if form.validate_on_submit() else None
    return answer or render_template(
        "registrations/correct.html",
        title=registration_title(whole),
        whole=whole,
        form=form,
        what=EVENT_WORDS[form.kind].happened,
        banner=banner_of(whole),
    )


def _form(whole: WholeRegistration, event: Any) -> EventForm:
    asked = registration_form_for(EventKind(event.kind), about_the_person(whole))
    why = TextField("Why is it being corrected?", [Required("Enter why it is being corrected")], max_length=300)
    form: EventForm = type("CorrectionForm", (asked,), {"why_corrected": why})(
        data={"opened": opened_by_reader(whole), **as_recorded(event)}
    )
    return form
