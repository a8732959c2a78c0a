"""Share a caseload out among officers: evenly by open deadlines, one person's records together, each to somebody who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Going:
    """One record to be given away: whose it is about, how many open deadlines go along, and which of the takers may have it."""

    reference: str
    person: int
    deadlines: int
    takers: frozenset[str]


@dataclass(frozen=True)
class Shared:
    """Who gets each record, and what stays because none of the takers may have it. Both in the order the records came."""

    gives: Mapping[str, str]
    stays: tuple[str, ...]


@dataclass(frozen=True)
class _Bundle:
    """What one officer has to take together."""

    records: tuple[Going, ...]
    takers: frozenset[str]

    @property
    def deadlines(self) -> int:
        return sum(record.deadlines for record in self.records)


@dataclass
class _Share:
    place: int
    deadlines: int = 0
    references: list[str] = field(default_factory=list)

    def burden(self, bundle: _Bundle) -> tuple[int, int, int]:
        """What decides who is next: open deadlines, but for records without any their number, or all would go to one officer."""
        deadlines, records = self.deadlines, len(self.references)
        return (deadlines, records, self.place) if bundle.deadlines else (records, deadlines, self.place)

    def take(self, bundle: _Bundle) -> None:
        self.deadlines += bundle.deadlines
        self.references += [record.reference for record in bundle.records]


def share_out(records: Sequence[Going], takers: Sequence[str]) -> Shared:
    """Give each record to one of the takers; the same answer for the same question.

    The greatest share goes to whoever has least so far, those first that few may have: where every taker may have all,
    no two differ by more than the open deadlines of one person. Records without any go by number.
    Raises ValueError where there is nobody to take.
    """
    if not takers:
        raise ValueError("nobody to share among")
    stays = [record for record in records if not record.takers.intersection(takers)]
    shares = {taker: _Share(place) for place, taker in enumerate(takers)}
    for bundle in sorted(_bundles(records, frozenset(takers)), key=_order):
        able = (share for taker, share in shares.items() if taker in bundle.takers)
        min(able, key=lambda share: share.burden(bundle)).take(bundle)
    given = {reference: taker for taker, share in shares.items() for reference in share.references}
    gives = {record.reference: given[record.reference] for record in records if record.reference in given}
    return Shared(gives, tuple(record.reference for record in stays))


def _order(bundle: _Bundle) -> tuple[int, int, str]:
    return len(bundle.takers), -bundle.deadlines, min(record.reference for record in bundle.records)


def _bundles(records: Iterable[Going], takers: frozenset[str]) -> list[_Bundle]:
    """All of a person's together, if somebody may have all of it; else each record by itself."""
    of_person: dict[int, list[Going]] = defaultdict(list)
    for record in records:
        if record.takers & takers:
            of_person[record.person].append(record)
    found: list[_Bundle] = []
    for together in of_person.values():
        common = takers.intersection(*(record.takers for record in together))
        found += [_Bundle(tuple(together), common)] if common else [_Bundle((one,), one.takers & takers) for one in together]
    return found
