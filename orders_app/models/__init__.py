"""Every table, so that the metadata is complete. No decisions are made on this floor."""

from orders_app.models.absences import Absence
from orders_app.models.access import AccessGrant
from orders_app.models.audit import AuditEvent
from orders_app.models.calendars import CalendarAddress, CalendarEntry
from orders_app.models.condition_library import LibraryCondition
from orders_app.models.deadlines import Alert, AlertEscalation, AlertMove, Deadline, DeadlineNote
from orders_app.models.deliveries import Delivery
from orders_app.models.drafts import Draft
from orders_app.models.events import Event, EventCorrection
from orders_app.models.hand_overs import CaseloadHandOver, CaseloadNotice, HandOver, HandOverNotice
from orders_app.models.imports import ImportRun
from orders_app.models.jobs import JobRequest, JobRun
from orders_app.models.law import BankHoliday, LawChange, ProvisionRow
from orders_app.models.orders import Condition, Order, OrderCorrection, OrderVersion, ProtectedPerson
from orders_app.models.people import Address, AddressWord, Alias, CustodyPeriod, Identifier, Marker, NameKey, Person, PersonName
from orders_app.models.records import Record, ReferenceCounter
from orders_app.models.registrations import Registration
from orders_app.models.users import Area, SignInThrottle, Team, User, UserRole, UserSession

__all__ = [
    "Absence",
    "AccessGrant",
    "Address",
    "AddressWord",
    "Alert",
    "AlertEscalation",
    "AlertMove",
    "Alias",
    "Area",
    "AuditEvent",
    "BankHoliday",
    "CalendarAddress",
    "CalendarEntry",
    "CaseloadHandOver",
    "CaseloadNotice",
    "Condition",
    "CustodyPeriod",
    "Deadline",
    "DeadlineNote",
    "Delivery",
    "Draft",
    "Event",
    "EventCorrection",
    "HandOver",
    "HandOverNotice",
    "Identifier",
    "ImportRun",
    "JobRequest",
    "JobRun",
    "LawChange",
    "LibraryCondition",
    "Marker",
    "NameKey",
    "Order",
    "OrderCorrection",
    "OrderVersion",
    "Person",
    "PersonName",
    "ProtectedPerson",
    "ProvisionRow",
    "Record",
    "ReferenceCounter",
    "Registration",
    "SignInThrottle",
    "Team",
    "User",
    "UserRole",
    "UserSession",
]
