"""Save a form about a person: refusals beside the boxes, and theirs beside yours where somebody else was first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms import Field, Form

from orders_app.queries.people import WholePerson
from orders_app.queries.person_page import last_change
from orders_app.services.errors import ChangedMeanwhile, RuleBroken, RulesBroken
from orders_app.web.fields import DateField, SelectField, refuse
from orders_app.web.filters import at_about, day
from orders_app.web.people.banner import banner_words
from orders_app.web.people.found import person_or_404
from orders_app.web.session import now, read_session, today

KEEP_THEIRS = "theirs"
NOT_CARRIED = ("version", "keep", "csrf_token", "save")


def save(
    form: Form, person: WholePerson, stored: Callable[[WholePerson], dict[str, Any] | None], change: Callable[[], Any], done_words: str
) -> Any:
    """Carry out a change, go back to the details and say so, or return what the page must show instead; None: show the form again.

    `stored` gives the values the form would have if it were opened now (None: what it was about is gone).
    """
    done = redirect(url_for("people.details", reference=person.reference))
    if request.form.get("keep") == KEEP_THEIRS:
        return done
    try:
        change()
    except ChangedMeanwhile:
        return changed_page(form, person_or_404(person.reference), stored)
    except RulesBroken as broken:
        for problem in broken.problems:
            refuse(form, problem)
        return None
    except RuleBroken as broken:
        refuse(form, broken)
        return None
    flash(done_words)
    return done


def changed_page(form: Form, person: WholePerson, stored: Callable[[WholePerson], dict[str, Any] | None]) -> Any:
    """What was saved since the form was opened, beside what was typed. Nothing of the form is saved yet."""
    values = stored(person)
    theirs = _like(form, values) if values is not None else None
    change = last_change(read_session(), person.id)
    page = render_template(
        "people/changed.html",
        person=person,
        banner=banner_words(person, today()),
        form=form,
        by=change.actor if change else "Somebody else",
        when=at_about(change.at, now()) if change else "",
        is_gone=theirs is None,
        rows=[_compared(field, theirs) for field in questions(form)],
        typed=[(name, value) for name, given in request.form.lists() for value in given if name not in NOT_CARRIED],
    )
    return page, 409


def questions(form: Any) -> Iterable[Field]:
    """The boxes of a form whose answers are kept."""
    return [form[name] for name in form.questions]


def said(field: Field) -> str:
    """What a box says, in words."""
    if isinstance(field, DateField):
        return day(field.data)
    if field.type == "CheckboxField":
        return "Yes" if field.data else "No"
    if hasattr(field, "iter_choices"):
        return next((str(option.label) for option in field.iter_choices() if option.selected), "")
    return str(field.data or "")


def _compared(field: Field, theirs: Form | None) -> tuple[str, str, str, bool]:
    saved = "Taken away" if theirs is None else said(theirs[field.name])
    return str(field.label.text), saved, said(field), saved == said(field)


def _like(form: Form, values: dict[str, Any]) -> Form:
    other = type(form)(formdata=None, data=values, meta={"csrf": False})
    for field in questions(form):
        like = other[field.name]
        if isinstance(field, SelectField) and isinstance(like, SelectField):
            like.choices = field.choices
            like.process(None, values.get(field.name))
    return other
