"""The steps of a draft that are lists: the conditions in the court's words, and the people the order protects."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from orders_app.queries import condition_library, order_choices
from orders_app.rules.condition_library import Template, for_type
from orders_app.services.errors import RuleBroken
from orders_app.web.condition_library.library_words import with_blanks
from orders_app.web.fields import refuse
from orders_app.web.filters import deadline_when
from orders_app.web.orders.draft_answers import typed_answers
from orders_app.web.orders.draft_opening import LEAVE, OpenDraft, law_problems
from orders_app.web.orders.people_finder import find_people
from orders_app.web.orders.recording_checks import protected_in_words, term_in_words
from orders_app.web.orders.recording_terms_form import TermForm, term_form_for
from orders_app.web.session import read_session, viewer

Answer = str | Response
OWN_WORDS = "own"
USE, ADD, NEXT, FIND = "use", "add", "next", "find"
CHOOSE_PERSON = "Choose a person from those found, or enter a reference such as P-10482"


def conditions_step(draft: OpenDraft) -> Answer:
    """The terms so far, and one more."""
    library = _library(draft)
    if request.method == "GET":
        return _terms_page(draft, _term_form(draft, _term_asked_for(draft)), library)
    do = request.form.get("do", "")
    if do.startswith("remove-"):
        return _without(draft, "conditions", do)
    typed = typed_answers(request.form) | {"began_from": [_began_from(library)]}
    chosen = library.get(request.form.get("library", ""))
    if do == USE:
        return _terms_page(draft, _begun_from(draft, typed, chosen), library)
    if do in (NEXT, LEAVE) and not request.form.get("words", "").strip():
        draft.keep(conditions_done=(do == NEXT and bool(draft.answers.conditions)) or bool(draft.answers.data.get("conditions_done")))
        return draft.onward()
    form = _term_form(draft, typed, chosen)
    if not form.validate() or not _is_lawful(draft, form, typed):
        return _terms_page(draft, form, library)
    draft.keep(conditions=_with(draft, typed), conditions_done=do == NEXT)
    return redirect(draft.href("conditions")) if do == ADD else draft.onward()


def protected_step(draft: OpenDraft) -> Answer:
    """The people it protects so far, and a finder for one more."""
    do = request.form.get("do", "")
    if do.startswith("remove-"):
        return _without(draft, "protected", do)
    if do in (NEXT, LEAVE) and not request.form.get("person", "").strip():
        draft.keep(protected_done=do == NEXT)
        return draft.onward()
    typed = {name: request.form.get(name, "").strip() for name in ("q", "person", "relationship")}
    found = find_people(typed["q"]) if do == FIND and typed["q"] else None
    fault = ""
    if do in (ADD, NEXT, LEAVE):
        fault = _protect(draft, typed["person"], typed["relationship"])
        if not fault:
            return redirect(draft.href("protected")) if do == ADD else draft.onward()
    return draft.page(form=None, rows=protected_in_words(draft.answers), typed=typed, found=found, fault=fault)


def _library(draft: OpenDraft) -> dict[str, Template]:
    """The standard conditions offered for the draft's type, by their keys."""
    order_type = draft.answers.order_type
    standing = condition_library.as_it_stands(read_session()) if order_type else []
    return {template.key: template for template in for_type(standing, order_type)} if order_type else {}


def _began_from(library: dict[str, Template]) -> str:
    """The standard condition that the words are said to have begun from, if there is one of that key and version."""
    said = request.form.get("began_from", "")
    key, _, version = said.partition(":")
    known = key in library and version in {str(number) for number in range(1, library[key].version + 1)}
    return said if known else ""


def _terms_page(draft: OpenDraft, form: TermForm, library: dict[str, Template]) -> str:
    began_from, _, _ = (form.began_from.data or "").partition(":")
    return draft.page(
        form=form,
        library=[(key, with_blanks(template.label)) for key, template in library.items()],
        chosen=request.form.get("library") or began_from or OWN_WORDS,
        rows=term_rows(draft),
        editing=_editing(),
        number=_editing() or len(draft.answers.conditions) + 1,
    )


def _term_form(draft: OpenDraft, typed: dict[str, Any] | None, template: Template | None = None) -> TermForm:
    ends = draft.answers.facts().stated_ends_on
    kind = term_form_for(draft.answers.order_type, deadline_when(ends) if ends else "", template)
    return kind(formdata=MultiDict(typed) if typed else None, meta={"csrf": False})


def _term_asked_for(draft: OpenDraft) -> dict[str, Any] | None:
    number = _editing()
    return draft.answers.conditions[number - 1] if 1 <= number <= len(draft.answers.conditions) else None


def _editing() -> int:
    """The number of the condition being changed; 0 for a new one."""
    return request.values.get("editing", 0, type=int) or 0


def _begun_from(draft: OpenDraft, typed: dict[str, list[str]], template: Template | None) -> TermForm:
    """The form with the words of the standard condition put in, its blanks filled as far as they are answered."""
    if template is None:
        return _term_form(draft, {**typed, "began_from": [""]})
    form = _term_form(draft, typed, template)
    if not form.answers_fit():
        return form
    words, short = template.filled({slot: box.data or "" for slot, box in zip(template.slots, form.blanks, strict=True)})
    filled = {"words": [words], "short_form": [short], "kind": [template.kind.value], "began_from": [f"{template.key}:{template.version}"]}
    marks = {name: ["y"] for name in ("is_travel", "is_electronic_monitoring") if getattr(template, name)}
    return _term_form(draft, {**typed, **filled, **marks}, template)


def _with(draft: OpenDraft, typed: dict[str, list[str]]) -> list[dict[str, Any]]:
    """The terms with this one added, or put in the place of the one being changed."""
    terms, number = draft.answers.conditions, _editing()
    kept = {name: values for name, values in typed.items() if not name.startswith(("blank_", "library", "editing"))}
    return [*terms[: number - 1], kept, *terms[number:]] if 1 <= number <= len(terms) else [*terms, kept]


def _is_lawful(draft: OpenDraft, form: TermForm, typed: dict[str, list[str]]) -> bool:
    """Whether the law allows this term on this order. Puts what it refuses on the form."""
    before = draft.answers.conditions
    number = _editing() if 1 <= _editing() <= len(before) else len(before) + 1
    draft.answers.change({"conditions": _with(draft, typed)})
    found = [problem for problem in law_problems(draft) if problem.field.startswith(f"conditions.{number}.")]
    draft.answers.change({"conditions": before})
    for problem in found:
        refuse(form, RuleBroken(problem.field.rsplit(".", 1)[1], problem.message, problem.citation))
    return not found


def term_rows(draft: OpenDraft) -> list[dict[str, Any]]:
    """The conditions of a draft, as its pages show them."""
    answers = draft.answers
    return [
        {"number": number, "href": f"{draft.href('conditions')}?editing={number}#add", **term_in_words(answers, typed)}
        for number, typed in enumerate(answers.conditions, 1)
    ]


def _without(draft: OpenDraft, what: str, do: str) -> Response:
    rows = list(draft.answers.data.get(what, []))
    number = int(do.removeprefix("remove-")) if do.removeprefix("remove-").isdigit() else 0
    draft.keep(**{what: [row for place, row in enumerate(rows, 1) if place != number]})
    return redirect(draft.href(draft.step))


def _protect(draft: OpenDraft, reference: str, relationship: str) -> str:
    """Add somebody to the draft; return what is wrong instead, or nothing."""
    found = order_choices.people_by_reference(read_session(), viewer(), [reference])
    if not found:
        return CHOOSE_PERSON
    (person,) = found.values()
    if person.reference == draft.answers.data["person"]:
        return "The subject cannot also be a protected person on the same order"
    others = [row for row in draft.answers.protected if row["reference"] != person.reference]
    draft.keep(protected=[*others, {"reference": person.reference, "relationship": relationship[:80]}], protected_done=True)
    return ""
