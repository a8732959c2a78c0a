"""What is entered into the tables of law: what comes of it, what is refused, and the years that are added by computation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.duties import due_duties
from orders_app.rules.holiday_years import easter_sunday, usual_days
from orders_app.rules.law_entries import DayEntry, Entry, ProvisionEntry, as_amended, days_added, refusals
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.provisions import ENGLAND_AND_WALES, InForce
from tests.rules.examples import HOLIDAYS, LAW, at, day, facts

SOURCE = ("SI 2027/1", "https://www.legislation.gov.uk/uksi/2027/1")
ONE_OFFS = {"2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"}
MOVED_AWAY = {"2020-05-04", "2022-05-30"}


def row(code="bsa_s58", area=ENGLAND_AND_WALES, since="2027-03-01", until=None, *, is_withdrawn=False):
    """An entry of one row."""
    return Entry((ProvisionEntry(InForce(code, area, day(since), day(until) if until else None, *SOURCE), is_withdrawn),))


def holiday(on, name="Jubilee bank holiday", *, statutory=True, safe=True):
    """An entry of one day."""
    return Entry(days=(DayEntry(day(on), name, statutory, safe),))


def said(entry, law=LAW):
    """Fields of what is refused."""
    return [refused.field for refused in refusals(law, entry)]


class TestUsualYears:
    """Schedule 1 and what is usually proclaimed, against the shipped table of 13 years and an independent list of Easters."""

    @pytest.mark.parametrize("year", range(2018, 2031))
    def test_they_are_the_shipped_table_but_for_what_was_proclaimed_once(self, year):
        computed = {found.on.isoformat(): found for found in usual_days(year)}
        table = {**HOLIDAYS.statutory.named, **HOLIDAYS.statutory.bank}
        shipped = {on.isoformat() for on in table if on.year == year}
        assert set(computed) - MOVED_AWAY == shipped - ONE_OFFS
        unsure = {on for on, found in computed.items() if not found.is_sure}
        assert unsure == {on.isoformat() for on in HOLIDAYS.statutory.bank if on.year == year and on not in HOLIDAYS.safe.bank}
        assert {on for on, found in computed.items() if found.is_named} == {on.isoformat() for on in HOLIDAYS.safe.named if on.year == year}

    @pytest.mark.parametrize(
        ("year", "easter"), [(1961, "1961-04-02"), (2000, "2000-04-23"), (2011, "2011-04-24"), (2031, "2031-04-13"), (2038, "2038-04-25")]
    )
    def test_easter(self, year, easter):
        assert easter_sunday(year) == day(easter)

    @given(st.integers(1972, 2400))
    def test_any_year_has_eight_holidays_on_weekdays_and_none_on_a_sunday(self, year):
        found = usual_days(year)
        sure = [one for one in found if one.is_sure and one.on.weekday() < 5]
        assert len(sure) == 8
        assert all(one.on.weekday() != 6 or one.name == "Christmas Day" for one in found)
        assert easter_sunday(year).weekday() == 6


class TestProvisions:
    def test_a_later_entry_takes_the_place_of_an_earlier_row_with_the_same_first_day(self):
        ended = row("daa_part_3", "croydon ", "2024-11-27", "2027-03-31")
        law = as_amended(LAW, [ended])
        assert law.provisions.in_force("daa_part_3", "Croydon", day("2027-03-31"))
        assert not law.provisions.in_force("daa_part_3", "Bromley", day("2027-03-31"))
        assert len(law.provisions.rows) == len(LAW.provisions.rows)

    def test_a_row_entered_by_mistake_is_taken_away_and_may_be_entered_again(self):
        law = as_amended(LAW, [row(), row(is_withdrawn=True)])
        assert law == LAW
        assert as_amended(law, [row()]).provisions.in_force("bsa_s58", "", day("2027-03-01"))

    @pytest.mark.parametrize(
        ("entry", "fields"),
        [
            (row(), []),
            (row("no_such_code"), ["code"]),
            (row(until="2027-02-28"), ["in_force_until"]),
            (row("daa_part_3", "Kent", "2026-11-25"), []),
            (row("daa_part_3", "Croydon", "2026-11-25"), []),
            (row("daa_part_3", "Croydon", "2026-11-24"), ["in_force_from"]),
            (row("daa_part_3", "Croydon", "2024-01-01", "2024-11-27"), ["in_force_from"]),
            (row("daa_part_3", "Croydon", "2024-11-27", "2026-11-24"), ["in_force_until"]),
            (row("daa_part_3", "Croydon", "2024-11-27"), []),
            (row("daa_part_3", "Kent", "2024-11-27", is_withdrawn=True), ["areas"]),
            (row("daa_part_3", "Croydon", "2024-11-27", is_withdrawn=True), []),
        ],
    )
    def test_what_is_refused(self, entry, fields):
        assert said(entry) == fields


class TestBankHolidays:
    def test_a_proclaimed_day_is_left_out_on_both_readings(self):
        law = as_amended(LAW, [holiday("2027-06-04")])
        assert law.holidays.statutory.left_out(day("2027-06-04")) == "Jubilee bank holiday"
        assert law.holidays.safe.left_out(day("2027-06-04")) == "Jubilee bank holiday"

    def test_a_doubtful_day_is_left_out_on_the_words_of_the_act_alone(self):
        law = as_amended(LAW, [holiday("2027-06-04", safe=False)])
        (due,) = due_duties(ORDER_TYPES["dvpn"], facts("dvpn", "served 2027-06-03T10:00"), law)
        assert (due.due_at, due.act_by_at) == (at("2027-06-07T10:00"), at("2027-06-05T10:00"))

    def test_a_day_may_be_moved_and_an_added_one_withdrawn(self):
        moved = Entry(
            days=(DayEntry(day("2027-05-03"), "", False, False), DayEntry(day("2027-05-07"), "Early May bank holiday", True, True))
        )
        law = as_amended(LAW, [moved])
        assert [law.holidays.statutory.left_out(day(on)) for on in ("2027-05-03", "2027-05-07")] == ["", "Early May bank holiday"]
        withdrawn = as_amended(law, [holiday("2027-05-07", "", statutory=False, safe=False)])
        assert withdrawn.holidays.safe.left_out(day("2027-05-07")) == ""

    @pytest.mark.parametrize(
        ("entry", "fields"),
        [
            (holiday("2027-06-04"), []),
            (holiday("2027-06-06"), ["on"]),
            (holiday("2027-03-26"), ["on"]),
            (holiday("2027-12-25", "", statutory=False, safe=False), ["on"]),
            (holiday("2027-05-03"), ["on"]),
            (holiday("2027-05-03", "", statutory=False, safe=False), []),
            (holiday("2027-06-04", "", statutory=False, safe=False), ["on"]),
            (holiday("2027-05-03", safe=False), []),
            (holiday("2026-12-26"), []),
            (holiday("2026-12-26", safe=False), ["on"]),
            (holiday("2027-06-04", statutory=False), ["readings"]),
            (holiday("2031-01-01"), ["on"]),
            (holiday("2017-12-26"), ["on"]),
        ],
    )
    def test_what_is_refused(self, entry, fields):
        assert said(entry) == fields


class TestYears:
    entry = Entry(covers_until=date(2032, 12, 31))

    def test_years_are_added_by_computation_and_clocks_run_into_them(self):
        law = as_amended(LAW, [self.entry])
        assert (law.holidays.covers_until, law.holidays.safe.covers_until) == (date(2032, 12, 31), date(2032, 12, 31))
        assert law.holidays.statutory.left_out(day("2031-04-11")) == "Good Friday"
        (due,) = due_duties(ORDER_TYPES["dvpn"], facts("dvpn", "served 2030-12-31T12:00"), law)
        assert due.due_at == at("2031-01-03T12:00")
        assert {found.on.year for found in days_added(LAW.holidays, date(2032, 12, 31))} == {2031, 2032}

    def test_26_december_on_a_saturday_is_on_one_reading_alone(self):
        law = as_amended(LAW, [self.entry])
        assert (law.holidays.statutory.left_out(day("2032-12-26")), law.holidays.safe.left_out(day("2032-12-27"))) == (
            "Sunday",
            "27 December, bank holiday",
        )
        longer = as_amended(LAW, [Entry(covers_until=date(2037, 12, 31))])
        assert longer.holidays.statutory.left_out(day("2037-12-26")) == "26 December, bank holiday by Schedule 1"
        assert longer.holidays.safe.left_out(day("2037-12-26")) == ""

    @pytest.mark.parametrize("until", [date(2031, 6, 30), date(2030, 12, 31), date(2029, 12, 31), date(2041, 12, 31)])
    def test_what_is_refused(self, until):
        assert said(Entry(covers_until=until)) == ["year"]

    def test_a_proclaimed_day_may_follow_in_an_added_year(self):
        law = as_amended(LAW, [self.entry, holiday("2031-06-06")])
        assert law.holidays.safe.left_out(day("2031-06-06")) == "Jubilee bank holiday"


DAYS = st.dates(date(2026, 11, 26), date(2030, 11, 1))


@given(DAYS, st.integers(0, 47), DAYS)
def test_a_day_entered_moves_no_clock_that_does_not_run_over_it(start, hours, entered):
    served = f"served {start}T{hours % 24:02d}:30"
    law = as_amended(LAW, [Entry(days=(DayEntry(entered, "Jubilee", True, True),))])
    (before,), (after,) = (due_duties(ORDER_TYPES["dvpn"], facts("dvpn", served), tables) for tables in (LAW, law))
    if entered < start or entered > before.due_on:
        assert (before.due_at, before.act_by_at) == (after.due_at, after.act_by_at)
    assert after.due_at >= before.due_at
    assert after.due_at - before.due_at <= timedelta(days=4)


@given(DAYS, st.sampled_from(["bsa_s55", "bsa_s58", "daa_s55", "pcsca_s178"]), DAYS)
def test_law_that_begins_later_changes_nothing_of_what_happened_before(happened, code, begins):
    law = as_amended(LAW, [row(code, since=begins.isoformat())])
    for kind in ("dvpn", "scpo", "shpo"):
        given = facts(kind, f"{'served' if kind == 'dvpn' else 'made'} {happened}T10:00")
        before, after = (due_duties(ORDER_TYPES[kind], given, tables) for tables in (LAW, law))
        assert before == after or happened >= begins
