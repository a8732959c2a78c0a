"""The cases the demonstration is shown with: clocks that run today, and something due today for every role that has work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from orders_app.models import AccessGrant, Identifier, Person
from orders_app.rules.access import Access
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.periods import LONDON, HoursLeavingOut
from orders_app.services.custody import follow_event
from orders_app.services.demonstration import cases, terms
from orders_app.services.demonstration.cases import at, full_name, lasting
from orders_app.services.demonstration.lived import check_due_on
from orders_app.services.demonstration.mixture import Mixture
from orders_app.services.demonstration.names import MAGISTRATES
from orders_app.services.new_orders import NewEvent, NewOrder
from orders_app.services.orders import record_order, record_orders
from orders_app.services.person_index import index_people
from orders_app.services.work import Work

HEARING_CLOCK = HoursLeavingOut(48)
WITH_WORK = ("orders", "orders.sergeant", "mosovo", "mosovo.sergeant", "soc", "disclosure", "inspector", "duty")
RESTRICTED, SEALED = 12, 5


def add_showcase(work: Work, mixture: Mixture) -> None:
    """Add the cases that show the day's work, and the people few may see."""
    _add_clocks(work, mixture)
    _add_due_today(work, mixture)
    _add_whittaker(work, mixture)
    _restrict(work, mixture)


def _add_clocks(work: Work, mixture: Mixture) -> None:
    """Notices served in the last days: one to be heard before midnight, one served last night, one with an arrest."""
    desk = mixture.staff.known["orders"], mixture.staff.teams["Orders desk"]
    now = work.now.replace(second=0, microsecond=0)  # officers record a time to the minute
    last_night = now - timedelta(hours=9)
    served = [_served_to_be_heard_next(work, now), last_night, last_night - timedelta(hours=14)]
    news = []
    for served_at in served:
        subject = mixture.subject()
        news.append(cases.owned(cases.notice(mixture.rng, subject, mixture.partner(), served_at), *desk, subject))
    arrested_at = (now - timedelta(hours=5)).astimezone(LONDON)
    arrest = NewEvent(E.ARRESTED, arrested_at.date(), arrested_at.astimezone(UTC), {"where": "Outside the protected person’s home"})
    news[2] = replace(news[2], events=(*news[2].events, arrest))
    orders = record_orders(work, news)
    follow_event(work, orders[2], arrest)


def _served_to_be_heard_next(work: Work, now: datetime) -> datetime:
    """The time of service whose 48 countable hours end soonest: today, unless today is left out of the clock."""
    holidays = work.law.holidays.safe
    ends = {HEARING_CLOCK.ends_at(t, holidays): t for t in (now - timedelta(hours=n) for n in range(24, 24 * 9))}
    return ends[min(end for end in ends if end > now)]


def _add_due_today(work: Work, mixture: Mixture) -> None:
    """A compliance check due today for every user whose role has work."""
    news = []
    for username in WITH_WORK:
        user, subject, partner = mixture.staff.known[username], mixture.subject(), mixture.partner()
        team = next(team for team in mixture.staff.teams.values() if team.id == user.team_id)
        made_on = work.today - timedelta(days=120)
        new = lasting(
            "spo", subject, made_on, court=MAGISTRATES, conditions=terms.stalking(mixture.rng, full_name(partner)), partner=partner,
            months=36, served_on=made_on + timedelta(days=1),
        )  # fmt: skip
        news.append(check_due_on(mixture.live(cases.owned(new, user, team, subject)), work.today))
    record_orders(work, news)


def _add_whittaker(work: Work, mixture: Mixture) -> None:
    """Callum Whittaker: an interim order, the full order that replaced it, an older restraining order, and a move not notified."""
    owner, team = mixture.staff.known["orders"], mixture.staff.teams["Orders desk"]
    subject, protected = _whittaker(work, mixture)
    made_on = work.today - timedelta(days=51)
    interim = replace(
        lasting(
            "interim_spo", subject, made_on - timedelta(days=25), court=MAGISTRATES, partner=protected,
            conditions=terms.restraining(mixture.rng, "Priya Raman"), served_on=made_on - timedelta(days=24),
        ),
        end_kind=EndKind.FIXED, stated_ends_on=made_on + timedelta(days=2),
    )  # fmt: skip
    first = record_order(work, mixture.live(cases.owned(interim, owner, team, subject)))
    full = lasting(
        "spo", subject, made_on, court=MAGISTRATES, partner=protected, conditions=terms.stalking(mixture.rng, "Priya Raman"), months=36,
        served_on=made_on + timedelta(days=3), follows_id=first.id,
    )  # fmt: skip
    full = mixture.live(cases.owned(_with_attempts(full, made_on), owner, team, subject))
    moved_on = work.today - timedelta(days=5)
    told = {"address": "Flat 6, 212 Foundry Lane, Northmere NM3 4RT", "source": "Landlord"}
    moved = NewEvent(E.ADDRESS_CHANGED, moved_on, details=told, note="Seen moving in")
    reported = NewEvent(
        E.BREACH_REPORTED, work.today - timedelta(days=1), details={"condition": "1"}, note="Message to the protected person’s sister"
    )
    record_order(work, replace(full, events=(*full.events, moved, reported)))
    ro = cases.restraining(mixture.rng, subject, mixture.partner(), work.today - timedelta(days=890))
    record_order(work, mixture.live(cases.owned(ro, owner, team, subject)))


def _with_attempts(new: NewOrder, made_on: date) -> NewOrder:
    tried = {"where": "1 Ashcombe Terrace", "officer": "PC 4833 Freya Lindholm"}
    second_on = made_on + timedelta(days=2)
    attempts = (
        NewEvent(E.SERVICE_ATTEMPTED, made_on, at(made_on, 19, 40), tried | {"result": "not_at_home"}),
        NewEvent(E.SERVICE_ATTEMPTED, second_on, at(second_on, 10, 15), tried | {"result": "no_reply"}),
    )
    return replace(new, events=(*new.events, *attempts))


def _whittaker(work: Work, mixture: Mixture) -> tuple[Person, Person]:
    subject, protected = mixture.subject(), mixture.partner()
    subject.surname, subject.forenames, subject.born_on = "Whittaker", "Callum James", date(1988, 3, 14)
    work.session.add(Identifier(person_id=subject.id, kind="local", value="NM-P-004182"))
    protected.surname, protected.forenames = "Raman", "Priya"
    index_people(work, [subject.id, protected.id])
    return subject, protected


def _restrict(work: Work, mixture: Mixture) -> None:
    """People known of but not open, and people who for most do not exist. One officer is named on each."""
    named = mixture.staff.known["orders.sergeant"]
    for number in range(RESTRICTED + SEALED):
        person = mixture.partner() if number % 2 else mixture.subject()
        person.access = Access.RESTRICTED if number < RESTRICTED else Access.SEALED
        grant = AccessGrant(person_id=person.id, user_id=named.id, granted_at=work.now, reason="Named when the record was restricted")
        work.session.add(grant)
    work.session.flush()
