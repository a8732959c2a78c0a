"""What a page of My work asks for in its address, and the numbers its tabs and filters show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from orders_app.queries.work_lists import Tally, WorkFilter, WorkTab
from orders_app.rules.alerting import AlertClass, Band
from orders_app.rules.spec import RuleClass
from orders_app.web.paging import page_asked

PAGE_SIZE = 50
TAB_WORDS = {WorkTab.MINE: "Mine", WorkTab.TEAM: "My team", WorkTab.WAITING: "Waiting on others"}
BAND_WORDS = {Band.OVERDUE: "Overdue", Band.SOON: "Due in the next 7 days", Band.LATER: "Later"}
KIND_WORDS = {
    AlertClass.HOUR_CLOCK: "Court hearings and hour clocks",
    AlertClass.SERVICE: "Not served",
    AlertClass.EXPIRY: "Orders ending",
    AlertClass.REVIEW: "Checks and reviews",
    AlertClass.NOTIFICATION: "Notifications",
}
RULE_WORDS = {RuleClass.LAW: "Law", RuleClass.GUIDANCE: "Guidance", RuleClass.POLICY: "Local policy"}


@dataclass(frozen=True)
class Wanted:
    """The list that was asked for. What the address says and the program does not know is left out of account."""

    tab: WorkTab
    filter: WorkFilter
    page: int

    @property
    def query(self) -> str:
        """The address's query without the page, ending in & where it is not empty."""
        parts = {"tab": self.tab.value, "kind": self.filter.alert_class, "rule": self.filter.rule_class}
        return urlencode({name: value for name, value in parts.items() if value}) + "&"

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is set."""
        return bool(self.filter.alert_class or self.filter.rule_class)


@dataclass(frozen=True)
class Option:
    """One answer of a filter, with how many it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


def wanted_list(args: MultiDict[str, str]) -> Wanted:
    """Read the address."""
    tab, kind, rule = (args.get(name, "") for name in ("tab", "kind", "rule"))
    chosen = WorkTab(tab) if tab in set(WorkTab) else WorkTab.MINE
    narrowed = WorkFilter(kind if kind in set(AlertClass) else "", rule if rule in set(RuleClass) else "")
    return Wanted(chosen, narrowed, page_asked(args))


def band_counts(numbers: Sequence[Tally], wanted: WorkFilter) -> dict[Band, int]:
    """How many deadlines each band holds under the filters."""
    kept = [one for one in numbers if _matches(one.alert_class, wanted.alert_class) and _matches(one.rule_class, wanted.rule_class)]
    return {band: sum(one.count for one in kept if one.band is band) for band in Band}


def kind_options(numbers: Sequence[Tally], wanted: WorkFilter) -> list[Option]:
    """Every kind with its number, under the rule that is chosen."""
    kept = [one for one in numbers if _matches(one.rule_class, wanted.rule_class)]
    return _options("All kinds", KIND_WORDS.items(), kept, lambda one: one.alert_class, wanted.alert_class)


def rule_options(numbers: Sequence[Tally], wanted: WorkFilter) -> list[Option]:
    """Whose rule, with the number of each, under the kind that is chosen."""
    kept = [one for one in numbers if _matches(one.alert_class, wanted.alert_class)]
    return _options("All", RULE_WORDS.items(), kept, lambda one: one.rule_class, wanted.rule_class)


def _options(every: str, words: Iterable[tuple[str, str]], numbers: list[Tally], of: Callable[[Tally], str], chosen: str) -> list[Option]:
    whole = Option("", every, sum(one.count for one in numbers), not chosen)
    each = [Option(str(value), label, sum(one.count for one in numbers if of(one) == value), chosen == value) for value, label in words]
    return [whole, *each]


def _matches(value: str, wanted: str) -> bool:
    return not wanted or value == wanted
