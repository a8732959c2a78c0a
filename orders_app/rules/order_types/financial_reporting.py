"""Financial reporting orders: Serious Organised Crime and Police Act 2005 s.76. Repealed, but those made before go on.

Section 76 was read as published, 79 and 80 in the Explanatory Notes.
"""

from __future__ import annotations

from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, families, policies
from orders_app.rules.order_types.vocabulary import APPLICATION, CLOSING, OFFENCE, SERVICE, VARIATION, WATCHING, Cites, sections
from orders_app.rules.periods import MonthsBeginningWith, WeeksBefore
from orders_app.rules.spec import Breach, LateStarts, LengthLimit, Limits, Option, OrderType, Provision, Refusal

cites = Cites("Serious Organised Crime and Police Act 2005", "ukpga/2005/15")
repeal = Cites("Serious Crime Act 2015", "ukpga/2015/9")

REPEAL = Provision(
    "sca_2015_s50",
    "End of financial reporting orders",
    "No new FRO may be made. Financial reporting may be a term of an SCPO",
    repeal("s.50(1)", "section/50"),
)
MAGISTRATES, LIFE, OTHER = "magistrates", "crown_life", "crown_other"

FRO = OrderType(
    code="fro",
    prefix="FRO",
    name="Financial reporting order",
    short_name="FRO",
    family=families.SERIOUS_CRIME,
    citation=cites("s.76", "section/76"),
    until=REPEAL.code,
    provisions=(REPEAL,),
    instead="Ask for financial reporting as a term of an SCPO",
    awaits_legal_check=True,
    needs_service=False,
    late_starts=LateStarts(frozenset(), cites("s.76(5)", "section/76")),
    made_under=(
        Option(MAGISTRATES, "Magistrates’ court, s.76(6)"),
        Option(OTHER, "Crown Court, s.76(7)(b)"),
        Option(LIFE, "Crown Court, with imprisonment for life, s.76(7)(a)"),
    ),
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=cites("s.76(5)", "section/76"),
        end_refusal="An FRO has effect for the period that it states, beginning with the day it is made",
        longest=(
            LengthLimit(MonthsBeginningWith(60), cites("s.76(6)", "section/76"), made_under=frozenset({MAGISTRATES})),
            LengthLimit(MonthsBeginningWith(180), cites("s.76(7)(b)", "section/76"), made_under=frozenset({OTHER})),
            LengthLimit(MonthsBeginningWith(240), cites("s.76(7)(a)", "section/76"), made_under=frozenset({LIFE})),
        ),
        monitoring_refused=Refusal("Add electronic monitoring", "The Act gives the court no power for it.", cites("s.79", "section/79")),
    ),
    breach=Breach(
        is_offence=True,
        words="Failing to report as the order requires, or a false or misleading report, without reasonable excuse is an offence",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=cites("s.79", "section/79"),
    ),
    events=APPLICATION | SERVICE | WATCHING | VARIATION | CLOSING | OFFENCE | {E.NOTIFIED},
    ended_by=CLOSING,
    duties=(
        policies.HEARING,
        *after_breach.REVIEWS,
        policies.decide_before_end("expiry_decision", "Decide what follows the order", WeeksBefore(12)),
        policies.order_ends(cites("s.76(5)", "section/76")),
    ),
    refusals=(
        Refusal(
            "Work out when a report is due",
            "The order itself says for which periods and within how many days. Record each report as it is given.",
            cites("s.79", "section/79"),
        ),
    ),
    sections=sections(
        {
            cites("s.80", "section/80"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            cites("s.79", "section/79"): (
                E.NOTIFIED,
                E.ARRESTED,
                E.CHARGED,
            ),
        }
    ),
)
