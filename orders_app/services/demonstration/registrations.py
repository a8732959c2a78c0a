"""The 800 registered people as registrations: 200 in custody, 600 who notify every year or every week, mostly in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from orders_app.models import CustodyPeriod, Person, User
from orders_app.rules.facts import EventKind as E
from orders_app.rules.periods import MonthsAfter
from orders_app.rules.registrations.bases import is_under_18
from orders_app.rules.registrations.notification_periods import Disposal, Term, row_for
from orders_app.rules.registrations.notifications import CHANGE, INITIAL, PERIODIC
from orders_app.services.demonstration.cases import at
from orders_app.services.demonstration.names import CROWN, PRISONS
from orders_app.services.demonstration.people import IN_CUSTODY, REGISTERED_SEX_OFFENDER, People
from orders_app.services.demonstration.staff import Staff
from orders_app.services.new_orders import NewEvent
from orders_app.services.new_registrations import NewRegistration
from orders_app.services.work import Work

TEAMS = ("MOSOVO north", "MOSOVO east", "MOSOVO vale")
STATIONS = ("Northmere Central", "Eastbridge", "Whitby Vale")
OFFENCES = (
    "Sexual assault (SOA 2003 s.3)", "Indecent photographs of children (PCA 1978 s.1)", "Exposure (SOA 2003 s.66)",
    "Sexual activity with a child (SOA 2003 s.9)", "Voyeurism (SOA 2003 s.67)",
)  # fmt: skip
OVERDUE, DUE_TODAY, NO_HOME, REVIEWED = 22, 8, 14, 6
TRAVELLING, ABROAD, BACK, MOVED, NOT_NOTIFIED = 9, 3, 2, 16, 4
LONG_TERM = Term(48)
SHORTER = ((Disposal.CAUTION, Term()), (Disposal.OTHER, Term()), (Disposal.SUSPENDED, Term(6)), (Disposal.SUSPENDED, Term(18)))
LONG_AGO = timedelta(days=430)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Sentenced:
    """What a person was convicted of, or cautioned for, and when."""

    on: date
    disposal: Disposal
    term: Term

    @property
    def details(self) -> dict[str, str]:
        """As an event keeps it."""
        return {"disposal": str(self.disposal)} | ({"term_months": str(self.term.months)} if self.term.months else {})


def registrations(work: Work, rng: Random, people: People, staff: Staff) -> list[NewRegistration]:
    """Everybody with the marker of a registered person, each as their officer would have kept them up to today."""
    force = Force(work, rng, staff)
    inside, outside = people.registered[:IN_CUSTODY], people.registered[IN_CUSTODY:]
    news = [force.inside(person) for person in inside]
    settled = [person for person in outside if work.today - registered_on(person) > LONG_AGO]
    for number, person in enumerate(reversed(settled)):  # the first have prevention orders, which bar a review
        news.append(force.outside(person, _plan(number)))
    lately = [person for person in outside if person not in settled]
    news += [force.outside(person, "") for person in lately]
    work.session.flush()  # custody that some of them served
    return news


def registered_on(person: Person) -> date:
    """The day the marker says."""
    return next(marker.noted_on for marker in person.markers if marker.text == REGISTERED_SEX_OFFENDER and marker.noted_on)


PLANS = (
    ("overdue", OVERDUE), ("due_today", DUE_TODAY), ("no_home", NO_HOME), ("reviewed", REVIEWED), ("travelling", TRAVELLING),
    ("abroad", ABROAD), ("back", BACK), ("moved", MOVED), ("not_notified", NOT_NOTIFIED),
)  # fmt: skip


def _plan(number: int) -> str:
    """What the page of the person of this number is to show; most show nothing out of the ordinary."""
    for plan, how_many in PLANS:
        if number < how_many:
            return plan
        number -= how_many
    return ""


@dataclass
class Force:
    """Gives each registration to an officer, and its person a past."""

    work: Work
    rng: Random
    staff: Staff

    @property
    def today(self) -> date:
        """The London day of loading."""
        return self.work.today

    def inside(self, person: Person) -> NewRegistration:
        """Convicted and not yet released: nothing is notified, and no clock runs."""
        on = registered_on(person)
        years = 3 + (self.today - on).days // 365
        return self._held(person, [self._convicted(person, Sentenced(on, Disposal.IMPRISONMENT, Term(years * 24)))])

    def outside(self, person: Person, plan: str) -> NewRegistration:
        """At liberty, with notifications up to the last one there was."""
        sentenced = self._long_ago() if plan == "reviewed" else self._sentenced(person)
        first_on = self._released(person, sentenced) + timedelta(days=self.rng.randrange(0, 3))
        events = [self._convicted(person, sentenced), *self._notified(first_on, self._last_on(plan), plan)]
        return self._held(person, [*events, *self._since(plan)])

    def _held(self, person: Person, events: list[NewEvent]) -> NewRegistration:
        team = self.rng.choice(TEAMS)
        officers: list[User] = [user for user in self.staff.by_team[team] if not user.leads_team]
        return NewRegistration(person.id, tuple(events), self.rng.choice(officers).id, self.staff.teams[team].id, person.area_id)

    def _sentenced(self, person: Person) -> Sentenced:
        """The shortest period that still runs, of those that a conviction on that day might have brought; else an indefinite one."""
        on = registered_on(person)
        is_child = is_under_18(person.born_on, on)
        for disposal, term in self.rng.sample(SHORTER, len(SHORTER)):
            row = row_for(disposal, term, on)
            period = row.period(is_child=is_child) if row else None
            if period and period.last_day(on) >= self.today:
                return Sentenced(on, disposal, term)
        return Sentenced(on, Disposal.IMPRISONMENT, LONG_TERM)

    def _long_ago(self) -> Sentenced:
        return Sentenced(self.today - timedelta(days=18 * 365 + self.rng.randrange(0, 300)), Disposal.IMPRISONMENT, LONG_TERM)

    def _convicted(self, person: Person, sentenced: Sentenced) -> NewEvent:
        kind = E.CAUTIONED if sentenced.disposal is Disposal.CAUTION else E.CONVICTED
        said = {"offence": self.rng.choice(OFFENCES)} | ({} if kind is E.CAUTIONED else {"court": CROWN, **sentenced.details})
        return NewEvent(kind, sentenced.on, details=said)

    def _released(self, person: Person, sentenced: Sentenced) -> date:
        """The day from which the person notifies: for a long term, the day of release at half of it."""
        if sentenced.term != LONG_TERM:
            return sentenced.on
        out_on = min(sentenced.on + timedelta(days=730), self.today - timedelta(days=self.rng.randrange(20, 190)))
        served = CustodyPeriod(person_id=person.id, kind="sentence", place=self.rng.choice(PRISONS), from_on=sentenced.on, until_on=out_on)
        self.work.session.add(served)
        return out_on

    def _last_on(self, plan: str) -> date:
        """The day of the last notification."""
        a_year_ago = next(
            day for day in (self.today - timedelta(days=n) for n in (364, 365, 366)) if MonthsAfter(12).last_day(day) == self.today
        )
        if plan == "overdue":
            return a_year_ago - timedelta(days=self.rng.randrange(1, 30))
        return a_year_ago if plan == "due_today" else self.today - timedelta(days=self.rng.randrange(10, 355))

    def _notified(self, first_on: date, last_on: date, plan: str) -> list[NewEvent]:
        """The first notification, then one a year, the last on its day; without a home, one a week for the last weeks."""
        days = [last_on]
        while days[-1] - timedelta(days=700) > first_on:
            days.append(days[-1] - timedelta(days=self.rng.randrange(335, 363)))
        yearly = [day for day in reversed(days) if day > first_on + timedelta(days=2)]
        events = [self._given(first_on, INITIAL), *(self._given(day, PERIODIC) for day in yearly)]
        return [*events, *self._weekly()] if plan == "no_home" else events

    def _weekly(self) -> Iterator[NewEvent]:
        last_on = self.today - timedelta(days=self.rng.choice((1, 2, 3, 4, 5, 6, 7, 9)))
        for week in range(5, -1, -1):
            yield self._given(last_on - week * A_WEEK, CHANGE if week == 5 else PERIODIC, residence="none")

    def _given(self, day: date, under: str, **details: str) -> NewEvent:
        taken = {"type": under, "where": self.rng.choice(STATIONS), "officer": "PC 4471 Aisha Rahman", "residence": "address"}
        return NewEvent(E.NOTIFIED, day, at(day, self.rng.randrange(9, 17), self.rng.choice((0, 10, 25, 40))), taken | details)

    def _since(self, plan: str) -> list[NewEvent]:
        """What happened since."""
        match plan:
            case "travelling":
                return self._journey(self.today + timedelta(days=self.rng.randrange(4, 25)))
            case "abroad":
                left_on = self.today - timedelta(days=4)
                return [*self._journey(left_on), NewEvent(E.LEFT_UK, left_on, details={"where": "Port of Eastbridge"})]
            case "back":
                left_on, back_on = self.today - timedelta(days=9), self.today - timedelta(days=1)
                return [*self._journey(left_on), NewEvent(E.LEFT_UK, left_on), NewEvent(E.RETURNED_TO_UK, back_on)]
            case "moved":
                moved_on = self.today - timedelta(days=self.rng.randrange(3, 9))
                return [NewEvent(E.ADDRESS_CHANGED, moved_on, details={"address": "A new home address"}), self._given(moved_on, CHANGE)]
            case "not_notified":
                found = {"address": "Seen living at a new address", "source": "Visit by the offender manager"}
                return [NewEvent(E.ADDRESS_CHANGED, self.today - timedelta(days=self.rng.randrange(1, 6)), details=found)]
            case "reviewed":
                return self._review()
        return []

    def _journey(self, departs_on: date) -> list[NewEvent]:
        """A journey known of two weeks before, and notified at once or not yet."""
        known_on = min(departs_on, self.today) - timedelta(days=self.rng.randrange(10, 16))
        said = {"departs": departs_on.isoformat(), "countries": self.rng.choice(("Spain", "France", "Poland", "Turkey"))}
        planned = NewEvent(E.TRAVEL_PLANNED, known_on, details=said)
        is_told = departs_on <= self.today or self.rng.random() < 0.7
        return [planned, NewEvent(E.TRAVEL_NOTIFIED, known_on, details=said | {"where": STATIONS[0]})] if is_told else [planned]

    def _review(self) -> list[NewEvent]:
        """Half of those who may apply have applied."""
        if self.rng.random() < 0.5:
            return []
        applied_on = self.today - timedelta(days=self.rng.randrange(5, 30))
        told = [NewEvent(E.BODIES_TOLD, applied_on + timedelta(days=3), details={"what": "Probation"})] if self.rng.random() < 0.6 else []
        return [NewEvent(E.REVIEW_APPLIED, applied_on), *told]
