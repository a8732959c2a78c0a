"""The reasoning behind a date, step by step, as 'Why this date?' and the printed exhibit show it."""

from __future__ import annotations

from dataclasses import dataclass

from orders_app.rules.counts import Count, CountLine, LeftOut
from orders_app.rules.facts import Event, EventKind, Facts
from orders_app.rules.periods import HoursLeavingOut
from orders_app.rules.spec import Citation, Duty, RuleClass, Start
from orders_app.rules.wording import LONDON, at_words, day_words, end_of_day_words, listed, short_day_words

CLOCK_STARTERS = (EventKind.AUTHORISED, EventKind.SERVED, EventKind.MADE, EventKind.ARRESTED, EventKind.APPLICATION_LODGED)
ALL_LEFT_OUT = "Christmas Day, Good Friday, every Sunday and every bank holiday in England and Wales. Saturdays count"
FAMILY_LEFT_OUT = "Christmas Day, Good Friday and every Sunday. Saturdays and bank holidays count"
NONE_LEFT_OUT = "None. A period of days runs through Sundays and bank holidays"


@dataclass(frozen=True)
class Working:
    """Everything that a reader needs to check one date by hand.

    `answer` the date; `duty` the rule; `words` the period as the Act counts it; `starts` the recorded event; `left_out` the
    days left out and `left_out_rule` why; `counting` step by step; `moves` what would change the date; `not_used` recorded
    events that do not start this clock; `second_reading` and `safe_counting` only where two readings differ.
    """

    answer: str
    duty: str
    words: str
    starts: str
    left_out_rule: str
    left_out: tuple[LeftOut, ...]
    counting: tuple[CountLine, ...]
    moves: str
    rule_class: RuleClass
    citation: Citation
    left_out_citation: Citation | None = None
    not_used: tuple[str, ...] = ()
    second_reading: str = ""
    safe_counting: tuple[CountLine, ...] = ()

    @property
    def left_out_words(self) -> str:
        """The left-out days by name, or the reason that there are none."""
        if not self.left_out:
            return self.left_out_rule if self.left_out_citation is None else f"None fall in this period. Left out are {self.left_out_rule}"
        return listed([left_out_words(day) for day in self.left_out])


def left_out_words(day: LeftOut) -> str:
    """Sunday 22 November; or Friday 3 April (Good Friday)."""
    said = short_day_words(day.on)
    return said if day.name == "Sunday" else f"{said} ({day.name})"


def work_out(duty: Duty, start: Start, facts: Facts, statutory: Count, safe: Count) -> Working:
    """Puts the reasoning together from a count already made on each reading."""
    differs = (statutory.on, statutory.at) != (safe.on, safe.at)
    notes = [_second_reading(statutory, safe)] if differs else []
    notes += [_start_note(duty, start, statutory)] if _starts_inside_left_out_day(duty, statutory) else []
    return Working(
        answer=f"{duty.word.capitalize()} {moment_words(safe)}",
        duty=duty.sentence,
        words=period_words(duty, start),
        starts=_start_words(start),
        left_out_rule=_left_out_rule(duty),
        left_out=statutory.left_out,
        counting=statutory.lines,
        moves=duty.moves,
        rule_class=duty.rule_class,
        citation=duty.citation,
        left_out_citation=duty.leaves_out,
        not_used=tuple(_not_used(start, facts)),
        second_reading=" ".join(notes),
        safe_counting=safe.lines if differs else (),
    )


def period_words(duty: Duty, start: Start) -> str:
    """3 days beginning with the day it was served."""
    return f"{duty.period} {start.words}" if duty.period else start.words.capitalize()


def moment_words(count: Count) -> str:
    """The date as read aloud: a clock time, or 24:00 of a day."""
    return at_words(count.at) if count.at else end_of_day_words(count.on)


def because(duty: Duty, start: Start, statutory: Count) -> str:
    """One sentence for lists, kept with the deadline."""
    left_out = f", leaving out {listed([left_out_words(day) for day in statutory.left_out])}" if statutory.left_out else ""
    return f"{period_words(duty, start)}, {_moment_of(start)}{left_out} ({duty.citation})"


def _moment_of(start: Start) -> str:
    return at_words(start.at) if start.at else day_words(start.on)


def _start_words(start: Start) -> str:
    """The day counted from, and the recorded event behind it where that is another day."""
    said = f"{_moment_of(start)}: {start.words}"
    return said if start.on == start.event.on else f"{said}. Recorded: {_recorded(start.event)}"


def _left_out_rule(duty: Duty) -> str:
    if not isinstance(duty.period, HoursLeavingOut):
        return NONE_LEFT_OUT
    return ALL_LEFT_OUT if duty.period.bank_holidays_too else FAMILY_LEFT_OUT


def _starts_inside_left_out_day(duty: Duty, count: Count) -> bool:
    return isinstance(duty.period, HoursLeavingOut) and bool(count.lines) and count.lines[0].is_left_out


def _start_note(duty: Duty, start: Start, count: Count) -> str:
    running = next(line for line in count.lines if not line.is_left_out)
    return (
        f"The clock would start inside a day that is left out, so it starts at 00:00 on {running.when}. "
        "The Act can also be read to keep the clock time; this is the earlier reading."
    )


def _second_reading(statutory: Count, safe: Count) -> str:
    unsure = {day.on: day for day in statutory.left_out if day not in safe.left_out}
    days = listed([left_out_words(day) for day in unsure.values()])
    return (
        f"The law can be read two ways about {days}. If left out, the time runs to {moment_words(statutory)}; "
        f"if counted, to {moment_words(safe)}. Act by the earlier: it is in time on either reading."
    )


def _not_used(start: Start, facts: Facts) -> list[str]:
    others = [event for event in facts.of(*CLOCK_STARTERS) if event.id != start.event.id and event.kind is not start.event.kind]
    return [_recorded(event) for event in others]


def _recorded(event: Event) -> str:
    when = f"{day_words(event.on)}, {event.at.astimezone(LONDON):%H:%M}" if event.at else day_words(event.on)
    return f"{event.kind.replace('_', ' ').capitalize()} {when}"
