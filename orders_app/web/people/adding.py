"""Add a person: who, numbers, address, then a check of the answers beside the people they may be already."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries import drafts
from orders_app.queries.duplicates import Duplicates, possible_duplicates
from orders_app.rules.access import Permission
from orders_app.services import drafts as saving_drafts
from orders_app.services.errors import NotFound, RulesBroken
from orders_app.services.new_people import NewPerson
from orders_app.services.people import record_person
from orders_app.web.access import requires
from orders_app.web.fields import refuse
from orders_app.web.filters import at, person_name
from orders_app.web.people.blueprint import blueprint
from orders_app.web.people.forms import CheckForm
from orders_app.web.people.new_answers import answer_rows, form_of, is_refused, known_of, person_of, typed
from orders_app.web.people.result_words import recent_row
from orders_app.web.session import act, read_session, today, viewer

DRAFT = "new_person"
STEPS = ("identity", "numbers", "address", "check")
HEADINGS = {"identity": "Who is this person?", "numbers": "Numbers in other systems", "address": "Where do they live?"}
LOOK_AT_EACH = "Look at each possible duplicate. Open the person if it is them, or tick that none of these is the same person"


@blueprint.route("/people/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def new() -> Any:
    """The first page: who the person is."""
    form = form_of("identity", None)
    if form.validate_on_submit() and not is_refused("identity", form):
        with act("person.draft_begun") as work:
            token = saving_drafts.begin_draft(work, kind=DRAFT, data={"identity": typed()}).token
        return redirect(url_for("people.new_step", token=token, step="numbers"))
    return _step_page("identity", form, "")


@blueprint.route("/people/new/<token>/<any(identity, numbers, address):step>", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def new_step(token: str, step: str) -> Any:
    """One page of questions. What is typed is kept until the person is saved."""
    data = _draft(token)
    form = form_of(step, None if request.method == "POST" else data.get(step, {}))
    if form.validate_on_submit() and not is_refused(step, form):
        with act("person.draft_kept") as work:
            saving_drafts.save_draft(work, kind=DRAFT, token=token, data=data | {step: typed()})
        following = "check" if request.args.get("to") == "check" else STEPS[STEPS.index(step) + 1]
        return redirect(_address_of(token, following))
    return _step_page(step, form, token)


@blueprint.route("/people/new/<token>/check", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def new_check(token: str) -> Any:
    """The answers, and those on file who may be the same. Nothing is saved until somebody has looked at them."""
    made = person_of(_draft(token))
    duplicates = possible_duplicates(read_session(), viewer(), known_of(made))
    form = CheckForm()
    if form.validate_on_submit() and _looked_at(form, duplicates):
        reference = _save(form, made, token)
        if reference:
            flash(f"Recorded as {reference}")
            return redirect(url_for("people.show", reference=reference))
    return render_template(
        "people/new_check.html",
        form=form,
        back={"href": _address_of(token, "address"), "text": "Back"},
        rows=answer_rows(made, token),
        possible=[recent_row(found.person, today()) | {"reasons": found.reasons} for found in duplicates.found],
        has_restricted=duplicates.has_restricted,
    )


@blueprint.post("/people/new/<token>/remove")
@requires(Permission.PERSON_EDIT)
def remove_draft(token: str) -> Response:
    """Throw away what was typed of somebody who is not to be added."""
    with act("person.draft_removed") as work:
        saving_drafts.drop_draft(work, kind=DRAFT, token=token)
    flash("What you had typed is thrown away")
    return redirect(url_for("people.index"))


def begun() -> list[dict[str, str]]:
    """The people whom the reader has begun to add, last changed first."""
    rows = drafts.drafts_of(read_session(), user_id=viewer().user_id, kind=DRAFT)
    return [_begun_row(row) for row in rows]


def _begun_row(row: Any) -> dict[str, str]:
    surname, forenames = (" ".join(row.data["identity"].get(name, [])) for name in ("surname", "forenames"))
    token = row.token
    return {"token": token, "name": person_name(surname, forenames), "changed": at(row.changed_at), "href": _address_of(token, "check")}


def _looked_at(form: CheckForm, duplicates: Duplicates) -> bool:
    if duplicates.found and not form.none_of_these.data:
        form.none_of_these.errors = [LOOK_AT_EACH]
        return False
    return True


def _save(form: CheckForm, made: NewPerson, token: str) -> str:
    try:
        with act("person.recorded") as work:
            person = record_person(work, made)
            saving_drafts.drop_draft(work, kind=DRAFT, token=token)
            return str(person.reference)
    except RulesBroken as broken:
        for problem in broken.problems:
            refuse(form, problem)
    return ""


def _draft(token: str) -> dict[str, Any]:
    draft = drafts.find_draft(read_session(), user_id=viewer().user_id, kind=DRAFT, token=token)
    if draft is None:
        raise NotFound(token)
    return dict(draft.data)


def _step_page(step: str, form: Any, token: str) -> str:
    fields = [field for field in form if field.type not in ("SubmitField", "CSRFTokenField", "VersionField")]
    back = {"href": _before(step, token), "text": "Back"}
    return render_template("people/new_step.html", form=form, fields=fields, heading=HEADINGS[step], back=back, token=token)


def _before(step: str, token: str) -> str:
    """Where the page before is: the check page for whoever came from there to change an answer."""
    if request.args.get("to") == "check":
        return _address_of(token, "check")
    place = STEPS.index(step)
    return _address_of(token, STEPS[place - 1]) if place else url_for("people.index")


def _address_of(token: str, step: str) -> str:
    if step == "check":
        return url_for("people.new_check", token=token)
    return url_for("people.new_step", token=token, step=step)
