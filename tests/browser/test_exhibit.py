"""The exhibit on paper: two sheets of A4 at most for an ordinary clock, with nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page

from orders_app.queries.visibility import SYSTEM
from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind
from orders_app.services.passwords import hash_password
from orders_app.services.work import Actor, begin_work
from tests.browser.live import app_on, served
from tests.browser.looking import complaints, too_wide
from tests.conftest import NOW
from tests.factories import PASSWORD, a_user
from tests.order_cases import a_made_order, a_served_notice

pytestmark = pytest.mark.browser
CHRISTMAS_EVE = datetime(2026, 12, 24, 20, 0, tzinfo=UTC)
ONE_PAGE = re.compile(rb"/Type\s*/Page[^s]")


@pytest.fixture
def references() -> list[str]:
    return []


@pytest.fixture
def app(tmp_path: Path, sqlite_template: str, references: list[str]) -> Iterator[Flask]:
    later = CHRISTMAS_EVE + timedelta(hours=10)
    with time_machine.travel(later, tick=True):
        app = app_on(tmp_path / "exhibit.sqlite3", sqlite_template)
        parts = app.extensions["orderwatch"]
        with begin_work(
            parts.sessions, actor=Actor(None, "Test", SYSTEM), action="test.prepared", now=later, law=parts.law.shipped
        ) as work:
            a_user(work, Role.ORDERS_DESK, username="orders", password_hash=hash_password(PASSWORD))
            references.append(a_served_notice(work).reference)
            references.append(a_served_notice(work, served_at=CHRISTMAS_EVE).reference)
            made = a_made_order(work, served_on=date(2026, 10, 5), end_kind=EndKind.FIXED, stated_ends_on=date(2029, 10, 1))
            references.append(made.reference)
        yield app


@pytest.fixture
def page(browser: Browser, app: Flask) -> Iterator[Page]:
    with served(app) as address:
        page = browser.new_page(base_url=address)
        page.goto("/sign-in")
        page.get_by_label("User name").fill("orders")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/work**")
        yield page
        page.close()


def test_an_exhibit_fits_two_sheets_a_phone_and_every_reader(page: Page, references: list[str]) -> None:
    notice, christmas, order = references
    assert NOW < CHRISTMAS_EVE
    for address in (
        f"{notice}/why/court_hearing", f"{christmas}/why/court_hearing", f"{order}/why/discharge_bar", f"{order}/why/last_day",
        f"{order}/why/earliest_last_day", f"{order}/why/initial_notification",
    ):  # fmt: skip
        page.goto(f"/orders/{address}")
        sheets = len(ONE_PAGE.findall(page.pdf(format="A4", prefer_css_page_size=True)))
        assert 1 <= sheets <= 2, (address, sheets)
        for width in (1280, 375, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert too_wide(page, width) == []
        assert complaints(page) == []


def test_the_printed_sheet_names_the_address_of_each_section(page: Page, references: list[str]) -> None:
    page.goto(f"/orders/{references[0]}/why/court_hearing")
    address = page.get_by_text("legislation.gov.uk/ukpga/2010/17/section/27").first
    assert not address.is_visible()
    page.emulate_media(media="print")
    assert address.is_visible()
    assert page.get_by_text("Name and rank").is_visible()
    assert not page.locator(".app-header__bar").is_visible()
