"""Change who somebody is said to be."""

from __future__ import annotations

from typing import Any

from flask import render_template

from orders_app.queries.people import WholePerson
from orders_app.queries.teams import all_areas
from orders_app.rules.access import Permission
from orders_app.services.people import change_identity
from orders_app.web.access import requires
from orders_app.web.people.banner import banner_words
from orders_app.web.people.blueprint import blueprint
from orders_app.web.people.forms import IdentityForm, identity_values
from orders_app.web.people.found import reason_for, with_person
from orders_app.web.people.saving import save
from orders_app.web.session import act, read_session, today


@blueprint.route("/people/<reference>/details/identity", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@with_person
def edit(person: WholePerson) -> Any:
    """Names, birth, sex, area, notes."""
    form = IdentityForm(data=identity_values(person))
    form.offer_areas(all_areas(read_session()))
    if form.validate_on_submit():
        answer = save(form, person, identity_values, lambda: _change(person, form), "Details saved")
        if answer is not None:
            return answer
    return render_template("people/edit.html", form=form, person=person, banner=banner_words(person, today()))


def _change(person: WholePerson, form: IdentityForm) -> None:
    with act("person.changed", reason=reason_for(person)) as work:
        change_identity(work, reference=person.reference, version=form.version.data, identity=form.identity())
