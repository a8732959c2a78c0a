"""The room's blueprint."""

from flask import Blueprint

blueprint = Blueprint("law", __name__)
