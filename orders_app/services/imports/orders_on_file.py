"""Orders that are on file already: compared with what the sheets say, and given the parts they do not have yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from orders_app.models import Order, ProtectedPerson
from orders_app.queries import imports as queries
from orders_app.queries.facts import OrderFacts, facts_of, load_orders_for_rules
from orders_app.queries.imports import OrderOnFile
from orders_app.rules.spreadsheets import CONDITIONS, EVENTS, PROTECTED_PEOPLE
from orders_app.services import orders
from orders_app.services.deadlines import sync_deadlines
from orders_app.services.errors import RulesBroken
from orders_app.services.events import UNSAVED
from orders_app.services.imports.moments import event_of_row
from orders_app.services.imports.new_order_rows import Sheets, new_order_of, refuse
from orders_app.services.imports.order_compared import differing_columns, first_conditions, missing_events, same_conditions
from orders_app.services.imports.order_drafts import Draft, conditions_of, protected_of
from orders_app.services.new_orders import NewCondition, NewEvent, NewProtected
from orders_app.services.refusals import refuse_new_problems
from orders_app.services.work import Work

AT_ONCE = 250
NOT_WHAT_IS_ON_FILE = "This is not what {} has on file. An import never overwrites: change it on the order’s page, or in the sheet"
Find = Callable[[str], list[OrderOnFile]]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Addition:
    """What the sheets know of an order that the file does not."""

    conditions: tuple[NewCondition, ...]
    protected: tuple[NewProtected, ...]
    events: tuple[NewEvent, ...]

    def __bool__(self) -> bool:
        return bool(self.conditions or self.protected or self.events)


def compare_and_add(
    work: Work, stored: Sequence[tuple[Draft, OrderOnFile]], sheets: Sheets, find: Find, counts: Counter[str], progress: Progress
) -> None:
    """Refuse what differs from the file, add the parts that are new to it, and count the rest as unchanged."""
    for first in range(0, len(stored), AT_ONCE):
        some = {on_file.id: draft for draft, on_file in stored[first : first + AT_ONCE]}
        changed = []
        for loaded in load_orders_for_rules(work.session, list(some)):
            draft = some[loaded.order.id]
            _compare_row(draft, loaded, sheets, find)
            addition = _addition(draft, loaded, sheets)
            if addition and _add(work, draft, loaded, addition, sheets):
                changed.append(loaded.order.id)
            counts["added to" if addition else "unchanged"] += 1
        work.session.flush()
        if changed:
            sync_deadlines(work, changed)
        work.session.expunge_all()
        progress(sum(draft.row_count for draft in some.values()))


def _compare_row(draft: Draft, loaded: OrderFacts, sheets: Sheets, find: Find) -> None:
    table, row = draft.table, draft.row
    if table is None or row is None:
        return
    new = new_order_of(replace(draft, parts=defaultdict(list, {**draft.parts, EVENTS.code: []})), table, row, sheets)
    if new is None:
        return
    followed = [order.id for order in find(row.get("follows", ""))] if row.get("follows") else []
    new = replace(new, follows_id=followed[0] if followed else None)
    for column in differing_columns(row, new, loaded.order, loaded.events):
        table.refuse(row.number, column, NOT_WHAT_IS_ON_FILE.format(loaded.order.reference))


def _addition(draft: Draft, loaded: OrderFacts, sheets: Sheets) -> Addition:
    return Addition(_new_conditions(draft, loaded, sheets), _new_protected(draft, loaded.order, sheets), _new_events(draft, loaded, sheets))


def _new_conditions(draft: Draft, loaded: OrderFacts, sheets: Sheets) -> tuple[NewCondition, ...]:
    rows = draft.parts[CONDITIONS.code]
    if not rows:
        return ()
    table, order = sheets.tables[CONDITIONS.code], loaded.order
    conditions = conditions_of(table, None, rows)
    if not order.conditions and order.version_number == 1:
        return conditions
    if not same_conditions(conditions, first_conditions(order)):
        message = (
            f"These are not the conditions {order.reference} has on file. Record a change by the court as a variation, on the order’s "
            "page, and correct there what was typed wrongly"
        )
        table.refuse(rows[0].number, "text", message)
    return ()


def _new_protected(draft: Draft, order: Order, sheets: Sheets) -> tuple[NewProtected, ...]:
    if not draft.parts[PROTECTED_PEOPLE.code]:
        return ()
    known = {protected.person_id for protected in order.protected}
    only_parts = replace(draft, table=None, row=None)
    return tuple(new for new in protected_of(only_parts, sheets.tables, sheets.people) if new.person_id not in known)


def _new_events(draft: Draft, loaded: OrderFacts, sheets: Sheets) -> tuple[NewEvent, ...]:
    table = sheets.tables.get(EVENTS.code)
    news = [event for row in draft.parts[EVENTS.code] if table and (event := event_of_row(table, row))]
    return tuple(missing_events(news, loaded.events))


def _add(work: Work, draft: Draft, loaded: OrderFacts, addition: Addition, sheets: Sheets) -> bool:
    """Add the parts to the order if the law allows what it then says. Refusals go beside the rows."""
    order = loaded.order
    order.conditions += [orders.new_condition(new, number, 1) for number, new in enumerate(addition.conditions, 1)]
    people = {person.id: person for person in queries.people_rows(work.session, [new.person_id for new in addition.protected])}
    order.protected += [
        ProtectedPerson(person_id=new.person_id, relationship_to_subject=new.relationship_to_subject, person=people[new.person_id])
        for new in addition.protected
    ]
    events = [orders.rule_event(event, UNSAVED + number) for number, event in enumerate(addition.events)]
    after = facts_of(order, (*loaded.facts.events, *events), loaded.other)
    try:
        refuse_new_problems(work, loaded.order_type, loaded.facts, after, addition.events)
    except RulesBroken as broken:
        for problem in broken.problems:
            refuse(draft, problem, sheets.tables)
        return False
    work.session.add_all(orders.new_event(work, order, event) for event in addition.events)
    order.changed_at = work.now
    return True
