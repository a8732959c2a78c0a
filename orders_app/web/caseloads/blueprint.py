"""The room's blueprint, shared by its pages."""

from flask import Blueprint

blueprint = Blueprint("caseloads", __name__, url_prefix="/caseloads")
