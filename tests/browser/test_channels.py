"""The page that shows a calendar's address once, on a desk and on a phone: axe, width, and how the address is copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, Page

from orders_app.queries.visibility import SYSTEM
from orders_app.rules.access import Role
from orders_app.services.passwords import hash_password
from orders_app.services.work import Actor, begin_work
from tests.browser.live import app_on, served
from tests.browser.looking import complaints, too_wide
from tests.conftest import NOW
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path, sqlite_template: str) -> Iterator[str]:
    with time_machine.travel(NOW, tick=True):
        app = app_on(tmp_path / "channels.sqlite3", sqlite_template)
        parts = app.extensions["orderwatch"]
        with begin_work(parts.sessions, actor=Actor(None, "Test", SYSTEM), action="test.prepared", now=NOW, law=parts.law.shipped) as work:
            a_user(work, Role.ORDERS_DESK, username="orders", password_hash=hash_password(PASSWORD))
        with served(app) as served_at:
            yield served_at


def shown_address(browser: Browser, address: str, *, has_script: bool) -> Page:
    """The page on which an officer has just made an address."""
    context = browser.new_context(base_url=address, java_script_enabled=has_script, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("User name").fill("orders")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto("/account/alerts")
    page.get_by_role("button", name="Make a calendar address").click()
    return page


@pytest.mark.parametrize("width", [1280, 320])
def test_the_address_is_shown_and_copied(browser: Browser, address: str, width: int) -> None:
    page = shown_address(browser, address, has_script=True)
    page.set_viewport_size({"width": width, "height": 900})
    assert complaints(page) + too_wide(page, width) == []
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("status").get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Address", exact=True).input_value()
    assert page.request.get(copied).headers["content-type"] == "text/calendar; charset=utf-8"
    page.context.close()


def test_without_script_the_whole_address_can_be_selected(browser: Browser, address: str) -> None:
    page = shown_address(browser, address, has_script=False)
    assert page.get_by_role("button", name="Copy").count() == 0
    field = page.get_by_label("Address", exact=True)
    assert field.get_attribute("readonly") is not None
    assert field.input_value().endswith(".ics")
    page.context.close()


def test_on_a_telephone_the_count_of_my_work_is_seen_without_opening_the_menu(browser: Browser, address: str) -> None:
    page = shown_address(browser, address, has_script=True)
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/account/alerts")
    links = page.get_by_role("link", name="My work (0) waiting for you")
    assert [link.is_visible() for link in links.all()].count(True) == 1
    page.set_viewport_size({"width": 1280, "height": 800})
    assert [link.is_visible() for link in links.all()].count(True) == 1
    page.context.close()
