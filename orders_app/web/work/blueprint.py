"""The room's blueprint, shared by its pages."""

from flask import Blueprint

blueprint = Blueprint("work", __name__)
