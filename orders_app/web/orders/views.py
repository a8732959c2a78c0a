"""The order page. The room's other pages are in the modules beside this one, which put themselves on the same blueprint."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from orders_app.queries.orders import WholeOrder
from orders_app.rules.access import Permission
from orders_app.rules.facts import EventKind
from orders_app.rules.orders import not_allowed, status_on
from orders_app.web.access import requires
from orders_app.web.filters import person_name
from orders_app.web.law.from_order import try_a_date_href
from orders_app.web.orders import (
    correcting,
    event_correction,
    event_recording,
    exports,
    handing_over,
    hearings,
    lists,
    making,
    patrol,
    reasons,
    recording,
    recording_terms,
    varying,
)
from orders_app.web.orders.blueprint import blueprint
from orders_app.web.orders.event_words import detail_lines, when_words
from orders_app.web.orders.found import log_view, order_or_404, subject_of
from orders_app.web.orders.order_actions import actions_of, steps_refused
from orders_app.web.orders.order_deadlines import dates_in_words, order_deadlines
from orders_app.web.orders.order_rows import condition_count, condition_rows, hearing_rows, order_timeline, service_rows
from orders_app.web.orders.order_words import header_facts, made_facts, order_title
from orders_app.web.orders.terms_of_day import terms_shown
from orders_app.web.people.banner import ACCESS_TAGS, banner_words
from orders_app.web.people.changed_address import address_prompt
from orders_app.web.session import law_tables, now, today

__all__ = [
    "blueprint",
    "correcting",
    "event_correction",
    "event_recording",
    "exports",
    "handing_over",
    "hearings",
    "lists",
    "making",
    "patrol",
    "reasons",
    "recording",
    "recording_terms",
    "varying",
]  # fmt: skip


EVENTS_SHOWN = 12


@blueprint.get("/orders/<reference>")
@requires(Permission.ORDER_VIEW)
def show(reference: str) -> str:
    """One order. Opening it is logged."""
    whole = order_or_404(reference)
    terms = terms_shown(whole, request.args.get("on", ""))
    page = render_template(
        "orders/show.html",
        title=order_title(whole),
        crumbs=_crumbs(whole),
        order=whole.order,
        order_type=whole.case.order_type,
        status=status_on(whole.case.order_type, whole.case.facts, today()).value,
        closed_tag=ACCESS_TAGS.get(whole.order.access, ""),
        facts=header_facts(whole, today()),
        conditions=condition_rows(whole, terms.version),
        condition_count=condition_count(condition_rows(whole, terms.version)),
        terms=terms,
        **_what_to_do(whole, terms.version),
        try_href=try_a_date_href(whole.case.facts, is_open=whole.case.is_open_to_all),
        **_what_follows(whole),
        **_people(whole),
    )
    log_view(whole, "Order")
    return page


def _crumbs(whole: WholeOrder) -> list[tuple[str, str]]:
    person = whole.order.person
    of_person = (person_name(person.surname, person.forenames), url_for("people.show", reference=person.reference))
    return [("Orders", url_for("orders.index")), of_person]


def _what_follows(whole: WholeOrder) -> dict[str, Any]:
    case, may_record = whole.case, current_user.may(Permission.ORDER_RECORD)
    return {
        "deadlines": order_deadlines(case, law_tables(), now(), may_record),
        "service": service_rows(whole),
        "hearings": hearing_rows(case.facts),
        "events": order_timeline(whole, lambda event: _correct_href(whole, event) if may_record else ""),
        "events_shown": EVENTS_SHOWN,
        "made_facts": made_facts(whole),
        "not_allowed": not_allowed(case.order_type, case.facts, today(), law_tables()),
        "not_now": steps_refused(whole),
        "dates": dates_in_words(case, law_tables()),
        "trail_href": _trail_href(whole),
        "actions": actions_of(whole) if may_record else None,
    }


def _correct_href(whole: WholeOrder, event: Any) -> str:
    return url_for("orders.correct", reference=whole.order.reference, number=whole.number_of(event.id))


def _people(whole: WholeOrder) -> dict[str, Any]:
    told, subject = whole.case.facts.of(EventKind.PROTECTED_PERSON_TOLD), subject_of(whole)
    return {
        "banner": banner_words(subject, today()),
        "moved": address_prompt(subject, [whole.case]),
        "protected": [_protected(p) for p in whole.protected],
        "told": ". ".join([f"Last told {when_words(told[-1].on, told[-1].at)}", *detail_lines(dict(told[-1].details))]) if told else "",
    }


def _protected(protected: Any) -> dict[str, str]:
    person = protected.row.person
    if not protected.is_visible:
        return {"name": "Restricted", "relationship": protected.row.relationship_to_subject}
    href = url_for("people.show", reference=person.reference)
    return {"name": person_name(person.surname, person.forenames), "relationship": protected.row.relationship_to_subject, "href": href}


def _what_to_do(whole: WholeOrder, terms: int) -> dict[str, str]:
    """Addresses of what may be done to the order itself, whatever state it is in."""
    reference, may_assign = whole.order.reference, current_user.may(Permission.ALERT_ASSIGN)
    return {
        "hand_over_href": url_for("orders.hand_over_order", reference=reference) if may_assign else "",
        "correct_href": url_for("orders.correct_record", reference=reference, version=terms),
    }


def _trail_href(whole: WholeOrder) -> str:
    return url_for("audit.trail", kind="records", reference=whole.order.reference) if current_user.may(Permission.AUDIT_VIEW) else ""
