"""What becomes of an e-mail after each answer, and when it is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.deliveries import LEASE, LONGEST_TRY, Answer, Kind, Settled, State, Tried, message_id, settled, wait_after

NOW = datetime(2026, 11, 26, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        (Answer.SENT, State.SENT),
        (Answer.REFUSED, State.REFUSED),
        (Answer.UNCERTAIN, State.UNCERTAIN),
        (Answer.NOT_NOW, State.WAITING),
        (Answer.BROKE, State.WAITING),
        (Answer.NO_SERVER, State.WAITING),
    ],
)
def test_only_what_surely_did_not_go_waits_for_another_try(answer: Answer, becomes: State) -> None:
    found = settled(Tried(answer), Kind.DIGEST, 1, NOW)
    assert found == Settled(becomes, NOW + timedelta(minutes=1) if becomes is State.WAITING else None)


@pytest.mark.parametrize(("kind", "minutes"), [(Kind.DIGEST, [1, 2, 5, 15, 30, 60, 60]), (Kind.AT_ONCE, [1, 2, 5, 5, 5, 5, 5])])
def test_each_wait_is_longer_and_none_is_long_for_what_is_told_at_once(kind: Kind, minutes: list[int]) -> None:
    assert [wait_after(attempts, kind) for attempts in range(1, 8)] == [timedelta(minutes=each) for each in minutes]


def test_a_lease_outlasts_a_try_and_what_a_killed_sender_had_is_told_in_time() -> None:
    assert LONGEST_TRY < LEASE < timedelta(minutes=5)


@given(st.integers(1, 10_000), st.sampled_from(Kind))
def test_there_is_always_another_try(attempts: int, kind: Kind) -> None:
    assert timedelta(0) < wait_after(attempts, kind) <= wait_after(attempts + 1, kind) <= timedelta(hours=1)


@given(st.integers(1), st.integers(1))
def test_a_message_has_one_name_however_often_it_is_tried(one: int, other: int) -> None:
    first = message_id("https://orderwatch.example", one, "force.example")
    assert first == message_id("https://orderwatch.example", one, "force.example")
    assert (first == message_id("https://orderwatch.example", other, "force.example")) is (one == other)
    assert first.startswith("<")
    assert first.endswith("@force.example>")
