"""The rows of My work in words: ready-made, so that the template decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from flask import url_for

from orders_app.queries.work_details import Happened, WorkDetails
from orders_app.queries.work_lists import WorkRow
from orders_app.rules.alerting import AlertClass, Band, LeadUnit, Stage, band_of, midnight_ending
from orders_app.rules.london import london_day
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import RuleClass
from orders_app.web.deadline_words import DeadlineWords, is_late, stored_deadline_words
from orders_app.web.filters import at, clock, day_beside, person_name, plural, upper_first
from orders_app.web.orders.event_words import hearing_words, what_and_when
from orders_app.web.record_pages import PAGES
from orders_app.web.steps import NOTHING_TO_DO, Step
from orders_app.web.way_back import with_way_back
from orders_app.web.work.next_step import is_listed_too_late, next_steps
from orders_app.web.work.seen import seen_words

SNOOZED, WAITING = "Snoozed", "Waiting on others"
STAGE_WORDS = {"opened": "clock running"}
STAGE_ENDINGS = {"_hours": " hours left", "_days": " days ahead", "_overdue": " overdue"}


@dataclass(frozen=True)
class RowWords:
    """One row. `seen` goes with Acknowledge and is empty where there is nothing to acknowledge; `last` is the line under the state.

    `place` names the deadline in addresses: its record's reference and its number there.

    `called` is what the record is: order, registration. `steps` is empty where the date passes by
    itself, `step_needs` the permission without which nobody takes them.
    """

    person: str
    person_href: str
    reference: str
    order: str
    record_href: str
    called: str
    protects: str
    title: str
    words: DeadlineWords
    why: str
    state: str
    last: str
    seen: str
    place: str
    steps: list[Step]
    step_needs: str
    assign_href: str
    more_href: str
    holder: str
    band: Band

    @property
    def nothing_to_do(self) -> str:
        """That the date passes by itself, where it does."""
        return "" if self.steps else NOTHING_TO_DO


@dataclass(frozen=True)
class Reader:
    """Whose list it is: names become "you", and a team's list says who has each. `at` is its address: what is done leads back there."""

    user_id: int | None
    says_holder: bool
    at: str = ""


def row_words(row: WorkRow, details: WorkDetails, reader: Reader, now: datetime) -> RowWords:
    """One deadline as the list says it."""
    deadline, pages = row.deadline, PAGES[row.kind]
    band = band_of(deadline.act_by_at, now)
    state, last = state_and_last(row, details, reader, now)
    words = _as_it_stands(row, stored_deadline_words(deadline, now), band)
    return RowWords(
        person=person_name(row.surname, row.forenames),
        person_href=url_for("people.show", reference=row.person_reference),
        reference=row.reference,
        order=order_words(row),
        record_href=with_way_back(pages.show(row.reference), reader.at),
        called=pages.called,
        protects=" and ".join(f"{forenames} {surname}".strip() for surname, forenames in details.protects.get(deadline.record_id, [])),
        title=words.what,
        words=replace(words, what=f"{words.what}{_since(row, details.happened)}"),
        why=_why(row, details.happened),
        state=state,
        last=last,
        seen=seen_words(row),
        place=f"{row.reference}/{row.number}",
        steps=_steps(row, details, reader, now),
        step_needs=pages.records.value,
        assign_href=with_way_back(url_for("work.assign", reference=row.reference, number=row.number), reader.at),
        more_href=with_way_back(url_for("work.show", reference=row.reference, number=row.number), reader.at),
        holder=_holder(row, details, reader) if reader.says_holder else "",
        band=band,
    )


def _steps(row: WorkRow, details: WorkDetails, reader: Reader, now: datetime) -> list[Step]:
    """What can be done next, each leading back to the list."""
    steps = next_steps(row, details.happened, is_overdue=is_late(row.deadline, now))
    return [Step(step.words, with_way_back(step.href, reader.at)) for step in steps]


def _as_it_stands(row: WorkRow, words: DeadlineWords, band: Band) -> DeadlineWords:
    """In the band of the list; one that is done with is not near or late any more."""
    if row.deadline.met_by_id is not None:
        return replace(words, band=Band.LATER.value, rel="met")
    if row.deadline.cancelled_at is not None:
        return replace(words, band=Band.LATER.value, rel="no longer needed")
    return replace(words, band=band.value)


def _why(row: WorkRow, happened: Happened) -> str:
    """The page that shows how the date was counted, for dates that the law sets."""
    started = happened.events.get(row.deadline.started_by_id)
    if started is None or row.deadline.rule_class != RuleClass.LAW:
        return ""
    return PAGES[row.kind].why(row.reference, row.deadline.duty_key, started.happened_on)


def _since(row: WorkRow, happened: Happened) -> str:
    """What set the clock going, and how often service was tried: ": order made Thursday 12 November, 4 attempts"."""
    started = happened.events.get(row.deadline.started_by_id)
    if started is None:
        return ""
    when = _joined(day_beside(started.happened_on, row.deadline.due_on), clock(started.happened_at), ", ")
    attempts = happened.attempts.get(row.deadline.record_id, 0) if row.deadline.alert_class == AlertClass.SERVICE else 0
    tried = f", {plural(attempts, 'attempt')}" if attempts else ""
    return f": {what_and_when(started, when)}{tried}"


class Typed(Protocol):
    """A record in a list: its type, empty where it is no order, and its reference."""

    @property
    def order_type(self) -> str: ...
    @property
    def reference(self) -> str: ...


def order_words(row: Typed) -> str:
    """Restraining order RO-2026-0042: the short name of the type, unless the reference says it already, and the reference."""
    kind = ORDER_TYPES.get(row.order_type)
    is_said = kind is None or row.reference.startswith(f"{kind.short_name}-")
    return row.reference if is_said or kind is None else f"{upper_first(kind.short_name)} {row.reference}"


def state_and_last(row: WorkRow, details: WorkDetails, reader: Reader, now: datetime) -> tuple[str, str]:
    """The state of the work in a word of the list, and what was done last about it, with whatever else holds besides."""
    state, last = _state(row, details, reader, now)
    quiet = "" if state == SNOOZED else _quiet(row, now, "Quiet until")
    waits = f"Still waiting on {row.deadline.waiting_on}" if row.deadline.waiting_on and state != WAITING else ""
    return state, _joined(_joined(last, quiet), waits)


def _state(row: WorkRow, details: WorkDetails, reader: Reader, now: datetime) -> tuple[str, str]:
    """What matters most, and what is to be known of it."""
    deadline, alert = row.deadline, row.alert
    hearing = details.happened.hearings.get(deadline.record_id) if "hearing" in deadline.duty_key else None
    quiet = _quiet(row, now, "Until")
    if alert and alert.escalated_to_id and alert.acknowledged_at is None:
        return "Escalated", f"To {_name(alert.escalated_to_id, details, reader)}, {_day_of(alert.escalated_at, now)}"
    if hearing is not None and is_listed_too_late(row, hearing):
        return "Listed too late", f"{_listed(hearing)}: later than {deadline.citation} allows"
    says_nothing_new = alert is None or alert.acknowledged_at is not None
    if deadline.waiting_on and says_nothing_new and deadline.act_by_at > midnight_ending(now, 0):
        return WAITING, f"On {deadline.waiting_on}, since {_day_of(deadline.waiting_since_at, now)}"
    if deadline.duty_key.startswith("production"):
        return "In custody", _acknowledged(row, details, reader)
    if quiet:
        return SNOOZED, quiet
    if hearing is not None:
        return "Listed", _listed(hearing)
    return _seen_or_open(alert), _acknowledged(row, details, reader)


def _quiet(row: WorkRow, now: datetime, until: str) -> str:
    """Until when the alert was quietened, and why; empty where it is not quiet."""
    alert, today = row.alert, london_day(now)
    if alert is None or alert.snoozed_until_on is None or alert.snoozed_until_on <= today:
        return ""
    return f"{until} {day_beside(alert.snoozed_until_on, today)}: {alert.snooze_reason}"


def _seen_or_open(alert: Any) -> str:
    return "Acknowledged" if alert and alert.acknowledged_at else "Open"


def _listed(hearing: Any) -> str:
    return _joined(hearing.details.get("court") or "", hearing_words(hearing), ", ")


def _joined(first: str, second: str, between: str = ". ") -> str:
    return between.join(part for part in (first, second) if part)


def _acknowledged(row: WorkRow, details: WorkDetails, reader: Reader) -> str:
    if row.alert is None or row.alert.acknowledged_at is None:
        return ""
    return f"By {_name(row.alert.acknowledged_by_id, details, reader)}, {at(row.alert.acknowledged_at)}"


def _holder(row: WorkRow, details: WorkDetails, reader: Reader) -> str:
    """Who has it now: the alert's own officer where one was raised, for that follows who is here."""
    user_id = row.alert.recipient_id if row.alert else row.deadline.assigned_to_id or row.owner_id
    return f"With {_name(user_id, details, reader)}" if user_id in details.officers else "With the team"


def _name(user_id: int | None, details: WorkDetails, reader: Reader) -> str:
    if user_id is not None and user_id == reader.user_id:
        return "you"
    return details.officers.get(user_id, "nobody") if user_id is not None else "nobody"


def _day_of(when: datetime | None, now: datetime) -> str:
    return day_beside(london_day(when), london_day(now)) if when else ""


def raised_words(stage: Stage) -> str:
    """When an alert of a stage is raised."""
    match stage.unit:
        case LeadUnit.COUNTABLE_HOURS:
            return f"{plural(stage.lead, 'countable hour')} before"
        case LeadUnit.DAYS:
            return f"{plural(stage.lead, 'day')} before" if stage.lead else "On the day it falls due"
        case LeadUnit.DAYS_PAST:
            return f"{plural(stage.lead, 'day')} after it passed" if stage.lead else "When it has passed"


def stage_words(stage: str) -> str:
    """What an alert said when it was raised. The policy names its stages; 28_days and 12_hours say how much time was left."""
    ending = next((end for end in STAGE_ENDINGS if stage.endswith(end)), "")
    said = stage.removesuffix(ending) + STAGE_ENDINGS.get(ending, "")
    return upper_first(STAGE_WORDS.get(stage, said).replace("_", " "))
