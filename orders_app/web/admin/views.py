"""The pages of the room: users, their changes, teams and areas, sessions, and who may do what."""

from orders_app.web.admin import places, sessions, user_changes, user_pages
from orders_app.web.admin.blueprint import blueprint

__all__ = ["blueprint", "places", "sessions", "user_changes", "user_pages"]
