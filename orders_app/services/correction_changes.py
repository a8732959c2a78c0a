"""What a correction of an order changes: told from the rows as they stand, so that what is no change is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, time
from functools import cached_property
from typing import Any

from orders_app.models import Condition, Event, Order, Person
from orders_app.queries import condition_library
from orders_app.queries.facts import OrderFacts, is_current
from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind
from orders_app.services import orders
from orders_app.services.errors import RuleBroken
from orders_app.services.following import waits_for_nothing
from orders_app.services.new_orders import NewCondition, NewEvent, NewOrder, NewProtected
from orders_app.services.versions import term_of
from orders_app.services.work import Work

CORRECTABLE = frozenset({
    "court", "court_reference", "made_under", "authorised_rank", "end_kind", "stated_ends_on", "stated_end_time", "stated_event",
    "stated_in_force_from", "starts_on_release", "starts_on_other_end", "is_without_notice", "is_present_or_represented", "details",
})  # fmt: skip
NAMES_THE_COURT = (EventKind.MADE, EventKind.APPLICATION_LODGED)


@dataclass(frozen=True)
class Correction:
    """What was recorded wrongly, as it should have been. What is not named stays as it is.

    `stated` are columns named in CORRECTABLE, `details` whole. `events` is what the first event of a kind should have said.
    Conditions are named by their number among those of one version, the current one unless `terms` says another: one that is
    struck out was never a term, one that is added is a term of that version and of those after it. `protected` adds people
    or says anew who they are to the subject; `unprotected` are those who were never named, by their key.
    """

    stated: Mapping[str, Any] = field(default_factory=dict)
    events: Mapping[EventKind, NewEvent] = field(default_factory=dict)
    terms: int | None = None
    changed: Mapping[int, NewCondition] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()
    added: tuple[NewCondition, ...] = ()
    protected: tuple[NewProtected, ...] = ()
    unprotected: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Changes:
    """What is different by a correction, with the rows it is written to. `broken` is what cannot be done as asked."""

    version: int
    rows: Mapping[int, Condition]
    background: orders.Background
    protected_now: tuple[Person, ...]
    stated: Mapping[str, Any]
    events: tuple[tuple[Event, NewEvent], ...]
    changed: Mapping[int, NewCondition]
    removed: tuple[int, ...]
    added: Mapping[int, NewCondition]
    protected: tuple[NewProtected, ...]
    unprotected: tuple[int, ...]
    broken: tuple[RuleBroken, ...]

    def __bool__(self) -> bool:
        """Whether anything is."""
        return any((self.stated, self.events, self.changed, self.removed, self.added, self.protected, self.unprotected))

    @cached_property
    def terms_before(self) -> dict[int, NewCondition]:
        """The terms of the version, as recorded."""
        return {number: term_of(row) for number, row in self.rows.items()}

    @property
    def terms_after(self) -> dict[int, NewCondition]:
        """The terms of the version, as corrected."""
        kept = {number: term for number, term in self.terms_before.items() if number not in self.removed}
        return kept | dict(self.changed) | dict(self.added)

    @property
    def people_after(self) -> list[Person]:
        """Whom the order protects, as corrected."""
        kept = {person.id: person for person in self.protected_now if person.id not in self.unprotected}
        named = {new.person_id: self.background.people[new.person_id] for new in self.protected}
        return list((kept | named).values())


def changes_of(work: Work, loaded: OrderFacts, correction: Correction) -> Changes:
    """Return what a correction changes. Raises NotFound for a person the actor may not see, ValueError for an unknown column."""
    order, version = loaded.order, correction.terms or loaded.order.version_number
    rows = {row.number: row for row in order.conditions if is_current(row, version)}
    named = _named(order, correction)
    last = max((row.number for row in order.conditions), default=0)
    return Changes(
        version=version,
        rows=rows,
        background=orders.background_of(work, [named]),
        protected_now=tuple(row.person for row in order.protected),
        stated=_stated(order, correction),
        events=tuple(_events(loaded, correction)),
        changed=_changed(work, rows, correction),
        removed=tuple(sorted(correction.removed & rows.keys())),
        added=dict(enumerate(correction.added, last + 1)),
        protected=_protected(order, correction),
        unprotected=tuple(row.person_id for row in order.protected if row.person_id in correction.unprotected),
        broken=(*_no_such_terms(rows, version, correction), *_no_such_events(loaded, correction), *_of_order(order, named)),
    )


def said_of(order: Order, changes: Changes) -> dict[str, Any]:
    """What was said and what is said now, part by part, to be kept with the correction before it is carried out."""
    stated = {name: _from_to(getattr(order, name), value) for name, value in changes.stated.items() if name != "details"}
    details = changes.stated.get("details", order.details)
    asked = sorted(key for key in {*details, *order.details} if details.get(key) != order.details.get(key))
    own = {key: _from_to(order.details.get(key), details.get(key)) for key in asked}
    events = {row.kind: _from_to(_when(row.happened_on, row.happened_at), _when(new.on, new.at)) for row, new in changes.events}
    said = {"order": stated, "details": own, "events": {kind: one for kind, one in events.items() if one["from"] != one["to"]}}
    return said | {"terms_of": changes.version, "conditions": _terms_said(changes), "protected": _protected_said(order, changes)}


def is_any(said: Mapping[str, Any]) -> bool:
    """Whether a part of what `said_of` returns says anything."""
    return any(part for name, part in said.items() if name != "terms_of")


def _named(order: Order, correction: Correction) -> NewOrder:
    """The people a correction names and the order it waits for, as they would be typed."""
    people = (*correction.protected, *(NewProtected(person_id) for person_id in sorted(correction.unprotected)))
    waits = bool(correction.stated.get("starts_on_other_end"))
    return NewOrder(order.order_type, order.person_id, protected=people, starts_on_other_end=waits)


def _stated(order: Order, correction: Correction) -> dict[str, Any]:
    if unknown := correction.stated.keys() - CORRECTABLE:
        raise ValueError(f"no such thing is recorded of an order: {sorted(unknown)}")
    return {name: value for name, value in correction.stated.items() if getattr(order, name) != value}


def _events(loaded: OrderFacts, correction: Correction) -> list[tuple[Event, NewEvent]]:
    """The events that say something else by it: those corrected, and those that name the court where that is."""
    order, found = loaded.order, []
    for kind in dict.fromkeys((*correction.events, *NAMES_THE_COURT)):
        row = _first(loaded, kind)
        if row is None:
            continue
        was = NewEvent(kind, row.happened_on, row.happened_at, row.details, row.note)
        new = correction.events.get(kind, was)
        details = {**row.details, **new.details}
        if "court" in correction.stated and details.get("court") == order.court:
            details["court"] = correction.stated["court"]
        new = replace(new, details=details, note=row.note)
        found += [(row, new)] if new != was else []
    return found


def _first(loaded: OrderFacts, kind: EventKind) -> Event | None:
    first = loaded.facts.first(kind)
    return next((row for row in loaded.events if first and row.id == first.id), None)


def _changed(work: Work, rows: Mapping[int, Condition], correction: Correction) -> dict[int, NewCondition]:
    """Terms in other words, or other in kind or date. Which standard condition they began from is no change by itself."""
    was = {number: term_of(rows[number]) for number in correction.changed if number in rows}
    different = {number: new for number, new in correction.changed.items() if number in was and not _is_same(new, was[number])}
    library = condition_library.every_version(work.session, {new.template_key for new in different.values()} - {""})
    return {number: _remembering(new, was[number], library) for number, new in different.items()}


def _is_same(new: NewCondition, was: NewCondition) -> bool:
    return _from(was, new) == was


def _from(source: NewCondition, term: NewCondition) -> NewCondition:
    """A term that began from the same standard condition as another."""
    return replace(term, template_key=source.template_key, template_version=source.template_version)


def _remembering(new: NewCondition, was: NewCondition, library: Mapping[tuple[str, int], Any]) -> NewCondition:
    """The term with the standard condition it began from, so far as its words say so: a correction may leave them behind."""
    if new.text == was.text:
        return _from(was, new)
    template = library.get((new.template_key, new.template_version or 0))
    return new if template and template.is_said_by(new.text) else replace(new, template_key="", template_version=None)


def _protected(order: Order, correction: Correction) -> tuple[NewProtected, ...]:
    known = {row.person_id: row.relationship_to_subject for row in order.protected}
    return tuple(new for new in correction.protected if known.get(new.person_id) != new.relationship_to_subject)


def _of_order(order: Order, named: NewOrder) -> list[RuleBroken]:
    """What the order cannot be: one that protects its own subject, or waits for the end of an order that it does not follow."""
    return [*orders.own_person(named), *waits_for_nothing(named, order.followed)]


def _no_such_terms(rows: Mapping[int, Condition], version: int, correction: Correction) -> list[RuleBroken]:
    gone = sorted((correction.removed | correction.changed.keys()) - rows.keys())
    return [RuleBroken("conditions", f"Condition {number} is not a term of version {version}") for number in gone]


def _no_such_events(loaded: OrderFacts, correction: Correction) -> list[RuleBroken]:
    missing = [kind for kind in correction.events if _first(loaded, kind) is None]
    return [RuleBroken(field_of(kind), "This has not been recorded yet. Record it from the order’s page") for kind in missing]


def _terms_said(changes: Changes) -> list[dict[str, Any]]:
    before = changes.terms_before
    corrected = [{"number": number, **_differences(before[number], new)} for number, new in changes.changed.items()]
    struck_out = [{"number": number, "from": _plain(asdict(before[number])), "to": None} for number in changes.removed]
    added = [{"number": number, "from": None, "to": _plain(asdict(new))} for number, new in changes.added.items()]
    return sorted([*corrected, *struck_out, *added], key=lambda said: said["number"])


def _differences(was: NewCondition, new: NewCondition) -> dict[str, Any]:
    old, now = _plain(asdict(was)), _plain(asdict(new))
    different = [name for name in old if old[name] != now[name]]
    return {"from": {name: old[name] for name in different}, "to": {name: now[name] for name in different}}


def _protected_said(order: Order, changes: Changes) -> dict[int, dict[str, Any]]:
    known = {row.person_id: row.relationship_to_subject for row in order.protected}
    named = {new.person_id: _from_to(known.get(new.person_id), new.relationship_to_subject) for new in changes.protected}
    return named | {person_id: _from_to(known[person_id], None) for person_id in changes.unprotected}


def _from_to(was: Any, now: Any) -> dict[str, Any]:
    return {"from": _plain(was), "to": _plain(now)}


def _when(on: date, at: Any) -> Any:
    return at or on


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, (date, time)) else value
