"""What roles and permissions are called, wherever a page or a command names one."""

from __future__ import annotations

from collections.abc import Iterable

from orders_app.rules.access import Permission, Role, may_any

ROLE_NAMES = {
    Role.ORDERS_DESK: "Orders desk",
    Role.ORDERS_SUPERVISOR: "Orders desk supervisor",
    Role.OFFENDER_MANAGER: "Offender manager",
    Role.MOSOVO_SUPERVISOR: "MOSOVO supervisor",
    Role.SOC_PREVENT: "SOC Prevent coordinator",
    Role.DISCLOSURE_OFFICER: "Disclosure officer",
    Role.DART_ANALYST: "DART analyst",
    Role.INSPECTOR: "Inspector",
    Role.DUTY_INSPECTOR: "Duty inspector",
    Role.PATROL: "Patrol officer",
    Role.PERFORMANCE: "Performance officer",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
}
PERMISSION_NAMES = {
    Permission.PERSON_VIEW: "look up people",
    Permission.PERSON_EDIT: "add and change people",
    Permission.ORDER_VIEW: "look up orders that have not ended",
    Permission.ORDER_VIEW_ENDED: "look up orders that have ended",
    Permission.ORDER_RECORD: "record orders and what happens to them",
    Permission.REGISTRATION_VIEW: "see how long somebody is to notify, and what is due",
    Permission.REGISTRATION_RECORD: "record registrations and notifications",
    Permission.LIBRARY_EDIT: "change the standard conditions",
    Permission.LAW_EDIT: "enter provisions and bank holidays",
    Permission.ALERT_WORK: "work through alerts",
    Permission.ALERT_ASSIGN: "give alerts to somebody else",
    Permission.CASELOAD_HAND_OVER: "hand over the whole caseload of any officer",
    Permission.TEAM_VIEW: "see a team’s work",
    Permission.ACCESS_SET: "restrict or seal a record, and name who may open it",
    Permission.IMPORT_RUN: "import spreadsheets",
    Permission.EXPORT_RUN: "export lists",
    Permission.AUDIT_VIEW: "read who looked at what, and who changed it",
    Permission.USER_EDIT: "add and change users, teams and areas",
    Permission.JOB_VIEW: "see the jobs",
    Permission.JOB_RUN: "run a job now",
}


def role_names(roles: Iterable[Role]) -> list[str]:
    """The names of these roles, in the order of the list of roles."""
    held = frozenset(roles)
    return [ROLE_NAMES[role] for role in Role if role in held]


def allowed_to(roles: Iterable[Role]) -> list[str]:
    """What somebody with these roles may do, in words."""
    held = frozenset(roles)
    return [words for permission, words in PERMISSION_NAMES.items() if may_any(held, permission)]


def roles_with(permission: Permission) -> list[str]:
    """The names of the roles that have a permission."""
    return role_names(role for role in Role if may_any({role}, permission))
