"""Make the stored deadlines say what the law says today. Safe to run any number of times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Deadline, Order
from orders_app.queries.facts import OrderFacts, load_orders_for_rules
from orders_app.rules.access import Access
from orders_app.rules.duties import DueDuty, MissingTime, due_duties
from orders_app.rules.names import sorting_names
from orders_app.rules.orders import status_dates
from orders_app.rules.periods import LONDON, OutsideTable
from orders_app.services.work import Work

AT_ONCE = 100
SAME_IN_BOTH = (
    "considered_on", "referred_on", "authorised_on", "applied_on", "listed_on", "served_on", "in_force_from", "fully_in_force_from",
    "continued_on", "continued_until",
)  # fmt: skip


def sync_deadlines(work: Work, order_ids: Sequence[int]) -> dict[str, int]:
    """Work out the deadlines and the derived columns of these orders again; return how many rows were new, changed, cancelled.

    Raises MissingTime and OutsideTable (rules) when a deadline cannot be worked out: better no answer than a wrong one.
    """
    loaded = load_orders_for_rules(work.session, order_ids)
    stored = stored_deadlines(work, order_ids)
    counts: dict[str, int] = defaultdict(int)
    for order in loaded:
        apply_deadlines(work, order, stored[order.order.id], counts)
    work.session.flush()
    return dict(counts)


@dataclass
class Synced:
    """What working deadlines out again did. Orders that `failed` do not stop the rest; `named` are those that may be named."""

    orders: int = 0
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    failed: int = 0
    named: list[str] = field(default_factory=list)


def sync_all(work: Work) -> Synced:
    """Work out every order's deadlines again in one piece of work."""
    done = Synced()
    for ids in order_ids_in_turn(work.session):
        sync_some(work, ids, done)
    return done


def sync_some(work: Work, order_ids: Sequence[int], done: Synced) -> None:
    """Work out some orders' deadlines again and add to what was done."""
    stored = stored_deadlines(work, order_ids)
    for order in load_orders_for_rules(work.session, order_ids):
        try:
            apply_deadlines(work, order, stored[order.order.id], done.counts)
        except (MissingTime, OutsideTable):
            done.failed += 1
            done.named += [order.order.reference] if may_be_named(order.order) else []
    work.session.flush()
    work.session.expunge_all()
    done.orders += len(order_ids)


def may_be_named(order: Order) -> bool:
    """Whether anybody may know that there is this order. Its person is loaded."""
    return Access.SEALED not in (order.access, order.person.access)


def order_ids_in_turn(session: Session) -> list[list[int]]:
    """Return the keys of all orders, as many at a time as are worked out together.

    Few enough that a piece of work is over before anybody who waits to write notices.
    """
    ids = list(session.scalars(select(Order.id).order_by(Order.id)))
    return [ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE)]


def stored_deadlines(work: Work, order_ids: Sequence[int]) -> dict[int, list[Deadline]]:
    """Return the stored deadlines of these orders by order."""
    found: dict[int, list[Deadline]] = defaultdict(list)
    for row in work.session.scalars(select(Deadline).where(Deadline.record_id.in_(order_ids))):
        found[row.record_id].append(row)
    return found


def apply_deadlines(work: Work, loaded: OrderFacts, stored: Iterable[Deadline], counts: dict[str, int]) -> None:
    """Bring one order's deadline rows and derived columns in line with its facts. Writes nothing that is right already."""
    wanted = {(due.started_by, due.key): due for due in due_duties(loaded.order_type, loaded.facts, work.law)}
    rows = {(row.started_by_id, row.duty_key): row for row in stored}
    for key, due in wanted.items():
        row = rows.get(key)
        if row is None:
            work.session.add(_new_row(work, loaded.order, due))
            counts["new"] += 1
        elif _write(row, _values(work, due)):
            counts["changed"] += 1
    for key in rows.keys() - wanted.keys():
        if rows[key].cancelled_at is None:
            rows[key].cancelled_at = work.now
            counts["cancelled"] += 1
    _write(loaded.order, derived_columns(loaded, work.today))


def first_deadlines(work: Work, loaded: OrderFacts) -> list[dict[str, object]]:
    """Return the rows of the deadlines of an order that has none yet."""
    known: dict[str, object] = {"record_id": loaded.order.id, "person_id": loaded.order.person_id}
    due = {(due.started_by, due.key): due for due in due_duties(loaded.order_type, loaded.facts, work.law)}
    return [known | {"started_by_id": started_by, "duty_key": key} | _values(work, one) for (started_by, key), one in due.items()]


def derived_columns(loaded: OrderFacts, today: date) -> dict[str, object]:
    """What lists sort and filter by. A notice counts as made on the day it was authorised."""
    dates = status_dates(loaded.order_type, loaded.facts)
    has_passed = dates.last_day is not None and dates.last_day < today
    surname, forenames = sorting_names(loaded.order.person.surname, loaded.order.person.forenames)
    same = {name: getattr(dates, name) for name in SAME_IN_BOTH}
    return same | {
        "made_on": dates.authorised_on if loaded.order_type.is_notice else dates.begun_on,
        "ends_on": dates.closed_on if dates.closed_on and dates.begun_on else dates.last_day,
        "ended_on": dates.closed_on or (dates.last_day if has_passed else None),
        "closed_as": dates.closed_as.value if dates.closed_on else "",
        "subject_surname": surname,
        "subject_forenames": forenames,
    }


def _new_row(work: Work, order: Order, due: DueDuty) -> Deadline:
    row = Deadline(record_id=order.id, person_id=order.person_id, started_by_id=due.started_by, duty_key=due.key)
    _write(row, _values(work, due))
    return row


def _values(work: Work, due: DueDuty) -> dict[str, object]:
    act_by_at = due.act_by_at or midnight_ending(due.act_by_on)
    passed = not due.can_be_overdue and act_by_at <= work.now
    return {
        "title": due.title,
        "word": due.word.value,
        "rule_class": due.rule_class.value,
        "alert_class": due.alert_class.value,
        "citation": str(due.citation),
        "because": due.because,
        "due_on": due.due_on,
        "due_at": due.due_at,
        "act_by_at": act_by_at,
        "met_by_id": due.met_by,
        "cancelled_at": act_by_at if passed else None,
    }


def _write(row: object, values: dict[str, object]) -> bool:
    """Set what differs; say whether anything did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def midnight_ending(day: date) -> datetime:
    """The instant (UTC) at which a London day ends."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)
