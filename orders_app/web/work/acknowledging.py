"""Acknowledge one alert or several, each looked at again as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from orders_app.rules.access import Permission
from orders_app.services import deadline_work
from orders_app.services.deadline_work import Acknowledgement, Result, Seen
from orders_app.web.access import requires
from orders_app.web.filters import at, plural
from orders_app.web.session import act
from orders_app.web.way_back import began_at
from orders_app.web.work.blueprint import blueprint
from orders_app.web.work.listing import TICKED
from orders_app.web.work.seen import seen_in

AT_MOST = 100


@blueprint.post("/work/acknowledge")
@requires(Permission.ALERT_WORK)
def acknowledge() -> Response:
    """Acknowledge the one whose button was pressed, else what was ticked, and go back to the list or to its own page."""
    ticked, pressed = request.form.getlist("seen")[:AT_MOST], request.form.get("one")
    seen = [seen_in(text) for text in ([pressed] if pressed else ticked)]
    back = _back(seen_in(text) for text in ticked if pressed and text != pressed)
    if not seen:
        flash("Tick the alerts to acknowledge", "warning")
        return redirect(back)
    with act("alert.acknowledged") as work:
        results = deadline_work.acknowledge(work, seen=seen)
    for kind, message in messages(results):
        flash(message, kind)
    return redirect(back)


def _back(still_ticked: Iterable[Seen]) -> str:
    """The list as it was, with what was ticked and is not acknowledged yet; or the page of the one deadline."""
    ticks = urlencode([(TICKED, f"{one.reference}/{one.number}") for one in still_ticked], safe="/")
    began = began_at() or url_for("work.index")
    return f"{began}{'&' if '?' in began else '?'}{ticks}" if ticks else began


def messages(results: Sequence[Acknowledgement]) -> list[tuple[str, str]]:
    """What became of them: how many were acknowledged, and each that was not, with why."""
    done = [one for one in results if one.result is Result.DONE]
    said = (
        [("success", f"{plural(len(done), 'alert')} acknowledged. The deadline stays until what it asks for is recorded")] if done else []
    )
    for one in results:
        if one.result is Result.ALREADY and one.at:
            said.append(("information", f"{one.seen.reference}: acknowledged by {one.by} at {at(one.at)}"))
        elif one.result is Result.MOVED_ON:
            said.append(
                (
                    "warning",
                    f"{one.seen.reference}: not acknowledged, because it has changed or was met since you opened the list. "
                    "Look at it as it is now",
                )
            )
    return said
