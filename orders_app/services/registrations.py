"""Register people under Part 2 of the Sexual Offences Act 2003: find, check against the law, write, work out what falls due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from orders_app.models import Area, CustodyPeriod, Deadline, Event, Person, Registration
from orders_app.models.bulk import insert_audited
from orders_app.queries.facts import rule_event as stored_event
from orders_app.queries.registration_facts import HarmOrders, RegistrationCase, harm_orders, registration_facts
from orders_app.queries.visibility import person_visible
from orders_app.rules.registrations.bases import BEGINNINGS, subject_since
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.services.deadlines import first_deadlines, sync_depending
from orders_app.services.derived import registration_columns
from orders_app.services.errors import NotFound, RuleBroken, RulesBroken
from orders_app.services.events import new_event, rule_event
from orders_app.services.new_orders import NewEvent
from orders_app.services.new_registrations import NewRegistration
from orders_app.services.references import next_references
from orders_app.services.refusals import in_the_future
from orders_app.services.registered_people import custody_news, periods_of
from orders_app.services.registration_refusals import numbers_refused, registration_problems
from orders_app.services.work import Work

__all__ = ["NewRegistration", "check_registration", "record_registration", "record_registrations"]


@dataclass(frozen=True)
class Built:
    """A registration ready to be recorded, as a row that is not saved yet, unless something is wrong with it."""

    new: NewRegistration
    registration: Registration
    events: tuple[NewEvent, ...]
    broken: list[RuleBroken]


@dataclass(frozen=True)
class Background:
    """Rows that new registrations point at or depend on, loaded once for all of them."""

    people: dict[int, Person]
    areas: dict[int, Area]
    registered: dict[int, str]
    periods: dict[int, list[CustodyPeriod]]
    orders: HarmOrders


def check_registration(work: Work, new: NewRegistration) -> list[RuleBroken]:
    """Return everything that keeps this registration from being recorded; `field` is a field of the event's form, or `person`."""
    return _built(work, new, _background_of(work, [new])).broken


def record_registration(work: Work, new: NewRegistration) -> Registration:
    """Register one person and return the row. Raises RulesBroken with everything that is wrong, NotFound for an unseen person."""
    return record_registrations(work, [new])[0]


def record_registrations(work: Work, news: Sequence[NewRegistration]) -> list[Registration]:
    """Register many people in one piece of work, in the order given. All or none: the first that is refused stops them all."""
    background = _background_of(work, news)
    built = [_built(work, new, background) for new in news]
    for one in built:
        if one.broken:
            raise RulesBroken(tuple(one.broken))
    references = _references(work, news)
    for one in built:
        one.registration.reference = references[_prefix(work, one.new)].pop(0)
    work.session.add_all(one.registration for one in built)
    work.session.flush()
    events = {one.registration.id: [new_event(work, one.registration, event) for event in one.events] for one in built}
    work.session.add_all(event for recorded in events.values() for event in recorded)
    work.session.flush()
    cases = [_case(one.registration, events[one.registration.id], background.orders) for one in built]
    insert_audited(work.session, Deadline, [row for case in cases for row in first_deadlines(work, case)])
    sync_depending(work, cases)
    return [one.registration for one in built]


def _case(row: Registration, events: Sequence[Event], orders: HarmOrders) -> RegistrationCase:
    return RegistrationCase(row, registration_facts(row, tuple(stored_event(event) for event in events), orders), tuple(events))


def _built(work: Work, new: NewRegistration, background: Background) -> Built:
    """The row, filled in with what follows from the rest so that it is written once and not changed again at once."""
    registration = Registration(
        person_id=new.person_id, owner_id=new.owner_id, team_id=new.team_id, area_id=new.area_id, access=new.access,
        source_key=new.source_key, created_at=work.now, changed_at=work.now,
    )  # fmt: skip
    registration.person = background.people[new.person_id]
    registration.area = background.areas[new.area_id] if new.area_id else None
    facts = _facts(registration, new.events, background)
    events = (*new.events, *custody_news(background.periods[new.person_id], subject_since(facts)))
    facts = _facts(registration, events, background)
    for name, value in registration_columns(RegistrationCase(registration, facts, ()), work.today).items():
        setattr(registration, name, value)
    broken = [*_already(new, background), *_nothing_to_notify_for(new), *in_the_future(work, new.events), *_wrong(new, facts)]
    return Built(new, registration, events, broken)


def _facts(registration: Registration, events: Sequence[NewEvent], background: Background) -> RegistrationFacts:
    return registration_facts(registration, tuple(rule_event(event, number) for number, event in enumerate(events, 1)), background.orders)


def _wrong(new: NewRegistration, facts: RegistrationFacts) -> list[RuleBroken]:
    return [*numbers_refused(new.events), *registration_problems(facts)]


def _already(new: NewRegistration, background: Background) -> list[RuleBroken]:
    reference = background.registered.get(new.person_id)
    if reference is None:
        return []
    return [RuleBroken("person", f"This person is registered already: {reference}. Record the new conviction or order there")]


def _nothing_to_notify_for(new: NewRegistration) -> list[RuleBroken]:
    if any(event.kind in BEGINNINGS for event in new.events):
        return []
    return [RuleBroken("basis", "Choose what makes the person notify", REGISTRATION.citation)]


def _background_of(work: Work, news: Sequence[NewRegistration]) -> Background:
    people = {new.person_id for new in news}
    areas = {new.area_id for new in news if new.area_id}
    visible = select(Person).where(Person.id.in_(people), person_visible(work.actor.viewer))
    found = {person.id: person for person in work.session.scalars(visible)}
    if missing := people - found.keys():
        raise NotFound(f"{len(missing)} people named by a new registration")
    running = select(Registration.person_id, Registration.reference).where(
        Registration.person_id.in_(people), Registration.ended_on.is_(None)
    )
    return Background(
        people=found,
        areas={area.id: area for area in work.session.scalars(select(Area).where(Area.id.in_(areas)))} if areas else {},
        registered={person_id: reference for person_id, reference in work.session.execute(running)},
        periods=periods_of(work, people),
        orders=harm_orders(work.session, people),
    )


def _references(work: Work, news: Sequence[NewRegistration]) -> dict[str, list[str]]:
    needed = Counter(_prefix(work, new) for new in news)
    return {prefix: next_references(work, prefix, how_many) for prefix, how_many in sorted(needed.items())}


def _prefix(work: Work, new: NewRegistration) -> str:
    """REG and the year in which the duty to notify began."""
    begun = [event.on for event in new.events if event.kind in BEGINNINGS]
    return f"{REGISTRATION.prefix}-{min(begun, default=work.today).year}"
