"""An officer's calendar, opened by the token in its address and by nothing else: calendar programs cannot sign in."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from orders_app.queries import calendars as queries
from orders_app.rules.access import Permission
from orders_app.services import calendars as service
from orders_app.services.sign_in import token_hash
from orders_app.services.work import Actor
from orders_app.web.access import requires
from orders_app.web.auth.signing_in import NOBODY
from orders_app.web.calendars.calendar_file import CONTENT_TYPE, FILE_NAME, calendar_file
from orders_app.web.installation import program_address
from orders_app.web.session import act, read_session

blueprint = Blueprint("calendars", __name__)
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Disposition": f'inline; filename="{FILE_NAME}"',
    "X-Robots-Tag": "noindex",
}


@blueprint.get("/calendar/<token>.ics")
@requires(Permission.PUBLIC)
def read(token: str) -> Response:
    """The calendar of whoever this address was made for. A wrong address and one that was ended are answered alike."""
    found = queries.opened_by(read_session(), token_hash(token))
    if found is None:
        with act("calendar.refused", actor=NOBODY) as work:
            service.refuse_wrong_address(work, network_address=request.remote_addr or "")
        abort(404)
    with act("calendar.read", actor=Actor(found.viewer.user_id, found.display_name, found.viewer)) as work:
        told = service.read_calendar(work, address_id=found.address_id)
    answer = Response(calendar_file(told, program_address()), content_type=CONTENT_TYPE, headers=HEADERS)
    answer.add_etag()
    return answer.make_conditional(request)
