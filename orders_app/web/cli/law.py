"""`orderwatch law`: ask the rules from facts alone. No database, no application: JSON out, errors on standard error."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

import click

from config.reference import load_law
from orders_app.rules.duties import DueDuty, MissingTime, due_duties
from orders_app.rules.facts import Event, Facts
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.order_types import ORDER_TYPES, UnknownOrderType, order_type_of
from orders_app.rules.orders import problems, states_of
from orders_app.rules.spec import Citation, Duty, LengthLimit, Limits, OrderType, Refusal
from orders_app.rules.wording import AWAITS_LEGAL_CHECK, LONDON
from orders_app.web.cli.law_facts import BadFact, facts_from

Command = Callable[..., None]


@click.group()
def law() -> None:
    """Ask the law from facts alone, with no record and no database."""


@law.command("types")
def types_command() -> None:
    """List every type of order with its states, duties, limits and citations."""
    _print([_type_words(order_type) for order_type in ORDER_TYPES.values()])


def _facts_options(command: Command) -> Command:
    event = click.option("--event", "events", multiple=True, metavar="KIND=WHEN", help="An event, such as served=2026-11-21T22:40.")
    fact = click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="A fact, such as stated_ends_on=2026-12-19.")
    return click.argument("code", metavar="TYPE")(event(fact(command)))


@law.command("due")
@_facts_options
def due_command(code: str, events: tuple[str, ...], facts: tuple[str, ...]) -> None:
    """Work out every duty that the events and facts give rise to."""
    order_type, known = _read(code, events, facts)
    try:
        due = due_duties(order_type, known, load_law())
    except (MissingTime, OutsideTable) as error:
        raise click.ClickException(str(error)) from error
    _print([_due_words(duty, known) for duty in due])


@law.command("check")
@_facts_options
def check_command(code: str, events: tuple[str, ...], facts: tuple[str, ...]) -> None:
    """Say what is legally wrong with the events and facts. An empty list means nothing is."""
    order_type, known = _read(code, events, facts)
    found = problems(order_type, known, load_law())
    _print([{"field": p.field, "message": p.message, "citation": _citation_words(p.citation)} for p in found])


def _read(code: str, events: tuple[str, ...], facts: tuple[str, ...]) -> tuple[OrderType, Facts]:
    try:
        return order_type_of(code), facts_from(code, events, facts)
    except (BadFact, UnknownOrderType) as error:
        raise click.ClickException(str(error.args[0])) from error


def _due_words(duty: DueDuty, facts: Facts) -> dict[str, Any]:
    met_by = next((event for event in facts.events if event.id == duty.met_by), None)
    words: dict[str, Any] = {"key": duty.key, "title": duty.title, "starts": _event_words(duty.starts), "word": duty.word}
    words |= {"due_at": duty.due_at} if duty.due_at else {"due_on": duty.due_on}
    if (duty.act_by_on, duty.act_by_at) != (duty.due_on, duty.due_at):
        words["act_by"] = duty.act_by_at or duty.act_by_on
    return words | {
        "met_by": _event_words(met_by) if met_by else None,
        "is_late": duty.is_late,
        "because": duty.because,
        "citation": _citation_words(duty.citation),
        "rule_class": duty.rule_class,
        "alert_class": duty.alert_class,
        "working": asdict(duty.working),
    }


def _event_words(event: Event) -> dict[str, Any]:
    return {"kind": event.kind, "on": event.on} | ({"at": event.at} if event.at else {})


def _type_words(order_type: OrderType) -> dict[str, Any]:
    return {
        "code": order_type.code,
        "name": order_type.name,
        "short_name": order_type.short_name,
        "prefix": order_type.prefix,
        "family": order_type.family.code,
        "legal_check": AWAITS_LEGAL_CHECK if order_type.awaits_legal_check else "",
        "citation": _citation_words(order_type.citation),
        "states": states_of(order_type),
        "events": sorted(order_type.events),
        "duties": [_duty_words(duty) for duty in order_type.duties],
        "limits": _limits_words(order_type.limits),
        "breach": {
            "is_offence": order_type.breach.is_offence,
            "words": order_type.breach.words,
            "power": order_type.breach.power,
            "citation": _citation_words(order_type.breach.citation),
        },
        "not_allowed": [_refusal_words(refusal) for refusal in order_type.refusals],
        "made_under": {power.code: power.words for power in order_type.made_under},
        "since": order_type.since,
        "until": order_type.until,
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
        "citation": _citation_words(duty.citation),
        "since": duty.since,
        "until": duty.until,
    }


def _limits_words(limits: Limits) -> dict[str, Any]:
    lengths = {name: getattr(limits, name) for name in ("longest_travel", "longest_monitoring")}
    lengths |= {name: found[0] for name in ("shortest", "longest") if len(found := getattr(limits, name)) == 1}
    ages = {name: getattr(limits, name) for name in ("subject_age", "protected_age", "open_end_age")}
    refused = {name: getattr(limits, name) for name in ("requirements_refused", "monitoring_refused")}
    words: dict[str, Any] = {"ends": {"kinds": sorted(limits.end_kinds), "citation": _citation_words(limits.end_citation)}}
    words |= {name: _length_words(limit) for name, limit in lengths.items() if limit}
    words["lengths"] = [{"kind": name} | _length_words(limit) for name in ("shortest", "longest") for limit in getattr(limits, name)]
    words |= {name: {"years": age.years, "citation": _citation_words(age.citation)} for name, age in ages.items() if age}
    words |= {name: _refusal_words(refusal) for name, refusal in refused.items() if refusal}
    if limits.authoriser:
        words["authorised_rank"] = {"least": limits.authoriser.least, "citation": _citation_words(limits.authoriser.citation)}
    if limits.supervisor:
        words["requirement_supervisor"] = {"citation": _citation_words(limits.supervisor)}
    return words


def _length_words(limit: LengthLimit) -> dict[str, Any]:
    start = "the first day in force" if limit.from_first_day_in_force else "the day made"
    words: dict[str, Any] = {"period": f"{limit.period} {start}", "citation": _citation_words(limit.citation)}
    return words | ({"made_under": sorted(limit.made_under)} if limit.made_under else {}) | ({"age": limit.age} if limit.age else {})


def _refusal_words(refusal: Refusal) -> dict[str, Any]:
    return {"title": refusal.title, "why": refusal.why, "citation": _citation_words(refusal.citation)}


def _citation_words(citation: Citation) -> dict[str, str]:
    return {"act": citation.act, "provision": citation.provision, "url": citation.url, "text": str(citation)}


def _print(answer: Any) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(LONDON).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be written as JSON")
