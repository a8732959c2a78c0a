"""A list of My work to print: every row of its tab and filters, and not one page of them."""

from __future__ import annotations

from flask import render_template, request

from orders_app.queries import work_lists
from orders_app.rules.access import Permission
from orders_app.web.access import requires
from orders_app.web.session import now, read_session, viewer
from orders_app.web.work.blueprint import blueprint
from orders_app.web.work.list_rows import holders_of, rows_by_band
from orders_app.web.work.listing import TAB_WORDS, band_counts, narrowed_words, wanted_list

AT_MOST = 500


@blueprint.get("/work/print")
@requires(Permission.ALERT_WORK)
def print_list() -> str:
    """The list with nothing on it but what is to be read, the earliest first, as many as AT_MOST."""
    wanted = wanted_list(request.args)
    numbers = work_lists.tally(read_session(), viewer(), now(), wanted.tab)
    holders = holders_of(wanted, numbers)
    asked = wanted.filter(holders)
    counts = band_counts(numbers, asked)
    return render_template(
        "work/print_list.html",
        list_name=TAB_WORDS[wanted.tab],
        list_href=wanted.address,
        narrowed=narrowed_words(wanted, holders),
        total=sum(counts.values()),
        at_most=AT_MOST,
        bands=rows_by_band(wanted, asked, counts, at_most=AT_MOST),
        restricted=work_lists.count_restricted(read_session(), viewer(), now(), wanted.tab),
    )
