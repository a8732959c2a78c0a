"""What an administrator types to enter law, and the way through the pages on which it is entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Flask

from orders_app.rules.holidays import Holidays
from orders_app.services.law_in_force import LawInForce
from tests.web.conftest import Officer
from tests.web.reading import Page, page
from tests.web.typed import day, opened

SOURCE = {"citation": "SI 2026/1301 reg.2", "url": "https://www.legislation.gov.uk/uksi/2026/1301", "reason": "Legal services, by e-mail"}
JUBILEE = {**day("on", "24 11 2026"), "name": "Jubilee bank holiday", "readings": "both", **SOURCE}
S58 = {"where": "everywhere", **day("in_force_from", "1 11 2026"), **SOURCE}
ADD_DAY, ADD_S58 = "/law/left-out-days/add", "/law/provisions/bsa_s58/add"
ADD_YEARS, WITHDRAW_DAY = "/law/left-out-days/years", "/law/left-out-days/2027-05-03/withdraw"
CHANGE_PILOT = "/law/provisions/daa_part_3/change"
EXTENDED = {"rows": ["every"], "what": "until", **day("in_force_until", "31 3 2027"), **SOURCE}


def checked(officer: Officer, address: str, typed: dict[str, object]) -> Page:
    """Fill the form in and go on to the page that asks whether it is right."""
    return page(officer.post(address, data={**opened(officer, address), **typed}))


def saved(officer: Officer, address: str, typed: dict[str, object]) -> Page:
    """Fill the form in, look at what would move, and save."""
    check = checked(officer, address, typed)
    assert check.heading.endswith("Check before you save"), check.problems
    hidden = {"version": check.inputs["version"]}
    return page(officer.post(address, data={**typed, **hidden, "do": "save"}, follow_redirects=True))


def end_the_table(app: Flask, on: date) -> None:
    """Let the shipped table of bank holidays end on a day."""
    parts = app.extensions["orderwatch"]
    holidays = parts.law.shipped.holidays
    ended = Holidays(replace(holidays.statutory, covers_until=on), replace(holidays.safe, covers_until=on))
    app.extensions["orderwatch"] = replace(parts, law=LawInForce(replace(parts.law.shipped, holidays=ended)))
