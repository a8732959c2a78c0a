"""The stage each deadline has reached, in SQL: the same answer as rules.alerting gives, for a million rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, false, literal, not_, null, or_

from orders_app.models import Alert, Deadline
from orders_app.rules.alerting import PASSES_BY_ITSELF, Cutoff, Scope, Stage

deadlines = Deadline.__table__.c
alerts = Alert.__table__.c


def is_live(now: datetime) -> ColumnElement[bool]:
    """Condition on `deadlines`: neither met nor cancelled, and not of the kind that passes by itself and has passed."""
    has_passed = and_(deadlines.word == PASSES_BY_ITSELF, deadlines.act_by_at <= now)
    return and_(deadlines.met_by_id.is_(None), deadlines.cancelled_at.is_(None), not_(has_passed))


def has_reached_a_stage(cutoffs: Sequence[Cutoff]) -> ColumnElement[bool]:
    """Condition on `deadlines`: the first stage of its scope, at least, has been reached."""
    first: dict[tuple[str, str], Cutoff] = {}
    for cutoff in cutoffs:
        scope = (cutoff.alert_class, cutoff.record_type)
        first[scope] = max(cutoff, first.get(scope, cutoff), key=lambda one: one.at)
    return or_(false(), *(_reached(cutoff) for cutoff in first.values()))


def stage_reached(cutoffs: Sequence[Cutoff]) -> ColumnElement[str | None]:
    """The name of the furthest stage a deadline has reached; null before the first."""
    whens = [(_reached(cutoff), literal(cutoff.stage, String)) for cutoff in _furthest_first(cutoffs)]
    return case(*whens, else_=cast(null(), String)) if whens else cast(null(), String)


def rank_reached(cutoffs: Sequence[Cutoff]) -> ColumnElement[int]:
    """The rank of that stage; 0 before the first."""
    whens = [(_reached(cutoff), literal(cutoff.rank, Integer)) for cutoff in _furthest_first(cutoffs)]
    return case(*whens, else_=0) if whens else literal(0)


def rank_raised(stages: Iterable[Stage]) -> ColumnElement[int]:
    """The rank of the stage an alert was raised for; 0 for a stage the policy no longer has."""
    whens = [(is_at(stage), literal(stage.rank, Integer)) for stage in stages]
    return case(*whens, else_=0) if whens else literal(0)


def is_at(stage: Stage) -> ColumnElement[bool]:
    """Condition on `deadlines` and `alerts`: the alert was raised for this stage."""
    return and_(_is_covered(stage), alerts.stage == stage.name)


def _furthest_first(cutoffs: Sequence[Cutoff]) -> list[Cutoff]:
    return sorted(cutoffs, key=lambda cutoff: -cutoff.rank)


def _reached(cutoff: Cutoff) -> ColumnElement[bool]:
    return and_(_is_covered(cutoff), deadlines.act_by_at <= cutoff.at)


def _is_covered(scope: Scope) -> ColumnElement[bool]:
    """Where no type has stages of its own the class alone decides, which is what the index begins with."""
    of_class = deadlines.alert_class == scope.alert_class
    if scope.record_type:
        return and_(of_class, deadlines.record_type == scope.record_type)
    return and_(of_class, deadlines.record_type.not_in(sorted(scope.but_types))) if scope.but_types else of_class
