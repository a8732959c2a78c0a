"""The room's blueprint, shared by the files of its pages."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
