"""Reading a page as a person would: its title, its heading, what it says, where it leads, what it refuses."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from werkzeug.test import TestResponse

INLINE = {"a", "abbr", "b", "em", "i", "span", "strong", "time"}
SILENT = {"script", "style", "svg"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path"}


class Page(HTMLParser):
    """One page taken apart. `text` is everything it says, with single spaces; `main` that of the main part alone."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self.inputs: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._said: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        self._say_break(tag)
        if tag == "input" and values.get("name"):
            self.inputs[values["name"]] = values.get("value", "")
        if tag == "a":
            self.links.append(("", values.get("href", "")))
        if tag not in VOID:
            self._open.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        self._say_break(tag)
        while self._open and tag in {open_tag for open_tag, _values in self._open}:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        path = tuple(part for tag, values in self._open for part in (tag, *(f".{name}" for name in values.get("class", "").split())))
        if not SILENT & set(path):
            self._said.append((data, path))
        if "a" in path and self.links:
            text, href = self.links[-1]
            self.links[-1] = (_tidied(text + data), href)

    def _say_break(self, tag: str) -> None:
        if tag not in INLINE and self._said:
            self._said.append((" ", self._said[-1][1]))

    def within(self, mark: str) -> str:
        """What is said inside a tag ("h1") or a class (".govuk-error-summary")."""
        return _tidied("".join(data for data, path in self._said if mark in path))

    @property
    def title(self) -> str:
        return self.within("title")

    @property
    def heading(self) -> str:
        return self.within("h1")

    @property
    def main(self) -> str:
        return self.within("main")

    @property
    def text(self) -> str:
        return _tidied("".join(data for data, path in self._said if "title" not in path))

    @property
    def problems(self) -> str:
        """What the error summary says."""
        return self.within(".govuk-error-summary__list")


def page(response: TestResponse) -> Page:
    """Take a page apart."""
    return Page(response.get_data(as_text=True))


def without_way_back(href: str) -> str:
    """Where a link leads, without the page it leads back to."""
    return re.sub(r"[?&]next=[^&#]*", "", href)


def _tidied(text: str) -> str:
    return " ".join(text.split())
