"""Which duties get another date, begin or fall away when what is recorded is put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orders_app.rules.duties import DueDuty


@dataclass(frozen=True)
class Moved:
    """One duty before and after. `before` is None for one that was not due, `after` for one that is due no more."""

    before: DueDuty | None
    after: DueDuty | None

    @property
    def title(self) -> str:
        """What is due, as it is called now."""
        known = self.after or self.before
        return known.title if known else ""


def moved_duties(before: Iterable[DueDuty], after: Iterable[DueDuty]) -> list[Moved]:
    """Every duty whose date is not what it was: those of `after` in their order, then those that fell away.

    A duty is the same where the same event started it, on whatever day that event is now.
    """
    was, now = ({(due.started_by, due.key): due for due in dues} for dues in (before, after))
    pairs = [Moved(was.get(key), now.get(key)) for key in (*now, *(key for key in was if key not in now))]
    return [pair for pair in pairs if _date(pair.before) != _date(pair.after)]


def _date(due: DueDuty | None) -> tuple[object, ...]:
    return (due.due_on, due.due_at, due.act_by_on, due.act_by_at) if due else ()
