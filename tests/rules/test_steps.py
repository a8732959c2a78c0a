"""Each step in the life of an order: when it can be recorded, and why not when it cannot. Rows to be read against the Acts."""

import pytest

from orders_app.rules.facts import EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import not_now, possible_events, why_not
from tests.rules.examples import LAW, UNTIL_FURTHER_ORDER, day, facts

AUTHORISED, SERVED = "authorised 2026-11-20T20:15", "served 2026-11-20T22:40"
NOTICE = (AUTHORISED, SERVED)
DVPO, FOUR_WEEKS = ("made 2026-11-10",), {"ends": "2026-12-07"}
SPO = ("made 2026-10-02", "served 2026-10-05")
ARRESTED = "arrested 2026-11-21T10:00"
CHARGED, CONTINUED = "charged 2026-08-20", "continued_pending_prosecution 2026-09-01"

OFFERED = [
    ("dvpn", [], {}, "2026-11-20", "considered"),
    ("dvpn", [], {}, "2026-11-20", "authority_refused"),
    ("dvpn", [AUTHORISED], {}, "2026-11-20", "served"),
    ("dvpn", [AUTHORISED], {}, "2026-11-20", "notice_withdrawn"),
    ("dvpn", [AUTHORISED], {}, "2026-11-20", "hearing_listed"),
    ("dvpn", NOTICE, {}, "2026-11-23", "lapsed"),
    ("dvpn", NOTICE, {}, "2026-11-21", "adjourned"),
    ("dvpn", [*NOTICE, ARRESTED], {}, "2026-11-21", "produced"),
    ("dvpn", [*NOTICE, ARRESTED], {}, "2026-11-23", "released_out_of_time"),
    ("dvpn", [*NOTICE, ARRESTED], {}, "2026-11-21", "remanded"),
    ("dapn", NOTICE, {}, "2026-11-21", "application_withdrawn"),
    ("dvpo", [*DVPO, "arrested 2026-11-12T10:00", "produced 2026-11-13T10:00"], FOUR_WEEKS, "2026-11-13", "breach_proved"),
    ("nmo", ["application_lodged 2026-10-01"], {}, "2026-10-02", "undertaking_given"),
    ("spo", SPO, UNTIL_FURTHER_ORDER, "2026-11-20", "renewed"),
    ("spo", [*SPO, "varied 2026-11-01"], UNTIL_FURTHER_ORDER, "2026-11-20", "variation_served"),
    ("interim_spo", ["made 2026-11-11", "served 2026-11-11"], {"ends": "2026-12-08"}, "2026-11-20", "determined"),
    ("scpo", ["made 2021-10-02", "served 2021-10-02", CHARGED], {"ends": "2026-10-01"}, "2026-09-01", "continued_pending_prosecution"),
    ("scpo", ["made 2021-10-02", "served 2021-10-02", CHARGED, CONTINUED], {"ends": "2026-10-01"}, "2026-11-01", "prosecution_ended"),
    ("shpo", SPO, UNTIL_FURTHER_ORDER, "2026-11-20", "replaced"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "on", "kind"), OFFERED)
def test_offered(code, events, known, on, kind):
    assert kind in possible_events(ORDER_TYPES[code], facts(code, *events, **known), day(on), LAW)


REFUSED = [
    ("dvpn", [], {}, "2026-11-20", "served", "Nothing is recorded that it could follow: authorised", "s.25(2), (3)"),
    ("dvpn", [], {}, "2026-11-20", "hearing_held", "The notice has not been served yet", "s.27(3)"),
    ("dvpn", [AUTHORISED], {}, "2026-11-20", "authority_refused", "Authority was given on Friday 20 November 2026", "s.24(1)"),
    ("dvpn", NOTICE, {}, "2026-11-21", "notice_withdrawn", "A notice that was served goes on until the court decides", "s.25(1)(d)"),
    ("dvpn", NOTICE, {}, "2026-11-21", "application_withdrawn", "A served notice goes on until the court determines", "s.25(1)(d)"),
    ("dvpn", NOTICE, {}, "2026-11-21", "varied", "The Act gives no power to vary, extend or discharge a notice", "s.24 to s.27"),
    ("dvpn", NOTICE, {}, "2026-11-21", "lapsed", "The time runs until Monday 23 November 2026, 22:40", "s.27(3)"),
    ("dvpn", [*NOTICE, "hearing_held 2026-11-21T11:00"], {}, "2026-11-24", "lapsed", "The application was heard in time", "s.27(3)"),
    ("dvpn", NOTICE, {}, "2026-11-21", "produced", "Nothing is recorded that it could follow: arrested", "s.26(1)"),
    ("dvpn", [*NOTICE, ARRESTED], {}, "2026-11-21", "released_out_of_time", "runs until Monday 23 November 2026, 10:00", "s.26(1)"),
    ("dvpn", [*NOTICE, ARRESTED, "produced 2026-11-21T12:00"], {}, "2026-11-21", "produced", "Every arrest has its production", "s.26(1)"),
    ("dvpn", NOTICE, {}, "2026-11-21", "charged", "The law has no such step for this DVPN", "s.24"),
    ("dvpo", ["made 2026-11-10"], {"ends": "2026-12-07"}, "2026-11-11", "renewed", "The Act gives no power to extend a DVPO", "s.28(10)"),
    ("dvpo", ["made 2026-11-10"], {"ends": "2026-12-07"}, "2026-11-11", "discharged", "no power to vary or discharge a DVPO", "s.28"),
    ("dvpo", ["made 2026-11-10"], {"ends": "2026-12-07"}, "2026-11-11", "breach_proved", "Nothing is recorded", "s.63(3)"),
    ("spo", [], {}, "2026-10-01", "varied", "The order has not been made yet", "s.4(1)"),
    ("spo", SPO, UNTIL_FURTHER_ORDER, "2026-11-20", "application_lodged", "It was made on Friday 2 October 2026", "s.1(1)"),
    ("spo", SPO, UNTIL_FURTHER_ORDER, "2026-11-20", "served", "It is recorded already, Monday 5 October 2026", "s.2"),
    ("spo", SPO, UNTIL_FURTHER_ORDER, "2026-11-20", "variation_served", "Nothing is recorded", "s.4(1)"),
    ("spo", SPO, {"ends": "2028-10-01"}, "2028-10-02", "renewed", "Expired Sunday 1 October 2028: the law gives no power", "s.4(1)"),
    ("spo", SPO, UNTIL_FURTHER_ORDER, "2026-11-20", "replaced", "The law has no such step for this SPO", "s.2"),
    ("interim_spo", ["made 2026-05-11"], {"ends": "2026-06-07"}, "2026-06-08", "renewed", "Lapsed Sunday 7 June 2026", "s.5(7), (8)"),
    ("scpo", ["made 2026-10-02"], {}, "2026-10-03", "continued_pending_prosecution", "could follow: charged", "s.22E"),
    ("scpo", ["made 2026-10-02"], {}, "2026-10-03", "renewed", "A variation stays inside the first 5 years", "s.16(5), (6), s.17(8)"),
    ("scpo", ["made 2026-10-02"], {}, "2026-10-03", "came_into_force", "It is in force from Friday 2 October 2026", "s.16(1), (3)"),
    ("nmo", ["made 2026-10-02"], {}, "2026-10-03", "undertaking_given", "It was made on Friday 2 October 2026", "s.46"),
    ("ro_conviction", ["made 2026-10-02"], {}, "2026-10-03", "renewed", "The law has no such step", "s.360"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "on", "kind", "why", "provision"), REFUSED)
def test_refused_with_reason_and_section(code, events, known, on, kind, why, provision):
    refused = why_not(ORDER_TYPES[code], facts(code, *events, **known), EventKind(kind), day(on), LAW)
    assert refused is not None
    assert why in refused.why
    assert refused.citation.provision == provision
    assert refused.citation.url.startswith("https://www.legislation.gov.uk/")


@pytest.mark.parametrize("code", ORDER_TYPES)
def test_every_step_is_either_offered_or_refused_with_a_reason(code):
    order_type, given = ORDER_TYPES[code], facts(code, "authorised 2026-10-01", "made 2026-10-02", "served 2026-10-05")
    offered = possible_events(order_type, given, day("2026-10-06"), LAW)
    refused = not_now(order_type, given, day("2026-10-06"), LAW)
    assert not {step.kind for step in refused} & set(offered)
    assert all(step.why for step in refused)
