"""What happens to a registration after it was recorded: events added, corrected with a reason, or struck out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from orders_app.models import Event, Registration
from orders_app.queries.registration_facts import RegistrationCase, load_registrations_for_rules
from orders_app.queries.visibility import registration_visible
from orders_app.rules import facts as rules
from orders_app.rules.facts import EventKind
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.offers import possible_events
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.events import UNSAVED, keep_former, new_event, rule_event
from orders_app.services.new_orders import NewEvent
from orders_app.services.record_changes import close_change
from orders_app.services.registration_refusals import refuse_new_registration_problems
from orders_app.services.work import Work


def record_events(work: Work, *, reference: str, version: int, events: Sequence[NewEvent]) -> list[Event]:
    """Add what happened, meet or move deadlines, and return the events' rows. A change and its notification come together.

    Raises NotFound, ChangedMeanwhile when `version` is not the registration's, RulesBroken with what the law refuses.
    """
    case = open_registration(work, reference, version)
    _refuse_kinds(work, case, events)
    added = tuple(rule_event(event, UNSAVED + number) for number, event in enumerate(events))
    after = replace(case.facts, events=(*case.facts.events, *added))
    refuse_new_registration_problems(work, case.facts, after, events)
    rows = [new_event(work, case.registration, event) for event in events]
    work.session.add_all(rows)
    close_change(work, case.registration)
    return rows


def correct_event(work: Work, *, event_id: int, version: int, event: NewEvent, reason: str) -> Event:
    """Change what an event says, keep what it said before, and work out the deadlines again. The kind stays."""
    row, case = _open_event(work, event_id, version, reason)
    corrected = rule_event(NewEvent(EventKind(row.kind), event.on, event.at, event.details, event.note), row.id)
    refuse_new_registration_problems(work, case.facts, replace(case.facts, events=(*_all_but(row, case), corrected)), [event])
    keep_former(work, row, reason)
    row.happened_on, row.happened_at, row.details, row.note = event.on, event.at, dict(event.details), event.note
    close_change(work, case.registration)
    return row


def void_event(work: Work, *, event_id: int, version: int, reason: str) -> Event:
    """Strike out an event recorded by mistake. It stays on the timeline, struck out; the rules no longer see it."""
    row, case = _open_event(work, event_id, version, reason)
    refuse_new_registration_problems(work, case.facts, replace(case.facts, events=_all_but(row, case)), [])
    keep_former(work, row, reason)
    row.voided_at = work.now
    close_change(work, case.registration)
    return row


def open_registration(work: Work, reference: str, version: int) -> RegistrationCase:
    """Return the registration with its facts, if the actor may see it and nobody has changed it since `version`.

    Raises NotFound, ChangedMeanwhile.
    """
    visible = select(Registration.id).join(Registration.person)
    found = work.session.scalar(visible.where(Registration.reference == reference, registration_visible(work.actor.viewer)))
    if found is None:
        raise NotFound(reference)
    case = load_registrations_for_rules(work.session, [found])[0]
    if case.registration.version != version:
        raise ChangedMeanwhile(reference)
    return case


def _refuse_kinds(work: Work, case: RegistrationCase, events: Sequence[NewEvent]) -> None:
    allowed = possible_events(case.facts, work.today, work.law)
    for event in events:
        if event.kind not in allowed:
            what = event.kind.replace("_", " ")
            raise RuleBroken("kind", f"This registration as it stands cannot be recorded as {what}", REGISTRATION.citation)


def _all_but(row: Event, case: RegistrationCase) -> tuple[rules.Event, ...]:
    return tuple(event for event in case.facts.events if event.id != row.id)


def _open_event(work: Work, event_id: int, version: int, reason: str) -> tuple[Event, RegistrationCase]:
    if not reason.strip():
        raise RuleBroken("reason", "Enter why the record is being corrected")
    found = select(Event, Registration.reference).join(Registration, Registration.id == Event.record_id)
    row = work.session.execute(found.where(Event.id == event_id, Event.voided_at.is_(None))).one_or_none()
    if row is None:
        raise NotFound("event")
    if row.Event.details.get("period"):
        raise RuleBroken("reason", "This follows the person’s custody. Correct it on the person, and it is corrected here")
    return row.Event, open_registration(work, row.reference, version)
