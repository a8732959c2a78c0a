"""Standard conditions: blanks, versions, and what no Act allows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.condition_library import SHIPPED, SLOTS, Template, current, for_type, named_parts, problem_with, problems_with
from orders_app.rules.facts import ConditionKind
from orders_app.rules.order_types import ORDER_TYPES

CONTACT = Template(
    key="contact",
    label="Not to contact {person}",
    words="Not to contact {person} within {distance} metres of {place}, nor {person} elsewhere.",
    short_form="No contact with {person}",
    order_types=frozenset({"spo"}),
)


def fields(template):
    return [problem.field for problem in problems_with(template, ORDER_TYPES)]


def test_each_blank_is_asked_for_once_in_the_order_of_the_words():
    assert CONTACT.slots == ("person", "distance", "place")


def test_filling_the_blanks_gives_the_words_and_the_short_form():
    words, short = CONTACT.filled({"person": "Priya Raman", "distance": "100", "place": "Elm Street"})
    assert words == "Not to contact Priya Raman within 100 metres of Elm Street, nor Priya Raman elsewhere."
    assert short == "No contact with Priya Raman"


def test_a_blank_without_an_answer_stays_open_and_is_seen():
    assert CONTACT.filled({"person": ""})[1] == "No contact with …"


def test_an_answer_is_never_read_as_a_blank_itself():
    assert CONTACT.filled({"person": "{distance} {0.__class__}"})[1] == "No contact with {distance} {0.__class__}"


def test_a_long_name_is_not_cut_out_of_the_short_form():
    assert CONTACT.filled({"person": "x" * 90})[1].endswith("x" * 90)


@pytest.mark.parametrize(
    ("slot", "answer", "is_wrong"),
    [
        ("distance", "100", False),
        ("distance", "1,000", False),
        ("distance", "100 m", True),
        ("distance", "0", True),
        ("distance", "-5", True),
        ("distance", "٣", True),
        ("distance", "", False),
        ("hours", "21:00 to 06:00", False),
        ("hours", "9pm till 6am", True),
        ("hours", "21.00 - 24.00", False),
        ("person", "Zoë O’Brien-Łuczak", False),
        ("place", "x" * 201, True),
    ],
)
def test_what_may_stand_in_a_blank(slot, answer, is_wrong):
    assert bool(problem_with(SLOTS[slot], answer)) is is_wrong


@pytest.mark.parametrize("template", SHIPPED, ids=lambda template: template.key)
def test_every_condition_that_is_shipped_can_be_used(template):
    assert problems_with(template, ORDER_TYPES) == []
    assert template.order_types <= ORDER_TYPES.keys()
    assert template.slots or "{" not in template.words


def test_every_shipped_condition_has_a_key_of_its_own():
    assert len({template.key for template in SHIPPED}) == len(SHIPPED)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"label": ""}, "label"),
        ({"words": ""}, "words"),
        ({"words": "Not to contact {nobody}."}, "words"),
        ({"words": "Not to contact {person."}, "words"),
        ({"words": "Not to contact {}."}, "words"),
        ({"words": "Not to contact {person!r:>9}."}, "words"),
        ({"short_form": "Stay away from {address}"}, "short_form"),
        ({"short_form": "x" * 65}, "short_form"),
        ({"order_types": frozenset()}, "order_types"),
        ({"order_types": frozenset({"no_such_order"})}, "order_types"),
        ({"order_types": frozenset({"dvpo"}), "kind": ConditionKind.REQUIREMENT}, "order_types"),
        ({"order_types": frozenset({"spo"}), "is_electronic_monitoring": True}, "order_types"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_beside_its_box(change, field):
    assert field in fields(replace(CONTACT, **change))


def test_a_requirement_is_refused_with_the_section_where_the_act_knows_none():
    (problem,) = problems_with(replace(CONTACT, order_types=frozenset({"dvpo"}), kind=ConditionKind.REQUIREMENT), ORDER_TYPES)
    assert problem.citation is not None
    assert "Crime and Security Act 2010" in str(problem.citation)


def test_nothing_is_offered_that_the_act_of_the_type_does_not_allow():
    anywhere = replace(CONTACT, order_types=frozenset(ORDER_TYPES), kind=ConditionKind.REQUIREMENT)
    assert for_type([anywhere], ORDER_TYPES["dvpo"]) == []
    assert for_type([anywhere], ORDER_TYPES["spo"]) == [anywhere]


def test_the_newest_version_stands_and_a_retired_one_is_not_offered():
    changed, retired = replace(CONTACT, version=2, label="Stay away"), replace(CONTACT, version=3, is_retired=True)
    assert current([CONTACT], [changed])["contact"] is changed
    assert for_type(current([CONTACT], [changed, retired]).values(), ORDER_TYPES["spo"]) == []


@given(st.permutations([1, 2, 3, 4]))
def test_the_newest_version_stands_in_whatever_order_they_are_read(versions):
    assert current([], [replace(CONTACT, version=version) for version in versions])["contact"].version == 4


@given(st.sampled_from(SHIPPED), st.dictionaries(st.sampled_from(sorted(SLOTS)), st.text("ae 1{}…\n.*", max_size=8), max_size=6))
def test_filling_any_blanks_keeps_every_word_of_the_template(template, answers):
    words, _ = template.filled(answers)
    assert all(plain in words for plain, _ in named_parts(template.words))
    assert all(answers[slot] in words for slot in template.slots if answers.get(slot))
    assert template.is_said_by(words)


def test_other_words_are_not_those_of_the_template():
    said = "Not to contact Priya Raman within 100 metres of Elm Street, nor Priya Raman elsewhere."
    assert CONTACT.is_said_by(said)
    assert not CONTACT.is_said_by(said.replace("metres", "yards"))
    assert not CONTACT.is_said_by(f"{said} Nor to telephone.")


@pytest.mark.parametrize("code", sorted(ORDER_TYPES))
def test_every_type_is_offered_a_standard_condition(code):
    assert for_type(SHIPPED, ORDER_TYPES[code])
