"""Finding, reading, adding and editing users."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries import audit, calendars, caseloads, teams
from orders_app.queries import users as queries
from orders_app.queries.audit import AuditFilter
from orders_app.queries.users import UserFilter
from orders_app.rules.access import Permission, Role
from orders_app.services import passwords
from orders_app.services import users as service
from orders_app.services.errors import ChangedMeanwhile, NotFound, RulesBroken
from orders_app.web.access import requires
from orders_app.web.admin.blueprint import blueprint
from orders_app.web.admin.forms import NewUserForm, UserFilterForm, UserForm
from orders_app.web.audit.lines import line_of
from orders_app.web.auth.loading import idle_time
from orders_app.web.auth.wording import browser_words, details_of
from orders_app.web.channels.wording import channel_details
from orders_app.web.fields import refuse
from orders_app.web.filters import plural
from orders_app.web.paging import paging
from orders_app.web.role_words import PERMISSION_NAMES, ROLE_NAMES, allowed_to, role_names, roles_with
from orders_app.web.session import act, now, read_session, viewer

STATES = {"active": True, "left": False, "all": None}


@blueprint.get("/users")
@requires(Permission.USER_EDIT)
def users() -> str:
    """Find a user."""
    form = UserFilterForm(request.args)
    form.offer_teams(teams.all_teams(read_session()))
    wanted = _wanted(form)
    part = paging(queries.how_many(read_session(), wanted))
    rows = queries.listed(read_session(), wanted, first=part.skipped, count=part.size)
    return render_template("admin/users.html", filters=form, part=part, rows=[_row(user) for user in rows])


@blueprint.get("/users/<username>")
@requires(Permission.USER_EDIT)
def user(username: str) -> str:
    """One user: what they may do, where they are signed in, and what can be done about it."""
    found = _found(username)
    live = queries.live_sessions(read_session(), found.id, now=now(), idle=idle_time())
    calendar = calendars.address_of(read_session(), found.id)
    return render_template(
        "admin/user.html",
        channels=channel_details(found, calendar, now()),
        has_calendar=calendar is not None,
        user=found,
        details=details_of(found),
        allowed=allowed_to(Role(row.role) for row in found.roles),
        sessions=live,
        browser_words=browser_words,
        locked_until=queries.locked_until(read_session(), found.id, now()),
        holds=_holds(found),
    )


def _holds(found: Any) -> dict[str, Any]:
    """How many records somebody who may leave still has, and who hands them over: the reader, if they may, else whoever leads the team."""
    count = caseloads.open_records_of(read_session(), found.id)
    if not count:
        return {}
    may = viewer().may(Permission.ALERT_ASSIGN) and found.username in caseloads.which_of(read_session(), viewer(), [found.id])
    who = [one.display_name for one in caseloads.who_hands_over(read_session(), found)] if not may else []
    href = url_for("caseloads.whose", officer=found.username) if may else ""
    return {"records": plural(count, "record"), "href": href, "who": " or ".join(who)}


@blueprint.route("/users/new", methods=["GET", "POST"])
@requires(Permission.USER_EDIT)
def new_user() -> str | Response:
    """Add a user; their first password is shown once."""
    form = NewUserForm()
    form.offer_teams(teams.all_teams(read_session()))
    if form.validate_on_submit():
        password = passwords.new_password()
        try:
            with act("user.created") as work:
                made = service.create_user(work, details=form.details(), password=password)
        except RulesBroken as refusals:
            refuse(form, refusals)
        else:
            return render_template("admin/new_password.html", user=made, password=password, is_new=True)
    return render_template("admin/new_user.html", form=form)


@blueprint.route("/users/<username>/edit", methods=["GET", "POST"])
@requires(Permission.USER_EDIT)
def edit_user(username: str) -> str | Response | tuple[str, int]:
    """Change what is known of a user, their roles and their team."""
    found = _found(username)
    form = UserForm(data=_answers(found))
    form.offer_teams(teams.all_teams(read_session()))
    if form.validate_on_submit():
        try:
            with act("user.changed") as work:
                changed = service.edit_user(work, username=username, version=form.version.data, details=form.details())
        except ChangedMeanwhile:
            return _changed_meanwhile(form, found)
        except RulesBroken as refusals:
            refuse(form, refusals)
        else:
            flash(f"{changed.display_name} has been changed")
            return redirect(url_for("admin.user", username=changed.username))
    return render_template("admin/edit_user.html", form=form, user=found)


def _changed_meanwhile(form: UserForm, found: Any) -> tuple[str, int]:
    """The form as it was typed, beneath what somebody else saved. Saving it again puts it in their place."""
    form.version.data = found.version
    return render_template("admin/edit_user.html", form=form, user=found, saved=details_of(found)), 409


@blueprint.get("/roles")
@requires(Permission.USER_EDIT)
def roles() -> str:
    """Who may do what."""
    rows = [{"name": ROLE_NAMES[role], "code": role.value, "allowed": allowed_to({role})} for role in Role]
    by_permission = [(words, roles_with(permission)) for permission, words in PERMISSION_NAMES.items()]
    return render_template("admin/roles.html", roles=rows, permissions=by_permission)


@blueprint.get("/users/<username>/history")
@requires(Permission.USER_EDIT)
def user_history(username: str) -> str:
    """What was done to this user's account, and when they signed in: not what they did in cases."""
    found = _found(username)
    wanted = AuditFilter(subject=("users", found.id))
    part = paging(audit.how_many(read_session(), viewer(), wanted))
    rows = audit.listed(read_session(), viewer(), wanted, first=part.skipped, count=part.size)
    names = audit.names_in(read_session(), viewer(), [row.event for row in rows])
    return render_template("admin/user_history.html", user=found, part=part, lines=[line_of(row, names) for row in rows])


def _found(username: str) -> Any:
    found = queries.by_username(read_session(), username)
    if found is None:
        raise NotFound(username)
    return found


def _wanted(form: UserFilterForm) -> UserFilter:
    team = form.team.data if form.team.data and form.team.data.isdigit() else None
    role = form.role.data if form.role.data in set(Role) else None
    return UserFilter(
        words=form.q.data or "",
        team_id=int(team) if team else None,
        role=Role(role) if role else None,
        is_active=STATES.get(form.state.data or "active", True),
    )


def _row(user: Any) -> dict[str, Any]:
    return {"user": user, "roles": role_names(Role(row.role) for row in user.roles), "status": "Active" if user.is_active else "Left"}


def _answers(user: Any) -> dict[str, Any]:
    answers = {name: getattr(user, name) for name in ("name", "rank", "collar_number", "username", "email", "leads_team", "version")}
    return answers | {"team": str(user.team_id or ""), "roles": [row.role for row in user.roles]}
