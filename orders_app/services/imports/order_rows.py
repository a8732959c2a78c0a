"""Orders: which are new, which are on file already, and what the law says of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from orders_app.queries import imports as queries
from orders_app.queries.imports import OrderOnFile
from orders_app.rules.spreadsheets import ORDERS
from orders_app.services.imports.finding import PeopleOnFile
from orders_app.services.imports.new_order_rows import Sheets, new_order_of, refuse
from orders_app.services.imports.order_drafts import Draft, drafts_of, everybody_named, spoilt_keys
from orders_app.services.imports.orders_on_file import compare_and_add
from orders_app.services.imports.places import Places
from orders_app.services.imports.tables import Row, Table
from orders_app.services.new_orders import NewOrder
from orders_app.services.orders import Built, build_orders, write_orders
from orders_app.services.work import Work

AT_ONCE = 250
RESTRICTED = "This order is restricted. Ask its owner to do it"
Progress = Callable[[int], None]


@dataclass
class OrdersDone:
    """What became of the orders. `references` are the first new ones, to link to."""

    counts: Counter[str] = field(default_factory=Counter)
    references: list[str] = field(default_factory=list)


@dataclass
class Known:
    """Orders that rows may mean, by our reference and by Orderwatch's; those recorded by this import join them."""

    by_key: dict[str, list[OrderOnFile]] = field(default_factory=dict)
    by_reference: dict[str, list[OrderOnFile]] = field(default_factory=dict)

    def find(self, name: str) -> list[OrderOnFile]:
        """Return the orders of this name."""
        return self.by_key.get(name) or self.by_reference.get(name.upper(), [])


def import_orders(work: Work, tables: Mapping[str, Table], people: PeopleOnFile, *, is_dry_run: bool, progress: Progress) -> OrdersDone:
    """Check every order of the sheets and record those that are new. Problems go to the tables they belong to.

    In a dry run, or once there is a problem, only orders that others in the file follow are written: all is undone later.
    """
    drafts = drafts_of(tables)
    people.look_up(everybody_named(drafts, tables))
    known = _known(work, drafts)
    sheets = Sheets(tables, people, Places.of(work), work.actor.viewer.team_id)
    done = OrdersDone()
    fresh: list[tuple[Draft, Table, Row]] = []
    stored: list[tuple[Draft, OrderOnFile]] = []
    spoilt = spoilt_keys(tables)
    for draft in drafts:
        on_file = _on_file(draft, known, tables, spoilt)
        if on_file:
            stored.append((draft, on_file))
        elif draft.table and draft.row and draft.row.number not in draft.table.bad:
            fresh.append((draft, draft.table, draft.row))
    compare_and_add(work, stored, sheets, known.find, done.counts, progress)
    for wave in _waves(fresh):
        _import_wave(work, wave, sheets, known, done, is_dry_run=is_dry_run, progress=progress)
    return done


def _known(work: Work, drafts: Sequence[Draft]) -> Known:
    followed = {str(draft.row.get("follows")) for draft in drafts if draft.row and draft.row.get("follows")}
    keys = {draft.source_key for draft in drafts} | followed
    session, viewer = work.session, work.actor.viewer
    known = Known()
    for order in queries.orders_by_source_key(session, viewer, keys):
        known.by_key.setdefault(str(order.source_key), []).append(order)
    for order in queries.orders_by_reference(session, viewer, {name.upper() for name in followed}):
        known.by_reference.setdefault(order.reference, []).append(order)
    return known


def _on_file(draft: Draft, known: Known, tables: Mapping[str, Table], spoilt: set[str]) -> OrderOnFile | None:
    found = known.by_key.get(draft.source_key, [])
    may_open = [order for order in found if order.may_open]
    if len(may_open) == 1:
        return may_open[0]
    if len(may_open) > 1:
        _refuse_key(draft, tables, f"Several orders have this reference: {', '.join(order.reference for order in may_open)}")
    elif found:
        _refuse_key(draft, tables, RESTRICTED)
    elif draft.row is None and draft.source_key not in spoilt:
        _refuse_key(draft, tables, f"No order has the reference '{draft.source_key}'. Add it to the orders sheet, or check the reference")
    return None


def _refuse_key(draft: Draft, tables: Mapping[str, Table], message: str) -> None:
    if draft.table and draft.row:
        draft.table.refuse(draft.row.number, "source_key", message)
        return
    for code, rows in draft.parts.items():
        for row in rows:
            tables[code].refuse(row.number, "source_key", message)


def _waves(fresh: Sequence[tuple[Draft, Table, Row]]) -> Iterator[list[tuple[Draft, Table, Row]]]:
    """An order that follows another of the same file comes after it. Orders that follow each other in a ring are refused."""
    waiting = {draft.source_key: (draft, table, row) for draft, table, row in fresh}
    while waiting:
        ready = [item for item in waiting.values() if item[2].get("follows") not in waiting]
        if not ready:
            for _, table, row in waiting.values():
                table.refuse(row.number, "follows", "These orders follow each other in a ring. Check which came first")
            return
        yield ready
        for draft, _, _ in ready:
            del waiting[draft.source_key]


def _import_wave(
    work: Work,
    wave: Sequence[tuple[Draft, Table, Row]],
    sheets: Sheets,
    known: Known,
    done: OrdersDone,
    *,
    is_dry_run: bool,
    progress: Progress,
) -> None:
    followed = {row.get("follows") for table in [sheets.tables.get(ORDERS.code)] if table for row in table.rows if row.get("follows")}
    for first in range(0, len(wave), AT_ONCE):
        some = [_read(draft, table, row, sheets, known) for draft, table, row in wave[first : first + AT_ONCE]]
        good = _lawful(work, [(draft, new) for draft, new in some if new], sheets)
        done.counts["new"] += len(good)
        is_kept = not is_dry_run and not _has_problems(sheets)
        _write(work, [built for draft, built in good if is_kept or draft.source_key in followed], known, done)
        work.session.expunge_all()
        progress(sum(draft.row_count for draft, _ in some))


def _read(draft: Draft, table: Table, row: Row, sheets: Sheets, known: Known) -> tuple[Draft, NewOrder | None]:
    new = new_order_of(draft, table, row, sheets)
    name = row.get("follows")
    if not name or new is None:
        return draft, new
    followed = followed_id(table, row, name, known.find(name), sheets)
    return draft, replace(new, follows_id=followed) if followed else None


def followed_id(table: Table, row: Row, name: str, found: Sequence[OrderOnFile], sheets: Sheets) -> int | None:
    """Return the key of the order that a row follows. None, with a problem, where there is no such order to follow."""
    may_open = [order for order in found if order.may_open]
    if len(may_open) == 1:
        return may_open[0].id
    if found:
        table.refuse(row.number, "follows", "Several orders have this reference. Use Orderwatch's own" if may_open else RESTRICTED)
    elif not _is_in_file(name, sheets):
        table.refuse(row.number, "follows", f"No order has the reference '{name}'. Add it to the orders sheet, or check the reference")
    return None


def _is_in_file(name: str, sheets: Sheets) -> bool:
    table = sheets.tables[ORDERS.code]
    return any(row.get("source_key") == name for row in (*table.rows, *table.spoilt))


def _lawful(work: Work, drafted: Sequence[tuple[Draft, NewOrder]], sheets: Sheets) -> list[tuple[Draft, Built]]:
    good = []
    for (draft, _), built in zip(drafted, build_orders(work, [new for _, new in drafted]), strict=True):
        for refusal in built.broken:
            refuse(draft, refusal, sheets.tables)
        if not built.broken:
            good.append((draft, built))
    return good


def _write(work: Work, built: Sequence[Built], known: Known, done: OrdersDone) -> None:
    for order in write_orders(work, built):
        known.by_key[str(order.source_key)] = [OrderOnFile(order.id, order.reference, order.source_key, True)]
        done.references.append(order.reference)


def _has_problems(sheets: Sheets) -> bool:
    return any(table.problems for table in sheets.tables.values())
