"""One standard condition, version by version, and how its blanks are filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from orders_app.rules.condition_library.slots import SLOTS
from orders_app.rules.facts import ConditionKind
from orders_app.rules.spec import OrderType

SHORT_FORM = 64
OPEN_BLANK = "…"


@dataclass(frozen=True, kw_only=True)
class Template:
    """A standard condition. Blanks stand in braces in `label`, `words` and `short_form` and are keys of SLOTS.

    `key` names it for good and `version` counts its changes: a condition keeps the words it was made with, and says which
    version they began from. `order_types` are codes of ORDER_TYPES. One that is retired is offered no more.
    """

    key: str
    version: int = 1
    label: str
    words: str
    short_form: str
    order_types: frozenset[str]
    kind: ConditionKind = ConditionKind.PROHIBITION
    is_travel: bool = False
    is_electronic_monitoring: bool = False
    is_retired: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        """The keys of the blanks in the words, each once, in order."""
        return tuple(dict.fromkeys(blank for _, blank in parts_of(self.words) if blank))

    def filled(self, answers: Mapping[str, str]) -> tuple[str, str]:
        """The words and the short form with the blanks filled. A blank without an answer stays open, as dots.

        The short form may come out longer than SHORT_FORM: whoever records it shortens it, so that nothing is cut unseen.
        """
        return _filled(self.words, answers), _filled(self.short_form, answers)

    def is_said_by(self, text: str) -> bool:
        """Whether a term is these words, with its blanks filled in one way or another."""
        pattern = "".join(re.escape(words) + (".+" if blank else "") for words, blank in parts_of(self.words))
        return re.fullmatch(pattern, text, re.DOTALL) is not None


def named_parts(pattern: str) -> list[tuple[str, str]]:
    """Plain words and the name of the blank that follows them, for pages to mark."""
    return [(words, SLOTS[blank].name if blank in SLOTS else blank) for words, blank in parts_of(pattern)]


def parts_of(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield plain words and the blank that follows them ("" at the end). Raises ValueError where braces do not pair."""
    for words, blank, form, conversion in Formatter().parse(pattern):
        if form or conversion or blank == "":
            raise ValueError("a blank is a word in braces, such as {person}")
        yield words, blank or ""


def current(shipped: Iterable[Template], changed: Iterable[Template]) -> dict[str, Template]:
    """The library as it stands: what is shipped, with the newest of the force's own versions in its place or beside it."""
    newest: dict[str, Template] = {}
    for template in (*shipped, *changed):
        before = newest.get(template.key)
        if before is None or template.version > before.version:
            newest[template.key] = template
    return newest


def for_type(templates: Iterable[Template], order_type: OrderType) -> list[Template]:
    """What is offered for an order of this type; nothing that its Act does not allow."""
    return [t for t in templates if order_type.code in t.order_types and not t.is_retired and _is_allowed(t, order_type)]


def _is_allowed(template: Template, order_type: OrderType) -> bool:
    limits = order_type.limits
    requirement = template.kind is ConditionKind.REQUIREMENT and limits.requirements_refused is not None
    monitoring = template.is_electronic_monitoring and limits.monitoring_refused is not None
    return not requirement and not monitoring


def _filled(pattern: str, answers: Mapping[str, str]) -> str:
    return "".join(words + ((answers.get(blank) or OPEN_BLANK) if blank else "") for words, blank in parts_of(pattern))
