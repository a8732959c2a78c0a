"""The stages of alerts: reached at a moment, never missed, whatever the calendar does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.reference import RECORD_TYPES, load_holidays, load_stages
from orders_app.rules.alerting import (
    AlertClass,
    Band,
    LeadUnit,
    Snoozing,
    Stage,
    band_of,
    cutoffs,
    last_stages,
    next_stage,
    problems_with,
    snoozing,
    stage_reached,
)
from orders_app.rules.london import midnight_after
from orders_app.rules.periods import LONDON

HOLIDAYS = load_holidays()
STAGES = load_stages()
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CLASSES = st.sampled_from(AlertClass)


LAWS_DATE = "the law sets a date on this record that day"


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("alert_class", "act_by_at", "now", "stage"),
    [
        # a day duty that ends at 24:00 on Sunday 29 November
        ("notification", local(2026, 11, 30), local(2026, 11, 21, 23, 59), None),
        ("notification", local(2026, 11, 30), local(2026, 11, 22, 0, 0), "7_days"),
        ("notification", local(2026, 11, 30), local(2026, 11, 28, 23, 59), "7_days"),
        ("notification", local(2026, 11, 30), local(2026, 11, 29, 0, 0), "due_today"),
        ("notification", local(2026, 11, 30), local(2026, 11, 30, 0, 0), "overdue"),
        ("notification", local(2026, 11, 30), local(2026, 12, 5, 23, 59), "overdue"),
        ("notification", local(2026, 11, 30), local(2026, 12, 6, 0, 0), "7_days_overdue"),
        # over the clock change: 24:00 on Sunday 29 March is 23:00 UTC, and its first stage begins at 00:00 the Sunday before
        ("service", local(2026, 3, 30), local(2026, 3, 22, 0, 0), "7_days"),
        ("service", local(2026, 3, 30), local(2026, 3, 29, 0, 0), "due_today"),
        # a hearing listed for Tuesday at 10:00: warned of in days, as it is listed
        ("hearing", local(2026, 11, 24, 10), local(2026, 10, 26, 23, 59), None),
        ("hearing", local(2026, 11, 24, 10), local(2026, 11, 21, 23, 59), "7_days"),
        ("hearing", local(2026, 11, 24, 10), local(2026, 11, 22, 0, 0), "2_days"),
        ("hearing", local(2026, 11, 24, 10), local(2026, 11, 24, 0, 0), "due_today"),
        ("hearing", local(2026, 11, 24, 10), local(2026, 11, 24, 10, 0), "overdue"),
        # 48 hours from Saturday 22:40, the Sunday left out: Tuesday 22:40
        ("hour_clock", local(2026, 11, 24, 22, 40), local(2026, 11, 21, 22, 40), "opened"),
        ("hour_clock", local(2026, 11, 24, 22, 40), local(2026, 11, 23, 22, 39), "opened"),
        ("hour_clock", local(2026, 11, 24, 22, 40), local(2026, 11, 23, 22, 40), "24_hours"),
        ("hour_clock", local(2026, 11, 24, 22, 40), local(2026, 11, 24, 18, 40), "4_hours"),
        ("hour_clock", local(2026, 11, 24, 22, 40), local(2026, 11, 24, 22, 40), "overdue"),
        # Monday 10:00 is 10 countable hours from any time on Sunday, and 12 from 22:00 on Saturday
        ("hour_clock", local(2026, 11, 23, 10, 0), local(2026, 11, 21, 21, 59), "24_hours"),
        ("hour_clock", local(2026, 11, 23, 10, 0), local(2026, 11, 21, 22, 0), "12_hours"),
        ("hour_clock", local(2026, 11, 23, 10, 0), local(2026, 11, 22, 12, 0), "12_hours"),
        ("hour_clock", local(2026, 11, 23, 10, 0), local(2026, 11, 23, 6, 0), "4_hours"),
        # Good Friday 3 April, Easter Sunday and Easter Monday 2026 are left out; Saturday 4 April counts
        ("hour_clock", local(2026, 4, 7, 12, 0), local(2026, 4, 4, 12, 0), "24_hours"),
        ("hour_clock", local(2026, 4, 7, 12, 0), local(2026, 4, 4, 11, 59), "opened"),
        # Christmas 2026: Friday 25 is left out; by the safe reading Saturday 26 counts
        ("hour_clock", local(2026, 12, 26, 12, 0), local(2026, 12, 24, 12, 0), "24_hours"),
    ],
)
def test_the_stage_reached(alert_class: str, act_by_at: datetime, now: datetime, stage: str | None) -> None:
    assert stage_reached(STAGES, AlertClass(alert_class), act_by_at, now, HOLIDAYS) == stage


@given(CLASSES, MOMENTS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_time_only_ever_takes_a_deadline_further(alert_class: AlertClass, act_by_at: datetime, now: datetime, later: timedelta) -> None:
    ranks = {None: 0} | {stage.name: stage.rank for stage in STAGES if stage.alert_class is alert_class}
    before, after = (stage_reached(STAGES, alert_class, act_by_at, at, HOLIDAYS) for at in (now, now + later))
    assert ranks[before] <= ranks[after]


@given(CLASSES, MOMENTS)
def test_whatever_has_passed_has_reached_the_overdue_stage(alert_class: AlertClass, now: datetime) -> None:
    assert stage_reached(STAGES, alert_class, now, now, HOLIDAYS) == "overdue"


def test_past_the_end_of_the_holiday_table_it_warns_too_early_rather_than_not_at_all() -> None:
    end = datetime.combine(HOLIDAYS.covers_until, datetime.min.time(), UTC)
    found = {cutoff.stage: cutoff.at for cutoff in cutoffs(STAGES, end, HOLIDAYS) if cutoff.alert_class is AlertClass.HOUR_CLOCK}
    assert found["opened"] > end
    beyond = end + timedelta(days=40)
    assert {cutoff.at for cutoff in cutoffs(STAGES, beyond, HOLIDAYS) if cutoff.alert_class is AlertClass.HOUR_CLOCK} == {beyond}


@pytest.mark.parametrize(
    ("act_by_at", "band"),
    [
        (local(2026, 11, 22, 8, 14), Band.OVERDUE),
        (local(2026, 11, 22, 8, 15), Band.SOON),
        (local(2026, 11, 29), Band.SOON),
        (local(2026, 11, 29, 0, 1), Band.LATER),
    ],
)
def test_bands(act_by_at: datetime, band: Band) -> None:
    assert band_of(act_by_at, local(2026, 11, 22, 8, 14)) is band


def a_stage(rank: int, lead: int, unit: LeadUnit = LeadUnit.DAYS, **columns: object) -> Stage:
    values: dict[str, object] = {"alert_class": AlertClass.REVIEW, "name": f"stage {rank}", "escalate_after": timedelta(hours=1), **columns}
    return Stage(rank=rank, lead=lead, unit=unit, **values)  # type: ignore[arg-type]


OVERDUE = a_stage(9, 0, LeadUnit.DAYS_PAST, again_after=timedelta(days=7))


@pytest.mark.parametrize(
    ("stages", "problem"),
    [
        ([a_stage(1, 7)], "has no stage for when the deadline has passed"),
        ([a_stage(1, 7), a_stage(1, 3), OVERDUE], "rank 1 is used more than once"),
        ([a_stage(1, 7, name="a"), a_stage(2, 3, name="a"), OVERDUE], "stage a is used more than once"),
        ([a_stage(1, 3), a_stage(2, 7), OVERDUE], "a stage of a higher rank comes no later"),
        ([a_stage(1, -7), OVERDUE], "below nought"),
        ([a_stage(1, 7, escalate_after=timedelta(hours=-1)), OVERDUE], "below nought"),
        ([a_stage(1, 7, again_after=timedelta(days=-1)), OVERDUE], "below nought"),
        ([a_stage(1, 7), a_stage(2, 0, LeadUnit.DAYS_PAST)], "its last stage does not say after how many days it is said again"),
    ],
)
def test_a_policy_that_could_lose_a_deadline_is_refused(stages: list[Stage], problem: str) -> None:
    others = [stage for stage in STAGES if stage.alert_class is not AlertClass.REVIEW]
    assert any(problem in said for said in problems_with([*stages, *others]))


@pytest.mark.parametrize(
    ("alert_class", "act_by_at", "now", "stage", "on"),
    [
        ("review", local(2026, 12, 10), local(2026, 11, 22, 8), "7_days", date(2026, 12, 2)),
        ("review", local(2026, 12, 10), local(2026, 12, 2, 8), "due_today", date(2026, 12, 9)),
        ("review", local(2026, 12, 10), local(2026, 12, 9, 8), "overdue", date(2026, 12, 10)),
        ("review", local(2026, 12, 10), local(2026, 12, 10, 8), "7_days_overdue", date(2026, 12, 16)),
        ("hour_clock", local(2026, 11, 26, 10), local(2026, 11, 24, 8), "24_hours", date(2026, 11, 25)),
        ("hour_clock", local(2026, 11, 26, 1), local(2026, 11, 25, 12), "12_hours", date(2026, 11, 25)),
        ("hour_clock", local(2026, 11, 30, 1), local(2026, 11, 28, 12), "12_hours", date(2026, 11, 28)),
    ],
)
def test_the_next_stage_is_known_with_its_day(alert_class: str, act_by_at: datetime, now: datetime, stage: str, on: date) -> None:
    following = next_stage(STAGES, AlertClass(alert_class), act_by_at, now, HOLIDAYS)
    assert following is not None
    assert (following[0].name, following[1]) == (stage, on)


@pytest.mark.parametrize("alert_class", AlertClass)
def test_after_the_last_stage_there_is_none(alert_class: AlertClass) -> None:
    assert next_stage(STAGES, alert_class, local(2026, 11, 1), local(2026, 11, 22, 8), HOLIDAYS) is None


@given(CLASSES, MOMENTS, st.timedeltas(timedelta(days=-20), timedelta(days=120)))
def test_the_day_of_the_next_stage_is_the_first_on_which_it_is_reached(alert_class: AlertClass, now: datetime, ahead: timedelta) -> None:
    following = next_stage(STAGES, alert_class, now + ahead, now, HOLIDAYS)
    if following is None:
        return
    stage, on = following
    last_of_the_day = midnight_after(on) - timedelta(microseconds=1)
    before = max(now, midnight_after(on - timedelta(days=1)) - timedelta(microseconds=1))
    assert stage_reached([stage], alert_class, now + ahead, last_of_the_day, HOLIDAYS) == stage.name
    assert stage_reached([stage], alert_class, now + ahead, before, HOLIDAYS) is None


def test_a_type_with_stages_of_its_own_has_only_those() -> None:
    ends_at = local(2026, 12, 10)
    for record_type, now, stage in (
        ("spo", local(2026, 11, 12), "28_days"),
        ("dvpo", local(2026, 11, 12), None),
        ("dvpo", local(2026, 12, 1, 23, 59), None),
        ("dvpo", local(2026, 12, 2), "7_days"),
        ("dvpo", local(2026, 12, 7), "2_days"),
        ("dvpo", local(2026, 12, 10), "overdue"),
    ):
        assert stage_reached(STAGES, AlertClass.EXPIRY, ends_at, now, HOLIDAYS, record_type=record_type) == stage


def test_the_stages_of_a_type_are_checked_by_themselves() -> None:
    of_its_own = [a_stage(1, 7, record_type="spo"), a_stage(2, 9, record_type="spo"), a_stage(1, 7, record_type="zzz")]
    said = problems_with([*STAGES, *of_its_own], ["spo"])
    assert "review: no record is of the type zzz" in said
    assert "review of spo: has no stage for when the deadline has passed" in said
    assert "review of spo: a stage of a higher rank comes no later than one of a lower rank" in said


def test_the_policy_in_use_is_sound_and_covers_every_class() -> None:
    assert problems_with(STAGES, RECORD_TYPES) == []
    assert {stage.alert_class for stage in STAGES} == set(AlertClass)


@pytest.mark.parametrize(
    ("act_by_at", "is_law", "next_statutory_on", "expected"),
    [
        (
            local(2026, 11, 20),
            False,
            None,
            Snoozing(date(2026, 11, 29), "an alert may be quiet for 7 days at most once the date has passed"),
        ),
        (local(2026, 12, 30), False, date(2026, 12, 21), Snoozing(date(2026, 12, 20), "an alert may be quiet for 28 days at most")),
        (local(2026, 11, 20), True, None, Snoozing(refusal="It cannot be snoozed: the law set this date, and it has passed")),
        (local(2026, 11, 27), True, date(2026, 11, 26), Snoozing(date(2026, 11, 26), LAWS_DATE)),
        (local(2026, 11, 27), False, date(2026, 11, 23), Snoozing(date(2026, 11, 23), LAWS_DATE)),
        (
            local(2026, 11, 27),
            False,
            date(2026, 11, 22),
            Snoozing(refusal="It cannot be snoozed: the law sets a date on this record today"),
        ),
    ],
)
def test_nothing_is_quiet_past_a_date_that_the_law_sets(
    act_by_at: datetime, is_law: bool, next_statutory_on: date | None, expected: Snoozing
) -> None:
    now = datetime(2026, 11, 22, 8, 14, tzinfo=UTC)
    assert snoozing(act_by_at, is_law=is_law, next_statutory_on=next_statutory_on, now=now) == expected


def test_the_last_stages_of_each_scope_are_the_last_before_the_moment_and_all_after_it() -> None:
    of_all = {"28_days": 28, "7_days": 7, "overdue": None, "7_days_overdue": None}
    of_one_type = {"2_days": 2, "overdue": None}
    stages = [*_expiry_stages("", of_all), *_expiry_stages("dvpo", of_one_type)]
    assert [(stage.record_type, stage.name) for stage in last_stages(stages)] == [
        ("", "7_days"), ("", "overdue"), ("", "7_days_overdue"), ("dvpo", "2_days"), ("dvpo", "overdue"),
    ]  # fmt: skip
    assert last_stages([]) == ()


def _expiry_stages(record_type: str, leads: dict[str, int | None]) -> list[Stage]:
    return [
        Stage(
            alert_class=AlertClass.EXPIRY, record_type=record_type, name=name, rank=rank, lead=lead or 0,
            unit=LeadUnit.DAYS if lead else LeadUnit.DAYS_PAST, escalate_after=timedelta(0),
        )
        for rank, (name, lead) in enumerate(leads.items(), 1)
    ]  # fmt: skip
