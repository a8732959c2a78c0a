"""When an alert is raised and who hears next: the alert policy in words, read from what the program runs on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from flask import render_template

from orders_app.rules.access import Permission
from orders_app.rules.alerting import LONGEST_SNOOZE_DAYS, LONGEST_SNOOZE_OVERDUE_DAYS, AlertClass, Stage
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.web.access import requires
from orders_app.web.filters import plural
from orders_app.web.installation import installation
from orders_app.web.work.blueprint import blueprint
from orders_app.web.work.listing import KIND_WORDS
from orders_app.web.work.rows import raised_words, stage_words

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True)
class StageInWords:
    """One stage: what the alert says, when it is raised, and how long it may stay unanswered at each step."""

    alert: str
    raised: str
    supervisor: str
    duty_inspector: str


@dataclass(frozen=True)
class PolicyInWords:
    """The stages of one class of deadline, or of one type of record alone, earliest first."""

    title: str
    stages: list[StageInWords]


@blueprint.get("/work/when-you-are-warned")
@requires(Permission.SIGNED_IN)
def policy() -> str:
    """Who hears, what quietens an alert and for how long, and every stage of every kind of deadline."""
    return render_template(
        "work/policy.html",
        policies=policies_in_words(installation().stages),
        longest_snooze=LONGEST_SNOOZE_DAYS,
        longest_snooze_overdue=LONGEST_SNOOZE_OVERDUE_DAYS,
    )


def policies_in_words(stages: Iterable[Stage]) -> list[PolicyInWords]:
    """The policy as the page says it, what is for one type alone after the rest of its class."""
    in_order = sorted(stages, key=lambda one: (list(KIND_WORDS).index(one.alert_class), one.record_type, one.rank))
    by_scope = groupby(in_order, key=lambda one: (one.alert_class, one.record_type))
    return [PolicyInWords(_title(*scope), [_stage(one) for one in found]) for scope, found in by_scope]


def _title(alert_class: AlertClass, record_type: str) -> str:
    kind = KIND_WORDS[alert_class]
    return f"{kind}: {_type_words(record_type)} alone" if record_type else kind


def _type_words(record_type: str) -> str:
    return REGISTRATION.short_name if record_type == REGISTRATION.code else ORDER_TYPES[record_type].short_name


def _stage(stage: Stage) -> StageInWords:
    return StageInWords(
        alert=stage_words(stage.name),
        raised=f"{raised_words(stage)}{_again(stage)}",
        supervisor=f"After {_length(stage.escalate_after)}" if stage.escalate_after else "At once",
        duty_inspector=f"After {_length(stage.duty_inspector_after)} more",
    )


def _again(stage: Stage) -> str:
    return f", and again {_length(stage.again_after)} after it was acknowledged" if stage.again_after else ""


def _length(length: timedelta) -> str:
    is_in_days = length >= 2 * A_DAY and not length % A_DAY
    return plural(length // A_DAY, "day") if is_in_days else plural(length // AN_HOUR, "hour")
