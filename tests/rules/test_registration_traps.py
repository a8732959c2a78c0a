"""What registration must never say or ask, and what its declaration holds to. Common mistakes are in test_common_mistakes."""

from __future__ import annotations

import re

import pytest

from orders_app.rules.law import events_ever
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.order_types.vocabulary import LEGISLATION
from orders_app.rules.registrations.declaration import OFFENCE, REGISTRATION
from orders_app.rules.registrations.offers import NUMBERS, REFUSALS
from orders_app.rules.spec import RuleClass
from tests.rules.examples import facts, keys
from tests.rules.registration_examples import duties_of, registration, shpo

SINCE = "convicted 2020-01-06"


def test_an_unserved_order_has_no_notification_due_date():
    assert "initial_notification" not in keys(facts("shpo", "made 2026-11-20"))


def test_one_who_is_registered_already_is_not_asked_again_by_a_prevention_order():
    order = facts("shpo", "made 2026-11-20", "served 2026-11-20", other_notification_scheme="soa_part_2")
    assert "initial_notification" not in keys(order)
    registered = registration(SINCE, "notified 2020-01-07 type=83", "served 2026-11-20", orders=(shpo("2026-11-20"),))
    assert [due.started_by for due in duties_of(registered, "initial_notification")] == [1]


def test_a_missed_day_is_never_called_a_breach():
    words = " ".join(duty.title + duty.sentence + duty.moves for duty in REGISTRATION.duties)
    assert not re.search(r"\b(breach|offence|offender|failed)\b", words, re.IGNORECASE)
    assert "without reasonable excuse" in OFFENCE.words


def test_no_number_of_an_account_card_or_passport_is_kept():
    assert NUMBERS in REFUSALS
    assert "ViSOR" in NUMBERS.why


@pytest.mark.parametrize("one", REGISTRATION.duties, ids=lambda one: one.key)
def test_every_duty_is_cited_and_policy_never_looks_like_law(one):
    if one.rule_class is RuleClass.POLICY:
        assert (one.citation.act, one.citation.url) == ("Local policy:", "")
    elif not one.since:
        assert re.fullmatch(rf"{LEGISLATION}/(ukpga/2003/42/section|uksi/20(12/1876|04/1220)/regulation)/\w+", one.citation.url)
    assert ("not yet confirmed" in one.citation.provision) is (one.rule_class is not RuleClass.LAW)
    assert not one.met_by or one.met_by & events_ever(REGISTRATION)


def test_keys_are_told_apart_and_short_enough_to_store():
    found = [one.key for one in REGISTRATION.duties]
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[a-z0-9_]{1,50}", key) for key in found)
    assert REGISTRATION.prefix not in {order_type.prefix for order_type in ORDER_TYPES.values()}


def test_words_keep_to_the_word_list():
    words = " ".join(one.title + one.sentence + one.moves for one in REGISTRATION.duties)
    assert not re.search(r"\b(please|sorry|invalid|oops|expire soon)\b", words, re.IGNORECASE)
