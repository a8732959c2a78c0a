"""Orders of every type in every state, each made as a court or a superintendent lawfully could."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from orders_app.models import Person, Team, User
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.london import london_day
from orders_app.rules.periods import LONDON, DaysBeginningWith, MonthsBeginningWith
from orders_app.services.demonstration import terms
from orders_app.services.demonstration.names import CROWN, FAMILY, MAGISTRATES
from orders_app.services.new_orders import NewCondition, NewEvent, NewOrder, NewProtected

SOME_DAYS = 3 * 365
IN_COURT = {"how": "in_court", "where": MAGISTRATES, "officer": "PC 4471 Aisha Rahman"}
IN_PERSON = {"how": "in_person", "where": "Home address", "officer": "PC 5120 Jamal Edwards"}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A London clock time as an aware UTC instant."""
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def a_day(rng: Random, today: date, within: int = SOME_DAYS, *, least: int = 4) -> date:
    """A day in the last `within` days, at least `least` days ago."""
    return today - timedelta(days=rng.randrange(least, within))


def full_name(person: Person) -> str:
    """Priya Raman."""
    return f"{person.forenames.split()[0]} {person.surname}"


def owned(new: NewOrder, owner: User, team: Team, subject: Person) -> NewOrder:
    """Give the order to an officer, in the area where its subject lives."""
    return replace(new, owner_id=owner.id, team_id=team.id, area_id=subject.area_id)


def notice(rng: Random, subject: Person, partner: Person, served_at: datetime, *, order_type: str = "dvpn") -> NewOrder:
    """A notice authorised some hours before it was served."""
    authorised = served_at - timedelta(hours=rng.randrange(2, 8))
    events = (
        NewEvent(E.AUTHORISED, london_day(authorised), authorised),
        NewEvent(E.SERVED, london_day(served_at), served_at, IN_PERSON),
    )
    return NewOrder(
        order_type,
        subject.id,
        events,
        authorised_rank="superintendent" if order_type == "dvpn" else "inspector",
        conditions=terms.domestic(rng, full_name(partner)),
        protected=(NewProtected(partner.id, rng.choice(("partner", "former partner"))),),
        details={"address_for_notice": "None given"} if rng.random() < 0.3 else {},
    )


def dvpo(rng: Random, subject: Person, partner: Person, made_on: date, *, follows_id: int | None = None, days: int = 28) -> NewOrder:
    """An order of 14 to 28 days, served at court for most."""
    events = [NewEvent(E.MADE, made_on, at(made_on, 11))]
    if rng.random() < 0.9:
        events.append(NewEvent(E.SERVED, made_on, at(made_on, 11, 30), IN_COURT))
    last_day = DaysBeginningWith(days).last_day(made_on)
    return NewOrder(
        "dvpo",
        subject.id,
        tuple(events),
        court=MAGISTRATES,
        follows_id=follows_id,
        end_kind=EndKind.FIXED,
        stated_ends_on=last_day,
        conditions=terms.domestic(rng, full_name(partner)),
        protected=(NewProtected(partner.id, "former partner"),),
    )


def lasting(
    order_type: str,
    subject: Person,
    made_on: date,
    *,
    court: str,
    conditions: tuple[NewCondition, ...],
    partner: Person | None = None,
    months: int | None = None,
    served_on: date | None = None,
    made_under: str = "",
    follows_id: int | None = None,
) -> NewOrder:
    """An order for some months, or until further order, served or not yet."""
    events = [NewEvent(E.MADE, made_on)]
    if served_on:
        events.append(NewEvent(E.SERVED, served_on, at(served_on, 18, 25), IN_PERSON))
    return NewOrder(
        order_type,
        subject.id,
        tuple(events),
        court=court,
        made_under=made_under,
        follows_id=follows_id,
        end_kind=EndKind.FIXED if months else EndKind.UNTIL_FURTHER_ORDER,
        stated_ends_on=MonthsBeginningWith(months).last_day(made_on) if months else None,
        conditions=conditions,
        protected=(NewProtected(partner.id, "former partner"),) if partner else (),
    )


def restraining(rng: Random, subject: Person, partner: Person, made_on: date) -> NewOrder:
    """On conviction, on acquittal, or a non-molestation order from the family court."""
    kind = rng.choices(("ro_conviction", "ro_acquittal", "nmo"), (5, 1, 4))[0]
    months = rng.choice((12, 24, 36, 60, None)) if kind != "nmo" else rng.choice((6, 12, 12, None))
    under = {"ro_conviction": "sa20_s360", "ro_acquittal": "", "nmo": "s42_application"}[kind]
    served_on = min(made_on + timedelta(days=rng.randrange(0, 3)), made_on + timedelta(days=2))
    court = FAMILY if kind == "nmo" else rng.choice((MAGISTRATES, CROWN))
    conditions = terms.restraining(rng, full_name(partner))
    return lasting(
        kind, subject, made_on, court=court, conditions=conditions, partner=partner, months=months, served_on=served_on, made_under=under
    )


def discharged(new: NewOrder, on: date) -> NewOrder:
    """The same order, discharged by the court with both consents."""
    return replace(new, events=(*new.events, NewEvent(E.DISCHARGED, on, details={"consent": "both"}, note="Discharged by consent")))


def breached(rng: Random, new: NewOrder, on: date) -> NewOrder:
    """The same order with a breach reported, an arrest and a production in court."""
    arrested_at = at(on, 19, rng.randrange(0, 59))
    produced_on = on + timedelta(days=1)
    events = [NewEvent(E.BREACH_REPORTED, on, at(on, 17, 10), {"condition": "1"}, "Message sent to the protected person")]
    if new.order_type in ("dvpo", "dvpn"):
        events.append(NewEvent(E.ARRESTED, on, arrested_at, {"where": "Home address"}))
        events.append(NewEvent(E.PRODUCED, produced_on, at(produced_on, 10, 15), {"court": MAGISTRATES}))
    return replace(new, events=(*new.events, *events))
