"""The summary of a caseload that was handed over: each record with its next date, for whoever took it, and to print."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from orders_app.queries import caseload_summaries, caseloads
from orders_app.queries.caseload_summaries import SummaryRow
from orders_app.rules.access import Permission
from orders_app.services.caseloads import take_note_of_caseload
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.caseloads.blueprint import blueprint
from orders_app.web.deadline_words import stored_deadline_words
from orders_app.web.filters import at_about, person_name, plural, upper_first
from orders_app.web.record_pages import PAGES
from orders_app.web.session import act, now, read_session, viewer
from orders_app.web.way_back import began_at
from orders_app.web.work.rows import order_words


@blueprint.get("/<reference>")
@requires(Permission.ALERT_WORK)
def show(reference: str) -> str:
    """Who took what, whatever is overdue first; the reader's own before that of others."""
    found = caseload_summaries.find_caseload(read_session(), viewer(), reference)
    rows = caseload_summaries.rows_of(read_session(), viewer(), found.id, now()) if found else []
    if found is None or not rows:
        raise NotFound(reference)
    return render_template(
        "caseloads/show.html",
        caseload=found,
        handed=f"{found.handed_by}, {at_about(found.handed_at, now())}",
        count=len(rows),
        shares=_shares(rows),
        is_new=caseload_summaries.notice_of(read_session(), viewer(), reference) is not None,
        left=_left(found.of_user_id),
    )


@blueprint.post("/<reference>/seen")
@requires(Permission.ALERT_WORK)
def seen(reference: str) -> Response:
    """The reader has seen the summary."""
    with act("hand_over.noted") as work:
        take_note_of_caseload(work, reference=reference)
    flash(f"{reference}: seen")
    return redirect(began_at() or url_for("work.index"))


def _shares(rows: Sequence[SummaryRow]) -> list[dict[str, Any]]:
    """The records by whoever took them, the reader's own first."""
    ordered = sorted(rows, key=lambda row: (row.hand_over.given_to_id != viewer().user_id, row.hand_over.given_to))
    return [_share(called, list(found)) for called, found in groupby(ordered, key=lambda row: row.hand_over.given_to)]


def _share(called: str, rows: Sequence[SummaryRow]) -> dict[str, Any]:
    is_mine = rows[0].hand_over.given_to_id == viewer().user_id
    overdue = sum(1 for row in rows if row.deadline and row.deadline.act_by_at <= now())
    return {
        "called": "You" if is_mine else upper_first(called),
        "count": plural(len(rows), "record"),
        "overdue": overdue,
        "rows": [_row(row) for row in rows],
    }


def _row(row: SummaryRow) -> dict[str, Any]:
    went = plural(row.hand_over.deadlines, "open deadline") if row.hand_over.deadlines else "No open deadline"
    return {
        "person": person_name(row.person.surname, row.person.forenames),
        "record": order_words(row),
        "href": PAGES[row.kind].show(row.reference),
        "due": stored_deadline_words(row.deadline, now()) if row.deadline else None,
        "went": f"{went} went with it" if row.hand_over.is_whole else f"{went} alone: the record is another officer’s",
    }


def _left(user_id: int) -> dict[str, str] | None:
    """What the officer still has that the reader may hand over."""
    username = next(iter(caseloads.which_of(read_session(), viewer(), [user_id])), "")
    if not username or not viewer().may(Permission.ALERT_ASSIGN):
        return None
    count = len(caseloads.held(read_session(), viewer(), user_id, now()))
    return {"count": plural(count, "record"), "href": url_for("caseloads.whose", officer=username)} if count else None
