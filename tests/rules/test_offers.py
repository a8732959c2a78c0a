"""What may be recorded now, and what the law does not allow."""

import pytest

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import not_allowed, possible_events
from tests.rules.examples import LAW, UNTIL_FURTHER_ORDER, condition, day, facts


def offered(given, on):
    return possible_events(ORDER_TYPES[given.order_type], given, day(on), LAW)


def refused(given, on="2026-11-22"):
    return {refusal.title: refusal for refusal in not_allowed(ORDER_TYPES[given.order_type], given, day(on), LAW)}


def test_a_draft_notice_can_be_authorised_or_refused_and_later_served():
    assert {"considered", "authorised", "authority_refused"} <= set(offered(facts("dvpn"), "2026-11-20"))
    after = offered(facts("dvpn", "authorised 2026-11-20T20:15"), "2026-11-20")
    assert {"served", "service_attempted", "notice_withdrawn"} <= set(after)
    assert "authorised" not in after


def test_a_served_notice_goes_on_to_its_application():
    now = offered(facts("dvpn", "authorised 2026-11-20T20:15", "served 2026-11-20T22:40"), "2026-11-21")
    assert {"application_lodged", "hearing_listed", "hearing_held", "application_granted", "arrested"} <= set(now)
    assert not {"authorised", "served", "notice_withdrawn", "application_withdrawn", "varied", "discharged"} & set(now)


def test_only_a_dapn_ends_by_withdrawal_of_its_application():
    assert "application_withdrawn" in offered(facts("dapn", "served 2026-11-20T22:40"), "2026-11-21")


@pytest.mark.parametrize("on", ["2026-11-10", "2026-11-20", "2026-12-07", "2026-12-08"])
def test_a_dvpo_is_never_extended_varied_renewed_or_discharged(on):
    given = facts("dvpo", "made 2026-11-10", "served 2026-11-10", ends="2026-12-07")
    assert not {"varied", "renewed", "discharged", "variation_applied", "renewal_applied", "discharge_applied"} & set(offered(given, on))
    assert {"Extend this order", "Vary or discharge this order"} <= set(refused(given, on))


def test_an_order_that_was_made_takes_no_more_of_its_application():
    now = offered(facts("spo", "application_lodged 2026-09-01", "made 2026-10-02"), "2026-10-03")
    assert {"served", "varied", "renewed", "discharged", "notified"} <= set(now)
    assert not {"made", "application_lodged", "application_refused", "application_withdrawn", "considered"} & set(now)


def test_an_order_not_yet_made_cannot_be_varied_or_served():
    now = offered(facts("spo", "application_lodged 2026-09-01"), "2026-09-02")
    assert {"hearing_listed", "made", "application_refused"} <= set(now)
    assert not {"varied", "discharged", "served", "notified"} & set(now)


def test_after_the_end_only_what_can_still_come_to_light_is_offered():
    ended = facts("spo", "made 2020-10-02", "served 2020-10-02", ends="2022-10-01")
    now = offered(ended, "2026-11-22")
    assert {"breach_reported", "notified"} <= set(now)
    assert not {"varied", "renewed", "discharged", "compliance_checked"} & set(now)
    assert "Extend this order" in refused(ended)


def test_nothing_can_be_recorded_on_what_never_began():
    assert offered(facts("spo", "application_lodged 2026-09-01", "application_refused 2026-09-20"), "2026-09-20") == []


def test_discharge_bar_is_said_until_its_last_day():
    given = facts("spo", "made 2026-10-02", **UNTIL_FURTHER_ORDER)
    bar = refused(given, "2028-10-01")["Discharge without both consents"]
    assert (bar.citation.provision, "Sunday 1 October 2028, 24:00" in bar.why) == ("s.4(4)(b)", True)
    assert "Discharge without both consents" not in refused(given, "2028-10-02")
    travel_only = facts("shpo", "made 2026-10-02", conditions=(condition(1, is_travel=True),))
    assert "Discharge without both consents" not in refused(travel_only)


def test_an_scpo_is_not_varied_past_five_years():
    given = facts("scpo", "made 2026-10-02", ends="2031-10-01")
    assert refused(given)["Extend past the longest period"].citation.provision == "s.16(2), (4)(b)"
    assert "Renew this order" in refused(given)
    assert "Extend past the longest period" not in refused(facts("scpo"))


def test_limits_are_said_as_refusals():
    assert {"Add a requirement to do something", "Add electronic monitoring"} <= set(refused(facts("ro_acquittal")))
    assert "Add electronic monitoring" in refused(facts("spo"))
    assert "Add electronic monitoring" not in refused(facts("dapo"))
    assert "Ask for initial notification again" not in refused(facts("ro_conviction", replaces_interim=True))
