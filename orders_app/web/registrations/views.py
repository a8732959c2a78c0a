"""The registration page. The room's other pages are in the modules beside this one, which put themselves on the same blueprint."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_login import current_user

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.declaration import OFFENCE, REGISTRATION, due_duties
from orders_app.rules.registrations.offers import not_allowed
from orders_app.rules.registrations.status import status_on
from orders_app.web.access import requires
from orders_app.web.filters import person_name
from orders_app.web.orders.order_rows import timeline_items
from orders_app.web.people.banner import banner_words
from orders_app.web.people.changed_address import address_prompt
from orders_app.web.registrations import event_correction, event_recording, handing_over, lists, notifying, reasons, registering
from orders_app.web.registrations.actions import actions_of
from orders_app.web.registrations.blueprint import blueprint
from orders_app.web.registrations.found import log_view, registered_person, registration_or_404, registration_title
from orders_app.web.registrations.registration_deadlines import dates_in_words, registration_deadlines
from orders_app.web.registrations.registration_words import basis_rows, header_facts
from orders_app.web.registrations.vocabulary import DO
from orders_app.web.session import law_tables, now, today

__all__ = ["blueprint", "event_correction", "event_recording", "handing_over", "lists", "notifying", "reasons", "registering"]

EVENTS_SHOWN = 8


@blueprint.get("/registrations/<reference>")
@requires(Permission.REGISTRATION_VIEW)
def show(reference: str) -> str:
    """One registration. Opening it is logged."""
    whole = registration_or_404(reference)
    facts, on, person = whole.case.facts, today(), registered_person(whole)
    duties, may_record = due_duties(facts, law_tables()), current_user.may(Permission.REGISTRATION_RECORD)
    page = render_template(
        "registrations/show.html",
        title=registration_title(whole),
        crumbs=_crumbs(whole),
        banner=banner_words(person, on),
        moved=address_prompt(person, [whole.case]),
        record_type=REGISTRATION,
        registration=whole.registration,
        status=status_on(facts, on).value,
        facts=header_facts(whole, duties, on),
        bases=basis_rows(facts),
        deadlines=registration_deadlines(whole, duties, now(), may_record),
        dates=dates_in_words(whole, on),
        not_allowed=not_allowed(facts, on, law_tables()),
        actions=actions_of(whole, on) if may_record else None,
        breach=OFFENCE,
        **_history(whole, may_record),
    )
    log_view(whole, "Registration")
    return page


def _crumbs(whole: WholeRegistration) -> list[tuple[str, str]]:
    person = whole.registration.person
    of_person = (person_name(person.surname, person.forenames), url_for("people.show", reference=person.reference))
    return [("Registered people", url_for("registrations.index")), of_person]


def _history(whole: WholeRegistration, may_record: bool) -> dict[str, Any]:
    """What happened, the orders that bear on it, and who looked."""
    reference, may_read_log = whole.registration.reference, current_user.may(Permission.AUDIT_VIEW)
    return {
        "events": timeline_items(whole, lambda event: _correct_href(whole, event) if may_record else ""),
        "events_shown": EVENTS_SHOWN,
        "orders": whole.orders,
        "trail_href": url_for("audit.trail", kind="records", reference=reference) if may_read_log else "",
    }


def _correct_href(whole: WholeRegistration, event: Any) -> str:
    """Custody is corrected where it is typed: on the person."""
    if E(event.kind) not in DO:
        return ""
    return url_for("registrations.correct", reference=whole.registration.reference, number=whole.number_of(event.id))
