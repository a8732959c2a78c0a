"""The pages that are measured: every main page, each tab, sort and filter of the list of orders, and pages far down it.

`{order}` and `{person}` stand for the references of an order in force and of its person, whose page is as long as pages get,
`{registration}` for one of somebody at liberty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from flask.testing import FlaskClient

from benchmarks.force import TODAY

BARE_PAGE = "/accessibility"
MAIN = (
    ("My work", "/work"),
    ("My team", "/work?tab=team"),
    ("My team to print", "/work/print?tab=team"),
    ("A deadline", "/work/{order}/1"),
    ("How alerts reach you", "/account/alerts"),
    ("The morning e-mail, looked at", "/account/alerts/mail/preview"),
    ("Person", "/people/{person}"),
    ("Order", "/orders/{order}"),
    ("Patrol card", "/people/{person}/patrol-card"),
    ("Jobs", "/jobs"),
    ("Log", "/audit/"),
    ("Log, one officer", "/audit/?officer=officer77"),
    ("Log, one officer far down", "/audit/?officer=officer77&page=100"),
    ("Log, exports", "/audit/?kind=exports"),
    ("Log, looks", "/audit/?kind=views"),
    ("Log, changes", "/audit/?kind=changes"),
    ("Log, one day long ago", f"/audit/?since={TODAY - timedelta(days=300)}&until={TODAY - timedelta(days=300)}"),
    ("Log, far down", "/audit/?page=400"),
    ("Trail of a person", "/audit/people/{person}"),
)
LISTS = (
    ("Orders in force", "/orders"),
    ("Orders not served", "/orders?tab=not-served"),
    ("Orders ending in 90 days", "/orders?tab=ending"),
    ("Notices", "/orders?tab=notices"),
    ("Orders ended", "/orders?tab=ended"),
    ("All orders", "/orders?tab=all"),
    *((f"All orders by {key}{words}", f"/orders?tab=all&sort={way}{key}") for key in ("reference", "person", "made", "ends")
      for way, words in (("", ""), ("-", ", turned"))),
    *((f"All orders by {key}, page 1,000", f"/orders?tab=all&sort={key}&page=1000") for key in ("reference", "person", "made", "ends")),
    ("In force by person", "/orders?sort=person"),
    ("In force by end, page 1,000", "/orders?page=1000"),
    ("Ended by person, page 500", "/orders?tab=ended&sort=person&page=500"),
    ("One type", "/orders?type=shpo"),
    ("One type by person", "/orders?type=shpo&sort=person"),
    ("One area", "/orders?area=A1"),
    ("One area, all by person, page 500", "/orders?tab=all&area=A1&sort=person&page=500"),
    ("One team", "/orders?team=Team+7"),
    ("One officer", "/orders?owner=officer77"),
    ("One type, area, team and officer", "/orders?tab=all&type=spo&area=A1&team=Team+7&owner=officer46"),
)  # fmt: skip
REGISTRATIONS = (
    ("Registration", "/registrations/{registration}"),
    ("Registered, due in 14 days", "/registrations"),
    ("Registered, overdue", "/registrations?tab=overdue"),
    ("Registered, in custody", "/registrations?tab=in-custody"),
    ("Registered, all", "/registrations?tab=registered"),
    ("Registered, all, far down", "/registrations?tab=registered&page=200"),
    ("Registered, one area", "/registrations?tab=registered&area=A1"),
)
WORDS_IN_ORDERS = (
    ("a surname", "whittaker"),
    ("a full name", "nathan clarke"),
    ("a reference", "00075"),
    ("a court's number", "NM24F"),
    ("a letter", "e"),
    ("nothing that is there", "zzyzx"),
)
NAMES_OF_PEOPLE = (
    ("exact", "whittaker"),
    ("full name", "nathan clarke"),
    ("typed wrongly", "whitaker callm"),
    ("by number", "NM-0000077"),
)
FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def addresses(client: FlaskClient, order: str, person: str, registration: str) -> Iterator[tuple[str, str]]:
    """Give each page's name and address. Words are sent as the form does, for they are not in addresses."""
    known = {"order": order, "person": person, "registration": registration}
    yield from ((name, address.format(**known)) for name, address in (*MAIN, *REGISTRATIONS, *LISTS))
    for name, typed in WORDS_IN_ORDERS:
        yield f"All orders with {name}", _searched(client, "/orders", {"q": typed, "tab": "all"})
    yield "In force with a surname, by person", _searched(client, "/orders", {"q": "evans", "tab": "in-force"}) + "&sort=person"
    for name, typed in NAMES_OF_PEOPLE:
        yield f"Name search, {name}", _searched(client, "/people", {"q": typed})


def _searched(client: FlaskClient, page: str, answers: dict[str, str]) -> str:
    """Send a search as its form does; return the address of what it finds."""
    form = FORM_TOKEN.search(client.get(page).get_data(as_text=True))
    if form is None:
        raise LookupError(f"{page} has no form to search with")
    return client.post(page, data={**answers, "csrf_token": form[1]}).location
