"""The dates of a registration that are no deadlines: from when, until when, and from when a review may be applied for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orders_app.rules.by_hand import by_hand
from orders_app.rules.counts import Count, CountLine
from orders_app.rules.registrations.bases import RELEVANT_DATE_WORDS, Basis, bases_of, sentence_of
from orders_app.rules.registrations.citations import offences
from orders_app.rules.registrations.ends import PeriodEnd, period_end
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.notification_periods import Disposal
from orders_app.rules.registrations.reviews import ReviewPosition, review_position
from orders_app.rules.spec import RuleClass, Start
from orders_app.rules.unused_events import recorded_words
from orders_app.rules.wording import day_words, end_of_day_words
from orders_app.rules.working import NOTHING_COUNTED, ExplainedDate, Working

FROM, LAST_DAY, REVIEW = "registered_from", "last_day", "review_from"
WHO = offences("s.80", "section/80")
FROM_RULE = "A person convicted, found to have done the act, cautioned, given notice or bound by the order must notify from that day"
NOT_STOPPED = "None. Time in custody, in hospital or abroad does not stop the notification period"
PERIOD_RULE = "The person is subject to notification for the period of section 82, and remains so while a prevention order has effect"
PERIOD_MOVES = (
    "A longer or shorter sentence on appeal",
    "Another conviction, finding or caution, with a period of its own: the last to end decides",
    "A sexual harm prevention order made before the end, renewed, varied or discharged",
)
READ_IT = ("Read the date from what was recorded. Nothing is counted",)


def registration_dates_explained(facts: RegistrationFacts, today: date) -> list[ExplainedDate]:
    """Every such date, with the same reasoning as a deadline; none while nothing makes the person subject."""
    end = period_end(facts)
    if end is None:
        return []
    last_day = ExplainedDate(LAST_DAY, "Registration ended" if end.closed_by else "Registered until", end.ends.on, _end(facts, end))
    return [_since(bases_of(facts)[0]), last_day, *_review(facts, today)]


def _since(first: Basis) -> ExplainedDate:
    day = first.notify_from
    working = Working(
        answer=f"From {day_words(day)}",
        duty=FROM_RULE,
        words=RELEVANT_DATE_WORDS[first.event.kind].capitalize(),
        starts=f"{day_words(day)}: {recorded_words(first.event)}",
        left_out_rule=NOTHING_COUNTED,
        counting=(),
        rule_class=RuleClass.LAW,
        citation=WHO,
        rests_on=(first.event.id,),
        moves=("Another day of the conviction, finding or caution, or of service or notice",),
        by_hand=READ_IT,
    )
    return ExplainedDate(FROM, "Registered from", day, working)


def _end(facts: RegistrationFacts, end: PeriodEnd) -> Working:
    basis, closed = end.basis, (end.closed_by.id,) if end.closed_by else ()
    sentence = sentence_of(facts, basis.event)
    return Working(
        answer=end.words,
        duty=PERIOD_RULE,
        words=_length(basis),
        starts=f"{day_words(_counted_from(facts, basis))}: {_start_words(basis)}",
        left_out_rule=NOT_STOPPED,
        counting=tuple(_lines(facts, end)),
        rule_class=RuleClass.LAW,
        citation=basis.citation,
        rests_on=tuple(dict.fromkeys((*closed, basis.event.id, sentence.id))),
        moves=PERIOD_MOVES,
        by_hand=_by_hand(facts, end),
    )


def _length(basis: Basis) -> str:
    """The row of the table, and how long it makes the period."""
    if basis.row is None:
        return "As long as the order has effect" if not basis.is_open else "Not known: what the court did is not recorded"
    term = f" ({basis.term})" if str(basis.term) else ""
    return f"{basis.row.words}{term}: {basis.row.length(is_child=basis.is_child)}"


def _counted_from(facts: RegistrationFacts, basis: Basis) -> date:
    """The relevant date; of a conditional discharge, which is registered as long as it lasts, the day it was given."""
    return sentence_of(facts, basis.event).on if _is_discharge(basis) else basis.relevant_on


def _is_discharge(basis: Basis) -> bool:
    return basis.row is not None and basis.row.code == Disposal.CONDITIONAL_DISCHARGE


def _start_words(basis: Basis) -> str:
    """What day the period counts from. A foreign notice counts from the conviction abroad."""
    if _is_discharge(basis):
        return "the day of the discharge"
    same = basis.relevant_on == basis.event.on
    return RELEVANT_DATE_WORDS[basis.event.kind] if same else "the relevant date, the day of the conviction, finding or caution abroad"


def _lines(facts: RegistrationFacts, end: PeriodEnd) -> Iterator[CountLine]:
    basis = end.basis
    if basis.period:
        yield from basis.period.lines(_counted_from(facts, basis))
    order = end.carried_on_by
    if order:
        until = end_of_day_words(order.last_day) if order.last_day else "no end date"
        yield CountLine(day_words(order.begins_on), f"{order.name} made: the person remains subject while it has effect ({until})")
    if end.closed_by:
        yield CountLine(day_words(end.closed_by.on), "ended before that")


def _by_hand(facts: RegistrationFacts, end: PeriodEnd) -> tuple[str, ...]:
    basis = end.basis
    if basis.period is None or basis.last_day is None:
        return READ_IT
    start = Start(basis.event, _counted_from(facts, basis), RELEVANT_DATE_WORDS[basis.event.kind])
    steps = by_hand(basis.period, start, Count(basis.last_day, None, ()), "")
    order = end.carried_on_by
    return (*steps, f"Put the last day of {order.name} beside it, and take the later") if order else steps


def _review(facts: RegistrationFacts, today: date) -> Iterator[ExplainedDate]:
    position = review_position(facts, today)
    if position:
        yield ExplainedDate(REVIEW, "A review may be applied for from", position.from_on, _review_working(position))


def _review_working(position: ReviewPosition) -> Working:
    counted_from = position.counted_from
    barred = (f"No application may be made while {position.barred_by.name} has effect",) if position.barred_by else ()
    return Working(
        answer=f"From {day_words(position.from_on)}" if position.from_on else "Not known",
        duty="Somebody subject for an indefinite period may apply to the chief officer for a review from the qualifying date",
        words=position.because,
        starts=f"{day_words(counted_from.on)}: the day counted from" if counted_from else "Nothing recorded to count from",
        left_out_rule="None. Every day counts",
        counting=position.counting,
        rule_class=RuleClass.LAW,
        citation=position.citation,
        rests_on=(counted_from.id,) if counted_from else (),
        moves=(*barred, "A refusal starts 8 years, or the longer time that is then set"),
        by_hand=READ_IT if not position.counting else tuple(f"{line.when}: {line.what}" for line in position.counting),
    )
