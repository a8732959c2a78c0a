"""New cases of an invented force: what a court or a superintendent would have made on the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from orders_app.models import Person
from orders_app.rules.facts import EventKind
from orders_app.services.demonstration import cases, terms
from orders_app.services.demonstration.names import CROWN, MAGISTRATES, MEN, SURNAMES, WOMEN
from orders_app.services.new_orders import NewEvent, NewOrder
from orders_app.services.new_people import Identity, NewPerson
from orders_app.services.people import record_person
from orders_app.services.work import Work

Make = Callable[[Random, Work, Person, Person], NewOrder]


def somebody(rng: Random, work: Work) -> Person:
    """Somebody new, a grown-up."""
    born_on = date(rng.randrange(1960, 2004), rng.randrange(1, 13), rng.randrange(1, 28))
    return record_person(work, NewPerson(Identity(rng.choice(SURNAMES), rng.choice((*MEN, *WOMEN)), born_on)))


def new_case(rng: Random, work: Work) -> NewOrder:
    """A case of some kind, made today, served at once, or still to be served."""
    subject, partner = somebody(rng, work), somebody(rng, work)
    return rng.choice(KINDS)(rng, work, subject, partner)


def _notice(rng: Random, work: Work, subject: Person, partner: Person) -> NewOrder:
    return cases.notice(rng, subject, partner, work.now - timedelta(minutes=rng.randrange(1, 300)))


def _dvpo(rng: Random, work: Work, subject: Person, partner: Person) -> NewOrder:
    made = cases.dvpo(rng, subject, partner, work.today - timedelta(days=1), days=rng.randrange(14, 29))
    return made if rng.random() < 0.6 else _unserved(made)


def _restraining(rng: Random, work: Work, subject: Person, partner: Person) -> NewOrder:
    made = cases.restraining(rng, subject, partner, work.today - timedelta(days=2))
    return made if rng.random() < 0.6 else _unserved(made)


def _stalking(rng: Random, work: Work, subject: Person, partner: Person) -> NewOrder:
    conditions = terms.stalking(rng, cases.full_name(partner))
    served_on = work.today - timedelta(days=1) if rng.random() < 0.6 else None
    made_on = work.today - timedelta(days=rng.randrange(1, 3))
    months = rng.choice((24, 36, None))
    return cases.lasting(
        "spo", subject, made_on, court=MAGISTRATES, conditions=conditions, partner=partner, months=months, served_on=served_on
    )


def _sexual_harm(rng: Random, work: Work, subject: Person, partner: Person) -> NewOrder:
    made_on = work.today - timedelta(days=1)
    return cases.lasting(
        "shpo", subject, made_on, court=CROWN, conditions=terms.sexual_harm(), months=rng.choice((60, 120)), served_on=made_on,
        made_under="sa20_s345",
    )  # fmt: skip


def _serious_crime(rng: Random, work: Work, subject: Person, partner: Person) -> NewOrder:
    made_on = work.today - timedelta(days=1)
    return cases.lasting("scpo", subject, made_on, court=CROWN, conditions=terms.serious_crime(), months=rng.choice((36, 60)))


def _unserved(new: NewOrder) -> NewOrder:
    return replace(new, events=tuple(event for event in new.events if event.kind is not EventKind.SERVED))


def meeting_details(rng: Random, kind: str) -> dict[str, str]:
    """What the form of an event that meets a duty insists on."""
    answers = {"compliance_checked": {"result": "complied"}, "served": dict(cases.IN_PERSON), "expiry_decided": {"decision": "let_expire"}}
    return answers.get(kind, {})


def at_this_moment(work: Work, kind: str, details: dict[str, str]) -> NewEvent:
    """Something that has just happened."""
    return NewEvent(EventKind(kind), work.today, work.now, details)


KINDS: tuple[Make, ...] = (_notice, _notice, _dvpo, _dvpo, _restraining, _stalking, _sexual_harm, _serious_crime)
