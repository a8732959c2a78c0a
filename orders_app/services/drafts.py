"""Keep what somebody typed: on a form of several pages until it is saved or thrown away, in a search box so that no address holds it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from orders_app.models import Draft
from orders_app.queries import drafts
from orders_app.services.errors import NotFound
from orders_app.services.work import Work

TOKEN_BYTES = 12


class Searched(StrEnum):
    """The kinds of draft that are searches: what was looked for."""

    PEOPLE = "people_search"
    ORDERS = "orders_search"


def begin_draft(work: Work, *, kind: str, data: Mapping[str, Any], person_id: int | None = None) -> Draft:
    """Start a draft for whoever acts. Raises NotFound where nobody is signed in: a draft belongs to a person."""
    if work.actor.id is None:
        raise NotFound("a draft needs an owner")
    draft = Draft(
        token=secrets.token_urlsafe(TOKEN_BYTES), kind=kind, user_id=work.actor.id, person_id=person_id, data=dict(data),
        created_at=work.now, changed_at=work.now,
    )  # fmt: skip
    work.session.add(draft)
    work.session.flush()
    return draft


def save_draft(work: Work, *, kind: str, token: str, data: Mapping[str, Any]) -> Draft:
    """Replace the answers of one's own draft. Raises NotFound."""
    draft = _own(work, kind, token)
    draft.data = dict(data)
    draft.changed_at = work.now
    return draft


def drop_draft(work: Work, *, kind: str, token: str) -> None:
    """Remove one's own draft: it became a record, or is not wanted. Raises NotFound."""
    work.session.delete(_own(work, kind, token))


def _own(work: Work, kind: str, token: str) -> Draft:
    draft = drafts.find_draft(work.session, user_id=work.actor.id, kind=kind, token=token)
    if draft is None:
        raise NotFound(token)
    return draft
