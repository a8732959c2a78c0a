"""What sets a clock going. `first` and `each` cover most duties; anything odder is a named function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from orders_app.rules.ends import begun_by, discharge_barred_until, ends_on, in_force_from
from orders_app.rules.facts import EndKind, Event, EventKind, Facts
from orders_app.rules.london import london_day
from orders_app.rules.spec import OrderType, Start, Starts
from orders_app.rules.wording import LONDON, ONE_DAY, at_words

SOA_PART_2 = "soa_part_2"
LET_GO = "let_expire"
LODGED = (EventKind.RENEWAL_APPLIED, EventKind.RENEWED, EventKind.VARIATION_APPLIED)
HEARING_IS_EARLIER = (
    "The Act asks for production before the end of 24 hours beginning with the arrest or, if earlier, at the hearing of the application. "
    "That hearing is listed for {}, which comes first. Bring the person to it. Lateness is judged by the 24 hours."
)


def first(kind: EventKind, words: str) -> Starts:
    """The first event of a kind."""
    return lambda _, facts: [_at(event, words) for event in facts.of(kind)[:1]]


def each(kind: EventKind, words: str) -> Starts:
    """Every event of a kind, each with a clock of its own."""
    return lambda _, facts: [_at(event, words) for event in facts.of(kind)]


def each_answered(kind: EventKind, words: str, **answers: str) -> Starts:
    """Every event of a kind that was recorded with these answers."""
    wanted = answers.items()
    return lambda _, facts: [_at(event, words) for event in facts.of(kind) if wanted <= event.details.items()]


def each_from_day(kind: EventKind, words: str, day: int) -> Starts:
    """Every event of a kind, each with a clock that only something from that day on can meet: its own day is day 1."""
    return lambda _, facts: [replace(_at(event, words), met_from=event.on + timedelta(days=day - 1)) for event in facts.of(kind)]


def arrested_before_the_hearing(_: OrderType, facts: Facts) -> list[Start]:
    """Every arrest. Where the hearing of the application is listed for a time after it, the date to act by is no later than that."""
    listings = facts.of(EventKind.HEARING_LISTED)
    hearing_at = hearing_of(listings[-1])[1] if listings else None
    return [_before_hearing(_at(event, "the time of the arrest"), hearing_at) for event in facts.of(EventKind.ARRESTED)]


def _before_hearing(start: Start, hearing_at: datetime | None) -> Start:
    if hearing_at is None or start.at is None or hearing_at < start.at:
        return start
    return replace(start, not_after=hearing_at.astimezone(UTC), unsure=HEARING_IS_EARLIER.format(at_words(hearing_at)))


def made_without_notice(_: OrderType, facts: Facts) -> list[Start]:
    """The making of an order without notice. The hearing at which it was made does not meet what it starts."""
    made = facts.of(EventKind.MADE)[:1] if facts.is_without_notice else []
    return [replace(_at(event, "the day it was made without notice"), met_from=event.on + ONE_DAY) for event in made]


def varied_and_to_be_served(order_type: OrderType, facts: Facts) -> list[Start]:
    """Every variation and renewal of an order whose terms the subject must be served with."""
    changes = facts.of(EventKind.VARIED, EventKind.RENEWED) if order_type.needs_service else []
    return [_at(event, "the day the court changed it") for event in changes]


def last_weeks(weeks: int) -> Starts:
    """The end of the order, for what is to be done in its last weeks: done earlier, it does not count."""

    def starts(order_type: OrderType, facts: Facts) -> list[Start]:
        return [replace(start, met_from=start.on - timedelta(weeks=weeks)) for start in order_end(order_type, facts)]

    return starts


def each_while_bound(kind: EventKind, anchor: EventKind, words: str) -> Starts:
    """Every event of a kind from the day the duty to notify binds, unless another scheme bound the subject that day."""

    def starts(order_type: OrderType, facts: Facts) -> list[Start]:
        bound = facts.first(anchor)
        since = [event for event in facts.of(kind) if bound and event.on >= bound.on]
        return [_at(event, words) for event in since if not is_suspended(order_type, facts, event.on)]

    return starts


def made_and_to_be_served(order_type: OrderType, facts: Facts) -> list[Start]:
    """The making of an order that must be served, unless being in court or represented there is enough."""
    if order_type.presence_binds and facts.is_present_or_represented:
        return []
    return [_at(event, "the day it was made") for event in facts.of(EventKind.MADE)[:1]]


def made_or_varied_and_to_be_served(order_type: OrderType, facts: Facts) -> list[Start]:
    """The making of an order that must be served, and every variation of it: each is to be served on its own."""
    varied = [_at(event, "the day it was varied") for event in facts.of(EventKind.VARIED)]
    return [*made_and_to_be_served(order_type, facts), *varied]


def discharge_barred(order_type: OrderType, facts: Facts) -> list[Start]:
    """The making of an order that may not be discharged early; where the bar is no period of days, the last day of it."""
    bar, until = order_type.discharge_bar, discharge_barred_until(order_type, facts)
    if bar is None or until is None:
        return []
    made = facts.of(EventKind.MADE)[:1]
    if bar.period:
        return [_at(event, "the day it was made") for event in made]
    return [Start(event, until, f"the end of the first {bar.share} of its period") for event in made]


def initial_notification(anchor: EventKind, words: str, *, revives_when: str = "") -> Starts:
    """The first notification: never for an order that replaces an interim one; put off while another scheme binds the subject.

    It revives on the last day of that other duty. `revives_when` says so where the Act can also be read to mean the day after.
    """

    def starts(order_type: OrderType, facts: Facts) -> list[Start]:
        event = facts.first(anchor)
        if event is None or facts.replaces_interim:
            return []
        if not is_suspended(order_type, facts, event.on):
            return [_at(event, words)]
        revives_on = facts.other_notification_until
        return [_revived(event, revives_on, revives_when)] if revives_on else []

    return starts


def _revived(event: Event, on: date, revives_when: str) -> Start:
    later_on = on + ONE_DAY if revives_when else None
    return Start(event, on, "the day the other notification duty ends", later_on=later_on, unsure=revives_when)


def where_required(starts: Starts) -> Starts:
    """The same starts, for an order that itself requires notification: its Act leaves that to the court."""
    return lambda order_type, facts: starts(order_type, facts) if facts.requires_notification else []


def served_and_not_yet_registered(_: OrderType, facts: Facts) -> list[Start]:
    """Service of an order that itself makes the subject notify. One already under Part 2 of the 2003 Act simply remains so."""
    served = facts.first(EventKind.SERVED)
    if served is None or facts.replaces_interim or _is_under(facts, frozenset({SOA_PART_2}), served.on):
        return []
    return [_at(served, "the day it was served")]


def listed_hearing(_: OrderType, facts: Facts) -> list[Start]:
    """Hearings still listed, and those that took place. A listing that a later one took the place of is left out."""
    listings = facts.of(EventKind.HEARING_LISTED)
    held = facts.of(EventKind.HEARING_HELD, EventKind.ADJOURNED)
    starts = [_listed(event) for event in listings]
    return [start for start in starts if start.event is listings[-1] or any(event.on >= start.on for event in held)]


def order_end(order_type: OrderType, facts: Facts) -> list[Start]:
    """The last day by the order's own terms, while nothing has ended it early."""
    ends = ends_on(order_type, facts)
    if ends is None or ends.on is None or ends.closed_by:
        return []
    return [Start(ends.set_by, ends.on, "the end of the order", ends.at)]


def order_end_unless_let_go(order_type: OrderType, facts: Facts) -> list[Start]:
    """The same, but for an order that is to end on its date by the last decision about this end, with no other application lodged."""
    decided, lodged = facts.of(EventKind.EXPIRY_DECIDED), facts.first(*LODGED)
    return [start for start in order_end(order_type, facts) if lodged or not (decided and _is_let_go(decided[-1], start))]


def _is_let_go(decision: Event, start: Start) -> bool:
    return decision.details.get("decision") == LET_GO and decision.on >= start.event.on


def interim_end_before_main_hearing(order_type: OrderType, facts: Facts) -> list[Start]:
    """The interim order's end, where the main hearing is listed for a later day: adjourning does not carry it over."""
    listings = facts.of(EventKind.HEARING_LISTED)
    hearing_on = hearing_of(listings[-1])[0] if listings else None
    return [start for start in order_end(order_type, facts) if hearing_on and hearing_on > start.on]


def in_force_and_each(kind: EventKind, words: str, counts: Callable[[Event], bool] = lambda _: True) -> Starts:
    """A round that begins with the first day in force and begins again with each event of the kind that counts."""

    def starts(order_type: OrderType, facts: Facts) -> list[Start]:
        begun, begins_on = begun_by(order_type, facts), in_force_from(order_type, facts)
        if begun is None or begins_on is None:
            return []
        opening = Start(begun, begins_on, "the first day in force")
        return [opening, *(_at(event, words) for event in facts.of(kind) if event.on >= begins_on and counts(event))]

    return starts


def no_end_date_and_each(kind: EventKind, words: str) -> Starts:
    """The same round, only for an order that runs until further order."""
    rounds = in_force_and_each(kind, words)

    def starts(order_type: OrderType, facts: Facts) -> list[Start]:
        ends = ends_on(order_type, facts)
        return list(rounds(order_type, facts)) if ends and ends.kind is EndKind.UNTIL_FURTHER_ORDER else []

    return starts


def condition_end(order_type: OrderType, facts: Facts) -> list[Start]:
    """The end of each condition that ends on a day of its own, before the order does."""
    ends = ends_on(order_type, facts)
    if ends is None or ends.closed_by:
        return []
    own = [condition for condition in facts.conditions if condition.ends_on and condition.ends_on != ends.on]
    return [
        Start(ends.set_by, c.ends_on, f"the end of condition {c.number}", part=str(c.number), title=f"Condition {c.number} ends")
        for c in own
        if c.ends_on
    ]


def monitoring_end(order_type: OrderType, facts: Facts) -> list[Start]:
    """The end of each electronic monitoring condition."""
    tagged = {str(condition.number) for condition in facts.conditions if condition.is_electronic_monitoring}
    return [replace(start, title="") for start in condition_end(order_type, facts) if start.part in tagged]


def released_into_order(order_type: OrderType, facts: Facts) -> list[Start]:
    """The release on which an order comes into force."""
    begins_on = in_force_from(order_type, facts)
    if not facts.starts_on_release or begins_on is None:
        return []
    return [_at(event, "the day of release") for event in facts.of(EventKind.CUSTODY_ENDED) if event.on == begins_on][:1]


def arrested_under_occupation_order(_: OrderType, facts: Facts) -> list[Start]:
    """Arrests under a power attached to an occupation order that goes with this order."""
    arrests = [event for event in facts.of(EventKind.ARRESTED) if event.details.get("power") == "occupation_order"]
    return [_at(event, "the time of the arrest") for event in arrests]


def hearing_of(listing: Event) -> tuple[date, datetime | None]:
    """When the listed hearing is: the detail `hearing_at`, local unless it says otherwise; without it, the event's own day and time."""
    stated = listing.details.get("hearing_at", "")
    if not stated:
        return listing.on, listing.at
    moment = datetime.fromisoformat(stated)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
    return london_day(aware), aware if "T" in stated or " " in stated else None


def _listed(event: Event) -> Start:
    hearing_on, hearing_at = hearing_of(event)
    return Start(event, hearing_on, "the hearing", hearing_at, met_from=hearing_on)


def _at(event: Event, words: str) -> Start:
    return Start(event, event.on, words, event.at)


def is_suspended(order_type: OrderType, facts: Facts, day: date) -> bool:
    return _is_under(facts, order_type.suspended_by, day)


def _is_under(facts: Facts, schemes: frozenset[str], day: date) -> bool:
    since, until = facts.other_notification_from, facts.other_notification_until
    return facts.other_notification_scheme in schemes and (since is None or since <= day) and (until is None or until >= day)
