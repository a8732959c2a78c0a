"""Lists of orders: tabs, filters that stay in the address, words that do not, pages, and the same rows as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from orders_app.queries import drafts
from orders_app.queries.facts import OrderFacts
from orders_app.queries.order_filters import OrderFilter, filter_options
from orders_app.queries.order_lists import ListPage, Sort, count_restricted, list_orders
from orders_app.queries.order_tabs import Tab
from orders_app.rules.access import Permission
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import ends_on, status_on
from orders_app.services.audit import record_search
from orders_app.services.drafts import Searched
from orders_app.web.access import requires
from orders_app.web.filters import day_short, days_left, person_name, plural, upper_first
from orders_app.web.kept_searches import keep_search, kept_search
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.paging import page_asked
from orders_app.web.session import act, read_session, today, viewer

PAGE_SIZE = 25
LONGEST = 100
DRAFT = "new_order"
WORDS = "found"
TAB_WORDS = {
    Tab.IN_FORCE: "In force",
    Tab.NOT_SERVED: "Not served",
    Tab.ENDING: "Ending in 90 days",
    Tab.NOTICES: "Notices",
    Tab.ENDED: "Ended",
    Tab.ALL: "All",
}
FIRST_SORT = {Tab.NOT_SERVED: "made", Tab.ENDING: "ends", Tab.IN_FORCE: "ends"}
NOTHING = {
    Tab.IN_FORCE: "No order is in force",
    Tab.NOT_SERVED: "Every order has been served",
    Tab.ENDING: "No order ends in the next 90 days",
    Tab.NOTICES: "No notice is waiting or in force",
    Tab.ENDED: "No order has ended",
    Tab.ALL: "No orders are recorded",
}
COLUMNS = (("Order", Sort.REFERENCE), ("Person", Sort.PERSON), ("Made or authorised", Sort.MADE), ("Ends", Sort.ENDS))


@blueprint.get("/orders")
@requires(Permission.ORDER_VIEW)
def index() -> str | Response:
    """One tab of the list of orders. A page past the last is the last."""
    session, wanted, page = read_session(), filter_from(request.args), page_from(request.args)
    listed = list_orders(session, viewer(), wanted, page, today())
    total = listed.counts[page.tab]
    pages = max(1, -(-total // PAGE_SIZE))
    if page.number > pages:
        return redirect(_address(request.args, page=str(pages)))
    if wanted.text:
        _log_search(wanted, total)
    is_last_of_all = page.number == pages and wanted.is_open and page.tab is Tab.ALL
    return render_template(
        "orders/index.html",
        tabs=_tabs(listed.counts, page.tab),
        wanted=wanted,
        options=filter_options(session, viewer()),
        types=ORDER_TYPES.values(),
        rows=[list_row(case, today()) for case in listed.rows],
        restricted=count_restricted(session, viewer()) if is_last_of_all else 0,
        drafts=drafts.count_drafts(session, user_id=current_user.viewer.user_id, kind=DRAFT),
        **_list_words(page, total, pages),
    )


def _tabs(counts: Mapping[Tab, int], chosen: Tab) -> list[tuple[str, int, str, bool]]:
    return [(words, counts[tab], _address(request.args, tab=tab.value), tab is chosen) for tab, words in TAB_WORDS.items()]


def _list_words(page: ListPage, total: int, pages: int) -> dict[str, Any]:
    """What the page says of the list as a whole: where in it the reader is, and where else to look."""
    return {
        "page": page,
        "pages": pages,
        "total": total,
        "columns": _columns(page),
        "query": _query(request.args),
        "everywhere": _address(request.args, tab=Tab.ALL.value),
        "nothing": NOTHING[page.tab],
    }


@blueprint.post("/orders")
@requires(Permission.ORDER_VIEW)
def narrow() -> Response:
    """Go to the list as narrowed. The words may be a name: they are kept on the server, and the address holds a token for them."""
    words = request.form.get("q", "").replace("\x00", "").strip()[:LONGEST]
    kept = {WORDS: keep_search(Searched.ORDERS, {"q": words})} if words else {}
    return redirect(_address(request.form, **kept), 303)


def _log_search(wanted: OrderFilter, results: int) -> None:
    with act("orders.searched") as work:
        record_search(work, what="Orders", terms=asdict(wanted), results=results)


def filter_from(args: MultiDict[str, str]) -> OrderFilter:
    """What the address narrows the list to. What names nothing narrows it to nothing. Raises NotFound: words nobody here typed."""
    asked = {name: args.get(key, "").strip()[:LONGEST] for name, key in _FILTERS.items()}
    words = kept_search(Searched.ORDERS, args[WORDS])["q"] if args.get(WORDS) else ""
    return OrderFilter(**asked, text=words)


def page_from(args: MultiDict[str, str]) -> ListPage:
    """Which tab, order and page the address asks for; the first where it says nothing that is known."""
    tab = Tab(args.get("tab", "")) if args.get("tab", "") in set(Tab) else Tab.IN_FORCE
    sort = args.get("sort", "") or FIRST_SORT.get(tab, "-made")
    known = sort.lstrip("-") if sort.lstrip("-") in set(Sort) else Sort.MADE
    return ListPage(tab, Sort(known), sort.startswith("-"), page_asked(args), PAGE_SIZE)


def list_row(case: OrderFacts, on: date) -> dict[str, Any]:
    """One order as a row of a list."""
    order, ends = case.order, ends_on(case.order_type, case.facts)
    left = ""
    if ends and ends.on and not ends.closed_by and ends.on >= on:
        left = days_left(ends.on, on)
    return {
        "href": url_for("orders.show", reference=order.reference),
        "reference": order.reference,
        "type": upper_first(case.order_type.short_name),
        "person": person_name(order.person.surname, order.person.forenames),
        "made": day_short(order.made_on) or "Not yet",
        "waiting": _waiting(case, on),
        "ends": (day_short(ends.on) if ends.on else ends.words) if ends else "Not begun",
        "left": left,
        "status": status_on(case.order_type, case.facts, on).value,
        "owner": order.owner.display_name if order.owner else "Nobody",
    }


def _waiting(case: OrderFacts, on: date) -> str:
    """How long an order that is to be served has waited for it."""
    order = case.order
    bound_by_presence = case.order_type.presence_binds and order.is_present_or_represented
    if order.served_on or order.ended_on or order.made_on is None or bound_by_presence or not case.order_type.needs_service:
        return ""
    return f"not served, {plural((on - order.made_on).days, 'day')}"


def _columns(page: ListPage) -> list[dict[str, str]]:
    return [*(_column(page, text, sort) for text, sort in COLUMNS), {"text": "Status"}]


def _column(page: ListPage, text: str, sort: Sort) -> dict[str, str]:
    if page.sort is not sort:
        return {"text": text, "href": _address(request.args, sort=sort.value)}
    turned = sort.value if page.is_descending else f"-{sort.value}"
    return {"text": text, "sort": "descending" if page.is_descending else "ascending", "href": _address(request.args, sort=turned)}


def _address(args: MultiDict[str, str], **changes: str) -> str:
    kept = {key: value for key, value in args.items() if value and key in _KEPT}
    if "tab" in changes:
        kept.pop("sort", None)
    return f"{url_for('orders.index')}?{urlencode(kept | changes)}"


def _query(args: MultiDict[str, str]) -> str:
    kept = {key: value for key, value in args.items() if value and key in _KEPT}
    return f"{urlencode(kept)}&" if kept else ""


_FILTERS = {"order_type": "type", "area": "area", "team": "team", "owner": "owner"}
_KEPT = (*_FILTERS.values(), WORDS, "tab", "sort")
