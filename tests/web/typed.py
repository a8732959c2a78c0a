"""What officers type into forms about orders, and what a freshly opened form sends back of itself."""

from __future__ import annotations

from tests.web.conftest import Officer
from tests.web.reading import Page


def day(name: str, value: str, time: str = "") -> dict[str, str]:
    """A day such as "17 11 2026" typed in the boxes of a date, with the time where there is one."""
    number, month, year = value.split()
    typed = {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}
    return typed | ({f"{name}-time": time} if time else {})


def opened(officer: Officer, address: str) -> dict[str, str]:
    """What the form at this address carries, hidden, of the record as it was opened."""
    inputs = Page(officer.get(address).text).inputs
    return {name: inputs[name] for name in ("version", "opened") if name in inputs}
