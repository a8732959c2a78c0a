"""Work out a date in a real Chromium: typed as officers type, without script, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page, expect

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
def app(tmp_path: Path, sqlite_template: str) -> Iterator[Flask]:
    with time_machine.travel(NOW, tick=True):
        app = app_on(tmp_path / "law.sqlite3", sqlite_template)
        parts = app.extensions["orderwatch"]
        with begin_work(parts.sessions, actor=Actor(None, "Test", SYSTEM), action="test.prepared", now=NOW, law=parts.law.shipped) as work:
            a_user(work, Role.PATROL, username="patrol", password_hash=hash_password(PASSWORD))
        yield app


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request: pytest.FixtureRequest, browser: Browser, app: Flask) -> Iterator[Page]:
    with served(app) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, java_script_enabled=request.param)
        page = context.new_page()
        page.set_default_timeout(20_000)
        sign_in(page)
        yield page
        context.close()


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("User name").fill("patrol")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Sign out").or_(page.get_by_role("button", name="Sign out"))).to_be_visible()


def event(page: Page, number: int, kind: str, day: str, time: str) -> None:
    row = page.get_by_role("group", name=f"Event {number}", exact=True)
    row.get_by_label("What happened").select_option(label=kind)
    row.get_by_label("Day").fill(day)
    row.get_by_label("Time").fill(time)


def test_a_case_is_typed_worked_out_changed_and_kept_as_a_bookmark(page: Page) -> None:
    page.goto("/work-out-a-date")
    page.get_by_role("link", name="Domestic violence protection notice").click()
    event(page, 1, "Authorised", "21/11/2026", "20.15")
    event(page, 2, "Served", "Sat 21 Nov 2026", "10.40pm")
    page.get_by_role("button", name="Add another event").click()
    event(page, 3, "Arrested for breach", "22 nov 2026", "0915")
    page.get_by_label("Rank of the officer who authorised it").select_option(label="Inspector")
    page.get_by_role("button", name="Work it out").click()

    expect(page.locator(".govuk-error-summary")).to_contain_text("superintendent or above, not of an inspector")
    page.get_by_label("Rank of the officer who authorised it").select_option(label="Superintendent")
    page.get_by_role("button", name="Work it out").click()

    answer = page.locator("#answer")
    expect(answer).to_contain_text("by Tuesday 24 November 2026, 22:40")
    expect(answer).to_contain_text("before Tuesday 24 November 2026, 00:00 (24:00 Monday)")
    expect(answer).to_contain_text("s.27(3)")
    assert page.locator(".govuk-error-summary").count() == 0

    bookmark = page.url.partition("#")[0]
    page.goto("/work-out-a-date")
    page.goto(bookmark)
    expect(answer).to_contain_text("by Tuesday 24 November 2026, 22:40")
    page.get_by_role("link", name="Remove event 3").click()
    expect(answer).not_to_contain_text("Produce the person arrested in court before")


def test_a_long_answer_fits_a_phone_and_axe_finds_nothing(browser: Browser, app: Flask) -> None:
    with served(app) as address:
        page = browser.new_page(base_url=address)
        sign_in(page)
        for title in ("A DVPN served on Christmas Eve 2026", "An SHPO with a ban on travel for six years"):
            page.goto("/work-out-a-date")
            page.get_by_role("link", name=title).click()
            expect(page.locator("#answer")).to_contain_text("What follows")
            for width in (1280, 375, 320):
                page.set_viewport_size({"width": width, "height": 900})
                assert too_wide(page, width) == []
                assert complaints(page) == []
        page.close()
