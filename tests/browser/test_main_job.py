"""The main job in a real Chromium: a spreadsheet goes in, the law's deadline comes out, an alert is raised, an officer acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from orders_app.queries.visibility import SYSTEM
from orders_app.rules.access import Role
from orders_app.services.passwords import hash_password
from orders_app.services.work import Actor, begin_work
from scheduler.__main__ import program_of
from scheduler.claims import claim
from scheduler.runner import run
from tests.browser.live import app_on, served
from tests.conftest import NOW
from tests.factories import PASSWORD, a_team, a_user, an_area

pytestmark = pytest.mark.browser
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
PEOPLE = "Our key,Surname,Forenames,Date of birth\nNM-1,Clarke,Nathan,03/05/1990\nNM-2,Morgan,Siân,11 Aug 1993\n"
ORDERS = (
    "Our reference,Type,Subject,Authorised,Authorised time,Authorised rank,Served,Served time,Conditions,Protected people,Owner\n"
    "FORCE-7,DVPN,NM-1,21/11/2026,20:05,superintendent,21/11/2026,22:40,Not to contact Siân Morgan by any means.,NM-2,orders\n"
)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def app(tmp_path: Path, sqlite_template: str, clock: time_machine.Traveller) -> Flask:
    app = app_on(tmp_path / "main.sqlite3", sqlite_template)
    parts = app.extensions["orderwatch"]
    with begin_work(parts.sessions, actor=Actor(None, "Test", SYSTEM), action="test.prepared", now=NOW, law=parts.law.shipped) as work:
        team = a_team(work, name="Orders desk", area=an_area(work, code="NOR", name="Northmere"))
        a_user(work, Role.ORDERS_DESK, team=team, username="orders", name="Aisha Rahman", password_hash=hash_password(PASSWORD))
    return app


@pytest.fixture
def page(browser: Browser, app: Flask) -> Iterator[Page]:
    with served(app) as address:
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        page.set_default_timeout(20_000)
        yield page
        page.close()


def the_scheduler_runs(app: Flask, job: str, at: datetime) -> None:
    """One firing of one job, claimed and written down as the scheduler does it."""
    program = program_of(app.extensions["orderwatch"], "browser test")
    mine = claim(program.sessions, job=job, nominal_at=at, owner=program.owner, now=program.now())
    assert mine is not None
    run(program, mine)


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("User name").fill("orders")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="My work", level=1)).to_be_visible()


def hand_in(page: Page, folder: Path, kind: str, sheet: str) -> None:
    file = folder / f"{kind}.csv"
    file.write_text(sheet, encoding="utf-8")
    page.goto("/imports/")
    page.get_by_label(kind.capitalize(), exact=True).check()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Record all of it").click()
    expect(page.get_by_text("Every row of the file is on record.")).to_be_visible()


def test_from_a_spreadsheet_to_an_order_in_force(page: Page, app: Flask, clock: time_machine.Traveller, tmp_path: Path) -> None:
    sign_in(page)
    hand_in(page, tmp_path, "people", PEOPLE)
    hand_in(page, tmp_path, "orders", ORDERS)

    page.goto("/orders/DVPN-2026-0001")
    deadline = page.locator("section", has=page.get_by_role("heading", name="Deadlines"))
    expect(deadline).to_contain_text("Tuesday 24 November 2026, 22:40")
    expect(deadline).to_contain_text("Sunday 22 November")
    expect(deadline).to_contain_text("s.27(3)")

    the_scheduler_runs(app, "raise_alerts", NOW)
    page.goto("/")
    row = page.get_by_role("row").filter(has_text="DVPN-2026-0001").filter(has_text="hear the application")
    expect(row).to_contain_text("Open")
    row.get_by_role("button", name="Acknowledge").click()
    expect(row).to_contain_text("Acknowledged")

    clock.move_to(TUESDAY)
    sign_in(page)
    page.goto("/orders/DVPN-2026-0001")
    page.get_by_role("link", name="Record what the court decided").first.click()
    fill_day(page, "hearing_held_on", "24", "11", "2026")
    page.locator("[name='hearing_held_on-time']").fill("10.30")
    page.get_by_label("Court", exact=True).fill("Northmere Magistrates’ Court")
    page.get_by_label("Granted").check()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("group", name="in court, or represented").get_by_label("Yes").check()
    page.get_by_role("group", name="made without notice").get_by_label("No").check()
    go_on(page)
    fill_day(page, "ends_on", "22", "12", "2026")
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_contain_text("29 days is not allowed")
    expect(page.locator("main")).to_contain_text("s.28(10)")
    fill_day(page, "ends_on", "21", "12", "2026")
    go_on(page)
    expect(page.get_by_role("heading", name="Protected people", level=1)).to_be_visible()
    go_on(page)
    page.get_by_label("type the court’s own words", exact=False).check()
    page.get_by_label("The court’s words").fill("Not to contact Siân Morgan by any means.")
    page.get_by_label("Short form").fill("No contact with Siân Morgan")
    go_on(page)
    go_on(page)
    expect(page.get_by_role("heading", name="Check your answers", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Monday 21 December 2026")
    page.get_by_role("button", name="Save this order").click()

    expect(page.get_by_role("heading", name="DVPO-2026-0001")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Monday 21 December 2026, 24:00")
    page.goto("/orders/DVPN-2026-0001")
    expect(page.locator("main")).to_contain_text("DVPO-2026-0001")
    expect(page.get_by_text("Done and passed")).to_be_visible()


def fill_day(page: Page, name: str, day: str, month: str, year: str) -> None:
    for part, value in (("day", day), ("month", month), ("year", year)):
        page.locator(f"[name='{name}-{part}']").fill(value)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()
