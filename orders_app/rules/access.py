"""Who may do what: one table. Closed by default: what is not listed is not allowed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Access(StrEnum):
    """How widely a person or a record may be seen."""

    OPEN = "open"
    RESTRICTED = "restricted"  # known of; its details are for those named on it
    SEALED = "sealed"  # for anybody not named on it, it does not exist


class Role(StrEnum):
    """A set of permissions. One user may have several."""

    ORDERS_DESK = "orders_desk"
    ORDERS_SUPERVISOR = "orders_supervisor"
    OFFENDER_MANAGER = "offender_manager"
    MOSOVO_SUPERVISOR = "mosovo_supervisor"
    SOC_PREVENT = "soc_prevent"
    DISCLOSURE_OFFICER = "disclosure_officer"
    DART_ANALYST = "dart_analyst"
    INSPECTOR = "inspector"
    DUTY_INSPECTOR = "duty_inspector"
    PATROL = "patrol"
    PERFORMANCE = "performance"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing a page or a command lets somebody do. PUBLIC needs no sign-in, SIGNED_IN nothing more than that."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    PERSON_VIEW = "person:view"
    PERSON_EDIT = "person:edit"
    ORDER_VIEW = "order:view"
    ORDER_VIEW_ENDED = "order:view_ended"
    ORDER_RECORD = "order:record"
    REGISTRATION_VIEW = "registration:view"
    REGISTRATION_RECORD = "registration:record"
    LIBRARY_EDIT = "library:edit"
    ALERT_WORK = "alert:work"
    ALERT_ASSIGN = "alert:assign"
    CASELOAD_HAND_OVER = "caseload:hand_over"
    TEAM_VIEW = "team:view"
    ACCESS_SET = "access:set"
    IMPORT_RUN = "import:run"
    EXPORT_RUN = "export:run"
    AUDIT_VIEW = "audit:view"
    USER_EDIT = "user:edit"
    LAW_EDIT = "law:edit"
    JOB_VIEW = "job:view"
    JOB_RUN = "job:run"


_LOOK = frozenset({Permission.PERSON_VIEW, Permission.ORDER_VIEW})
_LOOK_BACK = _LOOK | {Permission.ORDER_VIEW_ENDED, Permission.REGISTRATION_VIEW}
_WORK = _LOOK_BACK | {
    Permission.PERSON_EDIT,
    Permission.ORDER_RECORD,
    Permission.ALERT_WORK,
    Permission.ALERT_ASSIGN,
    Permission.TEAM_VIEW,
    Permission.EXPORT_RUN,
    Permission.JOB_VIEW,
}
_SUPERVISE = _WORK | {
    Permission.CASELOAD_HAND_OVER,
    Permission.ACCESS_SET,
    Permission.AUDIT_VIEW,
    Permission.IMPORT_RUN,
    Permission.LIBRARY_EDIT,
}

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ORDERS_DESK: _WORK | {Permission.IMPORT_RUN},
    Role.ORDERS_SUPERVISOR: _SUPERVISE,
    Role.OFFENDER_MANAGER: _WORK | {Permission.REGISTRATION_RECORD},
    Role.MOSOVO_SUPERVISOR: _SUPERVISE | {Permission.REGISTRATION_RECORD},
    Role.SOC_PREVENT: _WORK | {Permission.IMPORT_RUN, Permission.LIBRARY_EDIT},
    Role.DISCLOSURE_OFFICER: _WORK,
    Role.DART_ANALYST: _LOOK_BACK | {Permission.EXPORT_RUN},
    Role.INSPECTOR: _WORK,
    Role.DUTY_INSPECTOR: _SUPERVISE | {Permission.REGISTRATION_RECORD},
    Role.PATROL: _LOOK,
    Role.PERFORMANCE: frozenset(),  # may see figures, and no record of anybody
    Role.AUDITOR: _LOOK_BACK | {Permission.AUDIT_VIEW, Permission.JOB_VIEW},
    Role.ADMINISTRATOR: frozenset(
        {Permission.USER_EDIT, Permission.LAW_EDIT, Permission.JOB_VIEW, Permission.JOB_RUN, Permission.IMPORT_RUN}
    ),
}


# What it takes to record on each kind of record; whoever is given one has to be able to.
RECORDING = {"order": Permission.ORDER_RECORD, "registration": Permission.REGISTRATION_RECORD}


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Return the roles that have a permission."""
    return tuple(role for role, allowed in ALLOWED.items() if permission in allowed)


def may_any(roles: Iterable[Role], permission: Permission) -> bool:
    """Return whether somebody signed in with these roles has the permission."""
    if permission in (Permission.PUBLIC, Permission.SIGNED_IN):
        return True
    return any(permission in ALLOWED[role] for role in roles)
