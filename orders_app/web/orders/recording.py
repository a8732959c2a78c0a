"""Record an order, one question group a page. Answers are kept on the server until they are checked and saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries import drafts as draft_rows
from orders_app.queries import order_choices
from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.search_terms import LONGEST
from orders_app.services.drafts import Searched, begin_draft, drop_draft
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.fields import Required, TextField
from orders_app.web.filters import at, person_name
from orders_app.web.kept_searches import keep_search, kept_search
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.draft_answers import Answers, Known
from orders_app.web.orders.draft_beginning import begin_following, following_type
from orders_app.web.orders.draft_opening import OpenDraft, open_draft, what_it_does
from orders_app.web.orders.draft_steps import court_step, ends_step, follows_step, owner_step, reason_step, type_step, variation_step
from orders_app.web.orders.found import order_or_404
from orders_app.web.orders.lists import DRAFT
from orders_app.web.orders.opened import opened_now
from orders_app.web.orders.people_finder import find_people, person_row
from orders_app.web.orders.recording_check import check_step
from orders_app.web.orders.recording_forms import StepForm
from orders_app.web.orders.recording_protected import WHAT_TO_FIND, protected_step
from orders_app.web.orders.recording_terms import conditions_step
from orders_app.web.session import act, law_tables, read_session, today, viewer

Answer = str | Response | tuple[str, int]
STEPS: dict[str, Callable[[OpenDraft], Answer]] = {
    "type": type_step,
    "follows": follows_step,
    "court": court_step,
    "ends": ends_step,
    "protected": protected_step,
    "conditions": conditions_step,
    "owner": owner_step,
    "variation": variation_step,
    "reason": reason_step,
    "check": check_step,
}


class FinderForm(StepForm):
    """Whom to find."""

    q = TextField("Name, reference, PNC number or date of birth", [Required(WHAT_TO_FIND)], max_length=LONGEST, label_size="")


@blueprint.route("/orders/new", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def new() -> Answer:
    """Whom the order binds: find the person, or come with one. Choosing begins the draft."""
    if request.method == "POST" and "q" not in request.form:
        return _begin(request.form)
    asked = {name: request.values.get(name, "") for name in ("person", "type", "follows")}
    words = kept_search(Searched.PEOPLE, request.args["found"])["q"] if request.args.get("found") else ""
    form = FinderForm(data={"q": words})
    if form.validate_on_submit():
        return _find(asked, form.q.data or "")
    chosen = order_choices.people_by_reference(read_session(), viewer(), [asked["person"]]) if asked["person"] else {}
    return render_template(
        "orders/new.html",
        asked=asked,
        form=form,
        chosen=[person_row(person) for person in chosen.values()],
        found=find_people(words) if words else None,
        type_words=ORDER_TYPES[asked["type"]].name if asked["type"] in ORDER_TYPES else "",
    )


@blueprint.route("/orders/new/<token>/<step>", methods=["GET", "POST"])
@requires(Permission.ORDER_RECORD)
def draft_step(token: str, step: str) -> Answer:
    """One step of a draft."""
    if step not in STEPS:
        raise NotFound(step)
    return STEPS[step](open_draft(token, step))


@blueprint.get("/orders/drafts")
@requires(Permission.ORDER_RECORD)
def drafts() -> str:
    """The reader's own drafts."""
    rows = draft_rows.drafts_of(read_session(), user_id=viewer().user_id, kind=DRAFT)
    people = order_choices.people_by_reference(read_session(), viewer(), [row.data["person"] for row in rows])
    shown = [_draft_row(row, people[row.data["person"]]) for row in rows if row.data["person"] in people]
    return render_template("orders/drafts.html", rows=shown)


@blueprint.post("/orders/drafts/<token>/remove")
@requires(Permission.ORDER_RECORD)
def remove_draft(token: str) -> Response:
    """Throw a draft away."""
    with act("order.draft_removed") as work:
        drop_draft(work, kind=DRAFT, token=token)
    flash("Draft removed")
    return redirect(url_for("orders.drafts"))


def _find(asked: dict[str, str], words: str) -> Response:
    """Keep the words typed to find the person: they may be a name, and an address holds none."""
    found = keep_search(Searched.PEOPLE, {"q": words})
    return redirect(url_for("orders.new", type=asked["type"] or None, found=found), 303)


def _begin(answers: Any) -> Response:
    found = order_choices.people_by_reference(read_session(), viewer(), [answers.get("person", "")])
    if not found:
        raise NotFound("person")
    (person,) = found.values()
    if answers.get("follows"):
        return _begin_following(order_or_404(answers["follows"]))
    data = {"person": person.reference, **({"type": answers["type"]} if answers.get("type") in ORDER_TYPES else {})}
    with act("order.draft_begun") as work:
        draft = begin_draft(work, kind=DRAFT, data=data, person_id=person.id)
    return redirect(url_for("orders.draft_step", token=draft.token, step="type"))


def _begin_following(whole: WholeOrder) -> Response:
    following = following_type(whole)
    if following is None:
        raise NotFound(whole.order.reference)
    with act("order.draft_begun") as work:
        draft = begin_following(work, whole, following, opened=opened_now(whole))
    return redirect(url_for("orders.draft_step", token=draft.token, step="court"))


def _draft_row(row: Any, person: Any) -> dict[str, str]:
    answers = Answers(dict(row.data), Known(law_tables(), today(), person))
    return {
        "token": row.token,
        "name": person_name(person.surname, person.forenames),
        "what": what_it_does(answers),
        "changed": at(row.changed_at),
        "href": url_for("orders.draft_step", token=row.token, step="check" if answers.order_type else "type"),
    }
