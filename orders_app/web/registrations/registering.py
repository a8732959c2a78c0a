"""Register a person, one question group a page. Answers are kept on the server until they are checked and saved."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from orders_app.queries import drafts, order_choices
from orders_app.queries.registration_facts import harm_orders
from orders_app.queries.registrations import registrations_of_person
from orders_app.rules.access import Permission
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.services import drafts as saving_drafts
from orders_app.services.drafts import Searched
from orders_app.services.errors import NotFound, RuleBroken
from orders_app.services.registrations import check_registration, record_registration
from orders_app.web.access import requires
from orders_app.web.fields import Problem
from orders_app.web.filters import born, person_name
from orders_app.web.kept_searches import keep_search, kept_search
from orders_app.web.orders.draft_answers import typed_answers
from orders_app.web.orders.people_finder import find_people, person_row
from orders_app.web.orders.recording import FinderForm
from orders_app.web.registrations.blueprint import blueprint
from orders_app.web.registrations.changed import refuse_on
from orders_app.web.registrations.new_answers import CHECK, STEP_WORDS, STEPS, Answers, answer_rows, ends_words, registration_of, step_of
from orders_app.web.session import act, read_session, today, viewer

DRAFT = "new_registration"
Answer = str | Response


@blueprint.route("/registrations/new", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_RECORD)
def new() -> Answer:
    """Who has to notify: find the person, or come with one. Choosing begins the draft."""
    if request.method == "POST" and "q" not in request.form:
        return _begin(request.form.get("person", ""))
    words = kept_search(Searched.PEOPLE, request.args["found"])["q"] if request.args.get("found") else ""
    form = FinderForm(data={"q": words})
    if form.validate_on_submit():
        return redirect(url_for("registrations.new", found=keep_search(Searched.PEOPLE, {"q": form.q.data or ""})), 303)
    chosen = order_choices.people_by_reference(read_session(), viewer(), [request.args.get("person", "")])
    return render_template(
        "registrations/new.html",
        form=form,
        chosen=[person_row(person) for person in chosen.values()],
        found=find_people(words) if words else None,
    )


@blueprint.route("/registrations/new/<token>/<any(basis, what, first, owner):step>", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_RECORD)
def new_step(token: str, step: str) -> Answer:
    """One page of questions. What is typed is kept until the registration is saved."""
    answers = _opened(token)
    if step == "what" and answers.kind is None:
        return redirect(answers.href("basis"))
    if request.method == "POST":
        answers = _kept(answers, step, typed_answers(request.form))
    form = answers.form(step, answers.data.get(step))
    if request.method == "POST" and form.validate() and not _is_refused(answers, form):
        return redirect(answers.href(_following(answers, step)))
    place = STEPS.index(step)
    back = answers.href(STEPS[place - 1]) if place else url_for("registrations.index")
    fields = [field for field in form if field.name != "csrf_token"]
    return render_template("registrations/new_step.html", form=form, fields=fields, back_href=back, **_heading(answers, step))


@blueprint.route("/registrations/new/<token>/check", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_RECORD)
def new_check(token: str) -> Answer:
    """The answers, and the button that registers the person."""
    answers = _opened(token)
    problems = [Problem(f"Answer: {STEP_WORDS[step]}", answers.href(step)) for step in answers.missing()]
    if request.method == "POST" and not problems:
        reference = _record(answers, problems)
        if reference:
            flash(f"Registered as {reference}")
            return redirect(url_for("registrations.show", reference=reference))
    return render_template(
        "registrations/new_check.html",
        rows=answer_rows(answers),
        ends=ends_words(answers),
        problems=problems,
        back_href=answers.href("owner"),
        **_heading(answers, CHECK),
    )


@blueprint.post("/registrations/new/<token>/remove")
@requires(Permission.REGISTRATION_RECORD)
def remove_draft(token: str) -> Response:
    """Throw away what was typed."""
    with act("registration.draft_removed") as work:
        saving_drafts.drop_draft(work, kind=DRAFT, token=token)
    flash("What you had typed is thrown away")
    return redirect(url_for("registrations.index"))


def _begin(reference: str) -> Response:
    """A draft for the person chosen; or the registration that the person has."""
    found = order_choices.people_by_reference(read_session(), viewer(), [reference])
    if not found:
        raise NotFound("person")
    (person,) = found.values()
    running = [case for case in registrations_of_person(read_session(), viewer(), person.id) if case.registration.ended_on is None]
    if running:
        flash("This person is registered already", "information")
        return redirect(url_for("registrations.show", reference=running[0].registration.reference))
    with act("registration.draft_begun") as work:
        data = {"person": person.reference}
        draft = saving_drafts.begin_draft(work, kind=DRAFT, data=data, person_id=person.id)
    return redirect(url_for("registrations.new_step", token=draft.token, step="basis"))


def _opened(token: str) -> Answers:
    """The reader's own draft, with the rows it points at. Raises NotFound."""
    session, looking = read_session(), viewer()
    row = drafts.find_draft(session, user_id=looking.user_id, kind=DRAFT, token=token)
    found = order_choices.people_by_reference(session, looking, [row.data["person"]]) if row else {}
    if row is None or not found:
        raise NotFound(token)
    (person,) = found.values()
    orders = harm_orders(session, [person.id], looking)
    staff = tuple(order_choices.staff(session, REGISTRATION.code))
    area_id = person.area_id or looking.area_id
    area = next((option.value for option in staff if option.kind == "area" and option.id == area_id), "")
    mine = {"owner": [current_user.username], "team": [current_user.team_name], "area_of_force": [area]}
    return Answers(token, {"owner": mine} | dict(row.data), person, orders, staff)


def _kept(answers: Answers, step: str, typed: dict[str, list[str]]) -> Answers:
    """The answers with one step more. Another kind of beginning has other questions."""
    data = dict(answers.data) | {step: typed}
    if step == "basis" and typed.get("kind") != (answers.data.get("basis") or {}).get("kind"):
        data.pop("what", None)
    with act("registration.draft_kept") as work:
        saving_drafts.save_draft(work, kind=DRAFT, token=answers.token, data=data)
    return Answers(answers.token, data, answers.person, answers.orders, answers.staff)


def _following(answers: Answers, step: str) -> str:
    """The step that comes next; the check for whoever came from there, unless something is open now."""
    if request.args.get("to") == CHECK and not answers.missing():
        return CHECK
    return STEPS[STEPS.index(step) + 1]


def _is_refused(answers: Answers, form: Any) -> bool:
    """Whether the law refuses what this page asks; each refusal stands beside its box."""
    found = [problem for problem in _problems(answers) if problem.field in form or (problem.field == "term" and "term_years" in form)]
    for problem in found:
        refuse_on(form, problem)
    return bool(found)


def _problems(answers: Answers) -> list[RuleBroken]:
    with act("registration.draft_checked") as work:
        return check_registration(work, registration_of(answers))


def _record(answers: Answers, problems: list[Problem]) -> str:
    """The reference of the registration; empty where it is refused, and what is refused is added to the problems."""
    try:
        with act("registration.recorded") as work:
            row = record_registration(work, registration_of(answers))
            saving_drafts.drop_draft(work, kind=DRAFT, token=answers.token)
            return str(row.reference)
    except RuleBroken as broken:
        for problem in getattr(broken, "problems", (broken,)):
            cited = f" ({problem.citation})" if problem.citation else ""
            problems.append(Problem(f"{problem.message}{cited}", answers.href(step_of(problem.field, answers))))
    return ""


def _heading(answers: Answers, step: str) -> dict[str, Any]:
    person = answers.person
    who = f"{person_name(person.surname, person.forenames)}, born {born(person.born_on, today())}"
    return {"heading": STEP_WORDS[step], "caption": f"Register {who}. Step {STEPS.index(step) + 1} of {len(STEPS)}", "token": answers.token}
