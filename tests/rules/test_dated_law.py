"""Law that begins and ends: by provision, by area and by the day of the event, from data and with no release."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from orders_app.rules.availability import has_been_law, where_it_is_law
from orders_app.rules.duties import due_duties
from orders_app.rules.facts import EventKind
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law import LawTables, as_law_on, events_ever
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import not_allowed, possible_events, problems
from orders_app.rules.provisions import ENGLAND_AND_WALES, InForce, Provisions
from orders_app.rules.spec import DatedEvents, Option, Refusal
from tests.rules.examples import LAW, condition, day, facts

SOURCE = ("SI 2027/1 reg.2", "https://www.legislation.gov.uk/uksi/2027/1")
BEFORE, AFTER = "2027-02-28", "2027-03-01"


def in_force(code, area=ENGLAND_AND_WALES, since=AFTER, until=None):
    """One row of the table."""
    return InForce(code, area, day(since), day(until) if until else None, *SOURCE)


def law_with(*rows):
    """The shipped tables with more rows."""
    return LawTables(LAW.holidays, Provisions((*LAW.provisions.rows, *rows)))


def wrong(law, code, *events, **known):
    """What is legally wrong under these tables: field and message."""
    return [(found.field, found.message) for found in problems(ORDER_TYPES[code], facts(code, *events, **known), law)]


def named_codes():
    """Every code that a declaration names, with the type that names it."""
    for order_type in ORDER_TYPES.values():
        limits = [getattr(order_type.limits, field.name) for field in fields(order_type.limits)]
        options = [*order_type.made_under, *(option for field in order_type.extra_fields for option in field.choices)]
        parts = [order_type, *order_type.duties, *order_type.refusals, *order_type.dated_events, *options]
        for part in [*parts, *(limit for limit in limits if hasattr(limit, "since"))]:
            yield from ((order_type.code, code) for code in (part.since, part.until) if code)


def test_declarations_name_only_provisions_that_are_known():
    assert {code for _, code in named_codes()} <= set(PROVISIONS)


def test_every_known_provision_says_what_it_brings_and_where_it_is_written():
    for code, provision in PROVISIONS.items():
        assert (provision.code, provision.citation.url[:33]) == (code, "https://www.legislation.gov.uk/uk")
        assert provision.name
        assert provision.brings


def test_nothing_that_is_not_known_to_be_in_force_is_shipped_as_law():
    assert {row.code for row in LAW.provisions.rows} == {"daa_part_3", "owa_part_2", "sca_2015_s50"}


@pytest.mark.parametrize(
    ("area", "on", "expected"),
    [
        ("Croydon", "2026-11-24", True),
        (" croydon ", "2026-11-22", True),
        ("Croydon", "2026-11-25", False),
        ("Kent", "2026-11-24", False),
        ("", "2026-11-24", False),
    ],
)
def test_a_row_holds_in_its_area_on_its_days(area, on, expected):
    assert LAW.provisions.in_force("daa_part_3", area, day(on)) is expected


@pytest.mark.parametrize("area", ["Kent", "", "England and Wales"])
def test_a_row_for_england_and_wales_holds_in_every_area(area):
    law = law_with(in_force("daa_part_3"))
    assert law.provisions.in_force("daa_part_3", area, day(AFTER))
    assert not law.provisions.in_force("daa_part_3", area, day(BEFORE))
    assert ENGLAND_AND_WALES not in law.provisions.all_areas("daa_part_3")


class TestAParticularPart:
    """A duty, a limit, a refusal, an answer and an event of a made-up declaration, each under one provision."""

    spo = ORDER_TYPES["spo"]
    duty = next(duty for duty in spo.duties if duty.key == "initial_notification")
    longest = ORDER_TYPES["dapo"].limits.longest_monitoring
    declared = replace(
        spo,
        duties=(replace(duty, since="bsa_s58"),),
        limits=replace(
            spo.limits,
            monitoring_refused=replace(spo.limits.monitoring_refused, until="bsa_s58"),
            longest_monitoring=replace(longest, since="bsa_s58"),
        ),
        refusals=(Refusal("Old", "It was so", spo.citation, until="bsa_s58"), Refusal("New", "It is so", spo.citation, since="bsa_s58")),
        made_under=(Option("s2", "Section 2"), Option("new", "The new section", since="bsa_s58")),
        dated_events=(DatedEvents(frozenset({EventKind.BRIEFED}), since="bsa_s58"),),
    )
    law = law_with(in_force("bsa_s58"))

    def given(self, *events, **known):
        return facts("spo", *events, **known)

    @pytest.mark.parametrize(("on", "count"), [(BEFORE, 0), (AFTER, 1)])
    def test_a_duty_is_there_for_events_from_the_day_on(self, on, count):
        assert len(due_duties(self.declared, self.given(f"served {on}"), self.law)) == count
        assert due_duties(self.declared, self.given(f"served {on}"), LAW) == []

    @pytest.mark.parametrize(("on", "fields"), [(BEFORE, ["is_electronic_monitoring"]), (AFTER, ["ends_on"])])
    def test_a_refusal_gives_way_to_a_limit(self, on, fields):
        tagged = condition(1, is_electronic_monitoring=True, starts_on=AFTER, ends_on="2028-03-01")
        found = problems(self.declared, self.given(f"made {on}", conditions=(tagged,)), self.law)
        assert [problem.field.removeprefix("conditions.1.") for problem in found] == fields

    @pytest.mark.parametrize(("on", "titles"), [(BEFORE, ["Old", "Add electronic monitoring"]), (AFTER, ["New"])])
    def test_what_is_refused_is_that_of_the_day(self, on, titles):
        made = self.given("made 2026-01-05")
        refused = [refusal.title for refusal in not_allowed(self.declared, made, day(on), self.law)]
        assert [title for title in refused if title != "Discharge without both consents"] == titles

    @pytest.mark.parametrize(("on", "fields"), [(BEFORE, ["made_under"]), (AFTER, [])])
    def test_a_power_is_there_for_orders_from_the_day_on(self, on, fields):
        found = problems(self.declared, self.given(f"made {on}", made_under="new"), self.law)
        assert [problem.field for problem in found] == fields
        assert len(as_law_on(self.declared, self.law, "", day(on)).made_under) == 2 - len(fields)

    @pytest.mark.parametrize(("on", "fields"), [(BEFORE, ["briefed_on"]), (AFTER, [])])
    def test_an_event_is_known_from_the_day_on(self, on, fields):
        given = self.given("made 2026-01-05", f"briefed {on}")
        assert [problem.field for problem in problems(self.declared, given, self.law)] == fields
        assert (EventKind.BRIEFED in possible_events(self.declared, given, day(on), self.law)) is not bool(fields)
        assert EventKind.BRIEFED in events_ever(self.declared)

    def test_a_term_that_was_lawful_when_it_was_set_stays_so_when_its_provision_ends(self):
        law = law_with(in_force("bsa_s58", until="2027-06-30"))
        tagged = condition(1, is_electronic_monitoring=True, ends_on="2028-02-29")
        given = self.given(f"made {AFTER}", "varied 2027-09-01", conditions=(tagged,), ends="2030-02-28")
        assert problems(self.declared, given, law) == []

    def test_without_a_day_nothing_that_waits_is_law(self):
        assert as_law_on(self.declared, self.law, "", None).limits.monitoring_refused is not None


class TestThePilot:
    """DAPN and DAPO: 14 areas until 24 November 2026, with savings for what was alive (SI 2026/342; SI 2025/515 reg.3)."""

    @pytest.mark.parametrize(
        ("events", "known", "fields"),
        [
            (["made 2026-11-24"], {"area": "Croydon"}, []),
            (["made 2026-11-25"], {"area": "Croydon"}, ["area"]),
            (["application_lodged 2026-11-24", "made 2026-12-08"], {"area": "Croydon"}, []),
            (["application_lodged 2026-11-25", "made 2026-12-08"], {"area": "Croydon"}, ["area"]),
            (["made 2026-11-27"], {"area": "Croydon", "follows_notice": True, "notice_given_on": "2026-11-24"}, []),
            (["made 2026-11-27"], {"area": "Croydon", "follows_notice": True, "notice_given_on": "2026-11-25"}, ["area"]),
            (["application_lodged 2026-11-24", "made 2026-12-08"], {"area": "Kent"}, ["area"]),
            (["made 2025-03-01"], {"area": "Hartlepool"}, ["area"]),
            (["made 2025-03-11"], {"area": "Hartlepool"}, []),
            (["made 2026-11-20", "varied 2027-05-01"], {"area": "Flintshire"}, []),
            (["made 2026-11-20", "discharged 2027-05-01"], {"area": "Flintshire"}, []),
        ],
    )
    def test_orders(self, events, known, fields):
        assert [field for field, _ in wrong(LAW, "dapo", *events, **known)] == fields

    @pytest.mark.parametrize(
        ("events", "fields"),
        [
            (["authorised 2026-11-24T20:00", "served 2026-11-24T22:00"], []),
            (["authorised 2026-11-24T20:00", "served 2026-11-25T00:30"], ["area"]),
            (["authorised 2026-11-24T20:00", "served 2026-11-24T22:00", "application_granted 2026-11-26T10:00"], []),
        ],
    )
    def test_notices_are_given_when_they_are_served(self, events, fields):
        found = wrong(LAW, "dapn", *events, area="Bromley", authorised_rank="inspector")
        assert [field for field, _ in found] == fields

    def test_an_order_alive_keeps_its_duties_after_the_period(self):
        given = facts("dapo", "made 2026-11-20", "address_changed 2027-02-01", area="Croydon")
        assert "change_of_address" in [due.key for due in due_duties(ORDER_TYPES["dapo"], given, LAW)]

    def test_the_refusal_says_where_it_is_law_and_how_an_application_goes_on(self):
        ((_, message),) = wrong(LAW, "dapo", "made 2026-11-25", area="Croydon")
        assert message.startswith("A DAPO is not available in Croydon. On Wednesday 25 November 2026 it was in force nowhere.")
        assert "enter the day of the application" in message
        assert message.endswith("Use a DVPN and a DVPO")

    def test_an_extension_is_a_row(self):
        law = law_with(in_force("daa_part_3", "Croydon", "2026-11-25", "2027-03-31"))
        assert wrong(law, "dapo", "made 2026-12-01", area="Croydon") == []
        assert wrong(law, "dapo", "made 2026-12-01", area="Bromley") != []
        assert where_it_is_law(ORDER_TYPES["dapo"], law, day("2026-12-01")) == "In force only in Croydon"

    def test_national_roll_out_is_a_row(self):
        law = law_with(in_force("daa_part_3"))
        assert wrong(law, "dapo", f"made {AFTER}", area="Kent") == []
        assert wrong(law, "dapo", f"made {AFTER}") == []
        assert wrong(law, "dapo", f"made {BEFORE}", area="Kent") != []
        assert where_it_is_law(ORDER_TYPES["dapo"], law, day(AFTER)) == ""


def test_before_any_row_a_type_is_not_offered_and_says_why():
    unborn = replace(ORDER_TYPES["spo"], since="bsa_s56")
    assert not has_been_law(unborn, LAW, day("2026-11-25"))
    assert has_been_law(unborn, law_with(in_force("bsa_s56")), day(AFTER))
    assert where_it_is_law(unborn, LAW, day("2026-11-25")) == "Not in force anywhere on Wednesday 25 November 2026"
    (problem,) = problems(unborn, facts("spo", "made 2026-11-25"), LAW)
    assert (problem.field, problem.message) == (
        "made_on",
        "No SPO could be given or made. On Wednesday 25 November 2026 it was in force nowhere",
    )


def test_a_repeal_is_a_row_and_what_was_alive_goes_on():
    repealed = replace(ORDER_TYPES["dvpo"], until="daa_s55", savings=ORDER_TYPES["dvpo"].citation)
    law = law_with(in_force("daa_s55"))
    assert where_it_is_law(repealed, law, day(AFTER)) == "Not in force anywhere on Monday 1 March 2027"
    assert problems(repealed, facts("dvpo", f"made {BEFORE}", ends="2027-03-20"), law) == []
    assert problems(repealed, facts("dvpo", f"made {AFTER}", ends="2027-03-20", notice_given_on=BEFORE), law) == []
    (problem,) = problems(repealed, facts("dvpo", f"made {AFTER}", ends="2027-03-20"), law)
    assert problem.message.startswith("No DVPO could be given or made on Monday 1 March 2027: the power had been repealed.")
    partly = law_with(in_force("daa_s55", "Kent"))
    assert where_it_is_law(repealed, partly, day(AFTER)) == "No longer in force in Kent"
    assert problems(repealed, facts("dvpo", f"made {AFTER}", ends="2027-03-20", area="Surrey"), partly) == []
    assert problems(repealed, facts("dvpo", f"made {AFTER}", ends="2027-03-20", area="Kent"), partly) != []
