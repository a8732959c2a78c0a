"""What sets the clocks of a registered person going."""

from __future__ import annotations

from datetime import date, timedelta

from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.advance_notice import is_covered, not_happened
from orders_app.rules.registrations.bases import RELEVANT_DATE_WORDS, Basis, bases_of, subject_since
from orders_app.rules.registrations.ends import period_end
from orders_app.rules.registrations.facts import RegistrationFacts, detail_day, moment_said
from orders_app.rules.registrations.notifications import INITIAL, resets, type_of
from orders_app.rules.registrations.residence import had_no_residence
from orders_app.rules.registrations.stays import completed_stays
from orders_app.rules.registrations.time_away import releases, time_away
from orders_app.rules.spec import RecordType, Start, Starts

BEFORE_RECORDS = "before_records"  # the first notification was given before this record was begun, on a day nobody knows
INITIAL_DAYS = timedelta(days=2)
ABSENCE = timedelta(days=5)  # from the first day to the last: more than five days, both counted


def became_subject(_: RecordType, facts: RegistrationFacts) -> list[Start]:
    """Each conviction, finding, caution, order or notice, but for one by which a person who has notified already merely remains so."""
    bases = bases_of(facts)
    return [
        Start(basis.event, basis.notify_from, RELEVANT_DATE_WORDS[basis.event.kind], basis.event.at, away=time_away(facts))
        for number, basis in enumerate(bases)
        if basis.event.details.get("initial") != BEFORE_RECORDS and not _has_notified_under(bases[:number], basis, facts)
    ]


def change(kind: E, words: str, of: str = "") -> Starts:
    """Each change of one kind while the person is subject, unless notice given in advance covers it."""

    def starts(_: RecordType, facts: RegistrationFacts) -> list[Start]:
        changed = _while_subject(facts, facts.of(kind))
        return [Start(e, e.on, words, e.at, away=time_away(facts)) for e in changed if not (of and is_covered(facts, of, e.on))]

    return starts


def qualifying_period(_: RecordType, facts: RegistrationFacts) -> list[Start]:
    """The day on which seven days at one place are complete."""
    stays = [stay for stay in completed_stays(facts) if not is_covered(facts, "stay", stay.completed_on)]
    words = "the day the qualifying period was completed"
    return [Start(stay.event, stay.completed_on, words, away=time_away(facts), met_from=stay.event.on) for stay in stays]


def released(_: RecordType, facts: RegistrationFacts) -> list[Start]:
    """Each release from custody, prison or hospital."""
    return [Start(e, e.on, "the day of release", e.at, away=time_away(facts)) for e in _while_subject(facts, releases(facts))]


def change_did_not_happen(_: RecordType, facts: RegistrationFacts) -> list[Start]:
    """Each date specified in advance on which, as far as is known, nothing changed."""
    away = time_away(facts)
    return [Start(n.event, n.specified_on, "the date specified", away=away, met_from=n.specified_on) for n in not_happened(facts)]


def notified_with_residence(_: RecordType, facts: RegistrationFacts) -> list[Start]:
    """Each notification that starts the year again, while the person has a home."""
    return _rounds(facts, without_residence=False)


def notified_without_residence(_: RecordType, facts: RegistrationFacts) -> list[Start]:
    """Each notification that starts the week again, while the person has no sole or main residence."""
    return _rounds(facts, without_residence=True)


def departure(kind: E) -> Starts:
    """The departure from the United Kingdom that an event speaks of."""
    return planned(kind, "departs", "the date of departure")


def planned(kind: E, detail: str, words: str) -> Starts:
    """Something to come that an event speaks of, by the day or the moment kept with it."""

    def starts(_: RecordType, facts: RegistrationFacts) -> list[Start]:
        found = [(event, *moment_said(event, detail)) for event in _while_subject(facts, facts.of(kind))]
        return [Start(event, on, words, at) for event, on, at in found if on]

    return starts


def long_absence(record_type: RecordType, facts: RegistrationFacts) -> list[Start]:
    """An absence from home of more than five days that somebody plans. One with no last day is as long as it takes."""
    starts = planned(E.ABSENCE_PLANNED, "from_on", "the day of leaving")(record_type, facts)
    return [start for start in starts if (detail_day(start.event, "until") or date.max) - start.on >= ABSENCE]


def returned(_: RecordType, facts: RegistrationFacts) -> list[Start]:
    """Each return, unless the day of it had been notified before and was right."""
    back = _while_subject(facts, facts.of(E.RETURNED_TO_UK))
    return [Start(e, e.on, "the day of return", e.at) for e in back if not _was_foretold(facts, e)]


def registration_end(_: RecordType, facts: RegistrationFacts) -> list[Start]:
    """The last day, while nothing has ended it early."""
    end = period_end(facts)
    if end is None or end.last_day is None or end.closed_by:
        return []
    return [Start(end.basis.event, end.last_day, "the last day of the notification period")]


def last_day_for_bodies(_: RecordType, facts: RegistrationFacts) -> list[Start]:
    """The last day on which the responsible bodies may answer."""
    from_on = timedelta(days=28)
    return [Start(e, e.on + from_on, "the last day for the responsible bodies") for e in facts.of(E.BODIES_TOLD)]


def is_of_this_journey(event: Event, start: Start) -> bool:
    """Whether a notification of travel is about the departure that started the clock. One that names no day is about any."""
    on, _ = moment_said(event, "departs")
    return on is None or on == start.on


def _has_notified_under(earlier: list[Basis], basis: Basis, facts: RegistrationFacts) -> bool:
    """Whether s.83(2) or (4) applies: subject already, initial notification given, and subject throughout the three days."""
    given = any(event.on <= basis.notify_from and type_of(event) in ("", INITIAL) for event in facts.of(E.NOTIFIED))
    throughout = basis.notify_from + INITIAL_DAYS
    return given and any(other.last_day is None or other.last_day >= throughout for other in earlier)


def _while_subject(facts: RegistrationFacts, events: list[Event]) -> list[Event]:
    since = subject_since(facts)
    return [event for event in events if since is None or event.on >= since]


def _rounds(facts: RegistrationFacts, *, without_residence: bool) -> list[Start]:
    words = "the notification"
    given = [event for event in facts.of(E.NOTIFIED) if resets(event) and had_no_residence(facts, event) is without_residence]
    return [Start(event, event.on, words, away=time_away(facts)) for event in given]


def _was_foretold(facts: RegistrationFacts, back: Event) -> bool:
    told = [event for event in facts.of(E.TRAVEL_NOTIFIED) if event.on <= back.on]
    return any(detail_day(event, "returns_on") == back.on for event in told)
