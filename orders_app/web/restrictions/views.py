"""How widely a person or an order is seen, and the officers and teams named on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user

from orders_app.queries.restrictions import who_can_be_named
from orders_app.rules.access import Access, Permission
from orders_app.services import restrictions
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.web.access import requires
from orders_app.web.fields import refuse
from orders_app.web.people.forms import ReasonForm
from orders_app.web.people.found import KnownOf
from orders_app.web.restrictions.forms import AccessForm, NamingForm
from orders_app.web.restrictions.subjects import Subject, subject_of
from orders_app.web.session import act, read_session

blueprint = Blueprint("restrictions", __name__)
ADDRESS = "/<any(people, orders, registrations):kind>/<reference>/access"
NAMING = "naming"  # two forms of one page
CHANGED = "Somebody changed this record after you opened the page. Check that this is still what you mean, and save again"


@blueprint.get(ADDRESS)
@requires(Permission.ACCESS_SET)
def show(kind: str, reference: str) -> str:
    """How the record is seen now, and who is or was named on it."""
    subject = subject_of(kind, reference)
    return _page(subject, _access_form(subject), NamingForm(prefix=NAMING))


@blueprint.post(ADDRESS)
@requires(Permission.ACCESS_SET)
def set_access(kind: str, reference: str) -> Any:
    """Open, restrict or seal the record."""
    subject, form = subject_of(kind, reference), AccessForm()

    def change() -> None:
        with act("access.set", reason=form.reason.data or "") as work:
            version, chosen = form.version.data or 0, Access(form.access.data)
            restrictions.set_access(work, of=subject.of, reference=subject.reference, version=version, access=chosen)

    return _done(subject, form, change, "Saved") or _page(subject, form, NamingForm(formdata=None, prefix=NAMING))


@blueprint.post(f"{ADDRESS}/name")
@requires(Permission.ACCESS_SET)
def name(kind: str, reference: str) -> Any:
    """Name an officer or a team."""
    subject, form = subject_of(kind, reference), NamingForm(prefix=NAMING)
    form.offer(who_can_be_named(read_session()))

    def change() -> None:
        what, _, who = (form.who.data or "").partition(":")
        with act("access.named", reason=form.reason.data or "") as work:
            if what == "team":
                restrictions.name_team(work, of=subject.of, reference=subject.reference, team=who)
            else:
                restrictions.name_officer(work, of=subject.of, reference=subject.reference, username=who)

    return _done(subject, form, change, "Named") or _page(subject, _access_form(subject), form)


@blueprint.route(f"{ADDRESS}/<int:number>/end", methods=["GET", "POST"])
@requires(Permission.ACCESS_SET)
def end(kind: str, reference: str, number: int) -> Any:
    """End one naming."""
    subject = subject_of(kind, reference)
    naming = next((one for one in subject.namings() if one.number == number and one.ended_at is None), None) or abort(404)
    form = ReasonForm(data={"version": subject.version})
    form.save.label.text = "End the naming"

    def change() -> None:
        with act("access.naming_ended", reason=form.reason.data or "") as work:
            restrictions.end_naming(work, of=subject.of, reference=subject.reference, number=number)

    is_own = naming.who == current_user.display_name
    page = {"form": form, "subject": subject, "who": naming.who, "is_own": is_own}
    return _done(subject, form, change, "No longer named") or render_template("restrictions/end.html", **page)


def _done(subject: Subject, form: AccessForm | NamingForm | ReasonForm, change: Callable[[], None], done_words: str) -> Any:
    """Carry out the change and go back to the page, or put the refusal on the form and return nothing."""
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
            form.version.data = subject.version
        return None
    return _away(subject, done_words)


def _away(subject: Subject, done_words: str) -> Any:
    """Back to the page; whoever ended their own naming cannot go back to it, and is told so."""
    read_session().rollback()  # what may be opened has changed
    try:
        subject_of(subject.kind, subject.reference)
    except (NotFound, KnownOf):
        flash(f"{done_words}. You cannot open {subject.reference} any more")
        return redirect(url_for("people.index"))
    flash(done_words)
    return redirect(url_for("restrictions.show", kind=subject.kind, reference=subject.reference))


def _access_form(subject: Subject) -> AccessForm:
    return AccessForm(formdata=None, data={"access": subject.access, "version": subject.version})


def _page(subject: Subject, form: AccessForm, naming_form: NamingForm) -> str:
    naming_form.offer(who_can_be_named(read_session()))
    named = subject.namings()
    return render_template(
        "restrictions/show.html",
        subject=subject,
        form=naming_form if naming_form.errors else form,
        access_form=form,
        naming_form=naming_form,
        named=[naming for naming in named if naming.ended_at is None],
        ended=[naming for naming in named if naming.ended_at],
    )
