"""Every component in a real Chromium: axe finds nothing, nothing is wider than the screen, with script and without."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.looking import complaints, fonts, too_wide
from tests.style_guide import BROKEN, PAGES, guide_app

pytestmark = pytest.mark.browser
HOST = "http://guide.test"


@pytest.fixture(scope="module")
def app() -> Flask:
    return guide_app()


def answer_from(app: Flask, page: Page, *, without_script: bool = False) -> list[str]:
    """Answer the page's requests from the app, without a network. Returns the list that faults will be added to."""
    faults: list[str] = []

    def answer(route: Route) -> None:
        wanted = route.request
        path = urlsplit(wanted.url).path
        if without_script and path.endswith(".js"):
            route.abort()
            return
        with app.test_client().open(path, method=wanted.method, data=wanted.post_data_buffer, headers=wanted.headers) as given:
            route.fulfill(status=given.status_code, headers=dict(given.headers), body=given.get_data())
            faults.extend([f"{given.status_code} {path}"] if given.status_code >= 400 else [])

    page.route("**/*", answer)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def send_broken_form(page: Page) -> None:
    for name, value in BROKEN.items():
        page.locator(f"[name='{name}']").fill(value)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_selector(".govuk-error-summary")


VIEWS = [(name, width) for name in (*PAGES, "broken form") for width in (1280, 320)] + [("guide", 375), ("broken form", 375)]
OVERLAPPING = """() => {
  const side = document.querySelector('.app-side');
  if (!side) return [];
  const edge = side.getBoundingClientRect();
  if (edge.left < 100) return [];
  return [...side.previousElementSibling.querySelectorAll('td, th, p')].filter(e => {
    const box = e.getBoundingClientRect();
    return box.right > edge.left + 1 && box.top < edge.bottom && box.bottom > edge.top;
  }).map(e => e.innerText);
}"""


@pytest.mark.parametrize(("name", "width"), VIEWS)
def test_a_page(app: Flask, page: Page, name: str, width: int):
    faults = answer_from(app, page)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{HOST}/{'guide' if name == 'broken form' else name}")
    if name == "broken form":
        send_broken_form(page)
    assert complaints(page) == []
    assert too_wide(page, width) == []
    assert page.evaluate(OVERLAPPING) == []
    assert page.locator("h1").count() == 1
    assert fonts(page) == ["Arial"]
    assert faults == []


def test_no_page_is_wider_than_a_phone_without_script(app: Flask, page: Page):
    answer_from(app, page, without_script=True)
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{HOST}/guide")
    assert too_wide(page, 320) == []
    assert page.get_by_role("link", name="My work (14)").is_visible()


@pytest.mark.parametrize(
    ("link", "box"),
    [
        ("Day the court made it", "made_on-year"),
        ("When was it served", "served_at-which"),
        ("The order ends after 29 days", "ends_on-day"),
        ("Choose what kind it is", "kind"),
        ("Choose a court", "court"),
        ("Short form must be 64", "name"),
    ],
)
def test_an_error_link_goes_to_the_box_to_mend(app: Flask, page: Page, link: str, box: str):
    answer_from(app, page)
    page.goto(f"{HOST}/guide")
    send_broken_form(page)
    assert page.title().startswith("Error: ")
    expect(page.locator(".govuk-error-summary")).to_be_focused()  # once its script has run
    page.locator(".govuk-error-summary a", has_text=link).click()
    assert page.evaluate("document.activeElement.id") == box


def test_the_printed_page_drops_what_only_works_on_a_screen(app: Flask, page: Page):
    answer_from(app, page)
    page.goto(f"{HOST}/guide")
    page.emulate_media(media="print")
    hidden = (".app-header__bar", ".app-navigation", ".govuk-breadcrumbs", ".app-filter", ".app-tabs", ".app-marking", ".app-work button")
    assert [part for part in hidden if page.locator(part).first.is_visible()] == []
    assert page.locator(".app-why__answer").is_visible()
    assert page.locator(".app-deadline").first.is_visible()
