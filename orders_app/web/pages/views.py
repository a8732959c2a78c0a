"""Help, the accessibility statement, and who can see what: open to everybody, signed in or not."""

from __future__ import annotations

from flask import Blueprint, render_template

from orders_app.rules.access import Permission, Role
from orders_app.web.access import requires
from orders_app.web.role_words import ROLE_NAMES, allowed_to

blueprint = Blueprint("pages", __name__)


@blueprint.get("/help")
@requires(Permission.PUBLIC)
def help() -> str:
    """How to do the everyday things, and whom to ring."""
    return render_template("pages/help.html")


@blueprint.get("/accessibility")
@requires(Permission.PUBLIC)
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("pages/accessibility.html")


@blueprint.get("/who-can-see-what")
@requires(Permission.PUBLIC)
def who_can_see_what() -> str:
    """What each kind of access means, and what is logged."""
    return render_template("pages/who_can_see_what.html", roles=[(ROLE_NAMES[role], allowed_to({role})) for role in Role])
