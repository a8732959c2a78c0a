"""How alerts reach me: what I chose, and my calendar's address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries import calendars, users
from orders_app.queries.digests import digest_for
from orders_app.rules.access import Permission
from orders_app.rules.calendars import AHEAD_DAYS
from orders_app.rules.emails import is_sendable
from orders_app.services import calendars as calendar_service
from orders_app.services.channels import choose_channels
from orders_app.services.errors import ChangedMeanwhile
from orders_app.web.access import requires
from orders_app.web.channels.forms import ALWAYS, DIGEST, HOUR_CLOCKS, MailForm
from orders_app.web.channels.wording import mail_details
from orders_app.web.installation import installation, program_address
from orders_app.web.session import act, now, read_session, viewer

blueprint = Blueprint("channels", __name__, url_prefix="/account/alerts")


@blueprint.get("")
@requires(Permission.ALERT_WORK)
def show() -> str:
    """In the program, by e-mail, in the calendar."""
    me = _me()
    address = calendars.address_of(read_session(), me.id)
    return render_template(
        "channels/show.html",
        details=mail_details(me, url_for("channels.mail")),
        always=ALWAYS,
        address=address,
        replaces=calendars.name_of(address),
        ahead=AHEAD_DAYS,
        has_mail=installation().settings.sends_mail,
    )


@blueprint.route("/mail", methods=["GET", "POST"])
@requires(Permission.ALERT_WORK)
def mail() -> str | Response:
    """Choose what to be told by e-mail."""
    me = _me()
    form = MailForm(data={"wanted": [name for name, is_on in ((DIGEST, me.wants_digest), (HOUR_CLOCKS, me.wants_hour_clocks)) if is_on]})
    if form.validate_on_submit():
        wanted = form.wanted.data or []
        with act("user.channels_chosen") as work:
            choose_channels(work, user_id=me.id, wants_digest=DIGEST in wanted, wants_hour_clocks=HOUR_CLOCKS in wanted)
        flash("Saved")
        return redirect(url_for("channels.show"))
    return render_template("channels/mail.html", form=form, has_mail=installation().settings.sends_mail)


@blueprint.get("/mail/preview")
@requires(Permission.ALERT_WORK)
def preview() -> str:
    """My morning e-mail as it would be sent this moment."""
    parts = installation()
    message = digest_for(read_session(), _own_key(), now(), stages=parts.stages, public_url=program_address())
    arrives = is_sendable(_me().email)
    return render_template("channels/preview.html", message=message, arrives=arrives, has_mail=parts.settings.sends_mail)


@blueprint.post("/calendar")
@requires(Permission.ALERT_WORK)
def make_calendar() -> str | Response:
    """A new address, shown on this answer and nowhere else. The same page sent again leaves the address that it gave."""
    try:
        with act("calendar.address_made") as work:
            token = calendar_service.make_address(work, user_id=_own_key(), replaces=request.form.get("replaces", ""))
    except ChangedMeanwhile:
        flash("You have a calendar address already, made a moment ago or on another page. It was shown once, and works")
        return redirect(url_for("channels.show", _anchor="calendar"))
    address = f"{program_address()}{url_for('calendars.read', token=token)}"
    return render_template("channels/make_calendar.html", address=address)


@blueprint.post("/calendar/end")
@requires(Permission.ALERT_WORK)
def end_calendar() -> Response:
    """The address opens nothing any more."""
    with act("calendar.address_ended") as work:
        has_ended = calendar_service.end_address(work, user_id=_own_key(), because="ended_by_owner")
    if has_ended:
        flash("The calendar address has ended. Remove the calendar from your calendar program too")
    return redirect(url_for("channels.show"))


def _me() -> Any:
    return users.by_id(read_session(), _own_key())


def _own_key() -> int:
    return viewer().user_id or 0
