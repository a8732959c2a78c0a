"""How much a force holds, and the day its figures are of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orders_app import clock
from orders_app.rules.wording import LONDON

Row = dict[str, Any]
NOW = clock.now()
TODAY = NOW.astimezone(LONDON).date()


@dataclass(frozen=True)
class Size:
    """How much a force holds. `looks` counts the lines of its log."""

    name: str
    people: int
    orders: int
    officers: int
    looks: int = 0
    registered: int = 0


MEAN = Size("mean force", 40_000, 14_000, 75, 200_000, 1_600)
LARGEST = Size("largest force", 250_000, 80_000, 400, 1_000_000, 7_000)
