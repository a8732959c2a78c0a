"""From when and until when somebody is registered, each with its reasoning: the row of section 82, the relevant date, an order."""

from __future__ import annotations

from orders_app.rules.by_hand import by_hand
from orders_app.rules.periods import MonthsBeginningWith
from orders_app.rules.record_spec import Start
from orders_app.rules.registrations.bases import RELEVANT_DATE_WORDS, Basis, bases_of, sentence_of
from orders_app.rules.registrations.citations import offences
from orders_app.rules.registrations.ends import PeriodEnd, period_end
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.spec import Citation, RuleClass
from orders_app.rules.unused_events import recorded_words
from orders_app.rules.wording import day_words
from orders_app.rules.working import NONE_LEFT_OUT, NOTHING_COUNTED, ExplainedDate, Working

CONDITIONAL_DISCHARGE = "conditional_discharge"
WHO = offences("s.80", "section/80")
CARRIED_ON = offences("s.103G(1)", "section/103G")
READ_IT = ("Read the day from what was recorded. Nothing is counted",)
LONGER = "Another conviction, finding or caution, or a sexual harm prevention order made before it ends, may carry it on"
CUSTODY = "Time in custody does not stop this period: it stops only the three days and puts off the year"


def registration_dates_explained(facts: RegistrationFacts) -> list[ExplainedDate]:
    """From when, and until when; nothing before something makes the person subject."""
    end = period_end(facts)
    if end is None:
        return []
    return [_since(bases_of(facts)[0]), ExplainedDate("registration_lasts", "Registered until", end.ends.on, _lasts(facts, end))]


def _since(first: Basis) -> ExplainedDate:
    day = first.notify_from
    working = _stated(
        f"From {day_words(day)}",
        "A person convicted, found to have done the act, cautioned, given notice or bound by the order must notify from that day",
        f"{day_words(day)}: {recorded_words(first.event)}",
        WHO,
        (first.event.id,),
    )
    return ExplainedDate("registered_from", "Registered from", day, working)


def _lasts(facts: RegistrationFacts, end: PeriodEnd) -> Working:
    basis = end.basis
    if end.closed_by:
        return _stated(end.words, "It ended early, on the day of what ended it", recorded_words(end.closed_by), WHO, (end.closed_by.id,))
    if end.carried_on_by:
        rule = "One who is registered when a prevention order is made remains so for as long as the order has effect"
        starts = f"{end.words}: {end.carried_on_by.reference or 'the order'}, made {day_words(end.carried_on_by.begins_on)}"
        return _stated(end.words, rule, starts, CARRIED_ON, (basis.event.id,))
    if basis.row is None or basis.is_open:
        rule = "How long depends on what the court did, which is not recorded yet"
        return _stated(end.words, rule, recorded_words(basis.event), basis.citation, (basis.event.id,))
    if basis.period is None:
        return _stated(end.words, _rule(basis), recorded_words(basis.event), basis.citation, (basis.event.id,))
    return _counted(facts, basis, basis.period, end)


def _counted(facts: RegistrationFacts, basis: Basis, period: MonthsBeginningWith, end: PeriodEnd) -> Working:
    """The row of section 82, counted from the relevant date; a conditional discharge from the day it was given."""
    sentence = sentence_of(facts, basis.event)
    is_discharge = basis.row is not None and basis.row.code == CONDITIONAL_DISCHARGE
    start_on = sentence.on if is_discharge else basis.relevant_on
    words = "the day of the discharge" if is_discharge else RELEVANT_DATE_WORDS[basis.event.kind].partition(",")[0]
    count = period.count(start_on)
    return Working(
        answer=end.words,
        duty=_rule(basis),
        words=f"{period} {words}",
        starts=f"{day_words(start_on)}: {words}",
        left_out_rule=NONE_LEFT_OUT,
        counting=count.lines,
        rule_class=RuleClass.LAW,
        citation=basis.citation,
        rests_on=tuple(dict.fromkeys((basis.event.id, sentence.id))),
        moves=(LONGER, CUSTODY),
        by_hand=by_hand(period, Start(basis.event, start_on, words), count, ""),
    )


def _rule(basis: Basis) -> str:
    row = basis.row
    return f"{row.words}: {row.length(is_child=basis.is_child)}" if row else ""


def _stated(answer: str, rule: str, starts: str, citation: Citation, rests_on: tuple[int, ...]) -> Working:
    return Working(
        answer=answer,
        duty=rule,
        words="A stated day",
        starts=starts,
        left_out_rule=NOTHING_COUNTED,
        counting=(),
        rule_class=RuleClass.LAW,
        citation=citation,
        rests_on=rests_on,
        moves=(LONGER,),
        by_hand=READ_IT,
    )
