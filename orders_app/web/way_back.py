"""The way back: a page hands its own address on as `next`. Back leads there, and what is done leads to the page it all began from.

An address holds references and filters alone, never what somebody is called. Only a page of this program is ever gone back to.
"""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from flask import Flask, current_app, request

NEXT = "next"
BACK_TO = {"/work": "Back to My work"}
BACK_TO_ONE = {"/work/": "Back to the deadline", "/people/": "Back to the person"}


def set_up_way_back(app: Flask) -> None:
    """Let templates say where Back leads."""
    app.jinja_env.globals["way_back"] = way_back


def own_path(path: str | None) -> str:
    """The path if it leads to a page of this program, else nothing."""
    if not path or not path.startswith("/") or any(sign in path for sign in "\\\r\n\t"):
        return ""
    place = unquote(path.partition("?")[0].partition("#")[0])
    pages = current_app.create_url_adapter(request)
    return path if pages and "//" not in place and pages.test(place, method="GET") else ""


def here() -> str:
    """The address of this page."""
    return request.full_path.removesuffix("?")


def came_from() -> str:
    """The page that led here; empty where none is named."""
    return own_path(request.args.get(NEXT))


def began_at() -> str:
    """The page that the way here began from: each page has the one before it in its own address. Empty where none is named."""
    path = came_from()
    while before := own_path(parse_qs(urlsplit(path).query).get(NEXT, [""])[0]):
        path = before
    return path


def with_way_back(href: str, address: str) -> str:
    """The address of a page, with where it leads back to."""
    parts = urlsplit(href)
    query = "&".join(part for part in (parts.query, urlencode({NEXT: address}, safe="/")) if part)
    return parts._replace(query=query).geturl() if address else href


def way_back(href: str = "", text: str = "") -> dict[str, str]:
    """The Back link of a page: where the reader came from, else the address and the words given, if any."""
    path = came_from()
    if not path:
        return {"href": href, "text": text} if href else {}
    place = urlsplit(path).path
    words = next((words for start, words in BACK_TO_ONE.items() if place.startswith(start)), "Back")
    return {"href": path, "text": BACK_TO.get(place, words)}
