"""What happened and what the court said, as the law sees it. Services build these from rows; rules read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType


class EventKind(StrEnum):
    """Kinds of event. The values are stored and never renamed."""

    CONSIDERED = "considered"
    AUTHORISED = "authorised"
    AUTHORITY_REFUSED = "authority_refused"
    REFERRED = "referred"
    NOTICE_WITHDRAWN = "notice_withdrawn"
    SERVICE_ATTEMPTED = "service_attempted"
    SERVED = "served"
    APPLICATION_LODGED = "application_lodged"
    HEARING_LISTED = "hearing_listed"
    HEARING_HELD = "hearing_held"
    ADJOURNED = "adjourned"
    APPLICATION_GRANTED = "application_granted"
    APPLICATION_REFUSED = "application_refused"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    UNDERTAKING_GIVEN = "undertaking_given"
    DETERMINED = "determined"
    MADE = "made"
    CAME_INTO_FORCE = "came_into_force"
    ARRESTED = "arrested"
    PRODUCED = "produced"
    RELEASED_OUT_OF_TIME = "released_out_of_time"
    REMANDED = "remanded"
    BREACH_PROVED = "breach_proved"
    BREACH_NOT_PROVED = "breach_not_proved"
    CHARGED = "charged"
    NOTIFIED = "notified"
    NAME_CHANGED = "name_changed"
    ADDRESS_CHANGED = "address_changed"
    DETAILS_CHANGED = "details_changed"
    AUTHORISED_INDIVIDUAL_LEFT = "authorised_individual_left"
    VARIATION_APPLIED = "variation_applied"
    RENEWAL_APPLIED = "renewal_applied"
    DISCHARGE_APPLIED = "discharge_applied"
    VARIED = "varied"
    RENEWED = "renewed"
    VARIATION_SERVED = "variation_served"
    DISCHARGED = "discharged"
    CONTINUED_PENDING_PROSECUTION = "continued_pending_prosecution"
    PROSECUTION_ENDED = "prosecution_ended"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    ENDED = "ended"
    BREACH_REPORTED = "breach_reported"
    BREACH_REVIEWED = "breach_reviewed"
    CUSTODY_STARTED = "custody_started"
    CUSTODY_ENDED = "custody_ended"
    PROTECTED_PERSON_TOLD = "protected_person_told"
    COMPLIANCE_CHECKED = "compliance_checked"
    BRIEFED = "briefed"
    REVIEW_DONE = "review_done"
    EXPIRY_DECIDED = "expiry_decided"
    CONVICTED = "convicted"
    FINDING_MADE = "finding_made"
    CAUTIONED = "cautioned"
    SENTENCED = "sentenced"
    NOTICE_GIVEN = "notice_given"
    NOTICE_CANCELLED = "notice_cancelled"
    STAYED = "stayed"
    CHILD_HOUSEHOLD_BEGAN = "child_household_began"
    CHILD_HOUSEHOLD_ENDED = "child_household_ended"
    FINANCE_CHANGED = "finance_changed"
    IDENTITY_DOCUMENT_CHANGED = "identity_document_changed"
    TRAVEL_PLANNED = "travel_planned"
    TRAVEL_CHANGED = "travel_changed"
    TRAVEL_NOTIFIED = "travel_notified"
    LEFT_UK = "left_uk"
    RETURNED_TO_UK = "returned_to_uk"
    RETURN_NOTIFIED = "return_notified"
    NEW_NAME_PLANNED = "new_name_planned"
    ABSENCE_PLANNED = "absence_planned"
    CHILD_PREMISES_PLANNED = "child_premises_planned"
    REVIEW_APPLIED = "review_applied"
    REVIEW_ACKNOWLEDGED = "review_acknowledged"
    BODIES_TOLD = "bodies_told"
    REVIEW_REFUSED = "review_refused"
    REVIEW_GRANTED = "review_granted"


class EndKind(StrEnum):
    """How an order ends by its own terms. Never a dummy far-off date."""

    FIXED = "fixed"
    UNTIL_FURTHER_ORDER = "until_further_order"
    EVENT = "event"
    PER_CONDITION = "per_condition"
    NONE = "none"


class ConditionKind(StrEnum):
    """What a term of an order does."""

    PROHIBITION = "prohibition"
    REQUIREMENT = "requirement"


@dataclass(frozen=True)
class Event:
    """One recorded fact. `on` is the London day, `at` the aware moment where it is known.

    Details the rules read, all text: on hearing_listed `hearing_at` (ISO, local or aware) is when the hearing is;
    on varied and renewed `ends_on` (ISO) or `end_kind` is the new end; on notified and review_done `meets` may name the
    one duty meant, on protected_person_told several, with spaces between, or `other` for none; on arrested `power` may be
    `occupation_order`; on ended `reason`.
    """

    id: int
    kind: EventKind
    on: date
    at: datetime | None = None
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class ConditionFacts:
    """What the rules need of one condition. The words themselves are not their business.

    `set_on` is the first day of the variation that gave it its present form, None for one as made; `former_ends_on` its last
    day until then.
    """

    number: int
    kind: ConditionKind = ConditionKind.PROHIBITION
    starts_on: date | None = None
    ends_on: date | None = None
    is_travel: bool = False
    is_electronic_monitoring: bool = False
    supervisor: str = ""
    set_on: date | None = None
    former_ends_on: date | None = None


class Recorded:
    """What the facts of every kind of record have: events, recorded and not voided, in any order; and where it belongs.

    `area` decides which law holds; empty knows only what is in force everywhere.
    """

    events: tuple[Event, ...]
    area: str = ""

    def of(self, *kinds: EventKind) -> list[Event]:
        """Events of these kinds, earliest first. Within a day, one without a time comes first, then by key."""
        return [event for event in self._in_time if event.kind in kinds]

    @cached_property
    def _in_time(self) -> list[Event]:
        return sorted(self.events, key=_when)

    def first(self, *kinds: EventKind) -> Event | None:
        """The earliest event of these kinds, if any."""
        return next(iter(self.of(*kinds)), None)


@dataclass(frozen=True)
class Facts(Recorded):
    """Everything the rules know about one order. `order_type` is a code in ORDER_TYPES; all else may be left at its default.

    events                     recorded and not voided, any order
    end_kind, stated_ends_on   as the court stated them when it made the order; later ends are in varied and renewed events
    stated_end_time            a clock time on the last day, where the order states one; it wins over 24:00
    stated_event               the named event, for EndKind.EVENT
    in_force_from_on           the stated first day, where it is not the day made
    starts_on_release          the order starts when the subject leaves custody (a later custody_ended event)
    starts_on_other_end        the order starts when an earlier order ceases to have effect
    other_order_over_on        the first day on which that earlier order no longer has effect, None while that is not known
    subject_born_on            None where not known; protected_born_on has the known dates only
    subject_is_organisation    a company or other body (serious crime prevention orders only)
    replaces_interim           a full order that replaces an interim order of its own kind
    follows_notice             a DVPO or DAPO made on the application that followed a notice
    notice_given_on            the day that notice was given, where it is on file
    authorised_rank            a key of ranks.RANKS, for notices
    area                       police area or local authority where the notice was given or the order made
    made_under                 code of the power used, where the type has several
    aware_from_on              the day the subject learnt of an order made without notice, where it is recorded
    requires_notification      the order itself requires notification, where its Act leaves that to the court
    other_notification_scheme  `soa_part_2`, `spo`, `dapo` or `scpo`, where another notification duty already binds the subject,
    other_notification_from    its first day, None where it is not known to begin after the order,
    other_notification_until   and its last day, None where it has no end; it binds only where the order behind it was made
    other_notification_made_on while the provision other_notification_needs was in force (empty: always)
    """

    order_type: str
    events: tuple[Event, ...] = ()
    end_kind: EndKind = EndKind.NONE
    stated_ends_on: date | None = None
    stated_end_time: time | None = None
    stated_event: str = ""
    in_force_from_on: date | None = None
    starts_on_release: bool = False
    starts_on_other_end: bool = False
    other_order_over_on: date | None = None
    subject_born_on: date | None = None
    subject_is_organisation: bool = False
    protected_born_on: tuple[date, ...] = ()
    conditions: tuple[ConditionFacts, ...] = ()
    replaces_interim: bool = False
    follows_notice: bool = False
    notice_given_on: date | None = None
    authorised_rank: str = ""
    area: str = ""
    court: str = ""
    made_under: str = ""
    is_without_notice: bool = False
    is_present_or_represented: bool = False
    aware_from_on: date | None = None
    requires_notification: bool = False
    other_notification_scheme: str = ""
    other_notification_from: date | None = None
    other_notification_until: date | None = None
    other_notification_made_on: date | None = None
    other_notification_needs: str = ""


def _when(event: Event) -> tuple[date, float, int]:
    return event.on, event.at.timestamp() if event.at else 0.0, event.id
