"""Teams and areas."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from orders_app.queries import teams as queries
from orders_app.rules.access import Permission
from orders_app.services import teams as service
from orders_app.services.errors import NotFound, RuleBroken
from orders_app.web.access import requires
from orders_app.web.admin.blueprint import blueprint
from orders_app.web.admin.forms import AreaForm, TeamForm
from orders_app.web.fields import refuse
from orders_app.web.session import act, read_session


@blueprint.get("/teams")
@requires(Permission.USER_EDIT)
def teams() -> str:
    """List teams and areas."""
    rows = queries.teams_with_members(read_session())
    areas = [(area, [team.row for team in rows if team.row.area_id == area.id]) for area in queries.all_areas(read_session())]
    return render_template("admin/teams.html", teams=rows, areas=areas)


@blueprint.route("/teams/new", methods=["GET", "POST"])
@requires(Permission.USER_EDIT)
def new_team() -> str | Response:
    """Add a team."""
    return _team_page(TeamForm(), former_name="")


@blueprint.route("/teams/edit/<path:name>", methods=["GET", "POST"])
@requires(Permission.USER_EDIT)
def edit_team(name: str) -> str | Response:
    """Rename a team or move it to another area."""
    team = queries.team(read_session(), name)
    if team is None:
        raise NotFound(name)
    return _team_page(TeamForm(data={"name": team.name, "area": str(team.area_id or "")}), former_name=name)


@blueprint.route("/areas/new", methods=["GET", "POST"])
@requires(Permission.USER_EDIT)
def new_area() -> str | Response:
    """Add an area."""
    return _area_page(AreaForm(), former_code="")


@blueprint.route("/areas/edit/<path:code>", methods=["GET", "POST"])
@requires(Permission.USER_EDIT)
def edit_area(code: str) -> str | Response:
    """Change an area's name or code."""
    area = queries.area(read_session(), code)
    if area is None:
        raise NotFound(code)
    return _area_page(AreaForm(data={"name": area.name, "code": area.code}), former_code=code)


def _team_page(form: TeamForm, former_name: str) -> str | Response:
    form.offer_areas(queries.all_areas(read_session()))
    if form.validate_on_submit():
        try:
            with act("team.saved") as work:
                area_id = int(form.area.data) if form.area.data else None
                service.save_team(work, former_name=former_name, name=form.name.data or "", area_id=area_id)
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            flash(f"{form.name.data} has been saved")
            return redirect(url_for("admin.teams"))
    return render_template("admin/edit_team.html" if former_name else "admin/new_team.html", form=form, former=former_name)


def _area_page(form: AreaForm, former_code: str) -> str | Response:
    if form.validate_on_submit():
        try:
            with act("area.saved") as work:
                service.save_area(work, former_code=former_code, code=form.code.data or "", name=form.name.data or "")
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            flash(f"{form.name.data} has been saved")
            return redirect(url_for("admin.teams"))
    return render_template("admin/edit_area.html" if former_code else "admin/new_area.html", form=form, former=former_code)
