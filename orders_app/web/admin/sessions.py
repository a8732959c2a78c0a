"""Who is signed in now."""

from __future__ import annotations

from flask import render_template

from orders_app.queries import users
from orders_app.rules.access import Permission
from orders_app.web.access import requires
from orders_app.web.admin.blueprint import blueprint
from orders_app.web.auth.loading import idle_time
from orders_app.web.paging import paging
from orders_app.web.session import now, read_session


@blueprint.get("/sessions")
@requires(Permission.USER_EDIT)
def sessions() -> str:
    """List every live session."""
    part = paging(users.how_many_signed_in(read_session(), now=now(), idle=idle_time()))
    rows = users.everywhere_signed_in(read_session(), now=now(), idle=idle_time(), first=part.skipped, count=part.size)
    return render_template("admin/sessions.html", part=part, rows=rows)
