"""What a form does to a registration, when two officers do it at once."""

from __future__ import annotations

from flask import url_for
from wtforms import Form

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.facts import RegistrationFacts, moment_said
from orders_app.rules.registrations.offers import possible_events
from orders_app.services.errors import RuleBroken
from orders_app.services.new_orders import NewEvent
from orders_app.services.registration_events import correct_event, record_events
from orders_app.services.work import Work
from orders_app.web.fields import refuse
from orders_app.web.orders.changed import Frame, RecordChange
from orders_app.web.orders.event_changes import EventChange
from orders_app.web.registrations.found import banner_of, registration_again, registration_title
from orders_app.web.session import law_tables, today

TERM = "term"
FIRST_BOX_OF_A_TERM = "term_years"
OF_A_CHANGE = "__"  # in the form of a notification, between a kind of change and what is asked about it


class RegistrationChange(RecordChange[WholeRegistration]):
    """What a form does to a registration."""

    def again(self, whole: WholeRegistration) -> WholeRegistration:
        """The registration read again."""
        return registration_again(whole)

    def home(self, whole: WholeRegistration) -> str:
        """The registration's page."""
        return url_for("registrations.show", reference=whole.registration.reference)

    def frame(self, whole: WholeRegistration) -> Frame:
        """The registration's reference and banner."""
        caption = f"{REGISTRATION.name} {whole.registration.reference}"
        return Frame(registration_title(whole), banner_of(whole), "registrations", caption)

    def refuse(self, refusal: RuleBroken) -> None:
        """Say on the form what is refused."""
        refuse_on(self.form, refusal)


class RegistrationEventChange(RegistrationChange, EventChange[WholeRegistration]):
    """An event of a registration."""

    of = "registration"

    def add(self, work: Work, whole: WholeRegistration, event: NewEvent) -> None:
        """Record it, with the journey where it is the notification of one that was not known."""
        events = with_its_journey(event, whole.case.facts)
        record_events(work, reference=whole.registration.reference, version=self.version, events=events)

    def correct(self, work: Work, event_id: int, event: NewEvent, reason: str) -> None:
        """Correct it."""
        correct_event(work, event_id=event_id, version=self.version, event=event, reason=reason)

    def may_add(self, whole: WholeRegistration) -> bool:
        """Whether the registration as it stands may be recorded so."""
        return self.form.kind in possible_events(whole.case.facts, today(), law_tables())


def with_its_journey(event: NewEvent, facts: RegistrationFacts) -> list[NewEvent]:
    """A notification of travel with the journey itself, where it was not known: only a journey has a day by which it is notified."""
    if event.kind is not E.TRAVEL_NOTIFIED or _is_known(event, facts):
        return [event]
    said = {key: event.details[key] for key in ("departs", "returns_on", "countries") if key in event.details}
    return [NewEvent(E.TRAVEL_PLANNED, event.on, details=said), event]


def _is_known(event: NewEvent, facts: RegistrationFacts) -> bool:
    departs = event.details.get("departs", "")[:10]
    known = [moment_said(journey, "departs")[0] for journey in facts.of(E.TRAVEL_PLANNED, E.TRAVEL_CHANGED)]
    return any(on and on.isoformat() == departs for on in known)


def refuse_on(form: Form, refusal: RuleBroken) -> None:
    """Put every refusal beside its box: a term has three boxes, and what is asked about a change has the change in its name."""
    for problem in getattr(refusal, "problems", (refusal,)):
        refuse(form, RuleBroken(_box(form, problem.field), problem.message, problem.citation))


def _box(form: Form, field: str) -> str:
    if field == TERM:
        return FIRST_BOX_OF_A_TERM
    return next((box.name for box in form if box.name.endswith(f"{OF_A_CHANGE}{field}")), field) if field not in form else field
