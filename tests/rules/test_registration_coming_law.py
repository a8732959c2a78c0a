"""The Crime and Policing Act 2026: declared, shipped off, and switched on by a row."""

from dataclasses import replace
from datetime import date

import pytest

from orders_app.rules.facts import EventKind as E
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.provisions import ENGLAND_AND_WALES, InForce, Provisions
from orders_app.rules.registrations.coming_duties import ABSENCE, CHILD_PREMISES, COMING_DUTIES, NEW_NAME
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.offers import not_allowed, possible_events
from orders_app.rules.registrations.problems import problems
from tests.rules.examples import LAW, at, day
from tests.rules.registration_examples import duties, registration

FROM = date(2027, 4, 1)
PLANS = {
    NEW_NAME: ("new_name_planned 2027-04-05 from_on=2027-05-01", "intended_name"),
    ABSENCE: ("absence_planned 2027-04-05 from_on=2027-05-01T09:00 until=2027-05-06", "absence"),
    CHILD_PREMISES: ("child_premises_planned 2027-04-05 from_on=2027-05-01", "child_premises"),
}


def law_with(*codes):
    rows = tuple(InForce(code, ENGLAND_AND_WALES, FROM, None, "SI 2027/1", "https://www.legislation.gov.uk/uksi/2027/1") for code in codes)
    return replace(LAW, provisions=Provisions(rows))


def due(plan, law):
    return {one.key: one for one in duties(registration("convicted 2020-01-06", plan), law)}


@pytest.mark.parametrize("code", PLANS)
def test_none_is_law_until_its_row_is_there(code):
    plan, key = PLANS[code]
    assert key not in due(plan, LAW)
    assert key in due(plan, law_with(code))
    assert key not in due(plan, law_with(*(PLANS.keys() - {code})))


@pytest.mark.parametrize("code", PLANS)
def test_the_day_of_the_event_decides(code):
    plan, key = PLANS[code]
    assert key not in due(plan.replace("2027-04-05", "2027-03-31"), law_with(code))


def test_when_each_falls_due():
    law = law_with(*PLANS)
    assert due(PLANS[NEW_NAME][0], law)["intended_name"].due_on == day("2027-04-24")
    assert due(PLANS[ABSENCE][0], law)["absence"].due_at == at("2027-04-30T21:00+01:00")
    assert due(PLANS[CHILD_PREMISES][0], law)["child_premises"].due_at == at("2027-04-30T12:00+01:00")


@pytest.mark.parametrize(("until", "asked"), [(" until=2027-05-05", False), (" until=2027-05-06", True), ("", True)])
def test_five_days_away_are_no_long_absence(until, asked):
    assert ("absence" in due(f"absence_planned 2027-04-05 from_on=2027-05-01{until}", law_with(ABSENCE))) is asked


def test_its_events_are_offered_only_when_it_is_law():
    facts = registration("convicted 2020-01-06")
    assert E.NEW_NAME_PLANNED not in possible_events(facts, FROM, LAW)
    assert E.NEW_NAME_PLANNED in possible_events(facts, FROM, law_with(NEW_NAME))
    assert problems(registration("convicted 2020-01-06", PLANS[NEW_NAME][0])) == []


def test_notification_by_telephone_is_refused_until_the_law_lets_it():
    title = "Take a notification by telephone, letter or e-mail"
    facts = registration("convicted 2020-01-06")
    assert title in [refusal.title for refusal in not_allowed(facts, FROM, LAW)]
    assert title not in [refusal.title for refusal in not_allowed(facts, FROM, law_with("cpa_virtual_notification"))]


def test_every_part_names_a_provision_that_is_known():
    parts = [*REGISTRATION.duties, *REGISTRATION.dated_events]
    assert {code for part in parts for code in (part.since, part.until) if code} == set(PLANS)
    assert set(PLANS) <= set(PROVISIONS)
    assert all(duty.citation.act == "Crime and Policing Act 2026" for duty in COMING_DUTIES)
