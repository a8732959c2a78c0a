"""Headers, cookies, forged requests, nothing inline, and logs without people in them."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask, request

from orders_app.rules.access import Permission, Role
from orders_app.web import create_app
from orders_app.web.access import requires
from orders_app.web.security import LARGEST_FORM, POLICY
from tests.conftest import Acting
from tests.web.conftest import ClientFor, Officer, settings_for
from tests.web.every_page import doors, furnish
from tests.web.reading import Page

pytestmark = pytest.mark.on_sqlite

SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def _broken_view() -> str:
    raise ZeroDivisionError("Whittaker, Callum")


@pytest.fixture
def https_app(database_url: str) -> Flask:
    """An application as it is in use, with a page that breaks."""
    app = create_app(settings_for("sqlite://", is_https=True))
    app.add_url_rule("/broken", "broken", requires(Permission.PUBLIC)(_broken_view))
    return app


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert not [word for word in POLICY.replace(";", " ").split() if "*" in word or "http" in word]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sign-in", 200), ("GET", "/", 302), ("GET", "/no-such-page", 404), ("POST", "/sign-in", 400),
        ("GET", "/broken", 500), ("PUT", "/sign-in", 405),
    ],
)  # fmt: skip
def test_every_answer_has_its_headers(https_app: Flask, method: str, path: str, status: int) -> None:
    answer = https_app.test_client().open(path, method=method, base_url="https://localhost")
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in SAFE} == SAFE
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_page_of_something_broken_gives_nothing_away(https_app: Flask) -> None:
    answer = https_app.test_client().get("/broken", base_url="https://localhost")
    assert "Whittaker" not in answer.get_data(as_text=True)
    assert "ZeroDivisionError" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/audit/people/P-%00", "/admin/users/%00", "/audit/?officer=%00", "/sign-in?next=/%00"])
def test_a_nul_in_an_address_leads_nowhere(client_for: ClientFor, path: str) -> None:
    assert client_for(Role.AUDITOR, Role.ADMINISTRATOR).get(path).status_code == 404


def test_what_was_refused_has_a_reference_that_the_log_has_too(visitor: Officer, client_for: ClientFor) -> None:
    patrol = client_for(Role.PATROL)
    answers = [patrol.get("/jobs"), patrol.post("/sign-out", csrf=False), visitor.post("/sign-in", csrf=False)]
    assert [answer.status_code for answer in answers] == [403, 400, 400]
    references = [re.search(r"Reference for the service desk: <span[^>]*>([0-9A-F]{8})<", answer.text) for answer in answers]
    assert len({found[1] for found in references if found}) == len(answers)


def test_a_page_for_forms_alone_has_nothing_to_show(client_for: ClientFor) -> None:
    answer = client_for(Role.PATROL).get("/sign-out")
    assert answer.status_code == 405
    assert "There is nothing to show here" in answer.text


def test_a_request_is_named_before_anything_refuses_it(client_for: ClientFor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="orders_app.web.errors"):
        answer = client_for(Role.PATROL).post("/sign-out", csrf=False)
    (entry,) = [record.msg for record in caplog.records if record.name == "orders_app.web.errors"]
    assert isinstance(entry, dict)
    assert (entry["event"], entry["endpoint"]) == ("refused", "auth.sign_out")
    assert entry["request"] in answer.text


@pytest.mark.parametrize(
    ("path", "is_officer", "size", "status"),
    [
        ("/account/password", True, LARGEST_FORM + 1, 413),
        ("/imports/", True, LARGEST_FORM + 1, 200),
        ("/imports/", True, 32 * 1024 * 1024 + 1, 413),
        ("/imports/", False, LARGEST_FORM + 1, 413),
        ("/sign-in", False, LARGEST_FORM + 1, 413),
    ],
)
def test_no_more_is_read_than_a_page_needs(
    client_for: ClientFor, visitor: Officer, path: str, is_officer: bool, size: int, status: int
) -> None:
    browser = client_for(Role.ORDERS_DESK) if is_officer else visitor
    answer = browser.post(path, data=b"a=" + b"x" * (size - 2), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    if status == 413:
        assert "This is too large to send" in answer.text
        assert f"at once is {32 if path == '/imports/' and is_officer else 2} MB" in answer.text


@pytest.mark.parametrize(("address", "kept_for_good"), [("/static/app.css?v=abc", True), ("/static/app.css", False)])
def test_files_may_be_kept_by_the_browser(https_app: Flask, address: str, kept_for_good: bool) -> None:
    with https_app.test_client().get(address, base_url="https://localhost") as answer:
        assert "no-store" not in answer.headers["Cache-Control"]
        assert ("immutable" in answer.headers["Cache-Control"]) == kept_for_good


def test_the_cookie_is_for_this_site_alone(https_app: Flask) -> None:
    answer = https_app.test_client().get("/sign-in", base_url="https://localhost")
    name, *flags = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-orderwatch=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert not [flag for flag in flags if flag.startswith(("Domain", "Expires", "Max-Age"))]


def test_no_page_has_anything_inline(app: Flask, client_for: ClientFor, acting: Acting) -> None:
    browser = client_for(*Role)
    with acting() as work:
        things = furnish(work)
    for door in doors(app, things):
        if "GET" not in door.methods:
            continue
        answer = browser.get(door.path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            _nothing_inline(door.path, answer.get_data(as_text=True))


@pytest.mark.parametrize("path", ["/sign-in", "/no-such-page"])
def test_nor_has_a_visitors_page(visitor: Officer, path: str) -> None:
    _nothing_inline(path, visitor.get(path).get_data(as_text=True))


def test_no_log_line_holds_what_was_typed(visitor: Officer, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    visitor.post("/sign-in", data={"username": "whittaker", "password": "typed by mistake"})
    visitor.get("/people?q=whittaker")
    written = "".join(capfd.readouterr()) + caplog.text
    assert "whittaker" not in written
    assert "typed by mistake" not in written


@pytest.mark.parametrize(("hops", "address"), [(0, "127.0.0.1"), (1, "198.51.100.7")])
def test_a_forwarded_address_is_believed_only_where_a_proxy_is_declared(hops: int, address: str) -> None:
    app = create_app(settings_for("sqlite://", proxy_hops=hops))
    app.add_url_rule("/address", "address", requires(Permission.PUBLIC)(lambda: request.remote_addr))
    assert app.test_client().get("/address", headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.7"}).text == address


def test_a_sign_in_is_never_remembered_beyond_its_session(client_for: ClientFor) -> None:
    browser = client_for(Role.PATROL)
    browser.get("/account")
    assert browser.get_cookie("remember_token") is None


def _nothing_inline(path: str, html: str) -> None:
    shown = Page(html)
    for tag, values in shown.tags:
        assert tag != "style", path
        assert tag != "script" or values.get("src"), path
        assert not [name for name in values if name == "style" or name.startswith("on")], (path, tag, values)
        assert not values.get("href", "").startswith("javascript:"), (path, tag, values)
    assert shown.title.endswith(" - Orderwatch"), path
    assert [tag for tag, _values in shown.tags].count("h1") == 1, path
