"""Everything known of a person, to add to, change and take away: names, numbers, addresses, warnings, custody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from orders_app.queries.duplicates import others_with_number
from orders_app.queries.orders import orders_of_person
from orders_app.queries.people import WholePerson
from orders_app.queries.registrations import registrations_of_person
from orders_app.queries.teams import all_areas
from orders_app.rules.access import Permission
from orders_app.rules.identifiers import LABELS
from orders_app.services.errors import ChangedMeanwhile
from orders_app.services.new_people import NewAddress
from orders_app.services.people_details import add_detail, change_detail, move_home, remove_detail
from orders_app.services.person_checks import check_detail, settled
from orders_app.web.access import requires
from orders_app.web.filters import person_name
from orders_app.web.people.banner import banner_words, home_now
from orders_app.web.people.blueprint import blueprint
from orders_app.web.people.changed_address import CHANGED, moved_to
from orders_app.web.people.detail_forms import KINDS, AddressForm, DetailForm, DetailKind, IdentifierForm, detail_words, details_of
from orders_app.web.people.forms import ReasonForm, identity_rows
from orders_app.web.people.found import reason_for, with_person
from orders_app.web.people.saving import save
from orders_app.web.session import act, read_session, today, viewer


@blueprint.get("/people/<reference>/details")
@requires(Permission.PERSON_EDIT)
@with_person
def details(person: WholePerson) -> str:
    """Everything that can be changed, with the links to change it."""
    parts = [(kind, [detail_words(kind, detail) for detail in details_of(person, kind)]) for kind in KINDS.values()]
    identity = identity_rows(person, all_areas(read_session()))
    return render_template("people/details.html", person=person, banner=banner_words(person, today()), parts=parts, identity=identity)


@blueprint.route("/people/<reference>/details/<kind>/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@with_person
def add(person: WholePerson, kind: str) -> Any:
    """Add one."""
    added = _kind(kind)
    form = added.form(data=_told(person) if added.form is AddressForm else None)
    del form.version  # nobody else's change is in the way of an addition
    if form.validate_on_submit() and not _is_somebody_elses(form, person):
        answer = save(form, person, lambda now: None, lambda: _add(person, form), f"{added.heading} added")
        if answer is not None:
            return answer
    return _form_page(person, form, f"Add {added.one}", also=_also_asked(form, person, is_new=True))


@blueprint.route("/people/<reference>/details/<kind>/<int:number>", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@with_person
def change(person: WholePerson, kind: str, number: int) -> Any:
    """Change one. Addresses count them from 1 in the order recorded; the form carries which one it was opened for."""
    changed = _kind(kind)
    detail_id = _detail_id(person, changed, number)
    form = changed.form(data=_values(person, changed, detail_id))
    if form.validate_on_submit() and not _is_somebody_elses(form, person):
        stored, saved = lambda now: _values(now, changed, detail_id), lambda: _change(person, changed, detail_id, form)
        answer = save(form, person, stored, saved, f"{changed.heading} saved")
        if answer is not None:
            return answer
    return _form_page(person, form, f"Change {changed.one}", detail_id, also=_also_asked(form, person, is_new=False))


@blueprint.route("/people/<reference>/details/<kind>/<int:number>/remove", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@with_person
def remove(person: WholePerson, kind: str, number: int) -> Any:
    """Take one away that was recorded by mistake."""
    removed = _kind(kind)
    detail_id = _detail_id(person, removed, number)
    form = ReasonForm(data={"version": person.version})
    words = next((detail_words(removed, known) for known in details_of(person, removed) if known.id == detail_id), None) or abort(404)
    if form.validate_on_submit() and _remove(person, removed, detail_id, form):
        flash(f"{removed.heading} taken away")
        return redirect(url_for("people.details", reference=person.reference))
    banner = banner_words(person, today())
    return render_template("people/remove.html", form=form, person=person, banner=banner, kind=removed, words=words, detail_id=detail_id)


def _told(person: WholePerson) -> dict[str, Any] | None:
    """Where a record says that they moved, for who comes from there."""
    if CHANGED not in request.args:
        return None
    orders = orders_of_person(read_session(), viewer(), person.id) if current_user.may(Permission.ORDER_VIEW) else []
    moved = moved_to(person, [*orders, *registrations_of_person(read_session(), viewer(), person.id)])
    return moved.answers() if moved else None


def _form_page(person: WholePerson, form: DetailForm, heading: str, detail_id: int | None = None, *, also: Sequence[str] = ()) -> str:
    fields = [form[name] for name in (*form.questions, *also)]
    banner = banner_words(person, today())
    return render_template(
        "people/detail.html", form=form, person=person, banner=banner, heading=heading, fields=fields, detail_id=detail_id
    )


def _also_asked(form: DetailForm, person: WholePerson, *, is_new: bool) -> list[str]:
    """What is asked besides the questions: whether a former home was left, and whether a number is somebody else's too."""
    if isinstance(form, AddressForm):
        return ["has_left_home"] if is_new and home_now(person) else []
    return ["is_theirs_too"] if isinstance(form, IdentifierForm) and (form.is_theirs_too.errors or form.is_theirs_too.data) else []


def _is_somebody_elses(form: DetailForm, person: WholePerson) -> bool:
    """Whether another person on file has the number that was typed; the form says who, and asks to be told that it is right."""
    typed = form.detail()
    if not isinstance(form, IdentifierForm) or form.is_theirs_too.data or check_detail(typed, today()):
        return False
    number: Any = settled(typed, today())
    others = others_with_number(read_session(), viewer(), number.kind, number.value, but_not=person.id)
    form.is_theirs_too.errors = [
        f"{LABELS[number.kind]} {number.value} is on file for {person_name(o.surname, o.forenames)}, {o.reference}. Check each figure"
        for o in others
    ]
    return bool(others)


def _kind(key: str) -> DetailKind:
    return KINDS.get(key) or abort(404)


def _detail_id(person: WholePerson, kind: DetailKind, number: int) -> int:
    """Which one the form was opened for; on opening it, the one the address counts to."""
    carried = request.form.get("detail", type=int)
    known = details_of(person, kind)
    if carried is None and not 1 <= number <= len(known):
        abort(404)
    return known[number - 1].id if carried is None else carried


def _values(person: WholePerson, kind: DetailKind, detail_id: int) -> dict[str, Any] | None:
    found = next((detail for detail in details_of(person, kind) if detail.id == detail_id), None)
    return asdict(found) | {"version": person.version} if found else None


def _add(person: WholePerson, form: DetailForm) -> None:
    with act("person.detail_added", reason=reason_for(person)) as work:
        detail = form.detail()
        if isinstance(detail, NewAddress) and form["has_left_home"].data:
            move_home(work, reference=person.reference, address=detail)
        else:
            add_detail(work, reference=person.reference, detail=detail)


def _change(person: WholePerson, kind: DetailKind, detail_id: int, form: DetailForm) -> None:
    with act("person.detail_changed", reason=reason_for(person)) as work:
        if request.form.get("keep") and _values(person, kind, detail_id) is None:
            add_detail(work, reference=person.reference, detail=form.detail())
        else:
            change_detail(work, reference=person.reference, version=form.version.data, detail_id=detail_id, detail=form.detail())


def _remove(person: WholePerson, kind: DetailKind, detail_id: int, form: ReasonForm) -> bool:
    """Whether it was taken away. Where somebody else was first the form says so and can be sent again."""
    try:
        with act("person.detail_removed", reason=form.reason.data or "") as work:
            remove_detail(work, reference=person.reference, version=form.version.data, kind=kind.form.makes, detail_id=detail_id)
    except ChangedMeanwhile:
        form.form_errors.append(
            "Somebody changed this person after you opened the page. Check that this is still what you mean, and send it again"
        )
        form.version.data = person.version
        return False
    return True
