"""The registrations room's addresses. Each subject's views hang themselves on this; views.py brings them together."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("registrations", __name__)
