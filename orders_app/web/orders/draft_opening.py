"""Open a draft with the rows it points at, keep what is typed on it, and draw one of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries import drafts, order_choices
from orders_app.rules.facts import EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.services.corrections import check_correction
from orders_app.services.drafts import save_draft
from orders_app.services.errors import NotFound, RuleBroken
from orders_app.services.orders import check_order
from orders_app.services.variations import check_variation
from orders_app.web.fields import refuse
from orders_app.web.filters import at_about, born, person_name
from orders_app.web.orders.draft_answers import CORRECTS, VARIES, Answers, Known
from orders_app.web.orders.draft_checklist import checklist
from orders_app.web.orders.draft_correction import correction_of
from orders_app.web.orders.draft_order import new_order
from orders_app.web.orders.draft_variation import variation_of
from orders_app.web.orders.lists import DRAFT
from orders_app.web.record_pages import ORDER
from orders_app.web.session import act, law_tables, now, read_session, today, viewer

LEAVE = "leave"
# What is refused of answers that are not asked here, and beside which questions it is said: an age is tested on the day of the order.
BESIDE = {"subject_born_on": ("made_on", "authorised_at"), "in_force_from": ("stated_in_force_from",)}


@dataclass(frozen=True)
class OpenDraft:
    """A draft as its owner has it before them, and the step shown."""

    token: str
    step: str
    answers: Answers
    saved: str

    def href(self, step: str) -> str:
        """The address of a step."""
        return url_for("orders.draft_step", token=self.token, step=step)

    def keep(self, **changes: Any) -> None:
        """Keep answers on the server. Nothing is live."""
        self.answers.change(changes)
        with act("order.draft_saved") as work:
            save_draft(work, kind=DRAFT, token=self.token, data=self.answers.data)

    def onward(self) -> Response:
        """To the next step, or to the list of drafts for whoever saves and leaves."""
        if request.form.get("do") == LEAVE:
            return redirect(url_for("orders.drafts"))
        return redirect(self.href(self.answers.after(self.step)))

    def page(self, *, template: str = "", **shown: Any) -> str:
        """The step's page, with the steps and the list of what is missing beside it."""
        answers, steps = self.answers, self.answers.steps
        previous = steps[max(steps.index(self.step) - 1, 0)]
        return render_template(
            f"orders/draft_{template or TEMPLATES.get(self.step, 'step')}.html",
            draft=self,
            answers=answers,
            heading=answers.words(self.step),
            note=NOTES[self.step].format(answers.data["terms_of"]) if answers.purpose == CORRECTS and self.step in NOTES else "",
            caption=f"{caption(answers)}. Step {steps.index(self.step) + 1} of {len(steps)}",
            steps=[(answers.words(step), self.href(step), step == self.step) for step in steps],
            checklist=checklist(answers),
            back={"href": self.href(previous), "text": f"Back to {answers.words(previous).lower()}"} if previous != self.step else None,
            **shown,
        )


TEMPLATES = {"conditions": "conditions", "protected": "protected", "check": "check", "ends": "ends", "type": "type"}


NOTES = {
    "court": "Put right what was typed wrongly. What the court decided later is an event: record it from the order’s page.",
    "ends": "The end as it was stated when the order was made. Correct an end that a variation set on the timeline, with the variation.",
    "protected": "Remove somebody whom the order never named, and add whom it did name.",
    "conditions": "The terms of version {}. Remove a condition that never was a term. What the court changed is a variation.",
}


def open_draft(token: str, step: str) -> OpenDraft:
    """Return the reader's own draft at a step it has. Raises NotFound."""
    row = drafts.find_draft(read_session(), user_id=viewer().user_id, kind=DRAFT, token=token)
    if row is None:
        raise NotFound(token)
    answers = Answers(dict(row.data), known_rows(row.data))
    if step not in answers.steps or (answers.order_type is None and step != "type"):
        raise NotFound(step)
    return OpenDraft(token, step, answers, f"Draft saved {at_about(row.changed_at, now())}")


def known_rows(data: dict[str, Any]) -> Known:
    """The rows a draft points at, in three statements. Raises NotFound where its person is not to be seen any more."""
    session, looking = read_session(), viewer()
    protected = (*data.get("protected", []), *data.get("before", {}).get("protected", []))
    references = [data["person"], *(row["reference"] for row in protected)]
    found = order_choices.people_by_reference(session, looking, references)
    if data["person"] not in found:
        raise NotFound(data["person"])
    follows = order_choices.order_by_reference(session, looking, data["follows"]) if data.get("follows") else None
    staff = tuple(order_choices.staff(session, ORDER))
    return Known(law_tables(), today(), found[data["person"]], found, follows, staff, _areas(data.get("type", "")))


def refuse_on(form: Any, draft: OpenDraft) -> bool:
    """Put what the law says against the draft on this form's fields. Return whether there was anything."""
    found = [(place, problem) for problem in law_problems(draft) if (place := _place(form, problem.field))]
    for place, problem in found:
        refuse(form, RuleBroken(place, problem.message, problem.citation))
    return bool(found)


def _place(form: Any, field: str) -> str:
    """The question of this form that a refusal stands beside; empty where it is of another step."""
    return next((name for name in (field, *BESIDE.get(field, ())) if name in form), "")


def law_problems(draft: OpenDraft) -> list[RuleBroken]:
    """Everything the law says against the order, or its variation, as answered so far."""
    answers = draft.answers
    with act("order.draft_checked") as work:
        if answers.purpose == CORRECTS:
            return check_correction(work, reference=answers.about, correction=correction_of(answers)).broken
        if answers.purpose != VARIES:
            return check_order(work, new_order(answers))
        variation = variation_of(answers)
        return check_variation(work, reference=answers.about, variation=variation) if variation else []


def caption(answers: Answers) -> str:
    """Record an order: DVPO for CLARKE, Nathan, born 30 January 1991."""
    person = answers.known.person
    who = f"{person_name(person.surname, person.forenames)}, born {born(person.born_on, today())}"
    return f"{what_it_does(answers)} {'of' if answers.about else 'for'} {who}"


def what_it_does(answers: Answers) -> str:
    """Record an order: DVPO. Record a variation: SPO-2026-0042."""
    if answers.purpose == VARIES:
        return f"Record a {'renewal' if answers.data['kind'] == EventKind.RENEWED else 'variation'}: {answers.about}"
    if answers.purpose == CORRECTS:
        return f"Correct what was recorded: {answers.about}"
    return f"Record an order: {answers.order_type.name}" if answers.order_type else "Record an order"


def _areas(code: str) -> tuple[str, ...]:
    """Every area that has decided whether there was such an order, where its law did not begin or end everywhere at once."""
    order_type, provisions = ORDER_TYPES.get(code), law_tables().provisions
    if order_type is None:
        return ()
    return tuple(sorted({*provisions.all_areas(order_type.since), *provisions.all_areas(order_type.until)}))
