"""Hand a record over to another officer or team, with what goes along and what whoever takes it should know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import render_template
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from orders_app.queries import order_choices
from orders_app.queries.assignees import TEAM, Colleague, who_can_have
from orders_app.queries.caseload_takers import team_key
from orders_app.queries.hand_overs import Goes, what_goes
from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.services.hand_overs import hand_over
from orders_app.services.takers import LONGEST_NOTE, held_by
from orders_app.web.access import requires
from orders_app.web.colleagues import listed_by_team
from orders_app.web.deadline_words import stored_deadline_words
from orders_app.web.fields import CheckboxField, Required, SelectField, TextareaField, choice
from orders_app.web.filters import at_about, plural
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.changed import CHANGE_MINE, NOT_MINE, SAVE, Change, RecordChange, Theirs, W, Way, save_change
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.orders.opened import OpenedField, Whole, opened_by_reader
from orders_app.web.orders.order_words import order_title
from orders_app.web.said import said
from orders_app.web.session import act, now, read_session

IN_TEAM = "A team, nobody in person"


class HandOverForm(FlaskForm):
    """Who takes it, with what, and what they should know. `opened` is the record as it was when the page was made."""

    opened = OpenedField()
    to = SelectField(
        "Who takes it over?",
        [Required("Choose an officer or a team")],
        hint="Only those who may see this record and record on it are listed",
    )
    note = TextareaField(
        "What should they know?", [Required("Enter what whoever takes it over should know")], max_length=LONGEST_NOTE, has_count=True,
        hint="It stands on the timeline and in their My work. Say what is done, what is next and whom to ring",
    )  # fmt: skip
    takes_all = CheckboxField("Also what was given to other officers")

    def offer(self, teams: Iterable[str], officers: Sequence[Colleague]) -> None:
        """List the teams, then the officers under the names of their teams."""
        listed = listed_by_team(officers, lambda one: one.key)
        self.to.choices = {"": [choice("", "Choose")], IN_TEAM: [choice(team_key(name), name) for name in teams], **listed}

    @property
    def given_to(self) -> dict[str, str]:
        """The officer or the team chosen, as the service is told."""
        kind, _, name = (self.to.data or "").partition(":")
        return {kind: name}


class HandingOver(RecordChange[W]):
    """A record given to somebody else, beside somebody else’s giving it away."""

    form: HandOverForm
    heading = "Hand over to another officer"

    def __init__(self, form: HandOverForm) -> None:
        self.form = form

    def save(self, whole: W, keep: str) -> Response:
        """Hand it over."""
        form, reference = self.form, whole.record.reference
        with act(f"{whole.record.kind}.handed_over", reason=form.note.data or "") as work:
            given = {"note": form.note.data or "", **form.given_to}
            row = hand_over(work, reference=reference, version=self.version, takes_all=bool(form.takes_all.data), **given)
            done = f"Handed over to {row.given_to}, with {plural(row.deadlines, 'open deadline')}"
        return self.finished(whole, f"{done}. They and the supervisors are told")

    def mine(self) -> dict[str, str]:
        """Whom to, and the note."""
        return {str(field.label.text): said(field) for field in (self.form.to, self.form.note)}

    def theirs(self, whole: W) -> Theirs | None:
        """The last time it was handed over since."""
        since = self.opened.handed_over_since(whole)
        if not since:
            return None
        row = since[-1]
        answers = {str(self.form.to.label.text): row.given_to, str(self.form.note.label.text): row.note}
        return Theirs(answers, f"{row.handed_by}, {at_about(row.handed_at, now())}")

    def ways(self, whole: W, theirs: Theirs | None) -> list[Way]:
        """On from whoever has it now."""
        return [Way(SAVE, "Hand it on all the same. Both stay on the timeline" if theirs else "Hand it over"), CHANGE_MINE, NOT_MINE]


class HandingOrderOver(Change, HandingOver[WholeOrder]):
    """An order handed over."""


@blueprint.route("/orders/<reference>/hand-over", methods=["GET", "POST"])
@requires(Permission.ALERT_ASSIGN)
def hand_over_order(reference: str) -> str | Response | tuple[str, int]:
    """Who takes it, and what goes along."""
    whole = order_or_404(reference)
    form = hand_over_form(whole)
    answer = save_change(whole, HandingOrderOver(form)) if form.validate_on_submit() else None
    about = {"title": order_title(whole), "banner": banner_of(whole), **what_is_handed(whole.order)}
    return answer or render_template("orders/hand_over_order.html", whole=whole, form=form, **about)


def what_is_handed(record: Any) -> dict[str, Any]:
    """What the page says of a record of any kind: who has it, what goes along and what stays."""
    going = what_goes(read_session(), record)
    return {
        "heading": HandingOver.heading,
        "held_by": held_by(record.owner, record.team),
        "going": [_goes_words(goes) for goes in going if goes.is_owners],
        "staying": [_goes_words(goes) for goes in going if not goes.is_owners],
    }


def hand_over_form(whole: Whole) -> HandOverForm:
    """The form, with everybody who can have it but whoever has it, and the teams they are in."""
    form = HandOverForm(data={"opened": opened_by_reader(whole)})
    officers = who_can_have(read_session(), whole.record.id, now(), team_id=whole.record.team_id)
    known = [option.value for option in order_choices.staff(read_session(), whole.record.kind) if option.kind == TEAM]
    manned = {one.team_name for one in officers if one.is_here}
    owner = whole.record.owner.username if whole.record.owner else ""
    form.offer([team for team in known if team in manned], [one for one in officers if one.user.username != owner])
    return form


def _goes_words(goes: Goes) -> dict[str, str]:
    words, officer = stored_deadline_words(goes.deadline, now()), goes.deadline.assigned_to
    return {"what": words.what, "when": f"{words.prefix} {words.when}", "with": officer.display_name if officer else ""}
