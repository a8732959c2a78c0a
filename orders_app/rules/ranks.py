"""Police ranks, lowest first, for the limits on who may authorise."""

from __future__ import annotations

RANKS: dict[str, str] = {
    "constable": "Constable",
    "sergeant": "Sergeant",
    "inspector": "Inspector",
    "chief_inspector": "Chief Inspector",
    "superintendent": "Superintendent",
    "chief_superintendent": "Chief Superintendent",
    "commander": "Commander",
    "assistant_chief_constable": "Assistant Chief Constable",
    "deputy_assistant_commissioner": "Deputy Assistant Commissioner",
    "deputy_chief_constable": "Deputy Chief Constable",
    "assistant_commissioner": "Assistant Commissioner",
    "deputy_commissioner": "Deputy Commissioner",
    "chief_constable": "Chief Constable",
    "commissioner": "Commissioner",
}


class UnknownRank(LookupError):
    """A rank that is not in the table."""


def is_at_least(rank: str, least: str) -> bool:
    """Whether one rank is not below another. Raises UnknownRank."""
    order = list(RANKS)
    for asked in (rank, least):
        if asked not in RANKS:
            raise UnknownRank(f"'{asked}' is not a rank. Use one of: {', '.join(RANKS)}")
    return order.index(rank) >= order.index(least)
