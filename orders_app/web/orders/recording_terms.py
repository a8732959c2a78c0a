"""The step of a draft that lists the conditions, in the court's words."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from orders_app.queries import condition_library
from orders_app.rules.condition_library import Template, for_type
from orders_app.services.errors import RuleBroken
from orders_app.web.condition_library.library_words import with_blanks
from orders_app.web.fields import refuse
from orders_app.web.orders.draft_answers import Answers, typed_answers
from orders_app.web.orders.draft_opening import LEAVE, OpenDraft, law_problems
from orders_app.web.orders.draft_variation import TermChange, What, number_in, numbers, term_changes
from orders_app.web.orders.draft_words import condition_in_words, term_in_words
from orders_app.web.orders.recording_terms_form import TermForm, term_form_for
from orders_app.web.session import read_session

Answer = str | Response
OWN_WORDS = "own"
REMOVE, PUT_BACK = "remove-", "back-"
USE, ADD, NEXT = "use", "add", "next"


def conditions_step(draft: OpenDraft) -> Answer:
    """The terms so far, and one more."""
    library = _library(draft)
    if request.method == "GET":
        return _terms_page(draft, _term_form(draft, _term_asked_for(draft)), library)
    do = request.form.get("do", "")
    if do.startswith(REMOVE):
        return without(draft, "conditions", do)
    if do.startswith(PUT_BACK):
        return _put_back(draft, do.removeprefix(PUT_BACK))
    typed = typed_answers(request.form) | {"began_from": [_began_from(draft, library)]}
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


def _library(draft: OpenDraft) -> dict[str, Template]:
    """The standard conditions offered for the draft's type, by their keys."""
    order_type = draft.answers.order_type
    standing = condition_library.as_it_stands(read_session()) if order_type else []
    return {template.key: template for template in for_type(standing, order_type)} if order_type else {}


def _began_from(draft: OpenDraft, library: dict[str, Template]) -> str:
    """The standard condition that the words are said to have begun from, if there is one of that key and version.

    A term on file may have begun from one that is offered no more.
    """
    said = request.form.get("began_from", "")
    key, _, version = said.partition(":")
    known = key in library and version in {str(number) for number in range(1, library[key].version + 1)}
    return said if known or [said] == (_term_asked_for(draft) or {}).get("began_from") else ""


def _terms_page(draft: OpenDraft, form: TermForm, library: dict[str, Template]) -> str:
    began_from, _, _ = (form.began_from.data or "").partition(":")
    return draft.page(
        form=form,
        library=[(key, with_blanks(template.label)) for key, template in library.items()],
        chosen=request.form.get("library") or began_from or OWN_WORDS,
        rows=term_rows(draft),
        taken_out=taken_out_rows(draft),
        editing=_editing(),
        number=_number(draft),
    )


def _term_form(draft: OpenDraft, typed: dict[str, Any] | None, template: Template | None = None) -> TermForm:
    kind = term_form_for(draft.answers.order_type, draft.answers.ends_words(), template)
    return kind(formdata=MultiDict(typed) if typed else None, meta={"csrf": False})


def _term_asked_for(draft: OpenDraft) -> dict[str, Any] | None:
    number = _editing()
    return draft.answers.conditions[number - 1] if 1 <= number <= len(draft.answers.conditions) else None


def _editing() -> int:
    """The number of the condition being changed; 0 for a new one."""
    return request.values.get("editing", 0, type=int) or 0


def _number(draft: OpenDraft) -> int:
    """The number of the condition being changed, or of the one to be added."""
    known, added = numbers(draft.answers), [*draft.answers.conditions, {}]
    if 1 <= _editing() <= len(known):
        return known[_editing() - 1]
    return numbers(Answers(draft.answers.data | {"conditions": added}, draft.answers.known))[-1]


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
    if not 1 <= number <= len(terms):
        return [*terms, kept]
    same = {name: terms[number - 1][name] for name in ("number",) if name in terms[number - 1]}
    return [*terms[: number - 1], kept | same, *terms[number:]]


def _is_lawful(draft: OpenDraft, form: TermForm, typed: dict[str, list[str]]) -> bool:
    """Whether the law allows this term on this order. Puts what it refuses on the form."""
    before = draft.answers.conditions
    place = _editing() if 1 <= _editing() <= len(before) else len(before) + 1
    draft.answers.change({"conditions": _with(draft, typed)})
    field = f"conditions.{numbers(draft.answers)[place - 1]}."
    found = [problem for problem in law_problems(draft) if problem.field.startswith(field)]
    draft.answers.change({"conditions": before})
    for problem in found:
        refuse(form, RuleBroken(problem.field.rsplit(".", 1)[1], problem.message, problem.citation))
    return not found


def term_rows(draft: OpenDraft) -> list[dict[str, Any]]:
    """The conditions of a draft, as its pages show them; of a variation, with what became of each."""
    answers = draft.answers
    changes = {change.number: change for change in term_changes(answers)} if answers.has_terms_before else {}
    return [
        {
            "number": number,
            "place": place,
            "href": f"{draft.href('conditions')}?editing={place}#add",
            **term_in_words(answers, typed),
            **(_what_became(changes[number]) if number in changes else {}),
        }
        for place, (number, typed) in enumerate(zip(numbers(answers), answers.conditions, strict=True), 1)
    ]


def taken_out_rows(draft: OpenDraft) -> list[dict[str, Any]]:
    """The terms from before that the draft takes out."""
    if not draft.answers.has_terms_before:
        return []
    gone = [change for change in term_changes(draft.answers) if change.what is What.REMOVED]
    return [{"number": change.number, **condition_in_words(change.before)} for change in gone if change.before]


def _what_became(change: TermChange) -> dict[str, str]:
    before = change.before.text if change.before and change.what is What.CHANGED else ""
    return {"what": change.what.value, "before": before}


def _put_back(draft: OpenDraft, number: str) -> Response:
    """Take a term from before in again, in its place by number."""
    back = [typed for typed in draft.answers.data.get("terms_before", []) if str(number_in(typed)) == number]
    kept = [*draft.answers.conditions, *back]
    last = max((number_in(typed) for typed in kept), default=0)
    draft.keep(conditions=sorted(kept, key=lambda typed: number_in(typed) or last + 1))
    return redirect(draft.href("conditions"))


def without(draft: OpenDraft, what: str, do: str) -> Response:
    """Take one row of a list away: the place to take it from stands in the button's value."""
    rows, place_typed = list(draft.answers.data.get(what, [])), do.removeprefix(REMOVE)
    number = int(place_typed) if place_typed.isdigit() else 0
    draft.keep(**{what: [row for place, row in enumerate(rows, 1) if place != number]})
    return redirect(draft.href(draft.step))
