"""The signed-in officer, as Flask-Login and the pages see them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_login import AnonymousUserMixin, UserMixin

from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Permission
from orders_app.services.work import Actor


@dataclass(frozen=True, eq=False)
class SignedIn(UserMixin):
    """An officer with a live session row. `get_id` gives the session's token, never the user's key."""

    token: str
    session_id: int
    username: str
    display_name: str
    team_name: str
    viewer: Viewer
    must_change_password: bool = False

    def get_id(self) -> str:
        return self.token

    @property
    def actor(self) -> Actor:
        return Actor(self.viewer.user_id, self.display_name, self.viewer)

    def may(self, permission: Permission) -> bool:
        return self.viewer.may(permission)


class Visitor(AnonymousUserMixin):
    """Nobody: may see public pages only."""

    viewer = Viewer(user_id=None)

    def may(self, permission: Permission) -> bool:
        return permission is Permission.PUBLIC
