"""My work: the page most officers start their day on."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from orders_app.queries import work_details, work_lists
from orders_app.queries.work_lists import WorkFilter, WorkTab
from orders_app.rules.access import Permission
from orders_app.rules.alerting import Band
from orders_app.web.access import requires
from orders_app.web.filters import deadline_when
from orders_app.web.installation import installation
from orders_app.web.session import now, read_session, viewer
from orders_app.web.work import acknowledging, acting  # noqa: F401 (they add their pages to the blueprint)
from orders_app.web.work.blueprint import blueprint
from orders_app.web.work.listing import BAND_WORDS, PAGE_SIZE, TAB_WORDS, Wanted, band_counts, kind_options, rule_options, wanted_list
from orders_app.web.work.rows import Reader, order_words, row_words


@blueprint.get("/work")
@requires(Permission.ALERT_WORK)
def index() -> str:
    """The list of one tab, in three bands, earliest first."""
    wanted = wanted_list(request.args)
    counts = work_lists.tab_counts(read_session(), viewer(), now())
    numbers = work_lists.tally(read_session(), viewer(), now(), wanted.tab)
    bands = band_counts(numbers, wanted.filter)
    tabs = [(words, counts[tab], url_for("work.index", tab=tab.value), tab is wanted.tab) for tab, words in TAB_WORDS.items()]
    return render_template(
        "work/index.html",
        wanted=wanted,
        tabs=tabs,
        mine=counts[WorkTab.MINE],
        kinds=kind_options(numbers, wanted.filter),
        rules=rule_options(numbers, wanted.filter),
        restricted=work_lists.count_restricted(read_session(), viewer(), now(), wanted.tab),
        help_desk=installation().settings.help_desk,
        **_page(wanted, bands),
    )


def _page(wanted: Wanted, bands: dict[Band, int]) -> dict[str, Any]:
    """The rows of one page by band; where there is none at all, what else there is to do."""
    total = sum(bands.values())
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(wanted.page, pages)
    first = (number - 1) * PAGE_SIZE
    found = (
        work_lists.work_rows(read_session(), viewer(), now(), wanted.tab, wanted.filter, first=first, at_most=PAGE_SIZE) if total else []
    )
    details = work_details.details_of(read_session(), viewer(), found)
    reader = Reader(viewer().user_id, says_holder=wanted.tab is WorkTab.TEAM)
    rows = [row_words(row, details, reader, now()) for row in found]
    shown = [(band.value, BAND_WORDS[band], bands[band], [row for row in rows if row.band is band]) for band in Band]
    page = {"first": first + 1, "last": first + len(rows), "total": total, "number": number, "pages": pages}
    return {
        "bands": [band for band in shown if band[3]],
        "page": page,
        "nothing": None if total or wanted.is_narrowed else _nothing(wanted.tab),
    }


def _nothing(tab: WorkTab) -> dict[str, Any]:
    """The next date of the officer's own, and what waits for the team."""
    team = work_lists.tally(read_session(), viewer(), now(), WorkTab.TEAM) if tab is WorkTab.MINE else []
    row = work_lists.next_after(read_session(), viewer(), now()) if tab is WorkTab.MINE else None
    following = {}
    if row:
        when = deadline_when(row.deadline.due_on, row.deadline.due_at)
        following = {
            "order": order_words(row),
            "href": url_for("orders.show", reference=row.reference),
            "what": row.deadline.title,
            "when": when,
        }
    overdue = band_counts(team, WorkFilter())[Band.OVERDUE]
    return {"next": following, "team_overdue": overdue, "team": sum(one.count for one in team)}
