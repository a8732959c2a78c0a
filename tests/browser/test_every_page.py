"""Every page of the program in a real Chromium, on a desk and on a phone: axe finds nothing, and nothing is wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from orders_app.models import User
from orders_app.queries.visibility import SYSTEM, Viewer
from orders_app.rules.access import Role
from orders_app.services.sign_in import Browser as WhichBrowser
from orders_app.services.sign_in import Candidate, open_session
from orders_app.services.work import Actor, Work, begin_work
from tests.browser.live import app_on, served
from tests.browser.looking import complaints, fonts, too_wide
from tests.conftest import NOW
from tests.factories import a_team, a_user
from tests.web.every_page import doors, furnish

pytestmark = pytest.mark.browser
WIDTHS = (1280, 320)  # the narrowest and a desk; a phone of 375 px is laid out as the narrowest is
NOT_PAGES = {
    "health.index",
    "calendars.read",
    "imports.blank",
    "imports.errors",
    "imports.progress",
    "orders.export",
    "people.export",
    "auth.sign_in",
}
EVERYTHING = (Role.ORDERS_SUPERVISOR, Role.MOSOVO_SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)


@pytest.fixture(scope="module")
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def addresses(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: str, clock: time_machine.Traveller
) -> Iterator[tuple[Flask, str, list[str]]]:
    """The program with one of each thing on record, where it is served, and the address of every page of it."""
    app = app_on(Path(tmp_path_factory.mktemp("pages")) / "pages.sqlite3", sqlite_template)
    parts = app.extensions["orderwatch"]
    with begin_work(parts.sessions, actor=Actor(None, "Test", SYSTEM), action="test.prepared", now=NOW, law=parts.law.shipped) as work:
        things = furnish(work)
        app.extensions["cookie"] = _session_of(work, a_user(work, *EVERYTHING, team=a_team(work, name="All"), name="Aisha Rahman"))
    pages = [door.path for door in doors(app, things) if "GET" in door.methods and door.endpoint not in NOT_PAGES]
    with served(app) as address:
        yield app, address, pages


def _session_of(work: Work, user: User) -> str:
    actor = Candidate(user.id, user.display_name, "", ("", ""), None)
    begun = Work(work.session, Actor(user.id, user.display_name, Viewer(user.id, team_id=user.team_id)), work.action, work.now, work.law)
    return open_session(begun, candidate=actor, browser=WhichBrowser("127.0.0.1", "Test"), lasts=timedelta(hours=12))


@pytest.fixture(scope="module")
def officer(browser: Browser, addresses: tuple[Flask, str, list[str]]) -> Iterator[BrowserContext]:
    """A browser signed in as somebody who may open nearly everything."""
    app, address, _ = addresses
    signer = app.session_interface.get_signing_serializer(app)
    assert signer is not None
    value = signer.dumps({"_user_id": app.extensions["cookie"], "_fresh": True})
    context = browser.new_context(base_url=address)
    context.add_cookies([{"name": "orderwatch", "value": value, "url": address}])
    yield context
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page(officer: BrowserContext, addresses: tuple[Flask, str, list[str]], width: int) -> None:
    page = officer.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    faults = {path: _faults(page, path, width) for path in addresses[2]}
    page.close()
    assert {path: found for path, found in faults.items() if found} == {}


def _faults(page: Page, path: str, width: int) -> list[str]:
    answer = page.goto(path)
    status = answer.status if answer else 0
    found = complaints(page) + too_wide(page, width)
    found += [f"status {status}"] if status >= 500 else []
    found += [] if page.locator("h1").count() == 1 else ["not one h1"]
    return found + ([] if fonts(page) == ["Arial"] else [f"fonts {fonts(page)}"])
