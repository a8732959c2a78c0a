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
from orders_app.rules.facts import Event, Facts, Recorded
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.law import LawTables
from orders_app.rules.order_dates import order_dates
from orders_app.rules.order_types import ORDER_TYPES, UnknownOrderType, order_type_of
from orders_app.rules.orders import problems
from orders_app.rules.problems import Problem
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.declaration import due_duties as registration_duties
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.problems import problems as registration_problems
from orders_app.rules.spec import OrderType
from orders_app.rules.wording import LONDON
from orders_app.web.cli.law_facts import BadFact, facts_from
from orders_app.web.cli.law_registration import registration_facts_from
from orders_app.web.cli.law_tables import entered_law, holidays_command, provisions_command
from orders_app.web.law.declared import citation_words, registration_words, type_words

Command = Callable[..., None]
ENTERED = "orders_app.web.cli.law.entered"


@click.group()
def law() -> None:
    """Ask the law from facts alone, with no record and no database; and see the tables it rests on."""


law.add_command(provisions_command)
law.add_command(holidays_command)


@law.command("types")
def types_command() -> None:
    """List every type of order with its states, duties, limits and citations, and registration with its periods."""
    _print([*(type_words(order_type) for order_type in ORDER_TYPES.values()), registration_words()])


def _facts_options(command: Command) -> Command:
    event = click.option("--event", "events", multiple=True, metavar="KIND=WHEN", help="An event, such as served=2026-11-21T22:40.")
    fact = click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="A fact, such as stated_ends_on=2026-12-19.")
    entered = click.option(
        "--entered", is_flag=True, expose_value=False, callback=_remember,
        help="With the law entered in this installation’s database, as its pages have it.",
    )  # fmt: skip
    return click.argument("code", metavar="TYPE")(event(fact(entered(command))))


def _remember(context: click.Context, _option: click.Parameter, is_entered: bool) -> None:
    context.meta[ENTERED] = is_entered


def _law() -> LawTables:
    """The tables as shipped, or as they stand in the installation where the command asks for that."""
    return entered_law() if click.get_current_context().meta.get(ENTERED) else load_law()


@law.command("due")
@_facts_options
def due_command(code: str, events: tuple[str, ...], facts: tuple[str, ...]) -> None:
    """Work out every duty that the events and facts give rise to."""
    try:
        known, due = _due(code, events, facts)
    except (MissingTime, OutsideTable) as error:
        raise click.ClickException(str(error)) from error
    _print([_due_words(duty, known) for duty in due])


@law.command("dates")
@_facts_options
def dates_command(code: str, events: tuple[str, ...], facts: tuple[str, ...]) -> None:
    """Work out the dates that are no deadlines: in force, earliest and latest lawful last day, last day, end of notification."""
    order_type, known = _read(code, events, facts)
    dates = order_dates(order_type, known, _law())
    _print([{"key": date.key, "title": date.title, "on": date.on, "working": asdict(date.working)} for date in dates])


@law.command("check")
@_facts_options
def check_command(code: str, events: tuple[str, ...], facts: tuple[str, ...]) -> None:
    """Say what is legally wrong with the events and facts. An empty list means nothing is."""
    found = _problems(code, events, facts)
    _print([{"field": p.field, "message": p.message, "citation": citation_words(p.citation)} for p in found])


def _due(code: str, events: tuple[str, ...], facts: tuple[str, ...]) -> tuple[Recorded, list[DueDuty]]:
    if code == REGISTRATION.code:
        registration = _read_registration(events, facts)
        return registration, registration_duties(registration, _law())
    order_type, known = _read(code, events, facts)
    return known, due_duties(order_type, known, _law())


def _problems(code: str, events: tuple[str, ...], facts: tuple[str, ...]) -> list[Problem]:
    if code == REGISTRATION.code:
        return registration_problems(_read_registration(events, facts))
    order_type, known = _read(code, events, facts)
    return problems(order_type, known, _law())


def _read_registration(events: tuple[str, ...], facts: tuple[str, ...]) -> RegistrationFacts:
    try:
        return registration_facts_from(events, facts)
    except BadFact as error:
        raise click.ClickException(str(error)) from error


def _read(code: str, events: tuple[str, ...], facts: tuple[str, ...]) -> tuple[OrderType, Facts]:
    try:
        return order_type_of(code), facts_from(code, events, facts)
    except (BadFact, UnknownOrderType) as error:
        raise click.ClickException(str(error.args[0])) from error


def _due_words(duty: DueDuty, facts: Recorded) -> dict[str, Any]:
    met_by = next((event for event in facts.events if event.id == duty.met_by), None)
    words: dict[str, Any] = {"key": duty.key, "title": duty.title, "starts": _event_words(duty.starts), "word": duty.word}
    words |= {"due_at": duty.due_at} if duty.due_at else {"due_on": duty.due_on}
    act_by, late_after = (duty.act_by_on, duty.act_by_at), (duty.late_after_on, duty.late_after_at)
    if act_by != late_after:
        words |= {"act_by": duty.act_by_at or duty.act_by_on, "judged_by": duty.late_after_at or duty.late_after_on}
    return words | {
        "met_by": _event_words(met_by) if met_by else None,
        "is_late": duty.is_late,
        "because": duty.because,
        "citation": citation_words(duty.citation),
        "rule_class": duty.rule_class,
        "alert_class": duty.alert_class,
        "working": asdict(duty.working),
    }


def _event_words(event: Event) -> dict[str, Any]:
    return {"kind": event.kind, "on": event.on} | ({"at": event.at} if event.at else {})


def _print(answer: Any) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(LONDON).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be written as JSON")
