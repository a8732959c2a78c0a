"""Who may open a person's record: how widely it is seen, and the officers and teams named on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from orders_app.queries.namings import namings, who_can_be_named
from orders_app.queries.people import WholePerson, find_person
from orders_app.rules.access import Access, Permission
from orders_app.services.errors import ChangedMeanwhile, RuleBroken
from orders_app.services.restrictions import end_naming, name_officer, name_team, set_access
from orders_app.web.access import requires
from orders_app.web.fields import refuse
from orders_app.web.people.banner import banner_words
from orders_app.web.people.blueprint import blueprint
from orders_app.web.people.forms import AccessForm, NamingForm, ReasonForm
from orders_app.web.people.found import today, with_person
from orders_app.web.session import act, read_session, viewer

NAMING = "naming"  # two forms of one page
CHANGED = "Somebody changed this person after you opened the page. Check that this is still what you mean, and save again"


@blueprint.get("/people/<reference>/access")
@requires(Permission.ACCESS_SET)
@with_person
def access(person: WholePerson) -> str:
    """How the record is seen now, and who is or was named on it."""
    return _page(person, AccessForm(data={"access": person.access, "version": person.version}), NamingForm(prefix=NAMING))


@blueprint.post("/people/<reference>/access")
@requires(Permission.ACCESS_SET)
@with_person
def change_access(person: WholePerson) -> Any:
    """Open, restrict or seal the record."""
    form = AccessForm()

    def change() -> None:
        with act("person.access_set", reason=form.reason.data or "") as work:
            set_access(work, reference=person.reference, version=form.version.data or 0, access=Access(form.access.data))

    return _done(person, form, change, "Saved") or _page(person, form, NamingForm(formdata=None, prefix=NAMING))


@blueprint.post("/people/<reference>/access/name")
@requires(Permission.ACCESS_SET)
@with_person
def name(person: WholePerson) -> Any:
    """Name an officer or a team."""
    form = NamingForm(prefix=NAMING)
    form.offer(who_can_be_named(read_session()))

    def change() -> None:
        kind, _, who = (form.who.data or "").partition(":")
        with act("person.named", reason=form.reason.data or "") as work:
            if kind == "team":
                name_team(work, reference=person.reference, team=who)
            else:
                name_officer(work, reference=person.reference, username=who)

    answers = {"access": person.access, "version": person.version}
    return _done(person, form, change, "Named") or _page(person, AccessForm(formdata=None, data=answers), form)


@blueprint.route("/people/<reference>/access/<int:number>/end", methods=["GET", "POST"])
@requires(Permission.ACCESS_SET)
@with_person
def end(person: WholePerson, number: int) -> Any:
    """End one naming."""
    form = ReasonForm(data={"version": person.version})
    form.save.label.text = "End the naming"

    def change() -> None:
        with act("person.naming_ended", reason=form.reason.data or "") as work:
            end_naming(work, reference=person.reference, number=number)

    done = _done(person, form, change, "No longer named")
    if done:
        return done
    who = next((naming.who for naming in namings(read_session(), person.id) if naming.number == number), None) or abort(404)
    banner, is_own = banner_words(person, today()), who == current_user.display_name
    return render_template("people/end.html", form=form, person=person, banner=banner, who=who, is_own=is_own)


def _done(person: WholePerson, form: AccessForm | NamingForm | ReasonForm, change: Callable[[], None], done_words: str) -> Any:
    """Carry out the change and go back to the page, or put the refusal on the form and return nothing.

    Whoever ended their own naming cannot go back to the page, and is told so.
    """
    if not form.validate_on_submit():
        return None
    try:
        change()
    except RuleBroken as broken:
        refuse(form, broken)
        return None
    except ChangedMeanwhile:
        form.form_errors.append(CHANGED)
        if not isinstance(form, NamingForm):
            form.version.data = person.version
        return None
    read_session().rollback()  # what may be opened has changed
    if find_person(read_session(), viewer(), person.reference) is None:
        flash(f"{done_words}. You cannot open {person.reference} any more")
        return redirect(url_for("people.index"))
    flash(done_words)
    return redirect(url_for("people.access", reference=person.reference))


def _page(person: WholePerson, form: AccessForm, naming_form: NamingForm) -> str:
    session = read_session()
    naming_form.offer(who_can_be_named(session))
    named = namings(session, person.id)
    return render_template(
        "people/access.html",
        person=person,
        banner=banner_words(person, today()),
        form=naming_form if naming_form.errors else form,
        access_form=form,
        naming_form=naming_form,
        named=[naming for naming in named if naming.ended_at is None],
        ended=[naming for naming in named if naming.ended_at],
    )
