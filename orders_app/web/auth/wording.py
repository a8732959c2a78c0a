"""The words for why a session ended, for a browser, and for what is known of a user."""

from __future__ import annotations

from typing import Any

from orders_app.rules.access import Role
from orders_app.web.role_words import role_names

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
