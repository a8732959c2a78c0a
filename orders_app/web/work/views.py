"""My work: the page most officers start their day on."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from orders_app.queries import caseloads, work_lists
from orders_app.queries.assignees import not_here
from orders_app.queries.work_lists import Tally, WorkFilter, WorkTab
from orders_app.rules.access import Permission
from orders_app.rules.alerting import Band
from orders_app.web.access import requires
from orders_app.web.colleagues import whereabouts
from orders_app.web.deadline_words import stored_deadline_words
from orders_app.web.record_pages import PAGES
from orders_app.web.session import now, read_session, viewer
from orders_app.web.work import acknowledging, acting, policy, printing  # noqa: F401 (they add their pages to the blueprint)
from orders_app.web.work.blueprint import blueprint
from orders_app.web.work.handed_over import handed_over
from orders_app.web.work.list_rows import holders_of, rows_by_band
from orders_app.web.work.listing import (
    PAGE_SIZE,
    TAB_WORDS,
    TICKED,
    Wanted,
    band_counts,
    by_officer,
    kind_options,
    officer_options,
    rule_options,
    wanted_list,
)
from orders_app.web.work.rows import order_words


@blueprint.get("/work")
@requires(Permission.ALERT_WORK)
def index() -> str:
    """The list of one tab, in three bands, earliest first."""
    wanted = wanted_list(request.args)
    counts = work_lists.tab_counts(read_session(), viewer(), now())
    numbers = work_lists.tally(read_session(), viewer(), now(), wanted.tab)
    return render_template(
        "work/index.html",
        wanted=wanted,
        ticked=request.args.getlist(TICKED),
        tabs=[(words, counts[tab], url_for("work.index", tab=tab.value), tab is wanted.tab) for tab, words in _tabs()],
        mine=counts[WorkTab.MINE],
        handed_over=handed_over(wanted.address) if wanted.tab is WorkTab.MINE else [],
        restricted=work_lists.count_restricted(read_session(), viewer(), now(), wanted.tab),
        **_list(wanted, numbers, counts[WorkTab.WAITING]),
    )


def _tabs() -> list[tuple[WorkTab, str]]:
    """Somebody in no team has no team's work."""
    return [(tab, words) for tab, words in TAB_WORDS.items() if tab is not WorkTab.TEAM or viewer().team_id is not None]


def _list(wanted: Wanted, numbers: list[Tally], waiting: int) -> dict[str, Any]:
    """The filters with their numbers, and the rows of one page; where there is nothing at all, what else there is to do."""
    is_team = wanted.tab is WorkTab.TEAM
    holders = holders_of(wanted, numbers)
    elsewhere = not_here(read_session(), now(), team_id=viewer().team_id, besides=holders) if is_team and viewer().team_id else []
    said = {one.user.id: whereabouts(one) for one in elsewhere}
    asked = wanted.filter(holders)
    bands = band_counts(numbers, asked)
    total = sum(bands.values())
    return {
        "kinds": kind_options(numbers, asked),
        "rules": rule_options(numbers, asked),
        "officers": officer_options(numbers, wanted, asked, holders) if is_team else [],
        "by_officer": by_officer(numbers, holders, said) if is_team and not wanted.is_narrowed else [],
        "hands_over": caseloads.which_of(read_session(), viewer(), holders) if is_team and viewer().may(Permission.ALERT_ASSIGN) else (),
        "not_here": [(one.user.display_name, said[one.user.id]) for one in elsewhere if one.user.team_id == viewer().team_id],
        "nothing": None if total or wanted.is_narrowed else _nothing(wanted.tab, waiting),
        **_page(wanted, asked, bands, total),
    }


def _page(wanted: Wanted, asked: WorkFilter, bands: dict[Band, int], total: int) -> dict[str, Any]:
    """The rows of one page by band."""
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(wanted.page, pages)
    first = (number - 1) * PAGE_SIZE
    shown = rows_by_band(wanted, asked, bands, first=first, at_most=PAGE_SIZE, at=wanted.address)
    page = {"first": first + 1, "last": first + sum(len(rows) for *_, rows in shown), "total": total, "number": number, "pages": pages}
    return {"bands": shown, "page": page}


def _nothing(tab: WorkTab, waiting: int) -> dict[str, Any]:
    """The next date of the officer's own, and what waits for the team and on others."""
    team = work_lists.tally(read_session(), viewer(), now(), WorkTab.TEAM) if tab is WorkTab.MINE else []
    overdue = band_counts(team, WorkFilter())[Band.OVERDUE]
    following = _following() if tab is WorkTab.MINE else {}
    return {"next": following, "team_overdue": overdue, "team": sum(one.count for one in team), "waiting": waiting}


def _following() -> dict[str, str]:
    row = work_lists.next_after(read_session(), viewer(), now())
    if row is None:
        return {}
    words = stored_deadline_words(row.deadline, now())
    said = f"{words.what}, {words.prefix} {words.when}"
    return {"order": order_words(row), "href": PAGES[row.kind].show(row.reference), "what": said}
