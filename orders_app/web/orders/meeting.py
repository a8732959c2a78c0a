"""The form that meets a duty of an order: which kind of event it records, and its link."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask import url_for

from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import Duty
from orders_app.web.orders.event_questions import NAMES_ITS_DUTY
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.steps import Step

PREFERRED = (E.EXPIRY_DECIDED, E.REVIEW_DONE, E.HEARING_HELD, E.PRODUCED, E.NOTIFIED, E.RENEWAL_APPLIED)


def kind_that_meets(duty: Duty, possible: Collection[E]) -> E | None:
    """The usual kind of event that meets a duty, of those that may be recorded and have a form; None where there is none."""
    kinds = [kind for kind in _in_order(possible) if kind in duty.met_by and EVENT_WORDS[kind].do]
    return kinds[0] if kinds else None


def meeting_steps(reference: str, duty: Duty, possible: Collection[E]) -> list[Step]:
    """The form that meets a duty, of those that may be recorded. Empty where nothing does."""
    kind = kind_that_meets(duty, possible)
    return [step(reference, kind, duty)] if kind else []


def step(reference: str, kind: E, duty: Duty) -> Step:
    """The form of a kind of event, told for which duty it is opened where it asks that."""
    meets = duty.key if kind in NAMES_ITS_DUTY and kind in duty.met_by else None
    return Step(EVENT_WORDS[kind].do, url_for("orders.record_event", reference=reference, kind=kind.value, meets=meets))


def _in_order(possible: Collection[E]) -> Iterable[E]:
    return [kind for kind in (*PREFERRED, *(kind for kind in E if kind not in PREFERRED)) if kind in possible]
