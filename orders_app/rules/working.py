"""The reasoning behind a date, step by step, as 'Why this date?', the printed exhibit and `orderwatch law due` show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orders_app.rules.by_hand import by_hand
from orders_app.rules.counts import Count, CountLine, LeftOut
from orders_app.rules.periods import ContinuedWhileAway, DaysAtLiberty, HoursLeavingOut
from orders_app.rules.readings import Readings, left_out_words, moment_words
from orders_app.rules.spec import Citation, Duty, RuleClass, Start
from orders_app.rules.unused_events import NotUsed, recorded_words
from orders_app.rules.wording import at_words, day_words, listed

ALL_LEFT_OUT = "Christmas Day, Good Friday, every Sunday and every bank holiday in England and Wales. Saturdays count"
FAMILY_LEFT_OUT = "Christmas Day, Good Friday and every Sunday. Saturdays and bank holidays count"
AWAY_LEFT_OUT = "Time on remand, serving a sentence, detained in hospital or outside the United Kingdom. Every other day counts"
NONE_LEFT_OUT = "None. A period of days runs through Sundays and bank holidays"
NOTHING_COUNTED = "None. The date is stated, and nothing is counted"
ONE_READING = Readings()
NOTHING = "Nothing"
NEW_HOLIDAY = "A bank holiday appointed by proclamation inside the period would put it off by that day"


@dataclass(frozen=True)
class Working:
    """Everything that a reader needs to check one date by hand.

    `answer` the date to act by; `duty` the rule; `words` the period as the Act counts it; `starts` what the count starts from,
    and `rests_on` the keys of the recorded events behind it; `left_out` the days left out and `left_out_rule` why; `counting`
    step by step; `moves` what would change the date; `not_used` recorded events it does not rest on, and why; `met` what met
    it and whether in time, or what would; `readings` where the law has two, and what they differ about; `by_hand` the steps
    of a check with a calendar.
    """

    answer: str
    duty: str
    words: str
    starts: str
    left_out_rule: str
    counting: tuple[CountLine, ...]
    rule_class: RuleClass
    citation: Citation
    left_out: tuple[LeftOut, ...] = ()
    left_out_citation: Citation | None = None
    rests_on: tuple[int, ...] = ()
    moves: tuple[str, ...] = ()
    not_used: tuple[NotUsed, ...] = ()
    met: str = ""
    readings: Readings = ONE_READING
    by_hand: tuple[str, ...] = ()

    @property
    def left_out_words(self) -> str:
        """The left-out days by name, or the reason that there are none."""
        if not self.left_out:
            return self.left_out_rule if self.left_out_citation is None else f"None fall in this period. Left out are {self.left_out_rule}"
        return listed([left_out_words(day) for day in self.left_out])


@dataclass(frozen=True)
class ExplainedDate:
    """One date of a record that is no deadline: what it is, the day (None where there is none), and the reasoning."""

    key: str
    title: str
    on: date | None
    working: Working


def work_out(
    duty: Duty, start: Start, statutory: Count, safe: Count, *, readings: Readings, not_used: tuple[NotUsed, ...], met: str
) -> Working:
    """Puts the reasoning together from a count already made on each reading."""
    return Working(
        answer=f"{duty.word.capitalize()} {moment_words(safe)}",
        duty=duty.sentence,
        words=period_words(duty, start),
        starts=_start_words(start),
        left_out_rule=_left_out_rule(duty),
        left_out=statutory.left_out,
        counting=statutory.lines,
        moves=_moves(duty),
        rule_class=duty.rule_class,
        citation=duty.citation,
        left_out_citation=duty.leaves_out,
        rests_on=(start.event.id,),
        not_used=not_used,
        met=met,
        readings=readings,
        by_hand=by_hand(duty.safe_period or duty.period, start, safe, _strike_out(duty, safe)),
    )


def period_words(duty: Duty, start: Start) -> str:
    """3 days beginning with the day it was served."""
    return f"{duty.period} {start.words}" if duty.period else start.words.capitalize()


def because(duty: Duty, start: Start, statutory: Count) -> str:
    """One sentence for lists, kept with the deadline."""
    left_out = f", leaving out {listed([left_out_words(day) for day in statutory.left_out])}" if statutory.left_out else ""
    return f"{period_words(duty, start)}, {_moment_of(start)}{left_out} ({duty.citation})"


def _moment_of(start: Start) -> str:
    return at_words(start.at) if start.at else day_words(start.on)


def _start_words(start: Start) -> str:
    """The day counted from, and the recorded event behind it where that is another day."""
    said = f"{_moment_of(start)}: {start.words}"
    return said if start.on == start.event.on else f"{said}. Recorded: {recorded_words(start.event)}"


def _left_out_rule(duty: Duty) -> str:
    if duty.period is None:
        return NOTHING_COUNTED
    if isinstance(duty.period, DaysAtLiberty | ContinuedWhileAway):
        return AWAY_LEFT_OUT
    if not isinstance(duty.period, HoursLeavingOut):
        return NONE_LEFT_OUT
    return ALL_LEFT_OUT if duty.period.bank_holidays_too else FAMILY_LEFT_OUT


def _strike_out(duty: Duty, count: Count) -> str:
    """The days to strike out, for the check by hand."""
    rule = _left_out_rule(duty).partition(". ")[0]
    in_period = listed([left_out_words(day) for day in count.left_out])
    return f"{rule}: here {in_period}" if in_period else f"{rule}. None of them falls in this period"


def _moves(duty: Duty) -> tuple[str, ...]:
    """What the declaration says, and what is true of every date of its kind. What says that nothing else does comes last."""
    declared = () if duty.moves in ("", NOTHING) else (duty.moves,)
    if not (isinstance(duty.period, HoursLeavingOut) and duty.period.bank_holidays_too):
        return declared
    return (NEW_HOLIDAY, *(text.replace(NOTHING, f"{NOTHING} else", 1) for text in declared))
