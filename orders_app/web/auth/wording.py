"""The words for roles, for what each permission lets somebody do, and for why a session ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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
    Permission.PERSON_VIEW: "Look up people",
    Permission.PERSON_EDIT: "Add and change people",
    Permission.ORDER_VIEW: "Look up orders that have not ended",
    Permission.ORDER_VIEW_ENDED: "Look up orders that have ended",
    Permission.ORDER_RECORD: "Record orders and what happens to them",
    Permission.ALERT_WORK: "Work through alerts",
    Permission.ALERT_ASSIGN: "Give alerts to somebody else",
    Permission.TEAM_VIEW: "See a team's work",
    Permission.ACCESS_SET: "Restrict or seal a record, and name who may open it",
    Permission.IMPORT_RUN: "Import spreadsheets",
    Permission.EXPORT_RUN: "Export lists",
    Permission.AUDIT_VIEW: "Read who looked at what, and who changed it",
    Permission.USER_EDIT: "Add and change users, teams and areas",
    Permission.JOB_VIEW: "See the nightly jobs",
    Permission.JOB_RUN: "Run a nightly job now",
}
ENDED_WORDS = {
    "idle": "You were signed out because this browser was not used for a while.",
    "expired": "You were signed out because this session reached its longest time.",
    "password_changed": "You were signed out because your password was changed.",
    "ended_by_owner": "You ended this session from another browser.",
    "ended_by_administrator": "An administrator ended this session.",
    "deactivated": "This user name is no longer active.",
}

BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
MACHINES = (
    ("Android", "Android"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


def browser_words(agent: str) -> str:
    """What a browser calls itself, in words: 'Firefox on Windows'."""
    browser = next((words for mark, words in BROWSERS if mark in agent), "Another browser")
    machine = next((words for mark, words in MACHINES if mark in agent), "another machine")
    return f"{browser} on {machine}"


def role_names(roles: Iterable[Role]) -> list[str]:
    """The names of these roles, in the order of the list of roles."""
    held = frozenset(roles)
    return [ROLE_NAMES[role] for role in Role if role in held]


def allowed_to(roles: frozenset[Role]) -> list[str]:
    """What somebody with these roles may do, in words."""
    return [words for permission, words in PERMISSION_NAMES.items() if may_any(roles, permission)]


def details_of(user: Any) -> list[dict[str, str]]:
    """The rows of the summary that an officer sees of themselves."""
    values = {
        "Name": user.display_name,
        "User name": user.username,
        "E-mail": user.email or "None recorded",
        "Team": (user.team.name if user.team else "None") + (", as its supervisor" if user.leads_team else ""),
        "Roles": ", ".join(role_names(Role(row.role) for row in user.roles)) or "None",
    }
    return [{"key": key, "value": value} for key, value in values.items()]
