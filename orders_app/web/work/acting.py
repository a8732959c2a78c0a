"""One deadline: its alerts and notes, and the forms to assign it, snooze it, note something or wait on somebody."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from orders_app.queries import work_details, work_lists
from orders_app.queries.assignees import who_can_have
from orders_app.queries.deadline_history import history_of
from orders_app.queries.people import people_with_keys
from orders_app.queries.work_lists import WorkRow
from orders_app.rules.access import Permission
from orders_app.rules.alerting import AlertClass, Stage, midnight_ending, next_stage
from orders_app.services import audit, deadline_work
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.web.access import requires
from orders_app.web.fields import refuse
from orders_app.web.installation import installation
from orders_app.web.people.banner import banner_words
from orders_app.web.people.found import purpose_of, say_why_first
from orders_app.web.session import act, law_tables, now, read_session, today, viewer
from orders_app.web.way_back import began_at, came_from, here
from orders_app.web.work.blueprint import blueprint
from orders_app.web.work.closing import how_it_closed
from orders_app.web.work.forms import AssignForm, NoteForm, SnoozeForm, WaitForm, snooze_hint, snoozed_words, speaks_words, waits_words
from orders_app.web.work.history import given_words, history_items
from orders_app.web.work.rows import Reader, row_words

Answer = str | Response | tuple[str, int]
ADDRESS = "/work/<reference>/<int:number>"


@blueprint.get(ADDRESS)
@requires(Permission.ALERT_WORK)
def show(reference: str, number: int) -> str:
    """What has been said and done about one deadline."""
    found = _found(reference, number)
    deadline = found.deadline
    history = history_of(read_session(), deadline)
    page = render_template(
        "work/show.html",
        **_shown(found),
        acts={"reference": reference, "number": number, "next": here()},
        because=deadline.because,
        waiting_on=deadline.waiting_on,
        former=found.given_to,
        quiet_until=found.alert and found.alert.snoozed_until_on,
        history=history_items(history, deadline),
        snoozing=work_details.snoozing_of(read_session(), found, now()) if found.alert else None,
        closing=how_it_closed(found, history),
    )
    with act("deadline.viewed", reason="" if found.is_open_to_all else purpose_of(deadline.person_id)) as work:
        audit.record_view(work, person_id=deadline.person_id, record_id=deadline.record_id, what="Deadline")
    return page


@blueprint.route(f"{ADDRESS}/assign", methods=["GET", "POST"])
@requires(Permission.ALERT_ASSIGN)
def assign(reference: str, number: int) -> Answer:
    """Give a deadline to an officer."""
    found = _found(reference, number)
    form = AssignForm(data={"former": found.given_to})
    form.offer(who_can_have(read_session(), found.deadline.record_id, now(), team_id=viewer().team_id))
    if form.validate_on_submit():
        try:
            with act("deadline.assigned") as work:
                given = {"username": form.username.data or "", "former": form.former.data or ""}
                officer = deadline_work.assign(work, reference=reference, number=number, **given)
            return _done(found, f"Assigned to {officer.display_name}")
        except RuleBroken as refused:
            refuse(form, refused)
        except ChangedMeanwhile:
            return _given_meanwhile(reference, number, form), 409
    return _form("work/assign.html", found, form)


@blueprint.post(f"{ADDRESS}/give-back")
@requires(Permission.ALERT_ASSIGN)
def give_back(reference: str, number: int) -> Answer:
    """Take a deadline back from the officer it was given to."""
    found, former = _found(reference, number), request.form.get("former", "")
    try:
        with act("deadline.given_back") as work:
            deadline_work.give_back(work, reference=reference, number=number, former=former)
    except RuleBroken as refused:
        return _refused(found, str(refused))
    except ChangedMeanwhile:
        return _refused(found, f"Not given back: somebody else changed who has it after you opened the page. {_given_last(found)}")
    return _done(found, "Given back to whoever has the record")


@blueprint.post(f"{ADDRESS}/wake")
@requires(Permission.ALERT_WORK)
def wake(reference: str, number: int) -> Answer:
    """End a snooze before its day."""
    found = _found(reference, number)
    try:
        with act("alert.woken") as work:
            deadline_work.wake(work, reference=reference, number=number)
    except RuleBroken as refused:
        return _refused(found, str(refused))
    return _done(found, "Quiet no longer")


@blueprint.route(f"{ADDRESS}/note", methods=["GET", "POST"])
@requires(Permission.ALERT_WORK)
def note(reference: str, number: int) -> Answer:
    """Write beside a deadline."""
    found, form = _found(reference, number), NoteForm()
    if form.validate_on_submit():
        try:
            with act("deadline.noted") as work:
                deadline_work.write_note(work, reference=reference, number=number, text=form.text.data or "")
            return _done(found, "The note is saved")
        except RuleBroken as refused:
            refuse(form, refused)
    return _form("work/note.html", found, form)


@blueprint.route(f"{ADDRESS}/snooze", methods=["GET", "POST"])
@requires(Permission.ALERT_WORK)
def snooze(reference: str, number: int) -> Answer:
    """Quieten an alert until a day, with a reason."""
    found, form = _found(reference, number), SnoozeForm()
    may, speaks = work_details.snoozing_of(read_session(), found, now()), _speaks_next(found)
    form.until_on.hint = snooze_hint(may)
    if form.validate_on_submit():
        until, reason = form.until_on.data, form.reason.data or ""
        try:
            with act("alert.snoozed", reason=reason) as work:
                deadline_work.snooze(work, reference=reference, number=number, until_on=until, reason=reason)
            return _done(found, snoozed_words(until, speaks))
        except RuleBroken as refused:
            refuse(form, refused)
    return _form("work/snooze.html", found, form, speaks=speaks_words(may, speaks))


@blueprint.route(f"{ADDRESS}/wait", methods=["GET", "POST"])
@requires(Permission.ALERT_WORK)
def wait(reference: str, number: int) -> Answer:
    """Say who has to act first."""
    found = _found(reference, number)
    form = WaitForm(data={"whom": found.deadline.waiting_on})
    if form.validate_on_submit():
        whom = form.whom.data or ""
        try:
            with act("deadline.waits") as work:
                deadline_work.wait_on(work, reference=reference, number=number, whom=whom)
            return _done(found, waits_words(whom, is_due=found.deadline.act_by_at <= midnight_ending(now(), 0)))
        except RuleBroken as refused:
            refuse(form, refused)
    return _form("work/wait.html", found, form)


def _found(reference: str, number: int) -> WorkRow:
    """Return the deadline an address names. Raises NotFound, and PurposeWanted for one that is not open to all."""
    found = work_lists.find_row(read_session(), viewer(), reference, number)
    if found is None:
        raise NotFound(reference)
    if not found.is_open_to_all:
        say_why_first(found.deadline.person_id, found.person_reference)
    return found


def _shown(found: WorkRow) -> dict[str, Any]:
    """What every page of a deadline shows: the person's banner and the deadline in words."""
    details = work_details.details_of(read_session(), viewer(), [found])
    person = people_with_keys(read_session(), viewer(), [found.deadline.person_id])[found.deadline.person_id]
    return {
        "banner": banner_words(person, today()),
        "row": row_words(found, details, Reader(viewer().user_id, says_holder=True, at=here()), now()),
        "here": {"reference": found.reference, "number": found.number},
    }


def _form(template: str, found: WorkRow, form: FlaskForm, **news: str) -> str:
    return render_template(template, form=form, **news, **_shown(found))


def _given_meanwhile(reference: str, number: int, form: AssignForm) -> str:
    """The form with what was chosen in it, and who has it by now: it is saved upon that, by somebody who knows."""
    read_session().rollback()
    found = _found(reference, number)
    form.former.data = found.given_to
    return _form("work/assign.html", found, form, given=_given_last(found))


def _given_last(found: WorkRow) -> str:
    read_session().rollback()
    return given_words(history_of(read_session(), found.deadline), now())


def _speaks_next(found: WorkRow) -> tuple[Stage, date] | None:
    """The next stage, which is a new alert and not quiet, and its day."""
    row = found.deadline
    return next_stage(
        installation().stages, AlertClass(row.alert_class), row.act_by_at, now(), law_tables().holidays, record_type=row.record_type
    )


def _refused(found: WorkRow, because: str) -> Response:
    flash(because, "warning")
    return redirect(came_from() or url_for("work.show", reference=found.reference, number=found.number))


def _done(found: WorkRow, message: str) -> Response:
    began = began_at()
    flash(f"{found.reference}. {message}" if began else message)
    return redirect(began or url_for("work.show", reference=found.reference, number=found.number))
