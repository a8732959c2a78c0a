"""Which orders the demonstration force holds, and in which states: about 2,500 over three years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from orders_app.models import CustodyPeriod, Order, Person
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.services.demonstration import cases, terms
from orders_app.services.demonstration.cases import a_day, at, full_name, lasting
from orders_app.services.demonstration.further_types import further_types
from orders_app.services.demonstration.lived import lived
from orders_app.services.demonstration.names import CROWN, HIGH, MAGISTRATES, PRISONS
from orders_app.services.demonstration.people import People
from orders_app.services.demonstration.staff import Staff
from orders_app.services.new_orders import NewEvent, NewOrder
from orders_app.services.work import Work

NOTICES, GRANTED, RESTRAINING = 620, 480, 800
INTERIM_STALKING, INTERIM_HARM, STALKING, SEXUAL_HARM, SEXUAL_RISK, SERIOUS = 90, 12, 130, 190, 55, 65
PILOT_AREA = "Bromley"
PILOT_FROM = date(2024, 11, 28)
PILOT_DAYS, PILOT_NOTICES = 600, 10


@dataclass
class Mixture:
    """Draws subjects and partners in turn, and gives each order to somebody who would hold it."""

    work: Work
    rng: Random
    people: People
    staff: Staff

    def __post_init__(self) -> None:
        self._men, self._women = iter(self.people.subjects), iter(self.people.partners)
        self._partners = {person.id: person for person in self.people.partners}
        self._registered = iter(self.people.registered[200:])
        self.subjects: dict[int, Person] = {}

    def notices(self) -> list[NewOrder]:
        """Domestic violence protection notices, all served; the last few days' are still to be heard."""
        return [self._notice(a_day(self.rng, self.work.today, least=6)) for _ in range(NOTICES)]

    def orders_after(self, notices: list[tuple[NewOrder, Order]]) -> list[NewOrder]:
        """The DVPO that most notices led to, made at the hearing."""
        return [self._dvpo(new, order) for new, order in notices if order.ended_on is None][:GRANTED]

    def interims(self) -> list[NewOrder]:
        """Interim stalking and sexual harm orders, each for 28 or 56 days."""
        kinds = ("interim_spo",) * INTERIM_STALKING + ("interim_shpo",) * INTERIM_HARM
        return [self._interim(kind, a_day(self.rng, self.work.today, 700)) for kind in kinds]

    def orders_after_interims(self, interims: list[tuple[NewOrder, Order]]) -> list[NewOrder]:
        """The full order that two in three interim orders led to, before they ran out."""
        return [self._full(new, order) for new, order in interims if self.rng.random() < 0.66]

    def others(self) -> list[NewOrder]:
        """Everything that follows nothing."""
        made = [self._restraining(index) for index in range(RESTRAINING)]
        made += [self._stalking(index) for index in range(STALKING)]
        made += [self._sexual_harm(index) for index in range(SEXUAL_HARM)]
        made += [self._sexual_risk(index) for index in range(SEXUAL_RISK)]
        made += [self._serious(index) for index in range(SERIOUS)]
        return made

    def further(self, shown: set[str]) -> list[NewOrder]:
        """A few of every type that is not shown yet."""
        return [self.live(self._held(new, "SOC Prevent")) for new in further_types(self.work, shown, self.subject)]

    def pilot_notices(self) -> list[NewOrder]:
        """Another force's domestic abuse protection notices: breach may be dealt with anywhere."""
        days = [PILOT_FROM + timedelta(days=self.rng.randrange(0, PILOT_DAYS)) for _ in range(PILOT_NOTICES)]
        return [self._pilot_notice(day) for day in days]

    def pilot_orders(self, notices: list[tuple[NewOrder, Order]]) -> list[NewOrder]:
        """The domestic abuse protection orders that followed."""
        return [self._pilot_order(new, order) for new, order in notices]

    def live(self, new: NewOrder) -> NewOrder:
        """The order as its owner would have kept it up to now."""
        return lived(self.rng, new, self.subjects[new.person_id], self.work.now, self.work.law)

    def _notice(self, day: date) -> NewOrder:
        subject, partner = self.subject(), self.partner()
        served_at = at(day, self.rng.randrange(0, 24), self.rng.randrange(0, 60))
        new = self.live(self._held(cases.notice(self.rng, subject, partner, served_at), "Orders desk"))
        held = next(event for event in new.events if event.kind is E.HEARING_HELD)
        if self.rng.random() < GRANTED / NOTICES:
            return new
        return replace(
            new, events=(*new.events, NewEvent(E.APPLICATION_REFUSED, held.on, held.at, note="Court not satisfied it was necessary"))
        )

    def _dvpo(self, new: NewOrder, order: Order) -> NewOrder:
        held = next(event for event in new.events if event.kind is E.HEARING_HELD)
        subject = self.subjects[order.person_id]
        partner = self._partners[new.protected[0].person_id]
        days = self.rng.choice((14, 21, 28, 28, 28, 28))
        granted = cases.dvpo(self.rng, subject, partner, held.on, follows_id=order.id, days=days)
        granted = replace(granted, owner_id=new.owner_id, team_id=new.team_id, area_id=new.area_id)
        if self.rng.random() < 0.18:
            granted = self._breach_in(granted, held.on, days)
        return self.live(granted)

    def _interim(self, kind: str, day: date) -> NewOrder:
        subject, partner = self.subject(), self.partner()
        conditions = terms.restraining(self.rng, full_name(partner)) if kind == "interim_spo" else terms.sexual_harm()
        new = lasting(
            kind,
            subject,
            day,
            court=MAGISTRATES,
            conditions=conditions,
            partner=partner,
            served_on=day + timedelta(days=self.rng.randrange(0, 3)),
        )
        days = self.rng.choice((28, 56))
        new = replace(new, end_kind=EndKind.FIXED, stated_ends_on=day + timedelta(days=days - 1))
        return self.live(self._held(new, "Orders desk"))

    def _full(self, interim: NewOrder, order: Order) -> NewOrder:
        made_on = min(interim.events[0].on + timedelta(days=self.rng.randrange(14, 27)), self.work.today - timedelta(days=1))
        partner = self._partners[interim.protected[0].person_id]
        is_stalking = interim.order_type == "interim_spo"
        new = lasting(
            "spo" if is_stalking else "shpo", self.subjects[order.person_id], made_on, court=MAGISTRATES, partner=partner,
            conditions=terms.stalking(self.rng, full_name(partner)) if is_stalking else terms.sexual_harm(), follows_id=order.id,
            months=self.rng.choice((24, 36, 60)) if is_stalking else 60, served_on=self._served(made_on),
            made_under="" if is_stalking else "soa_s103a",
        )  # fmt: skip
        return self.live(replace(new, owner_id=interim.owner_id, team_id=interim.team_id, area_id=interim.area_id))

    def _restraining(self, index: int) -> NewOrder:
        made_on = a_day(self.rng, self.work.today)
        new = cases.restraining(self.rng, self.subject(), self.partner(), made_on)
        if index % 25 == 0:
            new = cases.discharged(new, min(self.work.today, made_on + timedelta(days=200)) if not _ends_by(new, made_on, 200) else made_on)
        return self.live(self._held(new, "Orders desk, Eastbridge" if index % 2 else "Orders desk"))

    def _stalking(self, index: int) -> NewOrder:
        made_on = a_day(self.rng, self.work.today)
        subject, partner = self.subject(), self.partner()
        served_on = None if index < 6 else self._served(made_on)
        new = lasting(
            "spo", subject, self.work.today - timedelta(days=index + 1) if index < 6 else made_on, court=MAGISTRATES, partner=partner,
            conditions=terms.stalking(self.rng, full_name(partner)), months=self.rng.choice((24, 36, 60, None)), served_on=served_on,
        )  # fmt: skip
        return self.live(self._held(new, "Orders desk")) if served_on else self._held(new, "Orders desk")

    def _sexual_harm(self, index: int) -> NewOrder:
        made_on = a_day(self.rng, self.work.today)
        months = self.rng.choice((60, 84, 120, None))
        new = lasting(
            "shpo", self._registered_subject(), made_on, court=CROWN, conditions=terms.sexual_harm(), months=months,
            served_on=made_on, made_under="sa20_s345",
        )  # fmt: skip
        return self.live(self._held(new, ("MOSOVO north", "MOSOVO east", "MOSOVO vale")[index % 3]))

    def _sexual_risk(self, index: int) -> NewOrder:
        made_on = a_day(self.rng, self.work.today)
        months, kind = (self.rng.choice((24, 36, None)), "sro") if index % 4 else (2, "interim_sro")
        new = lasting(
            kind, self.subject(), made_on, court=MAGISTRATES, conditions=terms.sexual_harm(), months=months, served_on=self._served(made_on)
        )
        return self.live(self._held(new, ("MOSOVO north", "MOSOVO east", "MOSOVO vale")[index % 3]))

    def _serious(self, index: int) -> NewOrder:
        made_on = a_day(self.rng, self.work.today)
        waits = index % 4 == 0
        new = lasting(
            "scpo", self.subject(), made_on, court=HIGH if index % 5 == 0 else CROWN, conditions=terms.serious_crime(), months=60,
            served_on=made_on, made_under="s1_high_court" if index % 5 == 0 else "s19_crown_court",
        )  # fmt: skip
        new = replace(new, starts_on_release=waits, is_present_or_represented=True)
        if waits:
            self.work.session.add(CustodyPeriod(person_id=new.person_id, kind="sentence", place=self.rng.choice(PRISONS), from_on=made_on))
        return self.live(self._held(new, "SOC Prevent"))

    def _pilot_notice(self, day: date) -> NewOrder:
        served_at = at(day, self.rng.randrange(0, 24), self.rng.randrange(0, 60))
        new = cases.notice(self.rng, self.subject(), self.partner(), served_at, order_type="dapn")
        return self.live(replace(self._held(new, "Orders desk"), details={"area": PILOT_AREA}))

    def _pilot_order(self, notice: NewOrder, order: Order) -> NewOrder:
        held = next(event for event in notice.events if event.kind is E.HEARING_HELD)
        partner = self._partners[notice.protected[0].person_id]
        new = lasting(
            "dapo", self.subjects[order.person_id], held.on, court="Bromley Magistrates’ Court", partner=partner, months=24,
            served_on=held.on, conditions=terms.restraining(self.rng, full_name(partner)), made_under="s28_after_notice",
            follows_id=order.id,
        )  # fmt: skip
        new = replace(new, owner_id=notice.owner_id, team_id=notice.team_id, area_id=notice.area_id, details={"area": PILOT_AREA})
        return self.live(new)

    def subject(self) -> Person:
        """Somebody not yet bound by any order."""
        return self._kept(next(self._men))

    def partner(self) -> Person:
        """Somebody not yet protected by any order."""
        return next(self._women)

    def _registered_subject(self) -> Person:
        return self._kept(next(self._registered))

    def _kept(self, person: Person) -> Person:
        self.subjects[person.id] = person
        return person

    def _held(self, new: NewOrder, team: str) -> NewOrder:
        owner = self.rng.choice([user for user in self.staff.by_team[team] if not user.leads_team])
        return cases.owned(new, owner, self.staff.teams[team], self.subjects[new.person_id])

    def _served(self, made_on: date) -> date:
        return min(made_on + timedelta(days=self.rng.randrange(0, 3)), self.work.today - timedelta(days=1))

    def _breach_in(self, new: NewOrder, made_on: date, days: int) -> NewOrder:
        on = made_on + timedelta(days=self.rng.randrange(1, days))
        return cases.breached(self.rng, new, on) if on < self.work.today - timedelta(days=2) else new


def _ends_by(new: NewOrder, made_on: date, days: int) -> bool:
    return new.stated_ends_on is not None and new.stated_ends_on <= made_on + timedelta(days=days)
