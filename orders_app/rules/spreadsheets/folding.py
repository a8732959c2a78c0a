"""Names as officers write them, brought to one form for comparing: case, spaces, stops and the order of words do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

Value = TypeVar("Value")
NEAR = 0.7
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset({"the", "of", "a", "an", "to", "on"})


def folded(text: str) -> str:
    """One form for all ways of writing the same name: "Date served", "served  DATE" and "Served (date)" are alike."""
    words = _WORD.findall(text.casefold())
    return " ".join(sorted(word for word in words if word not in _SMALL_WORDS) or words)


def closed_up(text: str) -> str:
    """The letters and figures alone, for "DateServed" and "date_served"."""
    return "".join(_WORD.findall(text.casefold()))


def by_name(names: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Return a table to look names up in with `found`. A name that stands for two things stands for neither."""
    meanings: dict[str, set[Value]] = {}
    for name, value in names:
        for form in (folded(name), closed_up(name)):
            meanings.setdefault(form, set()).add(value)
    return {form: values.pop() for form, values in meanings.items() if len(values) == 1}


def found(table: Mapping[str, Value], typed: str) -> Value | None:
    """Return what a typed name stands for, or None."""
    exact = table.get(folded(typed))
    return table.get(closed_up(typed)) if exact is None else exact


def nearest(typed: str, names: Iterable[str]) -> str:
    """Return the name most like what was typed, or nothing where none is near."""
    known = {folded(name): name for name in names}
    near = get_close_matches(folded(typed), known, n=1, cutoff=NEAR)
    return known[near[0]] if near else ""
