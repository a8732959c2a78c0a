"""What an officer can do with a registration: the likely things first, and everything else that may be recorded."""

from __future__ import annotations

from datetime import date

from flask import url_for
from flask_login import current_user

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.bases import bases_of
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.offers import possible_events
from orders_app.web.orders.order_actions import Actions
from orders_app.web.registrations.registration_deadlines import record_href
from orders_app.web.registrations.vocabulary import DO, OFTEN
from orders_app.web.session import law_tables


def actions_of(whole: WholeRegistration, today: date) -> Actions:
    """What may be recorded on a registration today."""
    possible = possible_events(whole.case.facts, today, law_tables())
    often = [kind for kind in OFTEN if kind in possible and kind not in _unlikely(whole.case.facts)]
    others = [kind for kind in DO if kind in possible and kind not in often]
    reference = whole.registration.reference
    links = [(DO[kind], record_href(reference, kind)) for kind in often]
    handing = ("Hand over to another officer", url_for("registrations.hand_over_registration", reference=reference))
    return Actions([*links, *_on_the_person(whole), handing], [(DO[kind], record_href(reference, kind)) for kind in others])


def _unlikely(facts: RegistrationFacts) -> set[E]:
    """What may be recorded, but is not what anybody waits for: a sentence once it is known, a return without a journey."""
    found = set() if any(basis.is_open for basis in bases_of(facts)) else {E.SENTENCED}
    return found if facts.first(E.LEFT_UK) or facts.first(E.TRAVEL_NOTIFIED) else found | {E.RETURN_NOTIFIED}


def _on_the_person(whole: WholeRegistration) -> list[tuple[str, str]]:
    """Custody is kept once, on the person, and every clock follows it."""
    href = url_for("people.details", reference=whole.registration.person.reference, _anchor="part-custody")
    return [("Record custody or release, on the person", href)] if current_user.may(Permission.PERSON_EDIT) else []
