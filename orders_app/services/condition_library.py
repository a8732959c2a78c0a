"""Change the standard conditions: each change is a new version, and no order that was made is touched."""

from __future__ import annotations

import re
from dataclasses import replace

from orders_app.models import LibraryCondition
from orders_app.queries import condition_library as queries
from orders_app.rules.condition_library import Template, problems_with
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.services.work import Work

KEY_LENGTH = 40
NOT_WORDS = re.compile(r"[^a-z0-9]+")


def add_template(work: Work, *, template: Template, reason: str) -> Template:
    """Add a standard condition under a key made from its label, and return it. Raises RulesBroken with everything wrong."""
    taken = {known.key for known in queries.as_it_stands(work.session)}
    return _save(work, replace(template, key=_free_key(template.label, taken), version=1, is_retired=False), reason)


def change_template(work: Work, *, version: int, template: Template, reason: str) -> Template:
    """Make the next version of the standard condition `template.key`, as it was seen at `version`, and return it.

    Raises NotFound, ChangedMeanwhile, and RulesBroken with everything wrong. A retired one is brought back or retired
    by `template.is_retired`.
    """
    made = queries.versions(work.session, template.key)
    if not made:
        raise NotFound(template.key)
    if made[0].template.version != version:
        raise ChangedMeanwhile(template.key)
    if replace(template, version=version) == made[0].template:
        raise RuleBroken("label", "Nothing is different from the version that stands. Change something, or go back")
    return _save(work, replace(template, version=version + 1), reason)


def _save(work: Work, template: Template, reason: str) -> Template:
    broken = [RuleBroken(problem.field, problem.message, problem.citation) for problem in problems_with(template, ORDER_TYPES)]
    if not reason:
        broken.append(RuleBroken("reason", "Enter why the library is changed, such as the court’s new wording"))
    if broken:
        raise RulesBroken(tuple(broken))
    work.session.add(
        LibraryCondition(
            key=template.key, version=template.version, label=template.label, words=template.words, short_form=template.short_form,
            order_types=sorted(template.order_types), kind=template.kind.value, is_travel=template.is_travel,
            is_electronic_monitoring=template.is_electronic_monitoring, is_retired=template.is_retired, reason=reason,
            made_at=work.now, made_by_id=work.actor.id,
        )
    )  # fmt: skip
    work.session.flush()
    return template


def _free_key(label: str, taken: set[str]) -> str:
    words = NOT_WORDS.sub("_", label.lower()).strip("_")[: KEY_LENGTH - 4].strip("_") or "condition"
    numbered = (f"{words}_{number}" for number in range(2, len(taken) + 3))
    return words if words not in taken else next(key for key in numbered if key not in taken)
