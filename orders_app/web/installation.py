"""What the entry points hand down: settings, the law in force, alert policy, and sessions that may write."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from sqlalchemy.orm import Session, sessionmaker

from config.settings import Settings
from orders_app.rules.alerting import Stage
from orders_app.services.law_in_force import LawInForce


@dataclass(frozen=True)
class Installation:
    """One running program's fixed parts."""

    settings: Settings
    law: LawInForce
    stages: tuple[Stage, ...]
    sessions: sessionmaker[Session]


def installation() -> Installation:
    """Return the fixed parts of the app in hand."""
    parts: Installation = current_app.extensions["orderwatch"]
    return parts


def program_address() -> str:
    """Where officers open the program, without a stroke at the end: as it is set, else as this request came."""
    return installation().settings.public_url or request.host_url.rstrip("/")
