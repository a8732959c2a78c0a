"""Put right what was recorded of an order. The court did not change it, so there is no new version: what was said before is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from orders_app.models import Order, OrderCorrection
from orders_app.queries.facts import STATED, OrderFacts, stated_facts
from orders_app.rules import facts as rules
from orders_app.rules.duties import DueDuty, MissingTime, due_duties
from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind
from orders_app.rules.moved import Moved, moved_duties
from orders_app.rules.periods import OutsideTable
from orders_app.services import orders
from orders_app.services.correction_changes import Changes, Correction, changes_of, is_any, said_of
from orders_app.services.errors import RuleBroken, RulesBroken
from orders_app.services.new_orders import NewCondition
from orders_app.services.order_events import open_order, put_right, visible_order
from orders_app.services.record_changes import close_change
from orders_app.services.refusals import in_the_future, legal_problems
from orders_app.services.versions import restate_first
from orders_app.services.work import Work

__all__ = ["Correction", "Planned", "check_correction", "correct_order"]

# The field that a refusal stands beside, where it is not called as the column is.
FIELDS = {"stated_ends_on": "ends_on", "stated_end_time": "ends_on", "details": "area"}
STARTS = {"stated_in_force_from", "starts_on_release", "starts_on_other_end"}
NOTHING = "Nothing is different from what is recorded. Change something, or go back"


@dataclass(frozen=True)
class Planned:
    """What a correction does: what it changes, what is against it, and which deadlines get another date by it."""

    changes: Changes
    broken: list[RuleBroken]
    moved: list[Moved]


def correct_order(work: Work, *, reference: str, version: int, correction: Correction, reason: str) -> Planned:
    """Put right what was recorded of an order, keep what was said, and work out its deadlines again. Returns what was done.

    Raises NotFound, ChangedMeanwhile, and RulesBroken with what the law refuses of the order as corrected.
    """
    loaded = open_order(work, reference, version)
    if not reason.strip():
        raise RuleBroken("reason", "Enter why the record is being corrected")
    planned = _planned(work, loaded, correction)
    if planned.broken:
        raise RulesBroken(tuple(planned.broken))
    if not planned.changes:
        raise RuleBroken("reason", NOTHING)
    work.session.add_all(_correction_rows(work, loaded.order, planned, reason))
    _carry_out(work, loaded.order, planned.changes, reason)
    close_change(work, loaded.order)
    return planned


def check_correction(work: Work, *, reference: str, correction: Correction) -> Planned:
    """Return what a correction would do to the order as it stands, without doing it. Raises NotFound."""
    return _planned(work, visible_order(work, reference), correction)


def _planned(work: Work, loaded: OrderFacts, correction: Correction) -> Planned:
    changes = changes_of(work, loaded, correction)
    before = replace(loaded.facts, conditions=_condition_facts(loaded, changes.terms_before))
    after = _facts_after(loaded, changes)
    news = [event for _row, event in changes.events]
    broken = [*changes.broken, *in_the_future(work, news), *_against(work, loaded, changes, before, after)]
    try:
        now = [] if broken else due_duties(loaded.order_type, _of_standing_terms(after, loaded, changes), work.law)
    except (MissingTime, OutsideTable) as fault:
        return Planned(changes, [RuleBroken(field_of(EventKind.MADE), str(fault))], [])
    return Planned(changes, broken, [] if broken else moved_duties(_due(work, loaded), now))


def _against(work: Work, loaded: OrderFacts, changes: Changes, before: rules.Facts, after: rules.Facts) -> list[RuleBroken]:
    """What the law refuses. What it refused already stands in the way only of a correction of the same answer."""
    known = {(problem.field, problem.message) for problem in legal_problems(work, loaded.order_type, before)}
    touched = _fields_of(changes)
    found = legal_problems(work, loaded.order_type, after)
    return [problem for problem in found if (problem.field, problem.message) not in known or _answer(problem.field) in touched]


def _fields_of(changes: Changes) -> set[str]:
    """The answers that a correction gives anew."""
    stated = {FIELDS.get(name, name) for name in changes.stated}
    events = {field_of(event.kind) for _row, event in changes.events}
    terms = {f"conditions.{number}" for number in changes.changed}
    ends = {"ends_on"} if stated & (STARTS | {"end_kind"}) or events else set()
    return stated | events | terms | ends | ({"protected"} if changes.protected or changes.unprotected else set())


def _answer(field: str) -> str:
    """conditions.3.ends_on is of condition 3."""
    return field.rsplit(".", 1)[0] if field.startswith("conditions.") else field


def _facts_after(loaded: OrderFacts, changes: Changes) -> rules.Facts:
    """What the law would see, with the terms of the version that is corrected."""
    order = loaded.order
    columns = {name: changes.stated.get(name, getattr(order, name)) for name in STATED}
    said = {row.id: orders.rule_event(event, row.id) for row, event in changes.events}
    return replace(
        loaded.facts,
        **stated_facts(columns, order.area.name if order.area else ""),
        events=tuple(said.get(event.id, event) for event in loaded.facts.events),
        conditions=_condition_facts(loaded, changes.terms_after),
        protected_born_on=tuple(person.born_on for person in changes.people_after if person.born_on),
    )


def _of_standing_terms(after: rules.Facts, loaded: OrderFacts, changes: Changes) -> rules.Facts:
    """Deadlines follow the terms that stand now: the same facts with those, where an earlier version is corrected."""
    return after if changes.version == loaded.order.version_number else replace(after, conditions=loaded.facts.conditions)


def _condition_facts(loaded: OrderFacts, terms: dict[int, NewCondition]) -> tuple[rules.ConditionFacts, ...]:
    """The terms as the rules read them; a court that extended or added one did so on the day on record."""
    standing = {condition.number: condition for condition in loaded.facts.conditions}
    return tuple(_since(standing.get(number), orders.condition_facts(term, number)) for number, term in terms.items())


def _since(standing: rules.ConditionFacts | None, term: rules.ConditionFacts) -> rules.ConditionFacts:
    return replace(term, set_on=standing.set_on, former_ends_on=standing.former_ends_on) if standing else term


def _due(work: Work, loaded: OrderFacts) -> list[DueDuty]:
    """What is due as recorded; nothing where that cannot be worked out."""
    try:
        return due_duties(loaded.order_type, loaded.facts, work.law)
    except (MissingTime, OutsideTable):
        return []


def _carry_out(work: Work, order: Order, changes: Changes, reason: str) -> None:
    former = {name: getattr(order, name) for name in changes.stated}
    for name, value in changes.stated.items():
        setattr(order, name, value)
    for row, event in changes.events:
        put_right(work, row, event, reason)
    restate_first(work, order, former)
    _correct_terms(order, changes)
    _correct_protected(order, changes)


def _correct_terms(order: Order, changes: Changes) -> None:
    """A term struck out stays on record, a term of no version."""
    for number, new in changes.changed.items():
        for name, value in asdict(new).items():
            setattr(changes.rows[number], name, value)
    for number in changes.removed:
        changes.rows[number].until_version = changes.rows[number].from_version
    order.conditions += [orders.new_condition(new, number, changes.version) for number, new in changes.added.items()]


def _correct_protected(order: Order, changes: Changes) -> None:
    named = {row.person_id: row for row in order.protected}
    for new in changes.protected:
        if new.person_id in named:
            named[new.person_id].relationship_to_subject = new.relationship_to_subject
        else:
            order.protected.append(orders.new_protected(new, changes.background))
    for person_id in changes.unprotected:
        order.protected.remove(named[person_id])


def _correction_rows(work: Work, order: Order, planned: Planned, reason: str) -> list[OrderCorrection]:
    """What was said and is said now. Each protected person has a row of their own: one of them may be known to few."""
    said = said_of(order, planned.changes)
    people = said.pop("protected")
    given = {"order_id": order.id, "made_upon": order.version, "corrected_at": work.now, "corrected_by_id": work.actor.id}
    given |= {"reason": reason.strip()}
    moved = list(_moved_rows(planned.moved))
    rest = [OrderCorrection(**given, changes=said, moved=moved)] if is_any(said) or moved else []
    return rest + [OrderCorrection(**given, person_id=key, changes={"protected": one}, moved=[]) for key, one in people.items()]


def _moved_rows(moved: Iterable[Moved]) -> Iterable[dict[str, Any]]:
    return ({"title": one.title, "from": _by(one.before), "to": _by(one.after)} for one in moved)


def _by(due: DueDuty | None) -> str | None:
    """When people must act: an instant, or a day."""
    by: datetime | date | None = (due.act_by_at or due.act_by_on) if due else None
    return by.isoformat() if by else None
