"""The standard conditions: read by whoever reads orders, changed by those who may."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries import condition_library as queries
from orders_app.rules.access import Permission
from orders_app.rules.condition_library import Template
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.services import condition_library as service
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.web.access import requires
from orders_app.web.condition_library.forms import ChangedTemplateForm, LibraryFilterForm, ReasonForm, TemplateForm, answers_of
from orders_app.web.condition_library.library_words import compared, library_row
from orders_app.web.fields import refuse
from orders_app.web.session import act, read_session

blueprint = Blueprint("condition_library", __name__, url_prefix="/library")
CHANGED = "This was changed after you opened it. Nothing of yours is saved yet: compare both below, then save again"
Answer = str | Response


@blueprint.get("")
@requires(Permission.ORDER_VIEW)
def index() -> str:
    """Every standard condition, or those of one type of order."""
    form = LibraryFilterForm(request.args)
    wanted = form.order_type.data if form.order_type.data in ORDER_TYPES else ""
    found = [t for t in queries.as_it_stands(read_session()) if not wanted or wanted in t.order_types]
    rows = [library_row(template) for template in sorted(found, key=lambda t: (t.is_retired, t.label.casefold()))]
    return render_template("condition_library/index.html", rows=rows, form=form, wanted=ORDER_TYPES.get(wanted))


@blueprint.get("/<key>")
@requires(Permission.ORDER_VIEW)
def show(key: str) -> str:
    """One standard condition as it stands, and every version it had."""
    made = _versions_or_404(key)
    return render_template("condition_library/show.html", made=made, shown=library_row(made[0].template))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.LIBRARY_EDIT)
def new() -> Answer:
    """Add a standard condition."""
    form = TemplateForm()
    if form.validate_on_submit():
        try:
            with act("library.added") as work:
                added = service.add_template(work, template=form.template(), reason=form.reason.data or "")
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            return _saved(added, "Added to the library")
    return render_template("condition_library/new.html", form=form)


@blueprint.route("/<key>/change", methods=["GET", "POST"])
@requires(Permission.LIBRARY_EDIT)
def change(key: str) -> Answer:
    """Make the next version of a standard condition."""
    standing = _versions_or_404(key)[0].template
    form = ChangedTemplateForm(data=answers_of(standing))
    rows = None
    if form.validate_on_submit():
        try:
            with act("library.changed") as work:
                typed = replace(form.template(key), is_retired=standing.is_retired)
                saved = service.change_template(work, version=form.version.data or 0, template=typed, reason=form.reason.data or "")
            return _saved(saved, f"Saved as version {saved.version}. Orders already made keep their words")
        except ChangedMeanwhile:
            form.form_errors.append(CHANGED)
            form.version.raw_data, form.version.data = None, standing.version
            rows = compared(standing, form.template(key))
        except RuleBroken as refusal:
            refuse(form, refusal)
    return render_template("condition_library/change.html", form=form, standing=standing, rows=rows)


@blueprint.route("/<key>/retire", methods=["GET", "POST"])
@requires(Permission.LIBRARY_EDIT)
def retire(key: str) -> Answer:
    """Offer a standard condition no more, or again where it was retired."""
    standing = _versions_or_404(key)[0].template
    form = ReasonForm(data={"version": standing.version})
    if form.validate_on_submit():
        try:
            with act("library.brought_back" if standing.is_retired else "library.retired") as work:
                turned = replace(standing, is_retired=not standing.is_retired)
                saved = service.change_template(work, version=form.version.data or 0, template=turned, reason=form.reason.data or "")
            return _saved(saved, "Offered no more. Orders already made keep their words" if saved.is_retired else "Offered again")
        except ChangedMeanwhile:
            flash("It was changed after you opened the form. Look at it again before you decide", "error")
            return redirect(url_for("condition_library.show", key=key))
        except RuleBroken as refusal:
            refuse(form, refusal)
    return render_template("condition_library/retire.html", form=form, standing=standing)


def _versions_or_404(key: str) -> list[queries.MadeVersion]:
    made = list(queries.versions(read_session(), key))
    if not made:
        raise NotFound(key)
    return made


def _saved(template: Template, what: str) -> Response:
    flash(what)
    return redirect(url_for("condition_library.show", key=template.key))
