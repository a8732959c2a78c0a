"""The table of left-out days, against an independent computation, and how it is read from its file."""

import json
from datetime import date, timedelta

import holidays as oracle
import pytest

from config.reference import BadReferenceData, load_holidays, load_provisions
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.periods import HoursLeavingOut
from tests.rules.examples import HOLIDAYS, LAW, at, day

YEARS = range(2018, 2031)
NOT_IN_TABLE = {date(2021, 12, 26), date(2022, 1, 1), date(2023, 1, 1), date(2027, 12, 26), date(2028, 1, 1), date(2022, 12, 25)}


def table(calendar):
    return set(calendar.named) | set(calendar.bank)


def test_safe_list_is_the_published_one():
    computed = oracle.country_holidays("GB", subdiv="ENG", years=YEARS)
    on_weekdays = {on for on in computed if on.weekday() < 5}
    assert {on for on in table(HOLIDAYS.safe) if on.weekday() < 5} == on_weekdays


def test_weekend_days_in_the_table_are_only_christmas_days_and_saturdays_in_schedule_1():
    weekend = {on for on in HOLIDAYS.statutory.bank if on.weekday() >= 5}
    assert weekend == {date(2020, 12, 26), date(2026, 12, 26)}
    assert not weekend & set(HOLIDAYS.safe.bank)
    assert not table(HOLIDAYS.statutory) & (NOT_IN_TABLE - {date(2022, 12, 25)})


def test_every_year_has_its_christmas_day_and_good_friday_on_both_lists():
    assert [sum(on.year == year for on in HOLIDAYS.safe.named) for year in YEARS] == [2] * len(YEARS)
    assert HOLIDAYS.safe.named == HOLIDAYS.statutory.named
    assert all(on.weekday() == 4 for on, name in HOLIDAYS.safe.named.items() if name == "Good Friday")


def test_safe_list_leaves_out_no_day_that_the_statutory_list_counts():
    assert set(HOLIDAYS.safe.bank) <= set(HOLIDAYS.statutory.bank)


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("2026-04-03", "Good Friday"),
        ("2026-04-06", "Easter Monday, bank holiday"),
        ("2026-04-05", "Sunday"),
        ("2026-04-04", ""),
        ("2020-05-08", "Early May bank holiday"),
        ("2020-05-04", ""),
        ("2022-05-30", ""),
        ("2022-06-03", "Platinum Jubilee bank holiday"),
        ("2022-09-19", "State Funeral bank holiday"),
        ("2028-01-01", ""),
        ("2028-01-03", "New Year’s Day substitute, bank holiday"),
        ("2027-12-27", "27 December, bank holiday"),
        ("2026-01-02", ""),
        ("2026-03-17", ""),
        ("2026-08-03", ""),
        ("2026-11-30", ""),
    ],
)
def test_days_by_name(on, name):
    assert HOLIDAYS.statutory.left_out(day(on)) == name
    assert HOLIDAYS.left_out(day(on)) == name


def test_bank_holidays_may_be_counted_while_named_days_never_are():
    assert HOLIDAYS.safe.left_out(day("2026-04-06"), bank_holidays_too=False) == ""
    assert HOLIDAYS.safe.left_out(day("2026-04-03"), bank_holidays_too=False) == "Good Friday"


@pytest.mark.parametrize("on", [HOLIDAYS.covers_from - timedelta(days=1), HOLIDAYS.covers_until + timedelta(days=1)])
def test_refuses_days_outside_the_table(on):
    with pytest.raises(OutsideTable, match="runs from Monday 1 January 2018 to Tuesday 31 December 2030"):
        HOLIDAYS.statutory.left_out(on)


def test_a_clock_that_runs_past_the_table_is_refused():
    with pytest.raises(OutsideTable) as refused:
        HoursLeavingOut(48).ends_at(at("2030-12-31T12:00"), HOLIDAYS)
    assert refused.value.day == day("2031-01-01")


def test_provisions_by_area_and_day():
    assert LAW.provisions.in_force("daa_part_3", " croydon ", day("2026-11-22"))
    assert LAW.provisions.in_force("daa_part_3", "Croydon", day("2026-11-24"))
    assert not LAW.provisions.in_force("daa_part_3", "Croydon", day("2026-11-25"))
    assert not LAW.provisions.in_force("daa_part_3", "Croydon", day("2024-11-26"))
    assert not LAW.provisions.in_force("daa_part_3", "Kent", day("2026-11-22"))
    assert not LAW.provisions.in_force("nothing", "Croydon", day("2026-11-22"))
    assert len(LAW.provisions.areas("daa_part_3", day("2024-12-01"))) == 4
    assert len(LAW.provisions.areas("daa_part_3", day("2026-11-22"))) == 14
    assert LAW.provisions.areas("daa_part_3", day("2027-01-01")) == []


def test_a_broken_holiday_file_names_itself(tmp_path):
    broken = tmp_path / "holidays.json"
    broken.write_text(json.dumps({"covers_from": "2026-01-01", "covers_until": "2026-12-31"}), encoding="utf-8")
    with pytest.raises(BadReferenceData, match=r"holidays\.json"):
        load_holidays(broken)


def test_a_broken_file_of_provisions_names_itself(tmp_path):
    broken = tmp_path / "provisions.csv"
    broken.write_text("provision,area,in_force_from,in_force_until,citation,url,note\ndaa_part_3,Croydon,soon,,x,y,\n", encoding="utf-8")
    with pytest.raises(BadReferenceData, match=r"provisions\.csv"):
        load_provisions(broken)


def test_a_provision_may_have_no_end(tmp_path):
    rows = tmp_path / "provisions.csv"
    rows.write_text(
        "provision,area,in_force_from,in_force_until,citation,url,note\ndaa_part_3,Croydon,2024-11-27,,x,y,\n", encoding="utf-8"
    )
    assert load_provisions(rows).in_force("daa_part_3", "Croydon", day("2099-01-01"))
