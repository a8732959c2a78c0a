"""Record a notification, with the changes that were notified: one page, one save."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.access import Permission
from orders_app.rules.duties import DueDuty
from orders_app.rules.registrations.declaration import due_duties
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.notifications import INITIAL, PERIODIC
from orders_app.rules.registrations.residence import has_no_residence
from orders_app.services.registration_events import record_events
from orders_app.web.access import requires
from orders_app.web.orders.changed import CHANGE_MINE, NOT_MINE, SAVE, Theirs, Way, save_change
from orders_app.web.orders.opened import opened_by_reader
from orders_app.web.registrations.blueprint import blueprint
from orders_app.web.registrations.changed import RegistrationChange
from orders_app.web.registrations.found import banner_of, registration_again, registration_or_404, registration_title
from orders_app.web.registrations.notification_form import GIVEN, HOME, NONE, NotificationForm, notification_form
from orders_app.web.registrations.registration_deadlines import NOT_HAPPENED
from orders_app.web.registrations.registration_words import next_periodic
from orders_app.web.session import act, law_tables, now, today


class Notifying(RegistrationChange):
    """A notification and the changes that came with it."""

    heading = "Record a notification"
    form: NotificationForm

    def __init__(self, form: NotificationForm) -> None:
        self.form = form

    def save(self, whole: WholeRegistration, keep: str) -> Response:
        """Record all of it, and say what is due next."""
        events = self.form.events()
        with act("registration.notification_recorded") as work:
            record_events(work, reference=whole.registration.reference, version=self.version, events=events)
        return self.finished(whole, _saved_words(registration_again(whole)))

    def mine(self) -> dict[str, str]:
        """The answers typed."""
        return self.form.in_words()

    def theirs(self, whole: WholeRegistration) -> Theirs | None:
        """Nothing to compare: one visit to a station is seldom another. What was saved since is said above."""
        return None

    def ways(self, whole: WholeRegistration, theirs: Theirs | None) -> list[Way]:
        """Save it beside whatever was saved since."""
        return [Way(SAVE, "Save mine"), CHANGE_MINE, NOT_MINE]


@blueprint.route("/registrations/<reference>/notification", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_RECORD)
def notify(reference: str) -> str | Response | tuple[str, int]:
    """The form of a notification, and saving it."""
    whole = registration_or_404(reference)
    waiting = [due for due in due_duties(whole.case.facts, law_tables()) if due.met_by is None]
    form = notification_form()(data=_begun(whole, waiting))
    answer = save_change(whole, Notifying(form)) if form.validate_on_submit() else None
    return answer or render_template(
        "registrations/notify.html",
        title=registration_title(whole),
        whole=whole,
        form=form,
        given=form[GIVEN],
        asks_not_happened=any(due.key.startswith(NOT_HAPPENED) for due in waiting),
        banner=banner_of(whole),
    )


def _begun(whole: WholeRegistration, waiting: list[DueDuty]) -> dict[str, Any]:
    """The form as it is opened: now, by the reader, under the section that is due, living as last notified."""
    return {
        "opened": opened_by_reader(whole),
        GIVEN: now(),
        "officer": current_user.display_name,
        "type": INITIAL if any(due.key.startswith("initial_notification") for due in waiting) else PERIODIC,
        "residence": _lives(whole.case.facts),
        "resets_annual": "yes",
        "not_happened": request.args.get("meets") == NOT_HAPPENED,
    }


def _lives(facts: RegistrationFacts) -> str:
    return NONE if has_no_residence(facts, today()) else HOME


def _saved_words(whole: WholeRegistration) -> str:
    """What was saved, and what comes next."""
    following = next_periodic(due_duties(whole.case.facts, law_tables()))
    return f"Notification saved. Next periodic notification: {following.answer}."
