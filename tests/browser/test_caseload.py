"""Handing a caseload over in a real Chromium, on a desk and at 320 px: axe finds nothing at any step. And on a phone without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from orders_app.models import User
from orders_app.queries.visibility import SYSTEM, Viewer
from orders_app.services.sign_in import Browser as WhichBrowser
from orders_app.services.sign_in import Candidate, open_session
from orders_app.services.work import Actor, Work, begin_work
from tests.browser.live import app_on, served
from tests.browser.looking import complaints, too_wide
from tests.conftest import NOW
from tests.services.caseload_cases import Teams

pytestmark = pytest.mark.browser
WITHOUT_SCRIPT = 375
NOTE = "Files are in the second drawer"


@pytest.fixture(params=[1280, 320, WITHOUT_SCRIPT], ids=["desk", "narrowest", "phone without script"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path, sqlite_template: str) -> Iterator[Page]:
    """A browser signed in as the sergeant of a team, one of whose officers has a caseload."""
    with time_machine.travel(NOW, tick=True):
        app = app_on(tmp_path / "caseload.sqlite3", sqlite_template)
        parts = app.extensions["orderwatch"]
        with begin_work(parts.sessions, actor=Actor(None, "Test", SYSTEM), action="test.prepared", now=NOW, law=parts.law.shipped) as work:
            token = _session_of(work, Teams(work).helen)
        with served(app) as address:
            context = browser.new_context(
                base_url=address, viewport={"width": request.param, "height": 900}, java_script_enabled=request.param != WITHOUT_SCRIPT
            )
            context.add_cookies([{"name": "orderwatch", "value": _cookie(app, token), "url": address}])
            page = context.new_page()
            page.set_default_timeout(20_000)
            yield page
            context.close()


def _session_of(work: Work, user: User) -> str:
    actor = Actor(user.id, user.display_name, Viewer(user.id, team_id=user.team_id))
    begun = Work(work.session, actor, work.action, work.now, work.law)
    candidate = Candidate(user.id, user.display_name, "", ("", ""), None)
    return open_session(begun, candidate=candidate, browser=WhichBrowser("127.0.0.1", "Test"), lasts=timedelta(hours=12))


def _cookie(app: Flask, token: str) -> str:
    signer = app.session_interface.get_signing_serializer(app)
    assert signer is not None
    return str(signer.dumps({"_user_id": token, "_fresh": True}))


def is_sound(page: Page, heading: str) -> None:
    """The page is the one expected, and nothing is wrong with it. Without script axe cannot look."""
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    width = (page.viewport_size or {"width": 0})["width"]
    found = complaints(page) if width != WITHOUT_SCRIPT else []
    assert (heading, found + too_wide(page, width)) == (heading, [])


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def test_the_whole_way(page: Page) -> None:
    page.goto("/caseloads/hand-over?officer=priya")
    is_sound(page, "Whose caseload is handed over?")
    go_on(page)
    is_sound(page, "What they have")
    go_on(page)
    expect(page.get_by_role("link", name="Choose whether everything goes")).to_be_visible()
    is_sound(page, "What they have")
    page.get_by_label("Some of it stays").check()
    go_on(page)
    is_sound(page, "Which records go?")
    page.get_by_label("ADAMS, Callum, goes").uncheck()
    page.get_by_label("Kind").select_option("Registrations")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("3 of 4 records ticked")).to_be_visible()
    go_on(page)
    is_sound(page, "Who takes it over?")
    page.get_by_label("Who takes it over?").select_option("Shared out in MOSOVO West")
    go_on(page)
    is_sound(page, "Who shares it?")
    page.get_by_label("Owen Tranter").check()
    go_on(page)
    is_sound(page, "What should they know?")
    page.get_by_label("What should they know?").fill(NOTE)
    go_on(page)
    is_sound(page, "Check who gets what")
    expect(page.get_by_role("main")).to_contain_text("1 record left out")
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("3 records handed over")
    page.goto("/caseloads/HO-2026-0001")
    expect(page.get_by_role("main")).to_contain_text(NOTE)
    is_sound(page, page.get_by_role("heading", level=1).inner_text())
