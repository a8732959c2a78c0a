"""A clock that runs fast, the same in every process."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

VARIABLE = "ENDURANCE_CLOCK"


@dataclass(frozen=True)
class FastClock:
    """It said `began` (seconds since 1970) when the machine's own said `started`, and runs `speed` times as fast."""

    began: float
    started: float
    speed: float

    def now(self) -> datetime:
        """This moment, aware UTC."""
        return datetime.fromtimestamp(self.began + (time.time() - self.started) * self.speed, UTC)

    def lasts(self, real_seconds: float) -> timedelta:
        """How much time passes meanwhile by this clock."""
        return timedelta(seconds=real_seconds * self.speed)

    def handed_down(self) -> dict[str, str]:
        """The environment that gives another process the same clock."""
        return {VARIABLE: json.dumps(asdict(self))}


def begun(at: datetime, speed: float) -> FastClock:
    """A clock that says `at` now."""
    return FastClock(at.timestamp(), time.time(), speed)


def given() -> FastClock:
    """The clock this process was handed."""
    return FastClock(**json.loads(os.environ[VARIABLE]))
