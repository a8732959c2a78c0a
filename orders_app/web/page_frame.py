"""What every page shows around its content: who is signed in, the menu, and when alerts were last checked."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from orders_app.queries.page_frame import frame
from orders_app.rules.access import Permission
from orders_app.rules.law_warnings import LawWarning, law_warnings
from orders_app.web import filters
from orders_app.web.installation import installation
from orders_app.web.session import law_tables, now, read_session, today, viewer

STATIC = Path(__file__).parent / "static"
MENU = (
    ("work", "My work", "work.index", Permission.ALERT_WORK),
    ("people", "People", "people.index", Permission.PERSON_VIEW),
    ("orders", "Orders", "orders.index", Permission.ORDER_VIEW),
    ("registrations", "Registered", "registrations.index", Permission.REGISTRATION_VIEW),
    ("law", "Work out a date", "law.calculator", Permission.SIGNED_IN),
    ("jobs", "Jobs", "jobs.index", Permission.JOB_RUN),
    ("imports", "Import", "imports.index", Permission.IMPORT_RUN),
    ("audit", "Audit", "audit.index", Permission.AUDIT_VIEW),
    ("admin", "Users", "admin.users", Permission.USER_EDIT),
)
TOLD_OF_LAW = (Permission.LAW_EDIT, Permission.ACCESS_SET)
FIRST_PAGES = frozenset({"work.index", "jobs.index", "admin.users", "law.provisions", "law.days"})


def set_up_page_frame(app: Flask) -> None:
    """Make the frame's values known to every template."""
    app.context_processor(_frame)
    app.jinja_env.globals["asset"] = _asset


def _frame() -> dict[str, Any]:
    settings = installation().settings
    shown: dict[str, Any] = {"force_name": settings.force_name, "help_desk": settings.help_desk, "page_made": filters.at(now())}
    if current_user.is_authenticated:
        numbers = frame(read_session(), viewer(), now())
        checked = filters.alerts_checked(numbers.alerts_checked_at, now())
        shown |= {"viewer": current_user, "navigation": _navigation(numbers.mine), "footer_links": _footer_links()}
        shown["waits_for_me"] = f"My work ({filters.number(numbers.mine)})" if current_user.may(Permission.ALERT_WORK) else ""
        shown["alerts_checked"] = checked
        shown |= {"law_warnings": _law_warnings(), "may_enter_law": current_user.may(Permission.LAW_EDIT)}
        shown["search_href"] = filters.address_of("people.search") if current_user.may(Permission.PERSON_VIEW) else ""
    return shown


def _law_warnings() -> list[LawWarning]:
    """What ends soon in the tables of law: said on their first pages to those who see to it, and to supervisors."""
    is_told = any(current_user.may(permission) for permission in TOLD_OF_LAW)
    return law_warnings(law_tables(), today()) if is_told and request.endpoint in FIRST_PAGES else []


def _navigation(mine: int) -> list[tuple[str, str, str]]:
    allowed = [item for item in MENU if current_user.may(item[3])]
    return [(key, f"{text} ({filters.number(mine)})" if key == "work" else text, url_for(endpoint)) for key, text, endpoint, _ in allowed]


def _footer_links() -> list[tuple[str, str]]:
    is_shown = current_user.may(Permission.JOB_VIEW)
    return [("Jobs", url_for("jobs.index"))] if is_shown else []


def _asset(name: str) -> str:
    return url_for("static", filename=name, v=_versions().get(name, ""))


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    manifest = STATIC / "manifest.json"
    return json.loads(manifest.read_text()) if manifest.exists() else {}
