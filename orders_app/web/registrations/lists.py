"""The list of registered people: tabs by what is due, filters that stay in the address, pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for

from orders_app.queries.registration_lists import (
    DUE_DAYS,
    ENDING_DAYS,
    Listed,
    Narrowing,
    Tab,
    count_restricted,
    filter_options,
    list_registrations,
    tab_counts,
)
from orders_app.rules.access import Permission
from orders_app.rules.registrations.status import Whereabouts
from orders_app.web.access import requires
from orders_app.web.deadline_words import stored_deadline_words
from orders_app.web.filters import day_short, days_left, person_name
from orders_app.web.paging import paging
from orders_app.web.registrations.blueprint import blueprint
from orders_app.web.session import now, read_session, today, viewer

LONGEST = 100
FILTERS = ("area", "team", "owner")
TAB_WORDS = {
    Tab.DUE: f"Due in {DUE_DAYS} days",
    Tab.OVERDUE: "Overdue",
    Tab.NO_FIXED_ABODE: "No fixed abode",
    Tab.CUSTODY: "In custody",
    Tab.ENDING: f"Ending in {ENDING_DAYS} days",
    Tab.REGISTERED: "All registered",
    Tab.ENDED: "Ended",
}
NOTHING = {
    Tab.DUE: f"No notification is due in the next {DUE_DAYS} days",
    Tab.OVERDUE: "No notification is overdue",
    Tab.NO_FIXED_ABODE: "Everybody registered has a home address",
    Tab.CUSTODY: "Nobody registered is in custody",
    Tab.ENDING: f"No registration ends in the next {ENDING_DAYS} days",
    Tab.REGISTERED: "Nobody is registered in these records",
    Tab.ENDED: "No registration has ended",
}
WHERE = {Whereabouts.CUSTODY: "In custody", Whereabouts.ABROAD: "Abroad", Whereabouts.AT_LIBERTY: ""}


@blueprint.get("/registrations")
@requires(Permission.REGISTRATION_VIEW)
def index() -> str:
    """One tab of the list."""
    session, on = read_session(), today()
    wanted = Narrowing(**{name: request.args.get(name, "").strip()[:LONGEST] for name in FILTERS})
    tab = Tab(request.args["tab"]) if request.args.get("tab") in set(Tab) else Tab.DUE
    counts = tab_counts(session, viewer(), wanted, now(), on)
    pages = paging(counts[tab])
    rows = list_registrations(session, viewer(), wanted, tab, now(), on, first=pages.skipped, at_most=pages.size)
    is_last_of_all = tab is Tab.REGISTERED and wanted.is_open and pages.page == pages.pages
    return render_template(
        "registrations/index.html",
        tabs=_tabs(counts, tab),
        tab=tab.value,
        wanted=wanted,
        options=filter_options(session, viewer()),
        rows=[_row(listed, on) for listed in rows],
        restricted=count_restricted(session, viewer()) if is_last_of_all else 0,
        paging=pages,
        nothing=NOTHING[tab],
    )


def _tabs(counts: Mapping[Tab, int], chosen: Tab) -> list[tuple[str, int, str, bool]]:
    kept = {name: value for name in FILTERS if (value := request.args.get(name, ""))}
    return [
        (words, counts[tab], f"{url_for('registrations.index')}?{urlencode({**kept, 'tab': tab.value})}", tab is chosen)
        for tab, words in TAB_WORDS.items()
    ]


def _row(listed: Listed, today: date) -> dict[str, Any]:
    """One registration in words. Its deadline is the notification waited for that comes first."""
    row, person = listed.registration, listed.registration.person
    return {
        "href": url_for("registrations.show", reference=row.reference),
        "reference": row.reference,
        "person": person_name(person.surname, person.forenames),
        "born": day_short(person.born_on),
        "next": stored_deadline_words(listed.next, now()) if listed.next else None,
        "where": WHERE[Whereabouts(row.whereabouts)] or ("No fixed abode" if row.has_no_residence else "Home address"),
        "ends": _ends(row),
        "left": days_left(row.ends_on, today) if row.ends_on and row.ends_on >= today and not row.ended_on else "",
        "owner": row.owner.display_name if row.owner else "Nobody",
    }


def _ends(row: Any) -> str:
    if row.ended_on:
        return f"Ended {day_short(row.ended_on)}"
    if row.ends_on:
        return str(day_short(row.ends_on))
    return "Indefinite" if row.is_indefinite else "Not known yet"
