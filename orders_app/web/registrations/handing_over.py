"""Hand a registration over to another officer or team."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.access import Permission
from orders_app.web.access import requires
from orders_app.web.orders.changed import save_change
from orders_app.web.orders.handing_over import HandingOver, hand_over_form, what_is_handed
from orders_app.web.registrations.blueprint import blueprint
from orders_app.web.registrations.changed import RegistrationChange
from orders_app.web.registrations.found import banner_of, registration_or_404, registration_title


class HandingRegistrationOver(RegistrationChange, HandingOver[WholeRegistration]):
    """A registration handed over."""


@blueprint.route("/registrations/<reference>/hand-over", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_RECORD)
def hand_over_registration(reference: str) -> str | Response | tuple[str, int]:
    """Who takes it, and what goes along."""
    whole = registration_or_404(reference)
    form = hand_over_form(whole)
    answer = save_change(whole, HandingRegistrationOver(form)) if form.validate_on_submit() else None
    return answer or render_template(
        "registrations/hand_over_registration.html",
        title=registration_title(whole),
        whole=whole,
        form=form,
        banner=banner_of(whole),
        **what_is_handed(whole.registration),
    )
