"""The steps of a draft that are one form each: type, what it follows, court and dates, variation, how it ends, owner and service."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from orders_app.queries import order_choices
from orders_app.rules.availability import has_been_law, where_it_is_law
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType
from orders_app.rules.wording import AWAITS_LEGAL_CHECK
from orders_app.web.fields import choice
from orders_app.web.filters import day_short
from orders_app.web.orders.draft_answers import Answers, typed_answers
from orders_app.web.orders.draft_checklist import is_pending
from orders_app.web.orders.draft_lengths import allowed_ends, refused_end, why_length
from orders_app.web.orders.draft_opening import LEAVE, OpenDraft, refuse_on
from orders_app.web.orders.found import order_or_404
from orders_app.web.orders.opened import opened_now
from orders_app.web.orders.recording_forms import follows_form, type_form
from orders_app.web.session import law_tables, read_session, today, viewer

NOTHING = "none"
Answer = str | Response


def type_step(draft: OpenDraft) -> Answer:
    """Which type. One whose law is in force only in some areas says so."""
    offered = [order_type for order_type in ORDER_TYPES.values() if has_been_law(order_type, law_tables(), today())]
    form = type_form([_type_choice(order_type) for order_type in offered])(data={"order_type": draft.answers.data.get("type")})
    if form.validate_on_submit():
        if form.order_type.data != draft.answers.data.get("type"):
            draft.answers.forget("follows", "follows_opened")
        draft.keep(type=form.order_type.data)
        return draft.onward()
    later = [order_type for order_type in ORDER_TYPES.values() if order_type not in offered]
    return draft.page(form=form, families=_families(form), later=later)


def follows_step(draft: OpenDraft) -> Answer:
    """What it follows: this person's earlier notices and orders that an order of this type may follow."""
    code = draft.answers.data["type"]
    codes = [other.code for other in ORDER_TYPES.values() if other.leads_to == code or other.code == code]
    earlier = order_choices.orders_to_follow(read_session(), viewer(), draft.answers.known.person.id, codes)
    choices = [choice(order.reference, _earlier_words(order)) for order in earlier]
    none = choice(NOTHING, "None of these" if earlier else "It follows nothing on file", after_divider=bool(earlier))
    kept = draft.answers.data.get("follows")
    form = follows_form([*choices, none])(data={"follows": NOTHING if kept == "" and "follows" in draft.answers.data else kept})
    if form.validate_on_submit():
        draft.keep(**_followed(form.follows.data))
        return draft.onward()
    return draft.page(form=form)


def _followed(reference: str) -> dict[str, str]:
    """The order followed, as it stands now."""
    if reference == NOTHING:
        return {"follows": "", "follows_opened": ""}
    return {"follows": reference, "follows_opened": str(opened_now(order_or_404(reference)))}


def court_step(draft: OpenDraft) -> Answer:
    """The court and the dates; for a notice, who authorised it and when."""
    return _form_step(draft)


def variation_step(draft: OpenDraft) -> Answer:
    """What the court did when it varied or renewed the order."""
    return _form_step(draft)


def reason_step(draft: OpenDraft) -> Answer:
    """Why what was recorded is put right."""
    return _form_step(draft)


def ends_step(draft: OpenDraft) -> Answer:
    """How it ends, with what the law allows beside it. Not asked while the court has not decided."""
    if is_pending(draft.answers) and request.method == "GET":
        return draft.page(form=None, pending=True)
    if is_pending(draft.answers):
        return draft.onward()
    return _form_step(draft, law=True)


def owner_step(draft: OpenDraft) -> Answer:
    """Who looks after it, and its service."""
    if not draft.answers.data.get("owner"):
        mine = {"owner": [current_user.username], "team": [current_user.team_name], "area_of_force": [_my_area(draft)]}
        draft.answers.change({"owner": mine})
    return _form_step(draft)


def _form_step(draft: OpenDraft, law: bool = False) -> Answer:
    """Keep what was typed, whatever it is; go on when it is complete and the law allows it."""
    if request.method == "POST":
        draft.keep(**{draft.step: typed_answers(request.form)})
    form = draft.answers.form(draft.step)
    if request.method == "POST":
        if request.form.get("do") == LEAVE:
            return draft.onward()
        if form.validate() and not refuse_on(form, draft):
            return draft.onward()
    shown: dict[str, Any] = _law_of_length(draft.answers) if law else {}
    return draft.page(form=form, **shown)


def _law_of_length(answers: Answers) -> dict[str, Any]:
    return {"allowed": allowed_ends(answers), "refused": refused_end(answers), "why": why_length(answers)}


def _type_choice(order_type: OrderType) -> Any:
    if order_type.awaits_legal_check:
        return choice(order_type.code, order_type.name, AWAITS_LEGAL_CHECK)
    where = where_it_is_law(order_type, law_tables(), today())
    hint = f"{where}. Choose it only for one given or made while it was in force there" if where else ""
    return choice(order_type.code, order_type.name, hint)


def _families(form: Any) -> list[tuple[str, list[Any]]]:
    """The answers under the name of their family."""
    options = {option.value: option for option in form.order_type.iter_choices()}
    families = dict.fromkeys(kind.family for kind in ORDER_TYPES.values() if kind.code in options)
    of_family = {family: [kind.code for kind in ORDER_TYPES.values() if kind.family == family] for family in families}
    return [(family.words, [options[code] for code in codes if code in options]) for family, codes in of_family.items()]


def _earlier_words(order: Any) -> str:
    begun = (
        f"{'authorised' if ORDER_TYPES[order.order_type].is_notice else 'made'} {day_short(order.made_on)}"
        if order.made_on
        else "not made yet"
    )
    ended = f", ended {day_short(order.ended_on)}" if order.ended_on else ""
    return f"{order.reference}: {ORDER_TYPES[order.order_type].name.lower()}, {begun}{ended}"


def _my_area(draft: OpenDraft) -> str:
    area_id = draft.answers.known.person.area_id or viewer().area_id
    return next((option.value for option in draft.answers.known.staff if option.kind == "area" and option.id == area_id), "")
