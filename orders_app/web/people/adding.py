"""Add a person: who, numbers, address, then a check of the answers beside the people they may be already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from orders_app.queries import drafts
from orders_app.queries.duplicates import Duplicates, possible_duplicates
from orders_app.queries.teams import all_areas
from orders_app.rules.access import Permission
from orders_app.rules.duplicates import Known
from orders_app.rules.identifiers import LABELS
from orders_app.rules.people import SEX_WORDS
from orders_app.services import drafts as saving_drafts
from orders_app.services.errors import NotFound, RuleBroken, RulesBroken
from orders_app.services.new_people import NewPerson
from orders_app.services.people import record_person
from orders_app.services.person_checks import check_detail, check_identity, settled
from orders_app.web.access import requires
from orders_app.web.fields import refuse
from orders_app.web.filters import day, person_name
from orders_app.web.people.blueprint import blueprint
from orders_app.web.people.forms import CheckForm, FirstAddressForm, IdentityForm, NumbersForm
from orders_app.web.people.found import today
from orders_app.web.people.result_words import recent_row
from orders_app.web.session import act, read_session, viewer

DRAFT = "new_person"
FORMS: dict[str, type[Any]] = {"identity": IdentityForm, "numbers": NumbersForm, "address": FirstAddressForm}
AFTER = {"identity": "numbers", "numbers": "address", "address": "check"}
HEADINGS = {"identity": "Who is this person?", "numbers": "Numbers in other systems", "address": "Where do they live?"}
NOT_KEPT = ("csrf_token", "save", "version")


@blueprint.route("/people/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def new() -> Any:
    """The first page: who the person is."""
    form = _form("identity", None)
    if form.validate_on_submit() and not _refused("identity", form):
        with act("person.draft_begun") as work:
            draft = saving_drafts.begin_draft(work, kind=DRAFT, data={"identity": _typed()})
            token = draft.token
        return redirect(url_for("people.new_step", token=token, step="numbers"))
    return _step_page("identity", form, "")


@blueprint.route("/people/new/<token>/<any(identity, numbers, address):step>", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def new_step(token: str, step: str) -> Any:
    """One page of questions. What is typed is kept until the person is saved."""
    data = _draft(token)
    form = _form(step, None if request.method == "POST" else data.get(step, {}))
    if form.validate_on_submit() and not _refused(step, form):
        with act("person.draft_kept") as work:
            saving_drafts.save_draft(work, kind=DRAFT, token=token, data=data | {step: _typed()})
        if AFTER[step] == "check" or request.args.get("to") == "check":
            return redirect(url_for("people.new_check", token=token))
        return redirect(url_for("people.new_step", token=token, step=AFTER[step]))
    return _step_page(step, form, token)


@blueprint.route("/people/new/<token>/check", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def new_check(token: str) -> Any:
    """The answers, and those on file who may be the same. Nothing is saved until somebody has looked at them."""
    forms = {step: _form(step, answers) for step, answers in _draft(token).items()}
    made = _person(forms)
    duplicates = possible_duplicates(read_session(), viewer(), _known(made))
    form = CheckForm()
    if form.validate_on_submit() and _looked_at(form, duplicates):
        reference = _save(form, made, token)
        if reference:
            return redirect(url_for("people.show", reference=reference))
    possible = [recent_row(found.person, today()) | {"reasons": found.reasons} for found in duplicates.found]
    rows = _answers(forms, token)
    return render_template("people/new_check.html", form=form, rows=rows, possible=possible, has_restricted=duplicates.has_restricted)


def _looked_at(form: CheckForm, duplicates: Duplicates) -> bool:
    if duplicates.found and not form.none_of_these.data:
        form.none_of_these.errors = [
            "Look at each possible duplicate. Open the person if it is them, or tick that none of these is the same person"
        ]
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
    draft = drafts.find_draft(read_session(), user_id=current_user.viewer.user_id, kind=DRAFT, token=token)
    if draft is None:
        raise NotFound(token)
    return dict(draft.data)


def _typed() -> dict[str, list[str]]:
    return {name: values for name, values in request.form.lists() if name not in NOT_KEPT}


def _form(step: str, answers: Mapping[str, list[str]] | None) -> Any:
    """The form of a step: with what is being sent now, or with answers given before."""
    kept = {} if answers is None else {"formdata": MultiDict([(k, v) for k, values in answers.items() for v in values])}
    form = FORMS[step](**kept)
    if step == "identity":
        form.offer_areas(all_areas(read_session()))
        form.save.label.text = "Continue"
        del form.version  # nothing is stored yet that somebody else could change
    return form


def _refused(step: str, form: Any) -> bool:
    """Whether the services would refuse what this page asks; each refusal is put beside its box."""
    refusals = _refusals(step, form)
    for place, broken in refusals:
        refuse(form, RuleBroken(place, broken.message, broken.citation))
    return bool(refusals)


def _refusals(step: str, form: Any) -> list[tuple[str, RuleBroken]]:
    on = today()
    if step == "numbers":
        found = [(form.field_of(n), number) for n, number in enumerate(form.identifiers())]
        return [(place, broken) for place, number in found for broken in check_detail(number, on)]
    if step == "address":
        return [(broken.field, broken) for address in form.addresses() for broken in check_detail(address, on)]
    return [(broken.field, broken) for broken in check_identity(form.identity(), on)]


def _person(forms: Mapping[str, Any]) -> NewPerson:
    numbers = forms["numbers"].identifiers() if "numbers" in forms else ()
    addresses = forms["address"].addresses() if "address" in forms else ()
    return NewPerson(forms["identity"].identity(), identifiers=numbers, addresses=addresses)


def _known(made: NewPerson) -> Known:
    on = today()
    details = [settled(detail, on) for detail in made.details if not check_detail(detail, on)]
    numbers = frozenset((str(d.kind), d.value) for d in details if hasattr(d, "value"))
    postcodes = frozenset(d.postcode for d in details if hasattr(d, "postcode") and d.postcode)
    return Known(((made.identity.surname, made.identity.forenames),), made.identity.born_on, numbers, postcodes)


def _step_page(step: str, form: Any, token: str) -> str:
    fields = [field for field in form if field.type not in ("SubmitField", "CSRFTokenField", "VersionField")]
    return render_template("people/new_step.html", form=form, fields=fields, heading=HEADINGS[step], step=step, token=token)


def _answers(forms: Mapping[str, Any], token: str) -> list[dict[str, str]]:
    identity = forms["identity"].identity()
    rows = [
        ("Name", person_name(identity.surname, identity.forenames), "identity"),
        ("Date of birth", day(identity.born_on) or "Not known", "identity"),
        ("Sex", SEX_WORDS.get(identity.sex, "Not known"), "identity"),
    ]
    numbers = forms["numbers"].identifiers() if "numbers" in forms else ()
    rows.append(("Numbers", ", ".join(f"{LABELS[n.kind]} {n.value}" for n in numbers) or "None given", "numbers"))
    addresses = forms["address"].addresses() if "address" in forms else ()
    rows.append(("Home address", ", ".join(f"{a.lines} {a.postcode}".strip() for a in addresses) or "Not known", "address"))
    return [{"key": k, "value": v, "href": url_for("people.new_step", token=token, step=step, to="check")} for k, v, step in rows]
