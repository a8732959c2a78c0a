"""Record what happened about a registration: one form for each kind of event, and nothing typed is lost when somebody else was quicker."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind as E
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.orders.changed import save_change
from orders_app.web.orders.event_changes import RecordingEvent
from orders_app.web.orders.opened import opened_by_reader
from orders_app.web.registrations.blueprint import blueprint
from orders_app.web.registrations.changed import RegistrationEventChange
from orders_app.web.registrations.event_forms import registration_form_for
from orders_app.web.registrations.found import banner_of, registration_or_404, registration_title
from orders_app.web.registrations.questions import about_the_person
from orders_app.web.registrations.vocabulary import DO
from orders_app.web.way_back import came_from, with_way_back

Answer = str | Response | tuple[str, int]


class RecordingRegistrationEvent(RegistrationEventChange, RecordingEvent[WholeRegistration]):
    """One more event of a registration."""


@blueprint.route("/registrations/<reference>/record/<kind>", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_RECORD)
def record_event(reference: str, kind: str) -> Answer:
    """The form of one kind of event, and saving it."""
    whole, event_kind = registration_or_404(reference), _kind(kind)
    if event_kind is E.NOTIFIED:
        return redirect(with_way_back(url_for("registrations.notify", reference=reference), came_from()))
    values: dict[str, Any] = {"opened": opened_by_reader(whole), "officer": current_user.display_name}
    form = registration_form_for(event_kind, about_the_person(whole))(data=values)
    answer = save_change(whole, RecordingRegistrationEvent(form)) if form.validate_on_submit() else None
    return answer or render_template(
        "registrations/record_event.html",
        title=registration_title(whole),
        whole=whole,
        form=form,
        heading=DO[event_kind],
        banner=banner_of(whole),
    )


def _kind(value: str) -> E:
    if value not in set(E) or E(value) not in DO:
        raise NotFound(value)
    return E(value)
