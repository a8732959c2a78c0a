"""The declarations as data: what `orderwatch law types` prints and the pages of the law show, from one place."""

from __future__ import annotations

from typing import Any

from orders_app.rules.orders import states_of
from orders_app.rules.registrations.declaration import OFFENCE, REGISTRATION
from orders_app.rules.registrations.notification_periods import TABLE, PeriodRow
from orders_app.rules.registrations.offers import REFUSALS
from orders_app.rules.registrations.status import RegistrationStatus
from orders_app.rules.spec import Breach, Citation, Duty, Grounds, LengthLimit, Limits, OrderType, RecordType, Refusal
from orders_app.rules.wording import AWAITS_LEGAL_CHECK


def type_words(order_type: OrderType) -> dict[str, Any]:
    """Everything that the program knows of one type."""
    return {
        **_record_words(order_type),
        "family": order_type.family.code,
        "legal_check": AWAITS_LEGAL_CHECK if order_type.awaits_legal_check else "",
        "states": states_of(order_type),
        "grounds": _grounds_words(order_type.grounds) if order_type.grounds else None,
        "limits": _limits_words(order_type.limits),
        "breach": _breach_words(order_type.breach),
        "not_allowed": [_refusal_words(refusal) for refusal in order_type.refusals],
        "made_under": {power.code: power.words for power in order_type.made_under},
        "since": order_type.since,
        "until": order_type.until,
    }


def registration_words() -> dict[str, Any]:
    """Everything that the program knows of registration, with the table of section 82."""
    return {
        **_record_words(REGISTRATION),
        "states": list(RegistrationStatus),
        "periods": [_period_words(row) for row in TABLE],
        "breach": _breach_words(OFFENCE),
        "not_allowed": [_refusal_words(refusal) for refusal in REFUSALS],
    }


def _grounds_words(grounds: Grounds) -> dict[str, Any]:
    return {"words": grounds.words, "citation": citation_words(grounds.citation)}


def _record_words(record_type: RecordType) -> dict[str, Any]:
    """What every kind of record has."""
    return {
        "code": record_type.code,
        "name": record_type.name,
        "short_name": record_type.short_name,
        "prefix": record_type.prefix,
        "citation": citation_words(record_type.citation),
        "events": sorted(record_type.events),
        "duties": [_duty_words(duty) for duty in record_type.duties],
    }


def _period_words(row: PeriodRow) -> dict[str, str]:
    return {
        "code": row.code,
        "disposal": row.words,
        "period": row.length(is_child=False),
        "period_under_18": row.length(is_child=True),
    }


def _breach_words(breach: Breach) -> dict[str, Any]:
    return {
        "is_offence": breach.is_offence,
        "words": breach.words,
        "power": breach.power,
        "citation": citation_words(breach.citation),
    }


def _duty_words(duty: Duty) -> dict[str, Any]:
    return {
        "key": duty.key,
        "title": duty.title,
        "duty": duty.sentence,
        "period": str(duty.period) if duty.period else None,
        "word": duty.word,
        "rule_class": duty.rule_class,
        "met_by": sorted(duty.met_by),
        "citation": citation_words(duty.citation),
        "since": duty.since,
        "until": duty.until,
    }


def _limits_words(limits: Limits) -> dict[str, Any]:
    lengths = {name: getattr(limits, name) for name in ("longest_travel", "longest_monitoring")}
    lengths |= {name: found[0] for name in ("shortest", "longest") if len(found := getattr(limits, name)) == 1}
    ages = {name: getattr(limits, name) for name in ("subject_age", "protected_age", "open_end_age")}
    refused = {name: getattr(limits, name) for name in ("requirements_refused", "monitoring_refused")}
    words: dict[str, Any] = {"ends": {"kinds": sorted(limits.end_kinds), "citation": citation_words(limits.end_citation)}}
    words |= {name: _length_words(limit) for name, limit in lengths.items() if limit}
    words["lengths"] = [{"kind": name} | _length_words(limit) for name in ("shortest", "longest") for limit in getattr(limits, name)]
    words |= {name: {"years": age.years, "citation": citation_words(age.citation)} for name, age in ages.items() if age}
    words |= {name: _refusal_words(refusal) for name, refusal in refused.items() if refusal}
    if limits.authoriser:
        words["authorised_rank"] = {"least": limits.authoriser.least, "citation": citation_words(limits.authoriser.citation)}
    if limits.youth_court:
        words["youth_court"] = {"citation": citation_words(limits.youth_court)}
    if limits.supervisor:
        words["requirement_supervisor"] = {"citation": citation_words(limits.supervisor)}
    return words


def _length_words(limit: LengthLimit) -> dict[str, Any]:
    start = "the first day in force" if limit.from_first_day_in_force else "the day made"
    words: dict[str, Any] = {"period": f"{limit.period} {start}", "citation": citation_words(limit.citation)}
    return words | ({"made_under": sorted(limit.made_under)} if limit.made_under else {}) | ({"age": limit.age} if limit.age else {})


def _refusal_words(refusal: Refusal) -> dict[str, Any]:
    return {"title": refusal.title, "why": refusal.why, "citation": citation_words(refusal.citation)}


def citation_words(citation: Citation) -> dict[str, Any]:
    """A citation with its parts and as it is read; `is_unread` only where its text was not seen."""
    words: dict[str, Any] = {"act": citation.act, "provision": citation.provision, "url": citation.url, "text": str(citation)}
    return words | ({"is_unread": True} if citation.is_unread else {})
