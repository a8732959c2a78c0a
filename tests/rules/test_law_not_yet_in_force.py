"""Every provision not known to be in force, switched on in the test's own tables: later events have its law, earlier ones do not."""

from __future__ import annotations

import pytest

from orders_app.rules.duties import due_duties
from orders_app.rules.facts import EventKind
from orders_app.rules.law import LawTables, as_law_on
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import not_allowed, possible_events, problems
from orders_app.rules.provisions import ENGLAND_AND_WALES, InForce, Provisions
from tests.rules.examples import LAW, condition, day, facts

ON = "2027-03-01"
BEFORE = "2027-02-28"
A_BODY = {"subject_is_organisation": True}


def law_since(*codes, on=ON, area=ENGLAND_AND_WALES):
    """The shipped tables, with these provisions in force from a day."""
    rows = (InForce(code, area, day(on), None, "SI 2027/1", "https://www.legislation.gov.uk/uksi/2027/1") for code in codes)
    return LawTables(LAW.holidays, Provisions((*LAW.provisions.rows, *rows)))


def due(law, code, *events, **known):
    """Key and last day of every duty that the law, and not local policy, sets."""
    found = due_duties(ORDER_TYPES[code], facts(code, *events, **known), law)
    return {(duty.key, duty.due_on.isoformat()) for duty in found if duty.rule_class == "law" and duty.can_be_overdue}


def wrong(law, code, *events, **known):
    """Fields with something wrong."""
    return [problem.field for problem in problems(ORDER_TYPES[code], facts(code, *events, **known), law)]


class TestNotificationUnderAnScpo:
    """2025 Act s.58: 3 days beginning with the first day any provision is in force; changes; bodies 3 and 28 days."""

    law = law_since("bsa_s58")

    @pytest.mark.parametrize(
        ("events", "known", "expected"),
        [
            ([f"made {ON}"], {}, {("initial_notification", "2027-03-03")}),
            ([f"made {BEFORE}"], {}, set()),
            (["made 2027-03-05"], {"in_force_from_on": "2027-04-01"}, {("initial_notification", "2027-04-03")}),
            (["made 2027-03-05", "custody_ended 2029-02-27"], {"starts_on_release": True}, {("initial_notification", "2029-03-01")}),
            (["made 2027-03-05"], {"starts_on_release": True}, set()),
            (["made 2027-02-10"], {"in_force_from_on": "2027-04-01"}, set()),
            ([f"made {ON}"], A_BODY, {("authorised_individual", "2027-03-03")}),
            ([f"made {BEFORE}"], A_BODY, set()),
        ],
    )
    def test_first_notification(self, events, known, expected):
        assert due(self.law, "scpo", *events, **known) == expected

    @pytest.mark.parametrize(
        ("kind", "known", "key", "last_day"),
        [
            ("name_changed", {}, "change_of_name", "2027-06-03"),
            ("address_changed", {}, "change_of_address", "2027-06-03"),
            ("details_changed", {}, "change_of_details", "2027-06-03"),
            ("authorised_individual_left", A_BODY, "new_authorised_individual", "2027-06-28"),
        ],
    )
    def test_changes(self, kind, known, key, last_day):
        assert (key, last_day) in due(self.law, "scpo", f"made {ON}", f"{kind} 2027-06-01", **known)
        assert due(self.law, "scpo", f"made {BEFORE}", f"{kind} 2027-06-01", **known) == set()
        assert due(LAW, "scpo", f"made {ON}", f"{kind} 2027-06-01", **known) == set()

    def test_a_body_does_not_notify_as_an_individual_does(self):
        keys = {key for key, _ in due(self.law, "scpo", f"made {ON}", "details_changed 2027-06-01", **A_BODY)}
        assert keys == {"authorised_individual"}

    def test_put_off_while_an_earlier_order_asks_for_it_and_revived_when_that_ends(self):
        earlier = {
            "other_notification_scheme": "scpo",
            "other_notification_until": day("2027-09-30"),
            "other_notification_needs": "bsa_s58",
        }
        new = {**earlier, "other_notification_made_on": ON}
        old = {**earlier, "other_notification_made_on": "2024-10-01"}
        assert due(self.law, "scpo", "made 2027-05-04", "name_changed 2027-06-01", **new) == {("initial_notification", "2027-10-02")}
        assert due(self.law, "scpo", "made 2027-05-04", **old) == {("initial_notification", "2027-05-06")}

    def test_it_is_met_and_offered_only_once_it_is_law(self):
        given = facts("scpo", f"made {ON}", "notified 2027-03-02", ends="2030-03-01")
        (found,) = [duty for duty in due_duties(ORDER_TYPES["scpo"], given, self.law) if duty.key == "initial_notification"]
        assert (found.met_by, found.is_late) == (2, False)
        assert problems(ORDER_TYPES["scpo"], given, self.law) == []
        assert wrong(LAW, "scpo", f"made {ON}", "notified 2027-03-02", ends="2030-03-01") == ["notified_on"]
        assert EventKind.NOTIFIED in possible_events(ORDER_TYPES["scpo"], given, day(ON), self.law)
        assert EventKind.NOTIFIED not in possible_events(ORDER_TYPES["scpo"], given, day(ON), LAW)


class TestInterimScpo:
    """2025 Act s.56: a type of its own; served in person within 7 days beginning with the day it, or its variation, is made."""

    law = law_since("bsa_s56")

    @pytest.mark.parametrize(("made_on", "fields"), [(BEFORE, ["made_on"]), (ON, [])])
    def test_it_can_be_made_from_the_day_on(self, made_on, fields):
        assert wrong(self.law, "interim_scpo", f"made {made_on}", ends="2027-04-30") == fields

    def test_served_within_7_days_and_so_is_each_variation(self):
        law = law_since("bsa_s56", on="2026-12-01")
        assert due(law, "interim_scpo", "made 2026-12-23") == {("service", "2026-12-29")}
        varied = due(law, "interim_scpo", "made 2026-12-23", "served 2026-12-24", "varied 2027-01-04")
        assert varied == {("service", "2026-12-29"), ("service", "2027-01-10")}

    @pytest.mark.parametrize(
        ("recorded", "met_by"),
        [
            ("served 2027-01-08", [3, None]),
            ("variation_served 2027-01-08", [None, 3]),
        ],
    )
    def test_service_of_the_order_is_not_service_of_its_variation(self, recorded, met_by):
        given = facts("interim_scpo", "made 2026-12-23", "varied 2027-01-04", recorded)
        found = due_duties(ORDER_TYPES["interim_scpo"], given, law_since("bsa_s56", on="2026-12-01"))
        assert [due.met_by for due in found if due.key == "service"] == met_by

    def test_a_subject_who_was_represented_need_not_be_served(self):
        assert due(self.law, "interim_scpo", f"made {ON}", is_present_or_represented=True) == set()

    def test_it_ends_with_the_main_application_and_must_state_an_end(self):
        assert ORDER_TYPES["interim_scpo"].leads_to == "scpo"
        assert EventKind.DETERMINED in ORDER_TYPES["interim_scpo"].ended_by
        assert wrong(self.law, "interim_scpo", f"made {ON}", end_kind="until_further_order") == ["end_kind"]


MONITORED = [
    ("scpo", "bsa_s55", {}),
    ("interim_scpo", "bsa_s55", {}),
    ("shpo", "pcsca_s178", {}),
    ("interim_shpo", "pcsca_s178", {}),
    ("sro", "pcsca_s178", {}),
    ("interim_sro", "pcsca_s178", {}),
]


@pytest.mark.parametrize(("code", "provision", "known"), MONITORED)
def test_electronic_monitoring_for_12_months_at_a_time(code, provision, known):
    law = law_since(provision, "bsa_s56")
    tag, too_long = (condition(1, is_electronic_monitoring=True, starts_on=ON, ends_on=on) for on in ("2028-02-29", "2028-03-01"))
    assert wrong(law, code, f"made {ON}", conditions=(tag,), **known) == []
    assert wrong(law, code, f"made {ON}", conditions=(too_long,), **known) == ["conditions.1.ends_on"]
    assert "conditions.1.is_electronic_monitoring" in wrong(law, code, f"made {BEFORE}", conditions=(tag,), **known)
    assert "conditions.1.is_electronic_monitoring" in wrong(LAW, code, f"made {ON}", conditions=(tag,), **known)
    titles = [refusal.title for refusal in not_allowed(ORDER_TYPES[code], facts(code, f"made {BEFORE}"), day(ON), law)]
    assert "Add electronic monitoring" not in titles


def test_a_court_that_varies_an_older_order_may_add_monitoring():
    law = law_since("bsa_s55")
    tag = condition(2, is_electronic_monitoring=True, starts_on="2027-05-01", ends_on="2028-04-30")
    assert wrong(law, "scpo", "made 2025-10-01", "varied 2027-05-01", conditions=(tag,), ends="2030-09-30") == []


def test_monitoring_may_be_in_force_in_one_police_area_alone():
    law, tag = law_since("bsa_s55", area="Northmere"), condition(1, is_electronic_monitoring=True, ends_on="2028-02-29")
    assert wrong(law, "scpo", f"made {ON}", conditions=(tag,), area="Northmere") == []
    assert wrong(law, "scpo", f"made {ON}", conditions=(tag,), area="Southmere") == ["conditions.1.is_electronic_monitoring"]


@pytest.mark.parametrize(
    ("code", "power", "provision"),
    [("scpo", "s19a_acquittal", "bsa_s59"), ("spo", "conviction", "cpa_spo_conviction"), ("spo", "acquittal", "cpa_spo_conviction")],
)
def test_new_powers_to_make_an_order(code, power, provision):
    law = law_since(provision)
    assert wrong(law, code, f"made {ON}", made_under=power) == []
    assert wrong(law, code, f"made {BEFORE}", made_under=power) == ["made_under"]
    offered = [[option.code for option in as_law_on(ORDER_TYPES[code], law, "", day(on)).made_under] for on in (BEFORE, ON)]
    assert [power in codes for codes in offered] == [False, True]


def test_applicants_for_an_scpo():
    law = law_since("bsa_s57")
    fields = [as_law_on(ORDER_TYPES["scpo"], law, "", day(on)).extra_fields for on in (BEFORE, ON)]
    choices = [[option.code for option in next(field for field in asked if field.key == "applicant").choices] for asked in fields]
    assert choices == [["dpp", "sfo", "police"], ["dpp", "sfo", "police", "nca", "hmrc", "btp", "mdp"]]


class TestNationalRollOut:
    """One row for DAA s.55 ends DVPNs everywhere, one for Part 3 brings DAPNs everywhere; what was alive goes on."""

    law = law_since("daa_part_3", "daa_s55")
    super_ = {"authorised_rank": "superintendent"}

    def test_notices(self):
        assert wrong(self.law, "dvpn", f"authorised {BEFORE}T20:00", f"served {BEFORE}T21:00", **self.super_) == []
        assert wrong(self.law, "dvpn", f"authorised {BEFORE}T20:00", f"served {ON}T00:30", **self.super_) == ["served_at"]
        assert wrong(self.law, "dapn", f"authorised {ON}T20:00", area="Kent", **self.super_) == []

    def test_orders_on_what_was_alive(self):
        assert wrong(self.law, "dvpo", "made 2027-03-02", ends="2027-03-29", notice_given_on=BEFORE) == []
        assert wrong(self.law, "dvpo", "application_lodged 2027-02-28", "made 2027-03-02", ends="2027-03-29") == []
        assert wrong(self.law, "dvpo", "made 2027-03-02", ends="2027-03-29") == ["made_on"]

    def test_the_hearing_clock_of_a_notice_given_before_runs_on(self):
        assert due(self.law, "dvpn", f"served {BEFORE}T21:00") == due(LAW, "dvpn", f"served {BEFORE}T21:00") != set()
