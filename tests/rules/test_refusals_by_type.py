"""What the law refuses, type by type, as `orderwatch law check` says it: the events and facts, the field, the section."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.web.cli.law import law
from tests.rules.examples import UNTIL_FURTHER_ORDER

SUPER, INSP = ["authorised_rank=superintendent"], ["authorised_rank=inspector", "area=Croydon"]
CROYDON, MET = ["area=Croydon"], ["area=Metropolitan police district"]
OPEN = [f"end_kind={UNTIL_FURTHER_ORDER['end_kind'].value}"]
MADE, FRO_MADE, KCPO_MADE = "made=2026-10-02", "made=2014-10-02", "made=2022-01-02"
BORN_2009, BORN_2010, BORN_2013 = "subject_born_on=2009-01-01", "subject_born_on=2010-01-01", "subject_born_on=2013-01-01"
TAG = ["conditions.1.is_electronic_monitoring=yes"]
REQUIREMENT = ["conditions.1.kind=requirement"]
TRAVEL = ["conditions.1.is_travel=yes", "conditions.1.ends_on=2031-10-02"]
C1, CONTINUED = "conditions.1", "continued_pending_prosecution"
SHPO_CHANGED = "s.103E, or Sentencing Act 2020 s.350"
MADE_WHEN = {"fro": FRO_MADE, "kcpo": KCPO_MADE}
ON_AN_EVENT = ["end_kind=event"]
ENDS = [
    ("dvpo", OPEN, "s.28(10)"), ("interim_spo", OPEN, "s.5(5)"), ("scpo", OPEN, "s.16(1)"), ("interim_scpo", OPEN, "s.56"),
    ("interim_shpo", OPEN, "s.103F(4)"), ("interim_sro", OPEN, "s.122E"), ("interim_stpo", OPEN, "s.21(7)"),
    ("interim_stro", OPEN, "s.28(7)"), ("fbo", OPEN, "s.14F(1)"), ("kcpo", MET + OPEN, "s.23(3)"), ("fro", OPEN, "s.76(5)"),
    ("spo", ON_AN_EVENT, "s.3(1)"), ("shpo", ON_AN_EVENT, "s.103C(2)"), ("sro", ON_AN_EVENT, "s.122A(7)"),
    ("stpo", ON_AN_EVENT, "s.17(4)"), ("stro", ON_AN_EVENT, "s.24(4)"), ("cbo", ON_AN_EVENT, "s.334"), ("nmo", ON_AN_EVENT, "s.42(7)"),
    ("ro_conviction", ON_AN_EVENT, "s.359(2)"), ("ro_acquittal", ON_AN_EVENT, "s.5A(2)"),
]  # fmt: skip

# What is refused: its name, the type, events, facts, the field it stands beside, the section.
REFUSED = [
    # out of order
    ("order", "dvpn", ["authorised=2026-11-20T20:15", "served=2026-11-20T20:00"], SUPER, "served_at", "s.25(2), (3)"),
    ("order", "dapn", ["authorised=2026-11-20T20:15", "served=2026-11-20T20:00"], INSP, "served_at", "s.25(1), (3)"),
    ("order", "dvpn", ["served=2026-11-20T20:00", "application_granted=2026-11-19"], SUPER, "application_granted_on", "s.25(1)(d)"),
    ("order", "dvpo", [MADE, "arrested=2026-10-05T12:00", "produced=2026-10-05T11:00"], [], "produced_at", "s.29(1)"),
    ("order", "dvpo", [MADE, "arrested=2026-10-05T12:00", "remanded=2026-10-04"], [], "remanded_on", "s.29(2)"),
    ("order", "dapo", [MADE, "discharged=2026-10-01"], CROYDON + OPEN, "discharged_on", "s.44"),
    ("order", "spo", ["application_lodged=2026-10-05", MADE], OPEN, "made_on", "s.2"),
    ("order", "spo", [MADE, "varied=2026-11-05", "variation_served=2026-11-04"], OPEN, "variation_served_on", "s.4(1)"),
    ("order", "interim_spo", [MADE, "renewed=2026-10-01"], ["ends_on=2026-10-20"], "renewed_on", "s.5(7), (8)"),
    ("order", "scpo", [MADE, "served=2026-10-01"], [], "served_at", "s.10(1) to (3)"),
    ("order", "scpo", [MADE, "charged=2027-02-01", f"{CONTINUED}=2027-01-01"], [], f"{CONTINUED}_on", "s.22E"),
    ("order", "shpo", [MADE, "replaced=2026-10-01"], OPEN, "replaced_on", "s.103C(6)"),
    ("order", "interim_shpo", [MADE, "varied=2026-10-01"], ["ends_on=2026-12-01"], "varied_on", "s.103F(5)"),
    ("order", "sro", [MADE, "varied=2026-10-01"], OPEN, "varied_on", "s.122D"),
    ("order", "interim_sro", [MADE, "varied=2026-10-01"], ["ends_on=2026-12-01"], "varied_on", "s.122E(5)"),
    ("order", "ro_conviction", [MADE, "varied=2026-10-01"], OPEN, "varied_on", "s.361"),
    ("order", "ro_acquittal", [MADE, "discharged=2026-10-01"], OPEN, "discharged_on", "s.5A(2B), (2C)"),
    ("order", "nmo", [MADE, "ended=2026-10-01"], OPEN, "ended_on", "s.42(8)"),
    ("order", "stpo", [MADE, "varied=2026-10-01"], OPEN, "varied_on", "s.20"),
    ("order", "interim_stpo", [MADE, "varied=2026-10-01"], ["ends_on=2026-12-01"], "varied_on", "s.21(8)"),
    ("order", "stro", [MADE, "varied=2026-10-01"], OPEN, "varied_on", "s.27"),
    ("order", "interim_stro", [MADE, "varied=2026-10-01"], ["ends_on=2026-12-01"], "varied_on", "s.28(8)"),
    ("order", "cbo", [MADE, "varied=2026-10-01"], OPEN, "varied_on", "s.336"),
    ("order", "fbo", [MADE, "varied=2026-10-01"], ["ends_on=2029-12-01"], "varied_on", "s.14G"),
    ("order", "kcpo", [KCPO_MADE, "varied=2022-01-01"], [*MET, "ends_on=2023-01-01"], "varied_on", "s.27"),
    ("order", "fro", [FRO_MADE, "varied=2014-10-01"], ["ends_on=2016-12-01"], "varied_on", "s.80"),
    ("order", "interim_scpo", [MADE, "varied=2026-10-01"], ["ends_on=2026-12-01"], "varied_on", "s.56"),
    # too young on the day, or the wrong court for the age
    ("subject_age", "dvpn", ["authorised=2026-11-20T20:15"], [*SUPER, BORN_2009], "subject_born_on", "s.24(2)"),
    ("subject_age", "dvpo", [MADE], [BORN_2009], "subject_born_on", "s.24(2), s.28(2)"),
    ("subject_age", "dapn", ["authorised=2026-11-20T20:15"], [*INSP, BORN_2009], "subject_born_on", "s.22(2)"),
    ("subject_age", "dapo", [MADE], [*CROYDON, BORN_2009], "subject_born_on", "s.32(1)"),
    ("subject_age", "scpo", [MADE], [BORN_2009], "subject_born_on", "s.6"),
    ("subject_age", "interim_scpo", [MADE], [BORN_2009], "subject_born_on", "s.6"),
    ("subject_age", "kcpo", [KCPO_MADE], [*MET, BORN_2013], "subject_born_on", "s.14(1)"),
    ("protected_age", "dapn", ["authorised=2026-11-20T20:15"], [*INSP, "protected_born_on=2012-01-01"], "protected", "s.22(6)"),
    ("protected_age", "dapo", [MADE], [*CROYDON, "protected_born_on=2012-01-01"], "protected", "s.2(1)"),
    ("youth_court", "spo", [MADE], [*OPEN, BORN_2010, "court=Northmere Magistrates' Court"], "court", "s.14(1)"),
    ("youth_court", "interim_spo", [MADE], ["ends_on=2026-12-01", BORN_2010, "court=Northmere"], "court", "s.14(1)"),
    ("open_end_age", "cbo", [MADE], [*OPEN, BORN_2010], "end_kind", "s.334(4)"),
    # wrong rank
    ("authoriser", "dvpn", ["authorised=2026-11-20T20:15"], ["authorised_rank=inspector"], "authorised_rank", "s.24(1)"),
    ("authoriser", "dapn", ["authorised=2026-11-20T20:15"], [*CROYDON, "authorised_rank=sergeant"], "authorised_rank", "s.22(8)"),
    # beyond the table of holidays, and a time that is missing
    ("holidays", "dvpn", ["served=2030-12-31T12:00"], [], "served_at", "s.27(4)"),
    ("holidays", "dapn", ["arrested=2030-12-31T12:00"], [], "arrested_at", "s.26(4)"),
    ("holidays", "dvpo", ["arrested=2030-12-31T12:00"], [], "arrested_at", "s.29(3)"),
    ("time", "dvpn", ["served=2026-11-20"], [], "served_at", "s.27(3)"),
    ("time", "dvpo", [MADE, "arrested=2026-10-05"], [], "arrested_at", "s.29(1)"),
    # too short, too long
    ("shortest", "dvpo", [MADE], ["ends_on=2026-10-14"], "ends_on", "s.28(10)"),
    ("longest", "dvpo", [MADE], ["ends_on=2026-10-30"], "ends_on", "s.28(10)"),
    ("shortest", "spo", [MADE], ["ends_on=2028-09-30"], "ends_on", "s.3(2)"),
    ("longest", "scpo", [MADE], ["ends_on=2031-10-02"], "ends_on", "s.16(2), (4)(b)"),
    ("shortest", "shpo", [MADE], ["ends_on=2031-09-30"], "ends_on", "s.103C(2)"),
    ("shortest", "sro", [MADE], ["ends_on=2028-09-30"], "ends_on", "s.122A(7)"),
    ("shortest", "stpo", [MADE], ["ends_on=2031-09-30"], "ends_on", "s.17(4)"),
    ("shortest", "stro", [MADE], ["ends_on=2028-09-30"], "ends_on", "s.24(4)"),
    ("shortest", "cbo", [MADE], ["ends_on=2027-09-30", BORN_2010], "ends_on", "s.334(4)"),
    ("longest", "cbo", [MADE], ["ends_on=2029-10-02", BORN_2010], "ends_on", "s.334(4)"),
    ("shortest", "fbo", [MADE], ["ends_on=2029-09-30", "made_under=s14b"], "ends_on", "s.14F(4), (5)"),
    ("longest", "fbo", [MADE], ["ends_on=2036-10-02", "made_under=s14a_imprisonment"], "ends_on", "s.14F(3)"),
    ("shortest", "kcpo", [KCPO_MADE], [*MET, "ends_on=2022-06-30"], "ends_on", "s.23(3)"),
    ("longest", "kcpo", [KCPO_MADE], [*MET, "ends_on=2024-01-02"], "ends_on", "s.23(3)"),
    ("longest", "fro", [FRO_MADE], ["ends_on=2019-10-02", "made_under=magistrates"], "ends_on", "s.76(6)"),
    # a way of ending that the Act does not know
    *(("ends", code, [MADE_WHEN.get(code, MADE)], facts, "end_kind", provision) for code, facts, provision in ENDS),
    # terms that the Act does not allow
    ("requirements_refused", "dvpo", [MADE], REQUIREMENT, f"{C1}.kind", "s.24(6) to (8), s.28(6) to (8)"),
    ("requirements_refused", "ro_conviction", [MADE], REQUIREMENT, f"{C1}.kind", "s.359(1)"),
    ("requirements_refused", "ro_acquittal", [MADE], REQUIREMENT, f"{C1}.kind", "s.5A(1)"),
    ("requirements_refused", "nmo", [MADE], REQUIREMENT, f"{C1}.kind", "s.42(1)"),
    ("requirements_refused", "dvpn", ["considered=2026-11-20"], REQUIREMENT, f"{C1}.kind", "s.24(6) to (8), s.28(6) to (8)"),
    ("requirements_refused", "dapn", ["considered=2026-11-20"], REQUIREMENT, f"{C1}.kind", "s.23"),
    ("requirements_refused", "stpo", [MADE], REQUIREMENT, f"{C1}.kind", "s.17(1)"),
    ("requirements_refused", "interim_stpo", [MADE], REQUIREMENT, f"{C1}.kind", "s.21(4)"),
    ("requirements_refused", "stro", [MADE], REQUIREMENT, f"{C1}.kind", "s.24(1)"),
    ("requirements_refused", "interim_stro", [MADE], REQUIREMENT, f"{C1}.kind", "s.28(4)"),
    ("supervisor", "dapo", [MADE], CROYDON + REQUIREMENT, f"{C1}.supervisor", "s.36(2)"),
    ("supervisor", "shpo", [MADE], REQUIREMENT, f"{C1}.supervisor", "s.347A"),
    ("supervisor", "interim_shpo", [MADE], REQUIREMENT, f"{C1}.supervisor", "s.103F"),
    ("supervisor", "sro", [MADE], REQUIREMENT, f"{C1}.supervisor", "s.122BA"),
    ("supervisor", "interim_sro", [MADE], REQUIREMENT, f"{C1}.supervisor", "s.122E"),
    ("supervisor", "cbo", [MADE], REQUIREMENT, f"{C1}.supervisor", "s.333"),
    ("longest_monitoring", "dapo", [MADE], [*CROYDON, *TAG, f"{C1}.ends_on=2027-10-02"], f"{C1}.ends_on", "s.38(5)"),
    ("longest_travel", "shpo", [MADE], TRAVEL, f"{C1}.ends_on", "s.103D(1)"),
    ("longest_travel", "interim_shpo", [MADE], TRAVEL, f"{C1}.ends_on", "s.103D(1)"),
    ("longest_travel", "sro", [MADE], TRAVEL, f"{C1}.ends_on", "s.122C"),
    ("longest_travel", "interim_sro", [MADE], TRAVEL, f"{C1}.ends_on", "s.122C"),
    ("longest_travel", "stpo", [MADE], TRAVEL, f"{C1}.ends_on", "s.18(1)"),
    ("longest_travel", "stro", [MADE], TRAVEL, f"{C1}.ends_on", "s.25(1)"),
    # a step that the Act does not know
    ("step", "dvpo", [MADE, "varied=2026-10-05"], [], "varied_on", "s.28"),
    ("step", "dvpo", [MADE, "renewed=2026-10-05"], [], "renewed_on", "s.28(10)"),
    ("step", "dvpn", ["considered=2026-10-02", "varied=2026-10-05"], [], "varied_on", "s.24 to s.27"),
    ("step", "dapn", ["considered=2026-10-02", "varied=2026-10-05"], [], "varied_on", "s.22 to s.29"),
    ("step", "scpo", [MADE, "renewed=2026-10-05"], [], "renewed_on", "s.16(5), (6), s.17(8)"),
    # after the end, or before the court may
    ("ended", "spo", ["made=2020-10-02", "varied=2023-01-01"], ["ends_on=2022-10-01"], "varied_on", "s.4(1)"),
    ("ended", "shpo", ["made=2018-10-02", "renewed=2024-01-01"], ["ends_on=2023-10-01"], "renewed_on", SHPO_CHANGED),
    ("ended", "ro_conviction", ["made=2022-10-02", "varied=2024-01-01"], ["ends_on=2023-10-01"], "varied_on", "s.361"),
    ("discharge_bar", "spo", [MADE, "discharged=2027-10-02"], OPEN, "discharged_on", "s.4(4)(b)"),
    ("discharge_bar", "shpo", [MADE, "discharged=2027-10-02"], OPEN, "discharged_on", "s.103E(7), or Sentencing Act 2020 s.350(7)"),
    ("discharge_bar", "sro", [MADE, "discharged=2027-10-02"], OPEN, "discharged_on", "s.122D(5)"),
    ("discharge_bar", "stpo", [MADE, "discharged=2027-10-02"], OPEN, "discharged_on", "s.20(6), (7)"),
    ("discharge_bar", "stro", [MADE, "discharged=2027-10-02"], OPEN, "discharged_on", "s.27(6)"),
    ("discharge_bar", "fbo", [MADE, "discharged=2027-10-02"], ["ends_on=2031-10-01", "made_under=s14b"], "discharged_on", "s.14H(1)"),
    # a start, an applicant, an area
    ("late_starts", "dvpo", [MADE], ["ends_on=2026-10-20", "in_force_from=2026-10-05"], "in_force_from", "s.28(10)"),
    ("late_starts", "dapo", [MADE], [*CROYDON, "starts_on_release=yes"], "starts_on_release", "s.38(1), (2)"),
    ("late_starts", "shpo", [MADE], ["starts_on_other_end=yes"], "starts_on_other_end", "s.103C(2)"),
    ("late_starts", "sro", [MADE], ["starts_on_other_end=yes"], "starts_on_other_end", "s.122A(7)"),
    ("late_starts", "cbo", [MADE], ["starts_on_release=yes"], "starts_on_release", "s.334(1), (2)"),
    ("late_starts", "fbo", [MADE], ["starts_on_release=yes"], "starts_on_release", "s.14F(1)"),
    ("late_starts", "kcpo", [KCPO_MADE], [*MET, "starts_on_other_end=yes"], "starts_on_other_end", "s.23(1), (7)"),
    ("late_starts", "fro", [FRO_MADE], ["starts_on_release=yes"], "starts_on_release", "s.76(5)"),
    ("change_applicants", "ro_conviction", [MADE, "variation_applied=2026-11-02,applied_by=police"], [], "applied_by", "s.361"),
    ("change_applicants", "ro_acquittal", [MADE, "variation_applied=2026-11-02,applied_by=police"], [], "applied_by", "s.5A(2B)"),
    ("change_applicants", "nmo", [MADE, "variation_applied=2026-11-02,applied_by=police"], [], "applied_by", "s.49"),
    ("change_applicants", "cbo", [MADE, "variation_applied=2026-11-02,applied_by=police"], [], "applied_by", "s.336"),
    ("change_applicants", "spo", [MADE, "variation_applied=2026-11-02,applied_by=protected"], [], "applied_by", "s.4(1), (2)"),
    ("availability", "dapo", [MADE], ["area=Kent"], "area", "s.32"),
    ("availability", "dapn", ["served=2026-11-20T20:00"], ["area=Kent"], "area", "s.22"),
    ("availability", "fro", [MADE], [], "made_on", "s.76"),
    ("availability", "interim_scpo", [MADE], ["ends_on=2026-12-01"], "made_on", "s.56"),
]  # fmt: skip
MONITORING_REFUSED = [code for code, kind in ORDER_TYPES.items() if kind.limits.monitoring_refused]


def check(code: str, events: list[str], facts: list[str]) -> list[tuple[str, str]]:
    """Field and section of everything that the command refuses."""
    options = [word for event in events for word in ("--event", event)] + [word for fact in facts for word in ("--fact", fact)]
    result = CliRunner().invoke(law, ["check", code, *options])
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert all(problem["message"] and problem["citation"]["url"].startswith("https://www.legislation.gov.uk/") for problem in found)
    return [(problem["field"], problem["citation"]["provision"]) for problem in found]


@pytest.mark.parametrize(
    ("code", "events", "facts", "field", "provision"), [row[1:] for row in REFUSED], ids=[f"{row[1]}-{row[0]}-{row[4]}" for row in REFUSED]
)
def test_each_refusal_stands_beside_its_field_with_the_section(
    code: str, events: list[str], facts: list[str], field: str, provision: str
) -> None:
    assert (field, provision) in check(code, events, facts)


@pytest.mark.parametrize("code", MONITORING_REFUSED)
def test_electronic_monitoring_is_refused_wherever_the_act_has_no_power_for_it(code: str) -> None:
    refusal = ORDER_TYPES[code].limits.monitoring_refused
    assert refusal
    made = MADE_WHEN.get(code, "considered=2026-11-20" if ORDER_TYPES[code].is_notice else MADE)
    assert (f"{C1}.is_electronic_monitoring", refusal.citation.provision) in check(code, [made], TAG)


ALWAYS = {"order", "ends", "step", "ended", "time", "holidays", "availability"}
LIMITS = ("subject_age", "protected_age", "youth_court", "open_end_age", "authoriser", "shortest", "longest", "requirements_refused",
          "supervisor", "longest_travel")  # fmt: skip
OF_THE_TYPE = ("discharge_bar", "late_starts")


@pytest.mark.parametrize("code", ORDER_TYPES)
def test_every_limit_of_every_type_has_a_row(code: str) -> None:
    kind = ORDER_TYPES[code]
    declared = {name for name in LIMITS if getattr(kind.limits, name)} | {name for name in OF_THE_TYPE if getattr(kind, name)}
    shown = {row[0] for row in REFUSED if row[1] == code}
    everything_may_start_late = code == "scpo"
    assert declared - shown - ({"late_starts"} if everything_may_start_late else set()) == set()
    assert shown <= declared | ALWAYS | {"longest_monitoring", "change_applicants"}
