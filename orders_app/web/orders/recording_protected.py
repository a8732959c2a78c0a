"""The step of a draft that names the people an order protects: found on file, or named by their reference."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from orders_app.queries import order_choices
from orders_app.services.errors import RuleBroken
from orders_app.web.fields import RadiosField, TextField, choice, refuse
from orders_app.web.orders.draft_opening import LEAVE, OpenDraft, law_problems
from orders_app.web.orders.draft_words import protected_in_words
from orders_app.web.orders.people_finder import Found, find_people
from orders_app.web.orders.recording_forms import StepForm
from orders_app.web.orders.recording_terms import ADD, NEXT, REMOVE, without
from orders_app.web.session import read_session, viewer

FIND, PROTECTED = "find", "protected"
LONGEST = 80
TO_ADD = ("q", "person", "relationship")
CHOOSE = "Choose a person from those found, or enter a reference such as P-10482"
OR_CLEAR = "Choose the person you began to add, or clear what you typed and go on"
WHAT_TO_FIND = "Enter a name, a reference, a PNC number or a date of birth to find"
IS_THE_SUBJECT = "The subject cannot also be a protected person on the same order"


class ProtectedForm(StepForm):
    """Somebody to add."""

    q = TextField("Find by name, reference, PNC number or date of birth", label_size="")
    relationship = TextField(
        "Who they are to the subject", width=20, max_length=LONGEST, label_size="", hint="Such as former partner, mother, colleague"
    )


def protected_step(draft: OpenDraft) -> str | Response:
    """The people it protects so far, and a finder for one more."""
    do = request.form.get("do", "")
    if do.startswith(REMOVE):
        return without(draft, "protected", do)
    if (do == NEXT and not _typed(*TO_ADD)) or (do == LEAVE and not _typed("person")):
        draft.keep(protected_done=do == NEXT or bool(draft.answers.data.get("protected_done")))
        return draft.onward()
    typed = _typed("q")
    found = find_people(typed) if typed and not _typed("person") else None
    form = _form(found)
    if do == FIND and not typed:
        form.blame("q", WHAT_TO_FIND)
    if do in (ADD, NEXT, LEAVE) and form.validate() and _protect(draft, form):
        return redirect(draft.href("protected")) if do == ADD else draft.onward()
    return draft.page(form=form, rows=protected_in_words(draft.answers), found=found)


def _typed(*names: str) -> str:
    """What stands in these boxes."""
    return "".join(request.form.get(name, "").strip() for name in names)


def _form(found: Found | None) -> ProtectedForm:
    people = found.people if found else []
    person: Any = TextField("Or the person’s reference, such as P-10482", width=10, label_size="")
    if people:
        answers = [choice(row["reference"], f"{row['name']}, born {row['born']}", _told_apart_by(row)) for row in people]
        person = RadiosField("People found", choices=answers)
    form: ProtectedForm = type("ProtectedForm", (ProtectedForm,), {"person": person})()
    return form


def _told_apart_by(row: dict[str, str]) -> str:
    return ". ".join(part for part in (row["reference"], row["about"], f"Matched: {row['because']}") if part)


def _protect(draft: OpenDraft, form: ProtectedForm) -> bool:
    """Add somebody to the draft; or say on the form what is wrong."""
    found = order_choices.people_by_reference(read_session(), viewer(), [form["person"].data or ""])
    if not found:
        form.blame("person", CHOOSE if _typed("person") or request.form.get("do") == ADD else OR_CLEAR)
        return False
    (person,) = found.values()
    if person.reference == draft.answers.data["person"]:
        form.blame("person", IS_THE_SUBJECT)
        return False
    others = [row for row in draft.answers.protected if row["reference"] != person.reference]
    named = {"reference": person.reference, "relationship": form.relationship.data or ""}
    if _is_refused(draft, form, person, [*others, named]):
        return False
    draft.keep(protected=[*others, named], protected_done=True)
    return True


def _is_refused(draft: OpenDraft, form: ProtectedForm, person: Any, named: list[dict[str, str]]) -> bool:
    """Whether the law does not let an order of the type protect this person. Says so beside who it is."""
    answers, before = draft.answers, draft.answers.protected
    already = {problem.message for problem in law_problems(draft) if problem.field == PROTECTED}
    answers.known = replace(answers.known, others=answers.known.others | {person.reference: person})
    answers.change({"protected": named})
    found = [problem for problem in law_problems(draft) if problem.field == PROTECTED and problem.message not in already]
    answers.change({"protected": before})
    for problem in found:
        refuse(form, RuleBroken("person", problem.message, problem.citation))
    return bool(found)
