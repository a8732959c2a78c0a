"""Work out a date: the calculator. Its address is its whole state. Nothing is read from the records, written, or logged."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from orders_app.rules.access import Permission
from orders_app.rules.london import london_day
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.spec import OrderType
from orders_app.services.errors import NotFound
from orders_app.web.access import requires
from orders_app.web.law.answers import Answer
from orders_app.web.law.blueprint import blueprint
from orders_app.web.law.entered import entered
from orders_app.web.law.examples import EXAMPLES, examples_of
from orders_app.web.law.families import by_family
from orders_app.web.law.forms import CaseForm
from orders_app.web.law.order_case import OrderCase
from orders_app.web.law.refusals import refuse_all
from orders_app.web.law.registration_case import RegistrationCase
from orders_app.web.session import law_tables, now

Case = OrderCase | RegistrationCase
NOT_LOGGED = "This page is not logged: what is typed here is kept nowhere."
MORE = "more"


@blueprint.get("/work-out-a-date")
@requires(Permission.SIGNED_IN)
def calculator() -> str:
    """Which type of order or notice, and ready examples."""
    return render_template("law/calculator.html", families=by_family(), examples=EXAMPLES, logged_words=NOT_LOGGED)


@blueprint.get("/work-out-a-date/<code>")
@requires(Permission.SIGNED_IN)
def work_out(code: str) -> str | Response:
    """The facts, and what follows from them."""
    case = case_or_404(code)
    typed = tidied(request.args)
    if typed != request.args:
        return redirect(f"{url_for('law.work_out', code=code)}?{urlencode(list(typed.items(multi=True)))}")
    form = case.opened(typed, law_tables())
    found = _answered(case, form) if typed and form.validate() else None
    case.add_blank_rows(form, typed.get(MORE, ""))
    return render_template(
        "law/work_out.html",
        case=case,
        form=form,
        answer=found,
        entered=entered(form) if found else [],
        examples=examples_of(code),
        remove=lambda field: _without(code, typed, field.name),
        shown_on=form.on.day or london_day(now()),
        logged_words=NOT_LOGGED,
    )


def case_or_404(code: str) -> Case:
    """The case with this code. Raises NotFound."""
    return RegistrationCase() if code == REGISTRATION.code else OrderCase(type_or_404(code))


def type_or_404(code: str) -> OrderType:
    """The type with this code. Raises NotFound."""
    if code not in ORDER_TYPES:
        raise NotFound(code)
    return ORDER_TYPES[code]


def tidied(args: MultiDict[str, str]) -> MultiDict[str, str]:
    """The address without empty answers, so that it can be read, kept and sent."""
    return MultiDict([(name, value) for name, value in args.items(multi=True) if value.strip()])


def _answered(case: Case, form: CaseForm) -> Answer:
    law = law_tables()
    refuse_all(form, case.problems(form, law))
    return case.answer(form, law, form.on.day or london_day(now()), now())


def _without(code: str, typed: MultiDict[str, str], name: str) -> str:
    """The address without one row."""
    left: list[tuple[str, Any]] = [(key, value) for key, value in typed.items(multi=True) if not key.startswith(f"{name}-")]
    return f"{url_for('law.work_out', code=code)}?{urlencode(left)}"
