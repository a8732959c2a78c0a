"""The stage each deadline has reached, in SQL: the same answer as rules.alerting gives, for a million rows at once.

When each stage is reached is a parameter (`reached_at` gives the values), so that a statement can be kept and run again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, case, cast, false, literal, not_, null, or_

from orders_app.db import UtcDateTime
from orders_app.models import Alert, Deadline
from orders_app.queries.moments import Moment, Values
from orders_app.rules.alerting import PASSES_BY_ITSELF, Cutoff, Scope, Stage

deadlines = Deadline.__table__.c
alerts = Alert.__table__.c
FIRST = "first"


def is_live(now: Moment) -> ColumnElement[bool]:
    """Condition on `deadlines`: neither met nor cancelled, and not of the kind that passes by itself and has passed."""
    has_passed = and_(deadlines.word == PASSES_BY_ITSELF, deadlines.act_by_at <= now)
    return and_(deadlines.met_by_id.is_(None), deadlines.cancelled_at.is_(None), not_(has_passed))


def reached_at(cutoffs: Iterable[Cutoff]) -> Values:
    """The values of the parameters below: when each stage is reached, and when the first of its scope is."""
    values: dict[str, datetime] = {}
    for cutoff in cutoffs:
        first = _name(cutoff, FIRST)
        values[_name(cutoff, cutoff.stage)] = cutoff.at
        values[first] = max(cutoff.at, values.get(first, cutoff.at))
    return values


def has_reached_a_stage(stages: Sequence[Stage]) -> ColumnElement[bool]:
    """Condition on `deadlines`: the first stage of its scope, at least, has been reached."""
    scopes = {(stage.alert_class, stage.record_type): stage for stage in stages}
    return or_(false(), *(_reached(scope, FIRST) for scope in scopes.values()))


def stage_reached(stages: Sequence[Stage]) -> ColumnElement[str | None]:
    """The name of the furthest stage a deadline has reached; null before the first."""
    whens = [(_reached(stage, stage.name), literal(stage.name, String)) for stage in _furthest_first(stages)]
    return case(*whens, else_=cast(null(), String)) if whens else cast(null(), String)


def rank_reached(stages: Sequence[Stage]) -> ColumnElement[int]:
    """The rank of that stage; 0 before the first."""
    whens = [(_reached(stage, stage.name), literal(stage.rank, Integer)) for stage in _furthest_first(stages)]
    return case(*whens, else_=0) if whens else literal(0)


def rank_raised(stages: Iterable[Stage]) -> ColumnElement[int]:
    """The rank of the stage an alert was raised for; 0 for a stage the policy no longer has."""
    whens = [(is_at(stage), literal(stage.rank, Integer)) for stage in stages]
    return case(*whens, else_=0) if whens else literal(0)


def is_at(stage: Stage) -> ColumnElement[bool]:
    """Condition on `deadlines` and `alerts`: the alert was raised for this stage."""
    return and_(_is_covered(stage), alerts.stage == stage.name)


def _furthest_first(stages: Sequence[Stage]) -> list[Stage]:
    return sorted(stages, key=lambda stage: -stage.rank)


def _reached(scope: Scope, stage: str) -> ColumnElement[bool]:
    return and_(_is_covered(scope), deadlines.act_by_at <= bindparam(_name(scope, stage), type_=UtcDateTime()))


def _name(scope: Scope, stage: str) -> str:
    return f"{scope.alert_class}_{scope.record_type}_{stage}_at"


def _is_covered(scope: Scope) -> ColumnElement[bool]:
    """Where no type has stages of its own the class alone decides, which is what the index begins with."""
    of_class = deadlines.alert_class == scope.alert_class
    if scope.record_type:
        return and_(of_class, deadlines.record_type == scope.record_type)
    return and_(of_class, deadlines.record_type.not_in(sorted(scope.but_types))) if scope.but_types else of_class
