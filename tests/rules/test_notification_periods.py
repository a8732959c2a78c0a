"""The table of section 82: which row, how long, half or whole."""

import pytest

from orders_app.rules.registrations.notification_periods import TABLE, Disposal, Term, disposal_of, row_for
from tests.rules.examples import day
from tests.rules.registration_examples import ends, last_day, registration

ADULT, CHILD = "1990-01-01", "2010-06-01"
CONVICTED_ON = "2026-11-20"
YEARS = [
    # disposal and term, adult, under 18; by the relevant date 20 November 2026
    ("disposal=life", "", ""),
    ("disposal=imprisonment term_months=30", "", ""),
    ("disposal=imprisonment term_years=2 term_months=6", "", ""),
    ("disposal=hospital_restricted", "", ""),
    ("disposal=imprisonment term_months=29 term_days=30", "2036-11-19", "2031-11-19"),
    ("disposal=imprisonment term_months=6 term_days=1", "2036-11-19", "2031-11-19"),
    ("disposal=imprisonment term_months=6", "2033-11-19", "2030-05-19"),
    ("disposal=imprisonment term_days=1", "2033-11-19", "2030-05-19"),
    ("disposal=suspended term_months=18", "2036-11-19", "2031-11-19"),
    ("disposal=extended term_years=5", "", ""),
    ("disposal=detention_and_training term_months=4", "2033-11-19", "2030-05-19"),
    ("disposal=hospital", "2033-11-19", "2030-05-19"),
    ("disposal=other", "2031-11-19", "2029-05-19"),
    ("disposal=conditional_discharge term_months=12", "2027-11-19", "2027-11-19"),
]


@pytest.mark.parametrize(("disposal", "adult", "child"), YEARS)
def test_the_period(disposal, adult, child):
    convicted = f"convicted {CONVICTED_ON} {disposal}"
    assert (last_day(convicted, born=ADULT), last_day(convicted, born=CHILD)) == (adult, child)
    assert ends(registration(convicted)).is_indefinite is (adult == "")


def test_a_caution_has_two_years_and_half_under_18():
    assert (last_day(f"cautioned {CONVICTED_ON}", born=ADULT), last_day(f"cautioned {CONVICTED_ON}", born=CHILD)) == (
        "2028-11-19",
        "2027-11-19",
    )


@pytest.mark.parametrize(("born", "is_half"), [("2008-11-20", False), ("2008-11-21", True), ("", False)])
def test_age_is_tested_on_the_relevant_date_and_an_unknown_one_counts_as_adult(born, is_half):
    assert (last_day(f"cautioned {CONVICTED_ON}", born=born) == "2027-11-19") is is_half


@pytest.mark.parametrize(("days", "code"), [(181, "short_term"), (182, "middle_term"), (184, "middle_term")])
def test_a_term_in_days_alone_is_laid_beside_the_calendar(days, code):
    assert row_for(Disposal.IMPRISONMENT, Term(days=days), day("2026-02-01")).code == code  # six months: to 31 July, 181 days


def test_a_sentence_passed_later_counts_from_conviction():
    assert last_day("convicted 2026-09-01", "sentenced 2026-11-20 disposal=imprisonment term_months=18") == "2036-08-31"


def test_a_conditional_discharge_ends_with_the_discharge():
    assert last_day("convicted 2026-09-01", "sentenced 2026-11-20 disposal=conditional_discharge term_months=24") == "2028-11-19"


def test_a_sentence_may_name_the_conviction_that_it_is_for():
    events = ["convicted 2026-09-01", "convicted 2026-10-01", "sentenced 2026-11-20 disposal=other for=2026-09-01"]
    assert ends(registration(*events)).words == "Not known until the sentence is recorded"
    assert last_day(*events, "sentenced 2026-11-21 disposal=life for=2026-10-01") == ""
    assert last_day(*events, "sentenced 2026-11-21 disposal=imprisonment term_months=5") == "2033-09-30"


def test_the_last_of_several_periods_decides():
    assert last_day("convicted 2020-01-06 disposal=imprisonment term_months=12", "cautioned 2026-11-20") == "2030-01-05"
    assert last_day("convicted 2020-01-06 disposal=imprisonment term_months=12", "cautioned 2029-11-20") == "2031-11-19"


def test_nobody_is_subject_after_an_absolute_discharge():
    assert last_day("cautioned 2026-01-05", "convicted 2026-03-02 disposal=absolute_discharge") == "2028-01-04"


def test_a_foreign_notice_counts_from_the_conviction_abroad():
    notice = "notice_given 2026-11-20 relevant_on=2024-03-01 disposal=imprisonment term_months=18"
    assert last_day(notice) == "2034-02-28"
    assert last_day("notice_given 2026-11-20 relevant_on=2025-03-01 disposal=caution", born=ADULT) == "2027-02-28"


def test_what_cannot_be_read_is_not_guessed():
    assert disposal_of({"disposal": "prison"}) is None
    assert disposal_of({"disposal": "imprisonment", "term_months": "six"}) is None
    assert ends(registration("convicted 2026-11-20 disposal=prison")).is_open


def test_the_table_reads_as_the_act_does():
    said = {row.words: (row.length(is_child=False), row.length(is_child=True)) for row in TABLE}
    assert said["Imprisonment for 30 months or more"] == ("indefinite", "indefinite")
    assert said["Imprisonment for 6 months or less"] == ("7 years", "42 months, half of 7 years because the person was under 18")


@pytest.mark.parametrize(
    ("term", "words"), [(Term(18), "18 months"), (Term(24, 1), "2 years and 1 day"), (Term(days=183), "183 days"), (Term(), "")]
)
def test_a_term_in_words(term, words):
    assert str(term) == words
