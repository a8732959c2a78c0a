"""`orderwatch create-user`."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from orders_app.queries import teams
from orders_app.rules.access import Role
from orders_app.services import passwords, users
from orders_app.services.users import UserDetails
from orders_app.web.cli.database import insist_on_tables
from orders_app.web.cli.output import at_the_command_line, print_json
from orders_app.web.session import act, read_session

ROLES = click.Choice([role.value for role in Role])


@click.command("create-user")
@click.argument("name")
@click.option("--username", required=True, help="What they type to sign in.")
@click.option(
    "--role", "roles", multiple=True, required=True, type=ROLES, metavar="ROLE", help=f"May be given several times: {', '.join(Role)}."
)
@click.option("--team", default="", help="The name of their team, as it is on file.")
@click.option("--leads-team", is_flag=True, help="They hear when an alert of the team is met with silence.")
@click.option("--rank", default="", help="Rank or grade, such as PC.")
@click.option("--number", "collar_number", default="", help="Collar number.")
@click.option("--email", default="", help="E-mail address.")
@click.option("--ask-password", is_flag=True, help="Ask for the password. Otherwise one is made and printed once.")
@with_appcontext
def create_user(name: str, username: str, roles: tuple[str, ...], team: str, ask_password: bool, **more: str | bool) -> None:
    """Add somebody who can sign in, with a password to change at first use."""
    insist_on_tables()
    password = _asked() if ask_password else passwords.new_password()
    details = UserDetails(username=username, name=name, roles=frozenset(map(Role, roles)), team_id=_team_id(team), **more)  # type: ignore[arg-type]
    with act("user.created", actor=at_the_command_line()) as work:
        user = users.create_user(work, details=details, password=password)
        answer = {"username": user.username, "name": user.display_name, "roles": sorted(roles), "team": team or None}
    print_json(answer if ask_password else answer | {"password": password})


def _asked() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return password


def _team_id(name: str) -> int | None:
    if not name:
        return None
    on_file = teams.all_teams(read_session())
    team = next((team for team in on_file if team.name.casefold() == name.strip().casefold()), None)
    if team is None:
        raise click.ClickException(f"There is no team '{name}'. Teams on file: {'; '.join(team.name for team in on_file) or 'none'}")
    return team.id
