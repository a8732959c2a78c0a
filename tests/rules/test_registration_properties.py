"""What must hold of a registration for any dates at all."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.away import Away, ContinuedWhileAway, DaysAtLiberty, span_over
from orders_app.rules.facts import Event
from orders_app.rules.periods import DaysBeginningWith, MonthsAfter
from orders_app.rules.registrations.declaration import REGISTRATION, due_duties
from orders_app.rules.registrations.ends import period_end
from orders_app.rules.registrations.facts import HarmOrder, RegistrationFacts
from orders_app.rules.registrations.notification_periods import Disposal
from orders_app.rules.registrations.offers import not_allowed, possible_events
from orders_app.rules.registrations.problems import problems
from orders_app.rules.registrations.reviews import review_position
from orders_app.rules.registrations.status import registration_dates, status_from, status_on
from orders_app.rules.registrations.time_away import time_away
from tests.rules.examples import LAW

DAYS = st.dates(date(2003, 5, 1), date(2030, 11, 1))
TEXTS = st.sampled_from(["83", "84", "85", "none", "address", "yes", "no", "name", "stay", "remand", "police", "x", ""])
DETAILS = st.dictionaries(
    st.sampled_from(["type", "residence", "resets_annual", "of", "custody_kind", "premises", "period"]), TEXTS, max_size=3
)
DATED = st.dictionaries(
    st.sampled_from(["until", "specified_on", "departs", "returns_on", "relevant_on"]), DAYS.map(date.isoformat), max_size=2
)


@st.composite
def any_facts(draw):
    """Facts of any registration: any events in any order, whether lawful or not."""
    kinds = draw(st.lists(st.sampled_from(sorted(REGISTRATION.events)), max_size=9))
    events = tuple(
        Event(
            n, kind, draw(DAYS), details={**draw(DETAILS), **draw(DATED), "disposal": draw(st.sampled_from(Disposal)), "term_months": "9"}
        )
        for n, kind in enumerate(kinds, start=1)
    )
    orders = draw(st.lists(st.builds(HarmOrder, st.sampled_from(["shpo", "sro"]), DAYS, st.none() | DAYS), max_size=2))
    return RegistrationFacts(events, draw(st.none() | DAYS), tuple(orders))


@st.composite
def spans(draw):
    """Times away, apart from each other, the last perhaps still going on."""
    found, here = [], draw(DAYS)
    for _ in range(draw(st.integers(0, 4))):
        until = here + timedelta(days=draw(st.integers(0, 400)))
        found.append(Away(here, until, "away"))
        here = until + timedelta(days=draw(st.integers(1, 20)))
    return tuple(found) + ((Away(here, None, "away"),) if draw(st.booleans()) else ())


@given(DAYS, spans(), st.integers(1, 10))
def test_days_at_liberty_are_days_on_which_nobody_was_away(start, away, days):
    count = DaysAtLiberty(days).count(start, away)
    if count is None:
        assert away[-1].until_on is None
        return
    counted = [start + timedelta(days=n) for n in range((count.on - start).days + 1) if not span_over(away, start + timedelta(days=n))]
    assert (len(counted), counted[-1]) == (days, count.on)


@given(DAYS, st.integers(1, 10))
def test_without_time_away_the_days_are_as_ever(start, days):
    assert DaysAtLiberty(days).count(start, ()).on == DaysBeginningWith(days).last_day(start)


@given(DAYS, spans())
def test_a_year_never_ends_while_somebody_is_away_and_never_earlier_for_it(start, away):
    count = ContinuedWhileAway(MonthsAfter(12)).count(start, away)
    plain = MonthsAfter(12).last_day(start)
    assert count is None or (count.on >= plain and (count.on == plain or span_over(away, plain)))


@given(any_facts())
def test_same_facts_same_duties_whatever_their_order(facts):
    shuffled = replace(facts, events=tuple(reversed(facts.events)))
    assert due_duties(facts, LAW) == due_duties(shuffled, LAW)


@given(any_facts())
def test_every_deadline_is_told_apart_and_can_be_explained(facts):
    found = due_duties(facts, LAW)
    assert len({(due.started_by, due.key) for due in found}) == len(found)
    for due in found:
        assert due.met_by != due.started_by
        assert due.act_by_on <= due.due_on
        assert due.working.answer
        assert due.working.by_hand


@given(any_facts())
def test_nothing_open_falls_due_after_the_end(facts):
    end = period_end(facts)
    last = end.ends.on if end else None
    outlasting = [due for due in due_duties(facts, LAW) if due.met_by is None and last and due.due_on > last]
    assert outlasting == []


@given(any_facts(), DAYS)
def test_an_order_never_shortens_a_registration(facts, begins_on):
    end = period_end(facts)
    longer = period_end(replace(facts, orders=(*facts.orders, HarmOrder("shpo", begins_on, begins_on + timedelta(days=1900)))))
    if end and end.last_day and longer and longer.last_day:
        assert longer.last_day >= end.last_day


@given(any_facts(), DAYS)
def test_every_day_has_one_status_and_offers_only_what_the_law_knows(facts, day):
    assert status_on(facts, day) is status_from(registration_dates(facts), day)
    assert set(possible_events(facts, day, LAW)) <= REGISTRATION.events
    assert all(refusal.citation.url for refusal in not_allowed(facts, day, LAW))


@given(any_facts(), DAYS)
def test_nobody_with_an_end_is_reviewed(facts, day):
    position, end = review_position(facts, day), period_end(facts)
    assert position is None or (end and end.is_indefinite and not end.closed_by)


@given(any_facts())
def test_every_problem_names_a_field_a_way_out_and_a_section(facts):
    for problem in problems(facts):
        assert problem.field
        assert problem.message
        assert problem.citation.url


@given(any_facts())
def test_times_away_are_apart_and_in_order(facts):
    away = time_away(facts)
    assert all(one.until_on is not None and one.until_on < other.from_on for one, other in pairwise(away))


def test_a_registration_of_nothing_asks_for_nothing():
    assert due_duties(RegistrationFacts(), LAW) == []
