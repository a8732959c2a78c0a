"""What somebody typed to search for, kept on the server: addresses hold its token and nothing of what was typed."""

from __future__ import annotations

from collections.abc import Mapping

from orders_app.queries.drafts import find_draft
from orders_app.services.drafts import Searched, begin_draft
from orders_app.services.errors import NotFound
from orders_app.web.session import act, read_session, viewer


def keep_search(kind: Searched, typed: Mapping[str, str]) -> str:
    """Keep what the signed-in officer typed. Return the token that stands for it in addresses."""
    with act("search.kept") as work:
        return begin_draft(work, kind=kind, data=typed).token


def kept_search(kind: Searched, token: str) -> dict[str, str]:
    """Return what the signed-in officer typed. Raises NotFound where the search is somebody else's, or has been cleaned away."""
    search = find_draft(read_session(), user_id=viewer().user_id, kind=kind, token=token)
    if search is None:
        raise NotFound("search")
    return dict(search.data)
