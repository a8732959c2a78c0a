"""Hand-overs that an officer has to know of, on top of My work until they say that they have seen them: a caseload is one of them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from orders_app.queries import caseload_summaries, hand_overs
from orders_app.queries.caseload_summaries import Line
from orders_app.queries.hand_overs import Notice
from orders_app.rules.access import Permission
from orders_app.services.hand_overs import take_note
from orders_app.web.access import requires
from orders_app.web.filters import at_about, person_name, plural
from orders_app.web.record_pages import PAGES
from orders_app.web.session import act, now, read_session, viewer
from orders_app.web.way_back import began_at, with_way_back
from orders_app.web.work.blueprint import blueprint


@blueprint.post("/work/handed-over/<reference>/seen")
@requires(Permission.ALERT_WORK)
def seen(reference: str) -> Response:
    """The reader has seen what was handed over of one record."""
    with act("hand_over.noted") as work:
        take_note(work, reference=reference)
    flash(f"{reference}: seen")
    return redirect(began_at() or url_for("work.index"))


def handed_over(address: str) -> list[dict[str, Any]]:
    """What to show the reader of the list at an address."""
    caseloads = [_caseload_words(line) for line in caseload_summaries.unseen(read_session(), viewer())]
    said = [*caseloads, *(_words(notice) for notice in hand_overs.notices(read_session(), viewer()))]
    return [{**one, "seen_href": with_way_back(one["seen_href"], address)} for one in said]


def _caseload_words(line: Line) -> dict[str, Any]:
    row, yours = line.caseload, f", {line.taken} of them yours now" if line.taken else ""
    to = f"to {line.given_to}" if line.takers == 1 else f"shared out among {line.takers}"
    return {
        "reference": row.reference,
        "href": url_for("caseloads.show", reference=row.reference),
        "person": f"{plural(line.records, 'record')}{yours}",
        "what": f"The caseload of {row.of_officer}, {to}",
        "by": f"{row.handed_by}, {at_about(row.handed_at, now())}",
        "note": row.note,
        "seen_href": url_for("caseloads.seen", reference=row.reference),
    }


def _words(notice: Notice) -> dict[str, Any]:
    row, person = notice.hand_over, notice.person
    return {
        "reference": notice.reference,
        "href": PAGES[notice.kind].show(notice.reference),
        "person": person_name(person.surname, person.forenames),
        "what": f"{row.held_by} to {row.given_to}",
        "by": f"{row.handed_by}, {at_about(row.handed_at, now())}",
        "note": row.note,
        "seen_href": url_for("work.seen", reference=notice.reference),
    }
