"""The standard conditions that come with the program. A force changes them, adds to them and retires them on its own pages."""

from __future__ import annotations

from orders_app.rules.condition_library.templates import Template
from orders_app.rules.facts import ConditionKind

REQUIREMENT = ConditionKind.REQUIREMENT
NOTICES_AND_DVPO = frozenset({"dvpn", "dvpo", "dapn"})
ABUSE = NOTICES_AND_DVPO | {"dapo"}
RESTRAINING = frozenset({"ro_conviction", "ro_acquittal", "nmo"})
STALKING = frozenset({"spo", "interim_spo"})
SERIOUS_CRIME = frozenset({"scpo", "interim_scpo"})
SEXUAL_HARM = frozenset({"shpo", "interim_shpo", "sro", "interim_sro"})
BEHAVIOUR = frozenset({"cbo"})
KNIVES = frozenset({"kcpo"})
FOOTBALL = frozenset({"fbo"})
REPORTING = frozenset({"fro"})
SLAVERY = frozenset({"stpo", "interim_stpo", "stro", "interim_stro"})
POSITIVE = STALKING | SERIOUS_CRIME | {"dapo"}  # orders that may require something to be done, outside sexual harm

SHIPPED: tuple[Template, ...] = (
    Template(
        key="molest",
        label="Not to molest {person}",
        words="Not to use or threaten violence against {person}, nor to pester, harass or otherwise molest {person}.",
        short_form="No violence to {person}, nor pester or harass",
        order_types=ABUSE | RESTRAINING,
    ),
    Template(
        key="contact",
        label="Not to contact {person}",
        words="Not to contact {person}, directly or indirectly, by any means whatsoever, including through any other person.",
        short_form="No contact with {person}, direct or indirect",
        order_types=ABUSE | RESTRAINING | STALKING | SERIOUS_CRIME | SEXUAL_HARM | SLAVERY | BEHAVIOUR,
    ),
    Template(
        key="entry",
        label="Not to enter {address}",
        words="Not to enter or try to enter {address}.",
        short_form="Not to enter {address}",
        order_types=ABUSE,
    ),
    Template(
        key="near",
        label="Not to come within {distance} of {address}",
        words="Not to come within {distance} metres of {address}.",
        short_form="Not within {distance} m of {address}",
        order_types=ABUSE,
    ),
    Template(
        key="leave",
        label="To leave {address}",
        words="To leave {address} at once and not to return to it.",
        short_form="Leave {address}",
        order_types=ABUSE,
    ),
    Template(
        key="eviction",
        label="Not to evict or exclude {person} from {address}",
        words="Not to evict {person} from {address}, nor to exclude {person} from it.",
        short_form="Not to evict or exclude {person}",
        order_types=ABUSE,
    ),
    Template(
        key="place",
        label="Not to enter, or be within {distance} of, {place}",
        words="Not to enter {place}, nor to be within {distance} metres of any entrance to it.",
        short_form="Not to enter, or be within {distance} m of, {place}",
        order_types=RESTRAINING | STALKING | SEXUAL_HARM | BEHAVIOUR | KNIVES,
    ),
    Template(
        key="area",
        label="Not to enter {area}",
        words="Not to enter {area}, as shown on the map attached to this order.",
        short_form="Not to enter {area}",
        order_types=RESTRAINING | STALKING | BEHAVIOUR | KNIVES,
    ),
    Template(
        key="follow",
        label="Not to follow, watch or spy on {person}",
        words="Not to follow, watch or spy upon {person}.",
        short_form="Not to follow or watch {person}",
        order_types=RESTRAINING | STALKING,
    ),
    Template(
        key="online",
        label="Not to post anything about {person}",
        words="Not to publish or cause to be published any material relating or purporting to relate to {person}.",
        short_form="Not to post anything about {person}",
        order_types=RESTRAINING | STALKING,
    ),
    Template(
        key="curfew",
        label="To be at {address} between {hours}",
        words="To remain at {address} between {hours} each day.",
        short_form="At {address} {hours}",
        order_types=frozenset({"dapo"}) | SERIOUS_CRIME,
        kind=REQUIREMENT,
    ),
    Template(
        key="devices",
        label="Not to have a phone or account police have not been told of",
        words="Not to own, possess or use any telephone, device or account the details of which have not first been given to the police.",
        short_form="No phone or account whose details police have not been given",
        order_types=STALKING | SERIOUS_CRIME | SEXUAL_HARM,
    ),
    Template(
        key="device",
        label="Not to have {device}",
        words="Not to own, possess or use {device}.",
        short_form="No {device}",
        order_types=STALKING | SERIOUS_CRIME | SEXUAL_HARM,
    ),
    Template(
        key="programme",
        label="To attend {programme}",
        words="To attend, take part in and complete {programme} as and when directed by its manager.",
        short_form="Attend and complete {programme}",
        order_types=STALKING | BEHAVIOUR | KNIVES | {"dapo"},
        kind=REQUIREMENT,
    ),
    Template(
        key="signon",
        label="To report to {station} on {days}",
        words="To report in person to {station} on {days}.",
        short_form="Report to {station} on {days}",
        order_types=POSITIVE,
        kind=REQUIREMENT,
    ),
    Template(
        key="cash",
        label="Not to have more than {amount} in cash",
        words="Not to possess more than £{amount} in cash at any time.",
        short_form="No more than £{amount} in cash",
        order_types=SERIOUS_CRIME,
    ),
    Template(
        key="work",
        label="Not to take part in {business}",
        words="Not to own, manage, control or be employed in {business}.",
        short_form="Not to own, run or work in {business}",
        order_types=SERIOUS_CRIME | SLAVERY,
    ),
    Template(
        key="travel_notice",
        label="To tell police {notice} before leaving the United Kingdom",
        words="To notify the police in writing at least {notice} days before leaving the United Kingdom.",
        short_form="Tell police {notice} days before going abroad",
        order_types=SERIOUS_CRIME,
        kind=REQUIREMENT,
    ),
    Template(
        key="children",
        label="No unsupervised contact with a child under {age}",
        words=(
            "Not to have any unsupervised contact with any child under the age of {age} other than contact "
            "that is inadvertent and not reasonably avoidable."
        ),
        short_form="No unsupervised contact with a child under {age}",
        order_types=SEXUAL_HARM,
    ),
    Template(
        key="live",
        label="Not to live where a child under {age} lives or stays",
        words="Not to reside or stay overnight at any address where a child under the age of {age} resides or is staying.",
        short_form="Not to live or stay where a child under {age} is",
        order_types=SEXUAL_HARM,
    ),
    Template(
        key="history",
        label="Not to use a device that does not keep its history",
        words=(
            "Not to use any device capable of accessing the internet unless it keeps and displays the history of its use, "
            "and not to delete that history."
        ),
        short_form="No internet device that does not keep its history",
        order_types=SEXUAL_HARM,
    ),
    Template(
        key="abroad",
        label="Not to travel to {countries}",
        words="Not to travel to {countries}.",
        short_form="Not to travel to {countries}",
        order_types=SEXUAL_HARM | SLAVERY,
        is_travel=True,
    ),
    Template(
        key="company",
        label="Not to be in the company of {person}",
        words="Not to meet or be in the company of {person} in any public place.",
        short_form="Not in public with {person}",
        order_types=BEHAVIOUR | KNIVES,
    ),
    Template(
        key="blade",
        label="Not to carry anything with a blade or a point",
        words="Not to have in any public place any article which has a blade or is sharply pointed.",
        short_form="Nothing with a blade or a point in public",
        order_types=BEHAVIOUR | KNIVES,
    ),
    Template(
        key="matches",
        label="Not to attend football matches in the United Kingdom",
        words="Not to enter any premises for the purpose of attending a regulated football match in the United Kingdom.",
        short_form="Not to attend regulated football matches",
        order_types=FOOTBALL,
    ),
    Template(
        key="ground",
        label="Not to be within {distance} of {club} on a match day",
        words="Not to be within {distance} metres of {club} on any day on which a regulated football match is played there.",
        short_form="Not within {distance} m of {club} on match days",
        order_types=FOOTBALL,
    ),
    Template(
        key="match_abroad",
        label="To report to {station} for a match abroad, when told to",
        words="To report to {station} as a notice under this order says, for a regulated football match outside the United Kingdom.",
        short_form="Report to {station} for matches abroad",
        order_types=FOOTBALL,
        kind=REQUIREMENT,
    ),
    Template(
        key="arranging",
        label="Not to arrange travel, work or lodging for others",
        words="Not to arrange, pay for or offer travel, work or accommodation for any person who is not of the same family.",
        short_form="Not to arrange travel, work or lodging for others",
        order_types=SLAVERY,
    ),
    Template(
        key="papers",
        label="Not to hold anybody else’s papers",
        words="Not to hold or control any passport, identity document or bank card of another person.",
        short_form="Not to hold anybody else’s papers or cards",
        order_types=SLAVERY,
    ),
    Template(
        key="finances",
        label="To report on finances every {number} months",
        words=(
            "To report on income, spending, what is owned and what is owed for each period of {number} months, "
            "to the person and within the time that this order states."
        ),
        short_form="Report on finances every {number} months",
        order_types=REPORTING,
        kind=REQUIREMENT,
    ),
)
