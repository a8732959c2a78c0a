"""Short references an officer can say on the radio: SPO-2026-0042, P-10482.

Numbers are left out here and there. Without gaps the missing number of a list would tell that a record nobody may know
of has it; with them it tells nothing.
"""

from __future__ import annotations

import secrets
from itertools import accumulate

from sqlalchemy import update

from orders_app.db import insert_new_rows
from orders_app.models import ReferenceCounter
from orders_app.services.work import Work

PEOPLE = "P"
FIRST_PERSON = 10_000
ONE_LEFT_OUT_IN = 8


def next_references(work: Work, prefix: str, how_many: int = 1) -> list[str]:
    """Return new order references under a prefix such as 'SPO-2026'. A number once given is never given again."""
    return [f"{prefix}-{number:04}" for number in _next(work, prefix, how_many, 0)]


def next_person_references(work: Work, how_many: int = 1) -> list[str]:
    """Return new references for people."""
    return [f"P-{number}" for number in _next(work, PEOPLE, how_many, FIRST_PERSON)]


def is_left_out() -> bool:
    """Whether to leave out the next number."""
    return secrets.randbelow(ONE_LEFT_OUT_IN) == 0


def _next(work: Work, prefix: str, how_many: int, start: int) -> list[int]:
    steps = list(accumulate(1 + is_left_out() for _ in range(how_many)))
    insert_new_rows(work.session, ReferenceCounter.__table__, [{"prefix": prefix, "last": start}], ["prefix"])
    raised = update(ReferenceCounter).where(ReferenceCounter.prefix == prefix).values(last=ReferenceCounter.last + steps[-1])
    last = work.session.execute(raised.returning(ReferenceCounter.last)).scalar_one()
    return [last - steps[-1] + step for step in steps]
