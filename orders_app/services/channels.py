"""How alerts reach an officer outside the program. In the program they always do."""

from __future__ import annotations

from orders_app.models import User
from orders_app.services.errors import NotFound
from orders_app.services.work import Work


def choose_channels(work: Work, *, user_id: int, wants_digest: bool, wants_hour_clocks: bool) -> User:
    """Say whether an officer is told by e-mail each morning, and at once of hour clocks. Raises NotFound.

    The last stages of what the law sets are told whatever is chosen here.
    """
    officer = work.session.get(User, user_id)
    if officer is None:
        raise NotFound("user")
    officer.wants_digest, officer.wants_hour_clocks = wants_digest, wants_hour_clocks
    return officer
