"""What goes: all of a caseload, or all but what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from orders_app.queries.caseloads import Held
from orders_app.rules.access import Permission
from orders_app.web.access import requires
from orders_app.web.caseloads.blueprint import blueprint
from orders_app.web.caseloads.drafting import SOME, OpenCaseload, go_on, keep, open_caseload
from orders_app.web.caseloads.forms import GoesForm
from orders_app.web.caseloads.words import KINDS, group, groups, kind_of, record_row
from orders_app.web.filters import plural
from orders_app.web.paging import Paging, page_asked

PAGE_SIZE = 50
DUE = {"overdue": "Overdue", "soon": "Due in 14 days", "later": "Due later, or nothing due"}
PART = {"goes": "Ticked, they go", "stays": "Not ticked, they stay"}
NOTHING = "Tick at least one record, or cancel"
Answer = str | Response


@dataclass(frozen=True)
class Wanted:
    """Which records of the caseload are listed. What the address says and the page does not know is left out of account."""

    kind: str
    due: str
    part: str
    page: int

    def narrowed(self, found: Sequence[Held], stays: frozenset[str]) -> list[Held]:
        """The records listed, on all pages."""
        return [one for one in found if self._is_wanted(one, stays)]

    def query(self, page: int) -> str:
        """The address's query."""
        parts = {"kind": self.kind, "due": self.due, "part": self.part, "page": str(page) if page > 1 else ""}
        return urlencode({name: value for name, value in parts.items() if value})

    def _is_wanted(self, one: Held, stays: frozenset[str]) -> bool:
        is_due = {"overdue": bool(one.load.overdue), "soon": bool(one.load.soon), "later": not (one.load.overdue or one.load.soon)}
        is_part = {"goes": one.reference not in stays, "stays": one.reference in stays}
        return self.kind in ("", kind_of(one)) and is_due.get(self.due, True) and is_part.get(self.part, True)


def wanted_of(args: MultiDict[str, str]) -> Wanted:
    """Read an address, or the filters of a form."""
    kind, due, part = (args.get(name, "") for name in ("kind", "due", "part"))
    return Wanted(kind if kind in KINDS else "", due if due in DUE else "", part if part in PART else "", page_asked(args))


@blueprint.route("/hand-over/<token>/records", methods=["GET", "POST"])
@requires(Permission.ALERT_ASSIGN)
def records(token: str) -> Answer:
    """What there is, by kind, and whether all of it goes."""
    opened = open_caseload(token)
    form = GoesForm(data={"goes": opened.answers.goes})
    form.offer(len(opened.held))
    if form.validate_on_submit():
        answers = replace(opened.answers, goes=form.goes.data or "")
        if answers.goes != SOME:
            return go_on(opened, answers)
        keep(opened, answers)
        return redirect(opened.href("choose"))
    shown = {"groups": groups(opened.held), "whole": group("All together", opened.held), "kept_back": _kept_back(opened)}
    return render_template("caseloads/records.html", opened=opened, form=form, **shown)


@blueprint.route("/hand-over/<token>/choose", methods=["GET", "POST"])
@requires(Permission.ALERT_ASSIGN)
def choose(token: str) -> Answer:
    """Every record with a tick: those without one stay. Ticks are kept with every button, so no page of the list is lost."""
    opened = open_caseload(token)
    if request.method == "POST":
        opened = replace(opened, answers=replace(opened.answers, goes=SOME, stays=_stays(opened, request.form)))
        keep(opened, opened.answers)
        if request.form.get("do") != "go":
            return redirect(f"{opened.href('choose')}?{_next_list(request.form)}")
        if opened.going:
            return redirect(opened.href(opened.answers.next_step()))
    problems = [{"text": NOTHING, "href": "#goes-1"}] if request.method == "POST" else []
    return render_template("caseloads/choose.html", opened=opened, problems=problems, **_listed(opened, wanted_of(request.args)))


def _stays(opened: OpenCaseload, form: MultiDict[str, str]) -> tuple[str, ...]:
    """What stays once the ticks of this page are counted, and then those of the whole list where its button was pressed."""
    before, ticked = frozenset(opened.answers.stays), frozenset(form.getlist("goes"))
    stays = before - ticked | frozenset(form.getlist("shown")) - ticked
    listed = frozenset(one.reference for one in wanted_of(request.args).narrowed(opened.held, before))
    changed = {"all": stays - listed, "none": stays | listed}.get(form.get("do", ""), stays)
    return tuple(one.reference for one in opened.held if one.reference in changed)


def _next_list(form: MultiDict[str, str]) -> str:
    """The list to show next: another page of this one, or another."""
    do = form.get("do", "")
    if do == "show":
        return wanted_of(form).query(1)
    here = wanted_of(request.args)
    return here.query(here.page + {"next": 1, "previous": -1}.get(do, 0))


def _listed(opened: OpenCaseload, wanted: Wanted) -> dict[str, Any]:
    stays = frozenset(opened.answers.stays)
    found = wanted.narrowed(opened.held, stays)
    size = Paging(1, len(found), "", PAGE_SIZE).pages
    part = Paging(min(wanted.page, size), len(found), "", PAGE_SIZE)
    rows = [record_row(one) | {"is_going": one.reference not in stays} for one in found[part.skipped : part.last]]
    kinds = {kind_of(one) for one in opened.held}
    filters = (
        ("kind", "Kind", _options("All kinds", {key: words for key, words in KINDS.items() if key in kinds}, wanted.kind)),
        ("due", "What falls due", _options("All", DUE, wanted.due)),
        ("part", "Show", _options("All", PART, wanted.part)),
    )
    going = f"{len(opened.going)} of {plural(len(opened.held), 'record')} ticked"
    return {"rows": rows, "part": part, "filters": filters, "going": going, "action": f"?{wanted.query(part.page)}"}


def _options(every: str, words: dict[str, str], chosen: str) -> list[tuple[str, str, bool]]:
    return [("", every, not chosen), *((key, label, key == chosen) for key, label in words.items())]


def _kept_back(opened: OpenCaseload) -> str:
    """What stays because the reader may not give it away."""
    count = len(opened.kept_back)
    stay = "stays" if count == 1 else "stay"
    return f"{plural(count, 'registration')} {stay} with them: only somebody who records registrations hands them over" if count else ""
