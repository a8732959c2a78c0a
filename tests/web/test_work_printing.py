"""A list of My work on paper: all of it, whatever its pages, and without a script."""

from __future__ import annotations

import pytest

from orders_app.services.alerts import raise_alerts
from orders_app.web.work import printing
from tests.conftest import Acting
from tests.services.alert_cases import utc
from tests.web.conftest import Officer, Statements
from tests.web.reading import Page
from tests.web.test_way_back import back_of
from tests.web.work_desk import STAGES, Desk


@pytest.fixture
def many(desk: Desk, acting: Acting) -> int:
    """More deadlines than a page shows; how many the desk has in all."""
    with acting() as work:
        for number in range(60):
            desk.row(work, f"more {number}", utc(2026, 11, 27), surname=f"Person{number}")
        raise_alerts(work, stages=STAGES)
    return len(desk.references)


def test_the_link_leads_to_the_whole_list_narrowed_as_it_is(aisha: Officer, many: int) -> None:
    listed = Page(aisha.get("/work?tab=team&kind=expiry&officer=aisha&page=2").text)
    (href,) = [href for text, href in listed.links if text == "Print this list"]
    printed = Page(aisha.get(href).text)
    assert back_of(printed) == ("Back to My work", "/work?tab=team&kind=expiry&officer=aisha&page=2")
    assert f"Kind: Orders ending. Officer: {aisha.user.display_name}." in printed.main
    assert "PRITCHARD" in printed.main
    assert "TIDESWELL" not in printed.main


def test_every_row_is_on_it_and_nothing_to_press(aisha: Officer, many: int, statements: Statements) -> None:
    with statements() as seen:
        html = aisha.get("/work/print?tab=mine&page=2").text
    assert len(seen) <= 12, seen
    printed = Page(html)
    assert f"Mine ({many})" in printed.main
    assert all(f"PERSON{number}, Jason" in printed.main for number in range(60))
    assert printed.main.count("Open") == many
    assert "Acknowledge" not in printed.main
    assert "The first" not in printed.main


def test_what_does_not_fit_is_said(aisha: Officer, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "AT_MOST", 20)
    printed = Page(aisha.get("/work/print").text)
    assert f"The first 20 of {many}, earliest first. For the rest, narrow the list and print each part." in printed.main
    assert printed.main.count("Open") == 20
    assert "Later" not in printed.main


def test_a_restricted_record_is_a_row_and_in_no_number(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        desk.row(work, "restricted", utc(2026, 11, 24), surname="Hidden", access="restricted")
        desk.row(work, "sealed", utc(2026, 11, 24), surname="Nobody", access="sealed")
        raise_alerts(work, stages=STAGES)
    printed = Page(aisha.get("/work/print").text)
    assert "Mine (3)" in printed.main
    assert printed.main.count("you may not open") == 1
    assert not {"HIDDEN", "NOBODY"} & set(printed.main.replace(",", "").split())


def test_an_empty_list_says_so(aisha: Officer) -> None:
    assert "Nothing is on this list" in Page(aisha.get("/work/print?tab=waiting").text).main


@pytest.mark.parametrize("address", ["/work/print", "/people/{person}"])
def test_what_needs_a_script_is_hidden_without_one(aisha: Officer, desk: Desk, address: str) -> None:
    if "{person}" in address:
        (address,) = [href for text, href in Page(aisha.get("/work").text).links if text.startswith("TIDESWELL")]
    buttons = [values for _, values in Page(aisha.get(address).text).tags if "data-print" in values]
    assert [("hidden" in values, "href" in values) for values in buttons] == [(True, False)]
