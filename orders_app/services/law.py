"""Enter law: provisions that begin or end, bank holidays, years of the table. What was entered is never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orders_app.models import BankHoliday, LawChange, ProvisionRow
from orders_app.queries import law as queries
from orders_app.rules.law import LawTables
from orders_app.rules.law_entries import Entry, ProvisionEntry, refusals
from orders_app.services.errors import ChangedMeanwhile, RuleBroken, RulesBroken
from orders_app.services.work import Work

ADDRESS = re.compile(r"https://[^\s/]+(/\S*)?")
LONGEST_ADDRESS, LONGEST_CITATION = 300, 200


@dataclass(frozen=True)
class Authority:
    """On what it rests: the instrument, its address, a note about it, and why it is entered now."""

    citation: str
    url: str
    reason: str
    note: str = ""


def check_entry(law: LawTables, *, entry: Entry, authority: Authority) -> None:
    """Raise RulesBroken with everything that keeps it from being entered into these tables."""
    found = [RuleBroken(problem.field, problem.message) for problem in refusals(law, entry)]
    broken = [*found, *_unsupported(authority)]
    if broken:
        raise RulesBroken(tuple(broken))


def enter(work: Work, *, entry: Entry, authority: Authority, last_entry: int) -> LawChange:
    """Enter it. `last_entry` is the number of the last entry that the tables in hand hold.

    Raises ChangedMeanwhile when there is a later one, and RulesBroken with everything that keeps it from being entered.
    """
    if queries.last_entry(work.session) != last_entry:
        raise ChangedMeanwhile("law")
    check_entry(work.law, entry=entry, authority=authority)
    change = LawChange(
        entered_at=work.now, entered_by_id=work.actor.id, citation=authority.citation.strip(), url=authority.url.strip(),
        note=authority.note.strip(), reason=authority.reason.strip(), covers_until=entry.covers_until,
    )  # fmt: skip
    change.provisions = [_row(new) for new in entry.provisions]
    change.days = [BankHoliday(falls_on=day.on, name=day.name, is_statutory=day.is_statutory, is_safe=day.is_safe) for day in entry.days]
    work.session.add(change)
    work.session.flush()
    return change


def _row(new: ProvisionEntry) -> ProvisionRow:
    row = new.row
    return ProvisionRow(
        code=row.code, area=row.area.strip(), in_force_from=row.in_force_from, in_force_until=row.in_force_until,
        is_withdrawn=new.is_withdrawn,
    )  # fmt: skip


def _unsupported(authority: Authority) -> list[RuleBroken]:
    """What is missing of the authority. Law without a source, or a change without a reason, is not entered."""
    broken = []
    if not authority.citation.strip() or len(authority.citation) > LONGEST_CITATION:
        broken.append(RuleBroken("citation", "Enter the instrument and provision, such as SI 2026/342 reg.2"))
    if not ADDRESS.fullmatch(authority.url.strip()) or len(authority.url) > LONGEST_ADDRESS:
        broken.append(RuleBroken("url", "Enter the address of the instrument, beginning with https://"))
    if not authority.reason.strip():
        broken.append(RuleBroken("reason", "Enter why it is entered, and who confirmed it"))
    return broken
