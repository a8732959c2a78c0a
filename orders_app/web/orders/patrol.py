"""The patrol card: what an officer at a door must know, in the court's words and in a few kilobytes."""

from __future__ import annotations

from flask import render_template, url_for

from orders_app.queries.orders import orders_of_person, versions_on, visible_people
from orders_app.queries.people import WholePerson
from orders_app.rules.access import Permission
from orders_app.rules.orders import LIVE, status_on
from orders_app.services.audit import record_view
from orders_app.web.access import requires
from orders_app.web.filters import at, upper_first
from orders_app.web.installation import installation
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.patrol_card import live_order
from orders_app.web.people.banner import banner_words
from orders_app.web.people.found import reason_for, with_person
from orders_app.web.session import act, now, read_session, today, viewer


@blueprint.get("/people/<reference>/patrol-card")
@requires(Permission.ORDER_VIEW)
@with_person
def patrol_card(person: WholePerson) -> str:
    """The live orders that bind one person. Opening it is logged."""
    cases = orders_of_person(read_session(), viewer(), person.id)
    live = [case for case in cases if status_on(case.order_type, case.facts, today()) in LIVE]
    seen = visible_people(read_session(), viewer(), [row.person_id for case in live for row in case.order.protected])
    versions = versions_on(read_session(), [case.order.id for case in live], today())
    page = render_template(
        "orders/patrol_card.html",
        person=banner_words(person, today()),
        sex=upper_first(person.sex),
        live=[live_order(case, versions.get(case.order.id, case.order.version_number), seen) for case in live],
        others=[case for case in cases if case not in live],
        contacts=installation().settings.contacts,
        right_at=at(now()),
        href=url_for("people.show", reference=person.reference),
    )
    with act("person.viewed", reason=reason_for(person) or "At the address") as work:
        record_view(work, person_id=person.id, what="Patrol card")
    return page
