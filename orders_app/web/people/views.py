"""The person page, and the purpose asked before a closed record is opened. The room's other pages are in the modules beside this one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from orders_app.queries.facts import OrderFacts
from orders_app.queries.orders import orders_of_person
from orders_app.queries.people import WholePerson
from orders_app.queries.person_page import Surroundings, changes_to_person, surroundings
from orders_app.queries.registration_facts import RegistrationCase
from orders_app.queries.registrations import registrations_of_person
from orders_app.queries.work_details import WorkDetails, what_happened
from orders_app.queries.work_lists import rows_of_person
from orders_app.rules.access import Permission
from orders_app.rules.registrations.status import RegistrationStatus, status_on
from orders_app.web.access import requires
from orders_app.web.deadline_words import stored_deadline_words
from orders_app.web.filters import plural
from orders_app.web.people import adding, details, identity, reporting, searching
from orders_app.web.people.banner import banner_words
from orders_app.web.people.blueprint import blueprint
from orders_app.web.people.changed_address import address_prompt
from orders_app.web.people.forms import PurposeForm
from orders_app.web.people.found import (
    KnownOf,
    PurposeWanted,
    ask_for_purpose,
    how_to_ask,
    log_purpose,
    log_view,
    person_or_404,
    with_person,
)
from orders_app.web.people.order_cards import order_parts
from orders_app.web.people.page_words import access_words, address_rows, compliance, custody_rows, linked_rows
from orders_app.web.people.registration_cards import registration_cards
from orders_app.web.people.reporting import is_in_force, may_be_breached
from orders_app.web.people.timeline import records_of, timeline_items, timeline_page
from orders_app.web.session import now, read_session, today, viewer
from orders_app.web.way_back import came_from, here
from orders_app.web.work.rows import Reader, row_words

__all__ = ["adding", "blueprint", "details", "identity", "reporting", "searching"]
blueprint.app_errorhandler(PurposeWanted)(ask_for_purpose)
blueprint.app_errorhandler(KnownOf)(how_to_ask)

LOOKED_WITHIN = timedelta(days=30)
Registered = Sequence[RegistrationCase]


@blueprint.get("/people/<reference>")
@requires(Permission.PERSON_VIEW)
@with_person
def show(person: WholePerson) -> str:
    """One person. Opening the page is logged."""
    session = read_session()
    around = surroundings(session, viewer(), person.id, now() - LOOKED_WITHIN)
    cases = orders_of_person(session, viewer(), person.id) if current_user.may(Permission.ORDER_VIEW) else []
    registered = registrations_of_person(session, viewer(), person.id) if current_user.may(Permission.REGISTRATION_VIEW) else []
    items = timeline_items(records_of(cases, registered), around.recorded_by, changes_to_person(session, person.id))
    page = render_template(
        "people/show.html",
        person=person,
        banner=banner_words(person, today()),
        role_line=_role_line(len(cases), registered, around),
        actions=_actions(person, cases, registered),
        moved=address_prompt(person, [*cases, *registered]),
        timeline=timeline_page(items, request.args.get("show", ""), is_whole=request.args.get("all") == "yes"),
        restricted=around.restricted_orders,
        restricted_registrations=around.restricted_registrations,
        **_due(person, cases, registered, around),
        **_beside(person, cases, registered, around),
    )
    log_view(person, "Person")
    return page


@blueprint.route("/people/<reference>/purpose", methods=["GET", "POST"])
@requires(Permission.PERSON_VIEW)
def purpose(reference: str) -> Any:
    """Ask why a closed record is opened, before anything of it is shown."""
    person = person_or_404(reference)
    form = PurposeForm()
    if form.validate_on_submit():
        log_purpose(person, form.reason.data or "")
        return redirect(came_from() or url_for("people.show", reference=person.reference))
    return render_template("people/purpose.html", form=form, reference=person.reference, next=request.args.get("next", ""))


def _due(person: WholePerson, cases: Sequence[OrderFacts], registered: Registered, around: Surroundings) -> dict[str, Any]:
    """What needs attention, and the registrations and orders, each with what falls due next."""
    rows = rows_of_person(read_session(), viewer(), now(), person.id)
    events = [*(event for case in registered for event in case.events), *(event for case in cases for event in case.events)]
    happened = what_happened(events)
    said, reader = WorkDetails({}, happened, around.officers), Reader(viewer().user_id, says_holder=True, at=here())
    next_due = {row.reference: stored_deadline_words(row.deadline, now()) for row in reversed(rows)}
    return {
        "attention": [row_words(row, said, reader, now()) for row in rows if row.is_listed(now())],
        "later": next((row_words(row, said, reader, now()) for row in rows if not row.is_listed(now())), None),
        "registrations": registration_cards(registered, next_due, today()),
        "orders": order_parts(cases, around.protected, next_due, today()),
    }


def _beside(person: WholePerson, cases: Sequence[OrderFacts], registered: Registered, around: Surroundings) -> dict[str, Any]:
    """The boxes beside the timeline."""
    may_read_log = current_user.may(Permission.AUDIT_VIEW)
    held = [*(case.registration for case in registered), *(case.order for case in cases)]
    return {
        "compliance": compliance(cases),
        "addresses": address_rows(person),
        "custody": custody_rows(person),
        "linked": linked_rows(around.protected, "Protected person") + linked_rows(around.protected_from, "Subject"),
        "access": access_words(person),
        "owners": list(dict.fromkeys((row.owner, row.team) for row in held if row.owner or row.team)),
        "supervisors": around.supervisors,
        "looked": plural(around.looked, "colleague") if around.looked else "no colleague",
        "trail_href": url_for("audit.trail", kind="people", reference=person.reference) if may_read_log else "",
    }


def _role_line(bound_by: int, registered: Registered, around: Surroundings) -> str:
    """In whatever role they are on file: a subject is never blurred with a protected person."""
    protecting = len({linked.order_reference for linked in around.protected_from})
    subject = f"Subject of {plural(bound_by, 'order')}." if bound_by else "Subject of no orders."
    notifies = "Registered: must notify. " if _running(registered) else ""
    return f"{notifies}{subject} Protected by {plural(protecting, 'order') if protecting else 'none'}."


def _running(registered: Registered) -> Registered:
    return [case for case in registered if status_on(case.facts, today()) is RegistrationStatus.REGISTERED]


def _actions(person: WholePerson, cases: Sequence[OrderFacts], registered: Registered) -> list[tuple[str, str]]:
    breach = (Permission.ORDER_RECORD, "Report a breach", url_for("people.report_breach", reference=person.reference))
    register = (Permission.REGISTRATION_RECORD, "Register this person", url_for("registrations.new", person=person.reference))
    possible = (
        *([breach] if any(map(is_in_force, may_be_breached(cases))) else []),
        *([] if _running(registered) else [register]),
        (Permission.ORDER_RECORD, "Record an order", url_for("orders.new", person=person.reference)),
        (Permission.PERSON_EDIT, "Change details", url_for("people.details", reference=person.reference)),
        (Permission.ACCESS_SET, "Who may open this record", url_for("restrictions.show", kind="people", reference=person.reference)),
    )
    return [(words, href) for permission, words, href in possible if current_user.may(permission)]
