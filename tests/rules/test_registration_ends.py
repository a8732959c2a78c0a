"""When a registration ends: carried on by an order, or cut short."""

import pytest

from orders_app.rules.registrations.status import (
    RegistrationStatus,
    Whereabouts,
    registration_dates,
    status_from,
    status_on,
    whereabouts_on,
)
from tests.rules.examples import day
from tests.rules.registration_examples import LONG, duty, ends, open_duties, registration, shpo

CONVICTED = "convicted 2016-11-21 disposal=imprisonment term_months=18"  # to 20 November 2026


@pytest.mark.parametrize(
    ("orders", "last_day"),
    [
        ((), "2026-11-20"),
        ((shpo("2016-11-21", "2026-10-01"),), "2026-11-20"),
        ((shpo("2016-11-21", "2031-11-20"),), "2031-11-20"),
        ((shpo("2026-11-20", "2031-11-19"),), "2031-11-19"),
        ((shpo("2026-11-21", "2031-11-20"),), "2026-11-20"),  # made when nobody was subject: it is a beginning of its own
        ((shpo("2016-11-21", "2028-01-01"), shpo("2027-12-31", "2033-01-01")), "2033-01-01"),
        ((shpo("2016-11-21", "2030-01-01", order_type="sro"),), "2026-11-20"),
        ((shpo("2026-11-01", "2026-12-20", order_type="interim_shpo"),), "2026-12-20"),
    ],
)
def test_an_order_carries_it_on_only_if_made_while_the_person_was_subject(orders, last_day):
    assert ends(registration(CONVICTED, orders=orders)).last_day == day(last_day)


def test_one_made_subject_by_an_order_is_so_while_it_has_effect():
    served = "served 2026-10-23 reference=SHPO-2026-0001"
    made = registration(served, orders=(shpo("2026-10-21", "2031-10-20"),))
    assert (ends(made).last_day, ends(made).section_82_last_day) == (day("2031-10-20"), None)
    assert ends(registration(served)).words == "Not known until the sentence is recorded"
    assert ends(registration(served, orders=(shpo("2026-10-21"),))).words == "As long as SHPO-2026-0001 has effect (no end date)"


def test_breach_of_a_risk_order_makes_subject_until_the_order_ends():
    breach = "convicted 2026-10-23 of_breach_of=SRO-2025-0007"
    order = shpo("2025-01-06", "2027-01-05", reference="SRO-2025-0007", order_type="sro")
    found = ends(registration(breach, orders=(order,)))
    assert (found.last_day, str(found.basis.citation)) == (day("2027-01-05"), "Sexual Offences Act 2003 s.122I")


def test_an_order_without_end_leaves_an_indefinite_period_indefinite():
    found = ends(registration(f"convicted 2016-11-21 {LONG}", orders=(shpo("2016-11-21"),)))
    assert (found.is_indefinite, found.words) == (True, "No end date: indefinite, until a review ends it")


def test_a_review_ends_an_indefinite_period_and_no_other():
    granted = registration(f"convicted 2006-11-20 {LONG}", "review_applied 2026-01-05", "review_granted 2026-03-02")
    assert ends(granted).closed_by.on == day("2026-03-02")
    both = registration(f"convicted 2006-11-20 {LONG}", "cautioned 2025-06-02", "review_granted 2026-03-02")
    assert (ends(both).closed_by, ends(both).last_day) == (None, day("2027-06-01"))


def test_a_cancelled_notice_ends_what_rested_on_it():
    notice = "notice_given 2026-01-05 relevant_on=2025-03-03 disposal=other"
    assert ends(registration(notice, "notice_cancelled 2026-03-02")).words == "Monday 2 March 2026, 24:00"
    assert ends(registration(notice, "cautioned 2026-02-02", "notice_cancelled 2026-03-02")).last_day == day("2028-02-01")


@pytest.mark.parametrize(
    ("on", "status"),
    [("2016-11-20", "Not yet registered"), ("2016-11-21", "Registered"), ("2026-11-20", "Registered"), ("2026-11-21", "Ended")],
)
def test_status_by_day(on, status):
    facts = registration(CONVICTED)
    assert status_on(facts, day(on)) == status
    assert status_from(registration_dates(facts), day(on)) == status


def test_a_conviction_set_aside_ends_it_on_its_day():
    facts = registration(CONVICTED, "ended 2020-05-04 reason=quashed")
    assert [status_on(facts, day(on)) for on in ("2020-05-03", "2020-05-04")] == [RegistrationStatus.REGISTERED, RegistrationStatus.ENDED]


def test_nothing_recorded_is_no_registration():
    assert status_on(registration(), day("2026-11-22")) is RegistrationStatus.NOT_YET
    assert open_duties(registration()) == {}


def test_the_end_is_a_deadline_that_passes_by_itself_and_nothing_falls_due_after_it():
    facts = registration(CONVICTED, "notified 2016-11-22 type=83", "notified 2026-01-05 type=85")
    end = duty(facts, "registration_ends")
    assert (end.due_on, end.can_be_overdue) == (day("2026-11-20"), False)
    assert "annual_notification" not in open_duties(facts)


def test_where_the_person_is():
    facts = registration(
        CONVICTED, "custody_started 2016-11-21", "custody_ended 2017-08-21", "left_uk 2026-05-04", "returned_to_uk 2026-05-18"
    )
    days = {
        "2017-08-20": Whereabouts.CUSTODY,
        "2017-08-21": Whereabouts.AT_LIBERTY,
        "2026-05-04": Whereabouts.ABROAD,
        "2026-05-18": Whereabouts.AT_LIBERTY,
    }
    assert {on: whereabouts_on(facts, day(on)) for on in days} == days
