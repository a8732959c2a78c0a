"""What a page of My work asks for in its address, and the numbers its tabs and filters show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from orders_app.queries.work_details import Holder
from orders_app.queries.work_lists import TEAM_HAS_IT, Tally, WorkFilter, WorkTab
from orders_app.rules.alerting import AlertClass, Band
from orders_app.rules.spec import RuleClass
from orders_app.web.paging import page_asked

PAGE_SIZE = 50
TICKED = "ticked"  # in the address, the deadlines that were ticked when one row was acknowledged by itself
LONGEST_NAME = 80
NO_OFFICER = -1  # the key of nobody: an address may name an officer who has nothing on the list
THE_TEAM = Holder("-", "The team, nobody in person")
TAB_WORDS = {WorkTab.MINE: "Mine", WorkTab.TEAM: "My team", WorkTab.WAITING: "Waiting on others"}
BAND_WORDS = {Band.OVERDUE: "Overdue", Band.SOON: "Due in the next 7 days", Band.LATER: "Later"}
KIND_WORDS = {
    AlertClass.HOUR_CLOCK: "Hour clocks",
    AlertClass.HEARING: "Court hearings",
    AlertClass.SERVICE: "Not served",
    AlertClass.EXPIRY: "Orders ending",
    AlertClass.REVIEW: "Checks and reviews",
    AlertClass.NOTIFICATION: "Notifications",
}
KIND, RULE, OFFICER = "Kind", "Whose rule", "Officer"
LISTED_UNDER = {AlertClass.HEARING: AlertClass.HOUR_CLOCK}  # whoever looks for the one looks for the other
FILTER_WORDS = {kind: words for kind, words in KIND_WORDS.items() if kind not in LISTED_UNDER} | {
    AlertClass.HOUR_CLOCK: "Court hearings and hour clocks",
}
RULE_WORDS = {RuleClass.LAW: "Law", RuleClass.GUIDANCE: "Guidance", RuleClass.POLICY: "Local policy"}


@dataclass(frozen=True)
class Wanted:
    """The list that was asked for. What the address says and the program does not know is left out of account.

    `officer` is the user name of whoever has the deadlines, or what stands for the team.
    """

    tab: WorkTab
    kind: str
    rule_class: str
    officer: str
    page: int

    @property
    def query(self) -> str:
        """The address's query without the page, ending in & where it is not empty."""
        parts = {"tab": self.tab.value, "kind": self.kind, "rule": self.rule_class, "officer": self.officer}
        return urlencode({name: value for name, value in parts.items() if value}) + "&"

    @property
    def address(self) -> str:
        """Where the list is, page and all."""
        return f"{url_for('work.index')}?{self.query}page={self.page}"

    @property
    def print_address(self) -> str:
        """Where the whole of it is, to print."""
        return f"{url_for('work.print_list')}?{self.query}page={self.page}"

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is set."""
        return bool(self.kind or self.rule_class or self.officer)

    def filter(self, holders: Mapping[int, Holder]) -> WorkFilter:
        """What to ask the query for, with the officer looked up among those who have something on the list."""
        if not self.officer:
            return WorkFilter(self._alert_classes, self.rule_class)
        keys = {holder.username: key for key, holder in holders.items()} | {THE_TEAM.username: TEAM_HAS_IT}
        return WorkFilter(self._alert_classes, self.rule_class, keys.get(self.officer, NO_OFFICER))

    @property
    def _alert_classes(self) -> frozenset[str]:
        return frozenset(kind for kind in AlertClass if self.kind and _kind_of(kind) == self.kind)


@dataclass(frozen=True)
class OfficerRow:
    """How much one officer of a team has in each band, and why they are not here where they are not."""

    name: str
    username: str
    counts: dict[Band, int]
    whereabouts: str = ""


@dataclass(frozen=True)
class Option:
    """One answer of a filter, with how many it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


def wanted_list(args: MultiDict[str, str]) -> Wanted:
    """Read the address."""
    tab, kind, rule, officer = (args.get(name, "") for name in ("tab", "kind", "rule", "officer"))
    chosen = WorkTab(tab) if tab in set(WorkTab) else WorkTab.MINE
    return Wanted(
        chosen,
        kind if kind in FILTER_WORDS else "",
        rule if rule in set(RuleClass) else "",
        officer[:LONGEST_NAME] if chosen is WorkTab.TEAM else "",
        page_asked(args),
    )


def narrowed_words(wanted: Wanted, holders: Mapping[int, Holder]) -> list[str]:
    """What the list is narrowed to, a filter each: "Kind: Not served"."""
    names = {holder.username: holder.display_name for holder in (*holders.values(), THE_TEAM)}
    said = {
        KIND: FILTER_WORDS[AlertClass(wanted.kind)] if wanted.kind else "",
        RULE: RULE_WORDS[RuleClass(wanted.rule_class)] if wanted.rule_class else "",
        OFFICER: names.get(wanted.officer, wanted.officer),
    }
    return [f"{question}: {answer}" for question, answer in said.items() if answer]


def band_counts(numbers: Iterable[Tally], wanted: WorkFilter) -> dict[Band, int]:
    """How many deadlines each band holds under the filters."""
    kept = [one for one in numbers if _is_kept(one, wanted)]
    return {band: sum(one.count for one in kept if one.band is band) for band in Band}


def kind_options(numbers: Sequence[Tally], wanted: WorkFilter) -> list[Option]:
    """Every kind with its number, under the other filters that are set."""
    kept = [one for one in numbers if _is_kept(one, replace(wanted, alert_classes=frozenset()))]
    chosen = next((_kind_of(one) for one in wanted.alert_classes), "")
    return _options("All kinds", FILTER_WORDS.items(), kept, lambda one: _kind_of(one.alert_class), chosen)


def rule_options(numbers: Sequence[Tally], wanted: WorkFilter) -> list[Option]:
    """Whose rule, with the number of each, under the other filters that are set."""
    kept = [one for one in numbers if _is_kept(one, replace(wanted, rule_class=""))]
    return _options("All", RULE_WORDS.items(), kept, lambda one: one.rule_class, wanted.rule_class)


def officer_options(numbers: Sequence[Tally], wanted: Wanted, asked: WorkFilter, holders: Mapping[int, Holder]) -> list[Option]:
    """Who has something, with the number of each, under the other filters that are set."""
    kept = [one for one in numbers if _is_kept(one, replace(asked, holder_id=None))]
    every = Option("", "Everybody", sum(one.count for one in kept), not wanted.officer)
    return [every, *(_officer_option(key, holder, kept, wanted) for key, holder in (*holders.items(), (TEAM_HAS_IT, THE_TEAM)))]


def _officer_option(key: int, holder: Holder, kept: Iterable[Tally], wanted: Wanted) -> Option:
    count = sum(one.count for one in kept if one.holder_id == key)
    return Option(holder.username, holder.display_name, count, holder.username == wanted.officer)


def by_officer(numbers: Sequence[Tally], holders: Mapping[int, Holder], whereabouts: Mapping[int, str]) -> list[OfficerRow]:
    """How much each officer of a team's list has in each band, whoever is furthest behind first, and why some are not here."""
    each = ((key, holder, [one for one in numbers if one.holder_id == key]) for key, holder in (*holders.items(), (TEAM_HAS_IT, THE_TEAM)))
    rows = [
        OfficerRow(holder.display_name, holder.username, band_counts(found, WorkFilter()), whereabouts.get(key, ""))
        for key, holder, found in each
        if found
    ]
    return sorted(rows, key=lambda row: (-row.counts[Band.OVERDUE], -row.counts[Band.SOON], row.name))


def _options(every: str, words: Iterable[tuple[str, str]], numbers: list[Tally], of: Callable[[Tally], str], chosen: str) -> list[Option]:
    whole = Option("", every, sum(one.count for one in numbers), not chosen)
    each = [Option(str(value), label, sum(one.count for one in numbers if of(one) == value), chosen == value) for value, label in words]
    return [whole, *each]


def _kind_of(alert_class: str) -> str:
    """The answer of the filter under which a class of deadline is found."""
    return LISTED_UNDER.get(AlertClass(alert_class), alert_class)


def _is_kept(one: Tally, wanted: WorkFilter) -> bool:
    is_kind = not wanted.alert_classes or one.alert_class in wanted.alert_classes
    return is_kind and wanted.rule_class in ("", one.rule_class) and wanted.holder_id in (None, one.holder_id)
