"""Entering law: what was typed, what it would move, and only then saving it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from orders_app.queries import law as queries
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.law_entries import Entry, as_amended, days_added
from orders_app.services import law as service
from orders_app.services.deadlines import AT_ONCE, Synced, sync_some
from orders_app.services.errors import ChangedMeanwhile, RuleBroken
from orders_app.services.jobs import request_run
from orders_app.services.law_in_force import Standing
from orders_app.services.law_moves import Moves, what_would_move
from orders_app.web.fields import refuse
from orders_app.web.filters import plural
from orders_app.web.installation import installation
from orders_app.web.law.entry_forms import EntryForm
from orders_app.web.law.entry_words import entry_lines
from orders_app.web.session import act, law_in_force, law_read_again, now, read_session, viewer

Answer = str | Response
SAVE, CHANGE = "save", "change"
NOT_TYPED = ("csrf_token", "do", "version")
MEANWHILE = "Somebody else entered law while this page was open. Continue again: it is worked out on what stands now"


@dataclass(frozen=True)
class EntryPage:
    """A page on which law is entered: its template, its heading, what that is about, and where to go once it is saved."""

    template: str
    heading: str
    about: str
    done: str
    shown: dict[str, Any]


def law_for_entering() -> Standing:
    """The law as it stands: to the moment for what is about to be changed."""
    return law_read_again() if request.method == "POST" else law_in_force()


def enter_law(form: EntryForm, page: EntryPage, standing: Standing) -> Answer:
    """Ask, show what would move, save. The form comes back with what was typed whenever something is wrong."""
    if request.form.get("do") != CHANGE and form.validate_on_submit():
        try:
            entry = form.entry()
            service.check_entry(standing.tables, entry=entry, authority=form.authority())
            return _save(form, page, entry) if request.form.get("do") == SAVE else _check(page, entry, standing)
        except ChangedMeanwhile:
            form.form_errors.append(MEANWHILE)
        except RuleBroken as refusal:
            refuse(form, refusal)
    form.version.raw_data, form.version.data = None, standing.last_entry
    return render_template(page.template, form=form, heading=page.heading, about=page.about, **page.shown)


def _check(page: EntryPage, entry: Entry, standing: Standing) -> str:
    touched = queries.records_touched(read_session(), viewer(), entry)
    moves = what_would_move(read_session(), touched, before=standing.tables, after=as_amended(standing.tables, [entry]))
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED]
    return render_template(
        "law/check.html",
        heading=page.heading,
        about=page.about,
        lines=entry_lines(entry, standing.tables),
        moves=move_lines(moves),
        added=days_added(standing.tables.holidays, entry.covers_until) if entry.covers_until else [],
        typed=[*typed, ("version", standing.last_entry)],
        authority={name: request.form.get(name, "") for name in ("citation", "url", "note", "reason")},
    )


def _save(form: EntryForm, page: EntryPage, entry: Entry) -> Response:
    authority = form.authority()
    with act("law.entered", reason=authority.reason) as work:
        service.enter(work, entry=entry, authority=authority, last_entry=form.version.data or 0)
    flash(f"Entered. {_bring_in_line(entry)}")
    return redirect(page.done)


def _bring_in_line(entry: Entry) -> str:
    """Work the deadlines out again that it may move: at once where they are few, else by the job that works out all."""
    with act("law.deadlines_worked_out") as work:
        standing = installation().law.read(work.session, now())
        touched = queries.records_touched(work.session, SYSTEM, entry)
        if len(touched) <= AT_ONCE and not entry.covers_until:
            sync_some(replace(work, law=standing.tables), touched, Synced())
            return "Deadlines are in line with it"
        request_run(work, job="sync_deadlines")
    return "The scheduler works deadlines out again within the next minutes"


def move_lines(moves: Moves) -> list[str]:
    """What would be different, in words."""
    parts = [
        (moves.moved, "gets another date", "get another date"),
        (moves.new, "is new", "are new"),
        (moves.gone, "falls away", "fall away"),
    ]
    counted = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in parts if count)
    opened = f"{plural(moves.open, 'open deadline')} would be different: {counted}" if counted else "No open deadline would be different"
    met = f"{plural(moves.met, 'deadline')} that was met already gets another date" if moves.met else ""
    more = f"{plural(moves.not_looked_at, 'more record')} may be touched: too many to work out here" if moves.not_looked_at else ""
    cannot = f"{plural(len(moves.cannot), 'record')} cannot be worked out" if moves.cannot else ""
    return [line for line in (opened, met, more, cannot) if line]
