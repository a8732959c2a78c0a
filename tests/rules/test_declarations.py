"""Every declaration is sound: cited, linked, named, and complete."""

import re
from dataclasses import replace
from datetime import date

import pytest

from orders_app.rules.alerting import AlertClass
from orders_app.rules.duties import due_duties
from orders_app.rules.facts import EventKind
from orders_app.rules.law import events_ever
from orders_app.rules.order_types import ORDER_TYPES, UnknownOrderType, order_type_of
from orders_app.rules.orders import states_of
from orders_app.rules.spec import RuleClass
from orders_app.rules.status import Status
from tests.rules.examples import LAW, facts

NOTICES_AND_ORDERS = ["dvpn", "dvpo", "dapn", "dapo", "ro_conviction", "ro_acquittal", "nmo", "spo", "interim_spo", "scpo", "interim_scpo"]
SEXUAL_HARM = ["shpo", "interim_shpo", "sro", "interim_sro"]
NOT_YET_CHECKED = ["stpo", "interim_stpo", "stro", "interim_stro", "cbo", "fbo", "kcpo", "fro"]
TYPES = [pytest.param(order_type, id=code) for code, order_type in ORDER_TYPES.items()]


def test_the_types_there_are():
    assert list(ORDER_TYPES) == NOTICES_AND_ORDERS + SEXUAL_HARM + NOT_YET_CHECKED
    assert [code for code, order_type in ORDER_TYPES.items() if order_type.awaits_legal_check] == NOT_YET_CHECKED
    assert len({order_type.prefix for order_type in ORDER_TYPES.values()}) == len(ORDER_TYPES)


def test_an_unknown_type_is_refused_with_the_known_ones():
    assert order_type_of("spo") is ORDER_TYPES["spo"]
    with pytest.raises(UnknownOrderType, match=r"'sop' is not an order type\. Use one of: dvpn, dvpo"):
        order_type_of("sop")


def citations(order_type):
    """Every citation of a declaration, wherever it is."""
    limits = order_type.limits
    parts = [*limits.shortest, *limits.longest, limits.open_end_age, limits.subject_age, limits.protected_age, limits.authoriser]
    parts += [limits.requirements_refused]
    parts += [limits.longest_travel, limits.longest_monitoring, limits.monitoring_refused, order_type.breach, order_type.discharge_bar]
    duties = [duty for duty in order_type.duties if duty.rule_class is RuleClass.LAW]
    found = [part.citation for part in [*parts, *order_type.refusals, *duties] if part]
    found += [order_type.grounds.citation] if order_type.grounds else []
    return [order_type.citation, limits.end_citation, *(one for one in (limits.supervisor, limits.youth_court) if one), *found]


@pytest.mark.parametrize("order_type", TYPES)
def test_everything_is_cited_with_a_link(order_type):
    for citation in citations(order_type):
        assert re.fullmatch(r"https://www\.legislation\.gov\.uk/ukpga/\d{4}/\d+/section/\w+", citation.url), citation
        assert citation.provision.startswith("s.")


UNREAD = {
    "shpo": {"s.103C", "s.103C(2)", "s.103C(6)", "s.103FA", "s.347A"},
    "interim_shpo": {"s.103F", "s.103F(3)", "s.103F(4)", "s.103F(5)", "s.103FA"},
    "sro": {"s.122A(7)", "s.122A(9)", "s.122C", "s.122D", "s.122D(5)", "s.122F"},
    "interim_sro": {"s.122C", "s.122E", "s.122E(5)", "s.122EA", "s.122F"},
}


@pytest.mark.parametrize("order_type", TYPES)
def test_which_sections_were_written_down_unread(order_type):
    late, replaced, changing = order_type.late_starts, order_type.replacement, order_type.change_applicants
    others = [part.citation for part in (late, replaced, changing) if part]
    found = {one.provision for one in (*citations(order_type), *others, *order_type.sections.values()) if one.is_unread}
    assert found == UNREAD.get(order_type.code, set())


@pytest.mark.parametrize("order_type", TYPES)
def test_local_policy_never_looks_like_law(order_type):
    for duty in order_type.duties:
        assert bool(duty.citation.url) is (duty.rule_class is RuleClass.LAW)
        assert duty.citation.act.startswith("Local policy") is (duty.rule_class is RuleClass.POLICY)


@pytest.mark.parametrize("order_type", TYPES)
def test_keys_are_told_apart_and_short_enough_to_store(order_type):
    found = [duty.key for duty in order_type.duties]
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[a-z0-9_]{1,50}", key) for key in found)


@pytest.mark.parametrize("order_type", TYPES)
def test_every_event_that_a_declaration_speaks_of_can_be_recorded(order_type):
    for duty in order_type.duties:
        assert not duty.met_by or duty.met_by & events_ever(order_type), duty.key
    assert order_type.ended_by <= order_type.events


@pytest.mark.parametrize("order_type", TYPES)
def test_what_follows_is_a_type(order_type):
    assert order_type.leads_to in {"", *ORDER_TYPES}
    assert bool(order_type.leads_to) is (order_type.is_notice or order_type.is_interim)


@pytest.mark.parametrize("order_type", TYPES)
def test_words_keep_to_the_word_list(order_type):
    words = " ".join([*(duty.title + duty.sentence + duty.moves for duty in order_type.duties), order_type.limits.end_refusal])
    assert not re.search(r"\b(please|sorry|invalid|oops|expire soon)\b", words, re.IGNORECASE)


@pytest.mark.parametrize("order_type", TYPES)
def test_an_empty_record_asks_for_nothing(order_type):
    assert due_duties(order_type, facts(order_type.code), LAW) == []


def test_states_of_a_notice_an_interim_and_an_scpo():
    dvpn = [Status.DRAFT, Status.CONSIDERED, Status.AUTHORISED, Status.NOTICE_IN_FORCE, Status.ENDED, Status.REFUSED, Status.WITHDRAWN]
    assert states_of(ORDER_TYPES["dvpn"]) == dvpn
    assert {Status.INTERIM_IN_FORCE, Status.LAPSED} <= set(states_of(ORDER_TYPES["interim_spo"]))
    assert {Status.AWAITING_RELEASE, Status.PARTLY_IN_FORCE, Status.CONTINUES} <= set(states_of(ORDER_TYPES["scpo"]))
    assert not {Status.DISCHARGED, Status.REPLACED, Status.STARTS_LATER} & set(states_of(ORDER_TYPES["dvpo"]))
    assert Status.REQUESTED in states_of(ORDER_TYPES["ro_conviction"])
    assert Status.APPLIED_FOR not in states_of(ORDER_TYPES["ro_conviction"])
    assert Status.UNDERTAKING in states_of(ORDER_TYPES["nmo"])


def test_event_kinds_are_stored_words():
    assert all(re.fullmatch(r"[a-z_]{3,40}", kind) for kind in EventKind)


@pytest.mark.parametrize(
    ("begins", "ends", "count"), [(None, None, 1), ("2026-10-10", None, 0), (None, "2026-10-08", 0), ("2026-10-09", "2026-10-09", 1)]
)
def test_the_day_of_the_event_decides_which_law_applies(begins, ends, count):
    spo = ORDER_TYPES["spo"]
    dated = replace(
        next(duty for duty in spo.duties if duty.key == "initial_notification"),
        in_force_from=begins and date.fromisoformat(begins),
        in_force_until=ends and date.fromisoformat(ends),
    )
    assert len(due_duties(replace(spo, duties=(dated,)), facts("spo", "served 2026-10-09"), LAW)) == count


def test_whatever_a_hearing_meets_is_a_court_hearing_or_an_hour_clock() -> None:
    met = {(duty.key, duty.alert_class) for each in ORDER_TYPES.values() for duty in each.duties if EventKind.HEARING_HELD in duty.met_by}
    assert {kind for _, kind in met} == {AlertClass.HEARING, AlertClass.HOUR_CLOCK}
    assert ("hearing", AlertClass.HEARING) in met
