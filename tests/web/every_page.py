"""Every page of the program, with addresses that lead to something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from orders_app.models import JobRun, User
from orders_app.rules.facts import EventKind
from orders_app.services.calendars import make_address
from orders_app.services.caseloads import Give, hand_over_caseload
from orders_app.services.orders import NewCondition, NewEvent, NewOrder, NewProtected, record_order
from orders_app.services.work import Work
from tests.factories import a_person, a_team, a_user, an_area, an_order
from tests.registration_cases import a_registration

STATIC = "static"
OF_A_RECORD = {"/orders": "orders", "/registrations": "registrations", "/caseloads": "caseloads", "/work/<reference>": "orders"}
OF_A_REGISTRATION = {"kind": "travel_notified", "duty_key": "annual_notification"}


@dataclass(frozen=True)
class Door:
    """One address of the program: what it is called and how it may be asked."""

    endpoint: str
    rule: str
    methods: tuple[str, ...]
    path: str


def furnish(work: Work) -> dict[str, str]:
    """Record one of each thing; return what to put into addresses, by the name of the gap."""
    work.session.add(_alerts_checked(work.now))
    area = an_area(work, code="N", name="North")
    team = a_team(work, name="Orders desk", area=area)
    user = a_user(work, username="arahman", team=team)
    subject, protected = a_person(work), a_person(work, surname="Morgan", forenames="Siân")
    served = datetime(2026, 11, 21, 22, 40, tzinfo=UTC)
    order = record_order(
        work,
        NewOrder(
            "dvpn",
            subject.id,
            authorised_rank="superintendent",
            events=(NewEvent(EventKind.AUTHORISED, date(2026, 11, 21), served), NewEvent(EventKind.SERVED, date(2026, 11, 21), served)),
            conditions=(NewCondition("Not to contact Siân Morgan by any means.", "No contact with Siân Morgan"),),
            protected=(NewProtected(protected.id, "former partner"),),
            owner_id=user.id,
            team_id=team.id,
        ),
    )
    registration = a_registration(work, owner_id=user.id, team_id=team.id)
    found = {"people": subject.reference, "orders": order.reference, "registrations": registration.reference}
    found["caseloads"] = _a_caseload(work, a_user(work, username="left", team=team), user)
    return {"username": user.username, "name": team.name, "token": make_address(work, user_id=user.id)} | found


def _a_caseload(work: Work, former: User, taker: User) -> str:
    order = an_order(work, person=a_person(work), owner_id=former.id, team_id=former.team_id)
    gives = [Give(order.reference, order.version, f"officer:{taker.username}")]
    return hand_over_caseload(work, username=former.username, gives=gives, note="Ring the desk").reference


def doors(app: Flask, things: dict[str, str] | None = None) -> Iterator[Door]:
    """Give every address, those of the files left out."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        if rule.endpoint != STATIC:
            methods = tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            values = {gap: _value(gap, rule, things or {}) for gap in rule.arguments}
            yield Door(rule.endpoint, rule.rule, methods, _path(rule, values))


def _alerts_checked(at: datetime) -> JobRun:
    done = {"nominal_at": at, "started_at": at, "finished_at": at, "lease_until_at": at}
    return JobRun(job="raise_alerts", claimed_by="test", outcome="done", **done)


def _path(rule: Rule, values: dict[str, str | int]) -> str:
    built = rule.build(values, append_unknown=False)
    assert built is not None, rule
    return built[1]


def _value(gap: str, rule: Rule, things: dict[str, str]) -> str | int:
    converter = rule._converters[gap]
    if isinstance(converter, IntegerConverter):
        return 1
    if isinstance(converter, AnyConverter):
        return "people" if "people" in converter.items else min(converter.items)
    if gap == "code":
        return "N" if "areas" in rule.rule else "daa_part_3" if "provisions" in rule.rule else "dvpn"
    if gap == "on":
        return "2027-05-03"
    if gap == "reference":
        return things.get(next((room for place, room in OF_A_RECORD.items() if place in rule.rule), "people"), "P-1")
    if "/registrations" in rule.rule and gap in OF_A_REGISTRATION:
        return OF_A_REGISTRATION[gap]
    if gap == "key":
        return "contact"
    return things.get(gap, "x")
