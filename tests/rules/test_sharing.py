"""A caseload is shared out: everything goes exactly once, nobody gets much more than another, and always the same way."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.sharing import Going, share_out

TAKERS = ("ann", "ben", "cora")
EVERYBODY = frozenset(TAKERS)


def going(reference: str, person: int, deadlines: int, takers: frozenset[str] = EVERYBODY) -> Going:
    return Going(reference, person, deadlines, takers)


@st.composite
def caseloads(draw: st.DrawFn, *, restricted: bool) -> list[Going]:
    numbers = draw(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 9)), max_size=40))
    able = st.frozensets(st.sampled_from(TAKERS)) if restricted else st.just(EVERYBODY)
    return [going(f"SPO-{place:04}", person, deadlines, draw(able)) for place, (person, deadlines) in enumerate(numbers)]


@given(caseloads(restricted=True), st.lists(st.sampled_from(TAKERS), min_size=1, unique=True))
def test_everything_goes_exactly_once_to_somebody_who_may_have_it_or_stays(records: list[Going], takers: list[str]) -> None:
    shared = share_out(records, takers)
    assert sorted((*shared.gives, *shared.stays)) == sorted(record.reference for record in records)
    for record in records:
        able = record.takers & set(takers)
        assert shared.gives.get(record.reference) in able if able else record.reference in shared.stays


@given(caseloads(restricted=False), st.lists(st.sampled_from(TAKERS), min_size=1, unique=True))
def test_nobody_has_more_than_another_by_more_than_the_largest_persons_share(records: list[Going], takers: list[str]) -> None:
    gives = share_out(records, takers).gives
    loads = {taker: sum(one.deadlines for one in records if gives[one.reference] == taker) for taker in takers}
    people: Counter[int] = Counter()
    for record in records:
        people[record.person] += record.deadlines
    assert max(loads.values()) - min(loads.values()) <= max(people.values(), default=0)


@given(caseloads(restricted=False))
def test_one_persons_records_go_to_one_officer(records: list[Going]) -> None:
    gives = share_out(records, TAKERS).gives
    assert all(len({gives[one.reference] for one in records if one.person == person}) == 1 for person in {one.person for one in records})


@given(caseloads(restricted=True), st.randoms())
def test_the_same_question_has_the_same_answer_in_whatever_order_it_is_asked(records: list[Going], random: object) -> None:
    mixed = list(records)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert share_out(mixed, TAKERS).gives == share_out(records, TAKERS).gives


def test_records_without_deadlines_are_shared_out_too() -> None:
    gives = share_out([going(f"RO-{n}", n, 0) for n in range(6)], TAKERS).gives
    assert Counter(gives.values()) == {"ann": 2, "ben": 2, "cora": 2}


def test_records_without_deadlines_do_not_all_go_to_whoever_has_fewest_deadlines() -> None:
    heavy = [going("A", 1, 3), going("B", 2, 3), going("C", 3, 2)]
    gives = share_out([*heavy, *(going(f"RO-{n}", 10 + n, 0) for n in range(30))], TAKERS).gives
    assert Counter(gives.values()) == {"ann": 11, "ben": 11, "cora": 11}


def test_what_only_one_may_see_goes_there_and_the_rest_makes_up_for_it() -> None:
    secret = [going("A", 1, 5, frozenset({"ben"})), going("B", 2, 4, frozenset({"ben"}))]
    gives = share_out([*secret, going("C", 3, 3), going("D", 4, 3), going("E", 5, 2)], ["ann", "ben"]).gives
    assert (gives["A"], gives["B"]) == ("ben", "ben")
    assert {gives[reference] for reference in "CDE"} == {"ann"}


def test_a_persons_records_that_nobody_may_have_together_are_given_one_by_one() -> None:
    shared = share_out([going("A", 1, 1, frozenset({"ann"})), going("B", 1, 1, frozenset({"ben"})), going("C", 1, 1, frozenset())], TAKERS)
    assert (shared.gives, shared.stays) == ({"A": "ann", "B": "ben"}, ("C",))


def test_with_nobody_to_take_it_there_is_no_answer() -> None:
    with pytest.raises(ValueError, match="nobody"):
        share_out([going("A", 1, 1)], [])
