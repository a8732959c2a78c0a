"""The pages and the commands: the only floor that knows Flask."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from flask import Flask
from flask_login import LoginManager
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from config.logging import set_up_entries, set_up_logging
from config.reference import load_reference
from config.settings import ROOT, Mode, Settings
from orders_app.db import db, writing_sessions
from orders_app.services.law_in_force import LawInForce
from orders_app.web import access, errors, filters, page_frame, security, way_back
from orders_app.web.installation import Installation
from orders_app.web.signed_in import Visitor

ROOMS: tuple[str, ...] = (
    "pages",
    "auth",
    "admin",
    "audit",
    "orders",
    "condition_library",
    "imports",
    "people",
    "registrations",
    "restrictions",
    "work",
    "absences",
    "calendars",
    "channels",
    "caseloads",
    "jobs",
    "law",
    "health",
)


class Program(Flask):
    """Flask, whose own entry about a fault outside every page would hold the address."""

    def log_exception(self, exc_info: Any) -> None:
        """Say it as the pages do."""
        errors.log_fault(exc_info)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the whole application. Without settings they are read from the environment."""
    settings = settings or Settings()
    _set_up_log(settings)
    app = Program("orders_app.web", static_folder="static")
    app.config.update(SECRET_KEY=settings.secret_key, TESTING=settings.env is Mode.TEST)
    _set_up_database(app, settings)
    _set_up_templates(app)
    errors.set_up_errors(app)  # first: whatever refuses a request afterwards has its reference
    security.set_up_security(app, settings)
    _set_up_sign_in(app)
    app.before_request(access.check_access)
    for room in ROOMS:
        app.register_blueprint(import_module(f"orders_app.web.{room}.views").blueprint)
    return app


def _set_up_log(settings: Settings) -> None:
    """Commands and tests have said already where entries go."""
    if settings.env is Mode.TEST or logging.getLogger().handlers:
        set_up_entries()
    else:
        set_up_logging()


def _set_up_database(app: Flask, settings: Settings) -> None:
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url, SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, "pool_pre_ping": True}
    )
    db.init_app(app)
    reference = load_reference()
    with app.app_context():
        sessions = writing_sessions(db.engine)
    app.extensions["orderwatch"] = Installation(settings, LawInForce(reference.law), reference.stages, sessions)


def _set_up_templates(app: Flask) -> None:
    app.jinja_options = {"undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}
    library = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), library])
    filters.set_up_filters(app)
    page_frame.set_up_page_frame(app)
    way_back.set_up_way_back(app)


def _set_up_sign_in(app: Flask) -> None:
    manager = LoginManager()
    manager.session_protection = None  # the session row is the protection: it can be ended from the server
    manager.anonymous_user = Visitor
    manager.init_app(app)
    manager.user_loader(import_module("orders_app.web.auth.loading").load_signed_in)
