"""Which part of a long list a page shows. The number of the page is in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict

PAGE_SIZE = 25


@dataclass(frozen=True)
class Paging:
    """One page of a list of `total`. `query` is the rest of the address, for the links to other pages."""

    page: int
    total: int
    query: str
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def skipped(self) -> int:
        return (self.page - 1) * self.size

    @property
    def first(self) -> int:
        return min(self.skipped + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.skipped + self.size, self.total)


def paging(total: int, size: int = PAGE_SIZE) -> Paging:
    """Return the page the address asks for, or the nearest there is."""
    wanted = page_asked(request.args)
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    query = urlencode(rest) + "&" if rest else ""
    last_page = Paging(1, total, query, size).pages
    return Paging(min(wanted, last_page), total, query, size)


def page_asked(args: MultiDict[str, str]) -> int:
    """Return the number of the page an address asks for; the first where it names none, or one no list has."""
    typed = args.get("page", "1")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 1
