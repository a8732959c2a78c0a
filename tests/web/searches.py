"""Searching as an officer does: type, send, and look at where that leads."""

from __future__ import annotations

from werkzeug.test import TestResponse

from tests.web.conftest import Officer


def address_of_search(officer: Officer, text: str = "", **more: str) -> str:
    """Search for people; return the address of what is found."""
    answer = officer.post("/people", data={"q": text, **more})
    assert answer.status_code == 303
    return answer.location


def search_people(officer: Officer, text: str = "", **more: str) -> TestResponse:
    """Search for people; return the page of what is found."""
    return officer.get(address_of_search(officer, text, **more))


def narrow_orders(officer: Officer, text: str = "", **more: str) -> str:
    """Narrow the list of orders; return the address of the list."""
    answer = officer.post("/orders", data={"q": text, **more})
    assert answer.status_code == 303
    return answer.location
