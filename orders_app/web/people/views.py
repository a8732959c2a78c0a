"""The person page, and the purpose asked before a closed record is opened. The room's other pages are in the modules beside this one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user

from orders_app.queries.orders import orders_of_person
from orders_app.queries.people import WholePerson
from orders_app.queries.person_page import Surroundings, changes_to_person, due_for_person, surroundings
from orders_app.rules.access import Permission
from orders_app.web.access import requires
from orders_app.web.filters import plural
from orders_app.web.people import adding, details, identity, searching, who_may_open
from orders_app.web.people.banner import banner_words
from orders_app.web.people.blueprint import blueprint
from orders_app.web.people.forms import PurposeForm
from orders_app.web.people.found import PurposeWanted, ask_for_purpose, log_purpose, log_view, person_or_404, today, with_person
from orders_app.web.people.page_words import (
    TIMELINE_SHOWN,
    access_words,
    address_rows,
    attention_rows,
    custody_rows,
    linked_rows,
    order_parts,
    timeline_items,
)
from orders_app.web.session import now, read_session, viewer

__all__ = ["adding", "blueprint", "details", "identity", "searching", "who_may_open"]
blueprint.app_errorhandler(PurposeWanted)(ask_for_purpose)

LOOKED_WITHIN = timedelta(days=30)
TIMELINE_PARTS = (("", "All"), ("orders", "Orders"), ("details", "Details"))


@blueprint.get("/people/<reference>")
@requires(Permission.PERSON_VIEW)
@with_person
def show(person: WholePerson) -> str:
    """One person. Opening the page is logged."""
    around = surroundings(read_session(), viewer(), person.id, now() - LOOKED_WITHIN)
    page = render_template(
        "people/show.html",
        person=person,
        banner=banner_words(person, today()),
        **_orders(person, around),
        role_line=_role_line(around),
        addresses=address_rows(person),
        custody=custody_rows(person),
        linked=linked_rows(around.protected, "Protected person") + linked_rows(around.protected_from, "Subject"),
        restricted=around.restricted_orders,
        looked=plural(around.looked, "colleague") if around.looked else "no colleague",
        access=access_words(person),
        actions=_actions(person),
        trail_href=_trail_href(person),
        patrol_href=_patrol_href(person),
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
        return redirect(_next_address(person))
    return render_template("people/purpose.html", form=form, reference=person.reference, next=request.args.get("next", ""))


def _orders(person: WholePerson, around: Surroundings) -> dict[str, Any]:
    session = read_session()
    due = due_for_person(session, viewer(), person.id, now())
    cases = orders_of_person(session, viewer(), person.id) if current_user.may(Permission.ORDER_VIEW) else []
    items = timeline_items(cases, around.recorded_by, changes_to_person(session, person.id))
    part = request.args.get("show", "")
    shown = [item for item in items if part in ("", item["kind"])]
    is_whole = request.args.get("all") == "yes"
    return {
        "attention": attention_rows(due, current_user.viewer.user_id, now()),
        "orders": order_parts(cases, around.protected, due, today(), now()),
        "timeline": shown if is_whole else shown[:TIMELINE_SHOWN],
        "earlier": 0 if is_whole else max(0, len(shown) - TIMELINE_SHOWN),
        "timeline_parts": [(key, words, sum(key in ("", i["kind"]) for i in items), key == part) for key, words in TIMELINE_PARTS],
        "timeline_part": part,
        "subject_of": len(cases),
        "owners": list(dict.fromkeys((case.order.owner, case.order.team) for case in cases if case.order.owner or case.order.team)),
    }


def _role_line(around: Surroundings) -> str:
    protecting = len({linked.order_reference for linked in around.protected_from})
    return f"Protected by {plural(protecting, 'order')}." if protecting else "Protected by none."


def _actions(person: WholePerson) -> list[tuple[str, str]]:
    actions = []
    if current_user.may(Permission.ORDER_RECORD) and "orders.new" in current_app.view_functions:
        actions.append(("Record an order", url_for("orders.new", person=person.reference)))
    if current_user.may(Permission.PERSON_EDIT):
        actions.append(("Change details", url_for("people.details", reference=person.reference)))
    if current_user.may(Permission.ACCESS_SET):
        actions.append(("Who may open this record", url_for("people.access", reference=person.reference)))
    return actions


def _trail_href(person: WholePerson) -> str:
    if not current_user.may(Permission.AUDIT_VIEW) or "audit.person" not in current_app.view_functions:
        return ""
    return url_for("audit.person", reference=person.reference)


def _patrol_href(person: WholePerson) -> str:
    if not current_user.may(Permission.ORDER_VIEW) or "orders.patrol_card" not in current_app.view_functions:
        return ""
    return url_for("orders.patrol_card", reference=person.reference)


def _next_address(person: WholePerson) -> str:
    wanted = request.args.get("next", "")
    is_ours = wanted.startswith(("/people/", "/orders/")) and "\\" not in wanted and "//" not in wanted
    return wanted if is_ours else url_for("people.show", reference=person.reference)
