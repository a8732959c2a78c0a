"""The correction that a draft would make of an order on file, told from what is recorded and what is answered now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orders_app.rules.facts import EventKind
from orders_app.services.correction_changes import Correction
from orders_app.services.orders import NewEvent, NewOrder
from orders_app.web.orders.draft_answers import Answers
from orders_app.web.orders.draft_order import new_order
from orders_app.web.orders.draft_variation import TermChange, What, term_changes
from orders_app.web.orders.draft_words import answered_rows, condition_in_words, protected_in_words

COURT = ("court", "court_reference", "made_under", "authorised_rank", "is_present_or_represented", "is_without_notice")
ENDS = ("end_kind", "stated_ends_on", "stated_end_time", "stated_event", "stated_in_force_from", "starts_on_release", "starts_on_other_end")
ONE_FORM_EACH = ("court", "ends")


@dataclass(frozen=True)
class PutRight:
    """One answer that is put right: on which step, as recorded, and as it will be said."""

    step: str
    question: str
    before: str
    now: str


def as_recorded(answers: Answers) -> Answers:
    """The answers as they were on record when the correction was begun."""
    return Answers(answers.data | answers.data["before"] | {"conditions": answers.data["terms_before"]}, answers.known)


def correction_of(answers: Answers) -> Correction:
    """The correction as answered. A step that is not whole yet corrects nothing."""
    old, new, changes = new_order(as_recorded(answers)), new_order(answers), term_changes(answers)
    whole = {step for step in ONE_FORM_EACH if answers.answered(step)}
    protected = {named.person_id for named in new.protected}
    return Correction(
        stated={
            **(_different(old, new, COURT) | _details(answers, old, new) if "court" in whole else {}),
            **(_different(old, new, ENDS) if "ends" in whole else {}),
        },
        events=_events(answers, old, new) if "court" in whole else {},
        terms=answers.data["terms_of"],
        changed={change.number: change.now for change in changes if change.what is What.CHANGED and change.now},
        removed=frozenset(change.number for change in changes if change.what is What.REMOVED),
        added=tuple(change.now for change in changes if change.what is What.ADDED and change.now),
        protected=tuple(named for named in new.protected if named not in old.protected),
        unprotected=frozenset(named.person_id for named in old.protected if named.person_id not in protected),
    )


def put_right(answers: Answers) -> list[PutRight]:
    """Every answer that is not what is on record, in the order of the steps."""
    before, now = said_by(as_recorded(answers)), said_by(answers)
    questions = dict.fromkeys((*before, *now))
    rows = [(question, before.get(question, ("", "")), now.get(question, ("", ""))) for question in questions]
    return [PutRight(new[0] or old[0], question, old[1], new[1]) for question, old, new in rows if old[1] != new[1]]


def said_by(answers: Answers) -> dict[str, tuple[str, str]]:
    """Every answer in words, with the step it is given on, by its question."""
    rows = {question: (step, words) for step, question, words in answered_rows(answers) if step in ONE_FORM_EACH}
    people = "; ".join(", ".join(part for part in (row["name"], row["relationship"]) if part) for row in protected_in_words(answers))
    terms = {f"Condition {change.number}": ("conditions", _term_words(change)) for change in term_changes(answers)}
    return rows | {"Protected people": ("protected", people)} | terms


def unfinished(answers: Answers) -> list[str]:
    """The steps that say something else than is on record, and are not whole."""
    steps = [step for step in ONE_FORM_EACH if step in answers.steps and answers.data.get(step) != answers.data["before"].get(step)]
    return [step for step in steps if answers.answered(step) is None]


def _different(old: NewOrder, new: NewOrder, names: tuple[str, ...]) -> dict[str, Any]:
    """Columns answered otherwise, as they are stored."""
    found = {name: getattr(new, name) for name in names if getattr(new, name) != getattr(old, name)}
    return found | ({"end_kind": new.end_kind.value} if "end_kind" in found else {})


def _details(answers: Answers, old: NewOrder, new: NewOrder) -> dict[str, Any]:
    """The type’s own questions and the area, with what else is kept there as it is."""
    if old.details == new.details:
        return {}
    asked = {"area", *(field.key for field in answers.order_type.extra_fields)} if answers.order_type else set()
    kept = {key: value for key, value in answers.data["before"]["details"].items() if key not in asked}
    return {"details": kept | dict(new.details)}


def _events(answers: Answers, old: NewOrder, new: NewOrder) -> dict[EventKind, NewEvent]:
    """Decisions that were on another day, or by somebody else. The court’s name is put right with the order’s."""
    was = {event.kind: _without_court(event) for event in old.events}
    now = {event.kind: _without_court(event) for event in new.events if event.kind in answers.data["recorded"]}
    return {kind: event for kind, event in now.items() if was.get(kind) != event}


def _without_court(event: NewEvent) -> NewEvent:
    details = {key: value for key, value in event.details.items() if key != "court"}
    return NewEvent(event.kind, event.on, event.at, details)


def _term_words(change: TermChange) -> str:
    """One term whole; nothing for one that is taken out."""
    if change.now is None:
        return ""
    said, now = condition_in_words(change.now), change.now
    marks = ("Foreign travel" if now.is_travel else "", "Electronic monitoring" if now.is_electronic_monitoring else "")
    supervised = f"Supervised by {said['supervisor']}" if said["supervisor"] else ""
    rest = (said["kind"], said["starts"], f"Ends: {said['ends']}", *marks, supervised)
    return f"{said['short_form']}: “{said['text']}” " + ". ".join(part for part in rest if part)
