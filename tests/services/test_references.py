"""References are given in turn, and now and then one is left out, so that a number that nobody has tells nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orders_app.services import references
from tests.conftest import Acting


def test_numbers_are_left_out_now_and_then(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    left_out: Iterator[bool] = iter((True, False, False, True, False, False))
    monkeypatch.setattr(references, "is_left_out", lambda: next(left_out))
    with acting() as work:
        assert references.next_references(work, "SPO-2026", 3) == ["SPO-2026-0002", "SPO-2026-0003", "SPO-2026-0004"]
        assert references.next_references(work, "SPO-2026", 2) == ["SPO-2026-0006", "SPO-2026-0007"]
        assert references.next_references(work, "SPO-2026") == ["SPO-2026-0008"]
