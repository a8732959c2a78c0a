"""The people page: search, and who was opened last. What is typed is kept on the server; addresses hold a token for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from flask import Response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from orders_app.queries.recently_opened import recently_opened
from orders_app.queries.search import MOST, PAGE, FoundPerson, RoleAsked, SearchResult, search_people
from orders_app.rules.access import Permission
from orders_app.rules.identifiers import IdentifierKind
from orders_app.rules.search_terms import LONGEST, SearchTerms, read_search
from orders_app.services.audit import record_export, record_search
from orders_app.services.drafts import Searched
from orders_app.web.access import requires
from orders_app.web.csv_file import csv_file
from orders_app.web.filters import plural
from orders_app.web.kept_searches import keep_search, kept_search
from orders_app.web.paging import paging
from orders_app.web.people.adding import begun
from orders_app.web.people.blueprint import blueprint
from orders_app.web.people.result_words import recent_row, result_rows
from orders_app.web.session import act, read_session, today, viewer

ROLES = ((RoleAsked.ANY, "Any"), (RoleAsked.SUBJECT, "Subject"), (RoleAsked.PROTECTED, "Protected person"))
BORN_LONGEST = 30
CSV_COLUMNS = (
    "Reference",
    "Surname",
    "Forenames",
    "Date of birth",
    "PNC",
    "CRO",
    "ViSOR",
    "Address now or last",
    "Postcode",
    "Why it matched",
)


@dataclass(frozen=True)
class Asked:
    """What was typed into the search boxes, as it was typed."""

    q: str = ""
    born: str = ""
    role: RoleAsked = RoleAsked.ANY

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Asked:
        """Take what a form sent or what was kept. A role nobody offered is any role."""
        text, born_typed = (typed.get(name, "").replace("\x00", "").strip() for name in ("q", "born"))
        role = typed.get("role", "")
        return cls(text[:LONGEST], born_typed[:BORN_LONGEST], RoleAsked(role) if role in set(RoleAsked) else RoleAsked.ANY)

    @property
    def terms(self) -> SearchTerms:
        return read_search(self.q, self.born, today())


@blueprint.get("/people")
@requires(Permission.PERSON_VIEW)
def index() -> str:
    """An empty search, and the people this officer opened last. Nothing in the address is searched for."""
    return _page(Asked())


@blueprint.post("/people")
@requires(Permission.PERSON_VIEW)
def search() -> Answer:
    """Keep what was typed and go to what it finds."""
    asked = Asked.of(request.form)
    if not (asked.q or asked.born):
        return redirect(url_for("people.index"), 303)
    return redirect(url_for("people.found", token=keep_search(Searched.PEOPLE, asdict(asked))), 303)


@blueprint.get("/people/found/<token>")
@requires(Permission.PERSON_VIEW)
def found(token: str) -> str:
    """What one's own search finds now. Every look at it is logged. Somebody else's search is not found."""
    asked = Asked.of(kept_search(Searched.PEOPLE, token))
    if asked.terms.is_empty:
        return _page(asked)
    page = max(1, min(request.args.get("page", 1, type=int) or 1, MOST // PAGE))
    result = search_people(read_session(), viewer(), asked.terms, today(), role=asked.role, page=page)
    with act("person.searched") as work:
        record_search(work, what="people", terms=asdict(asked), results=result.total, closed=[(key, None) for key in result.closed])
    return _page(asked, result, token)


@blueprint.get("/people/found/<token>/people.csv")
@requires(Permission.EXPORT_RUN)
def export(token: str) -> Response:
    """The people one's own search lists, as CSV. Logged with what was asked and how many rows went out."""
    asked = Asked.of(kept_search(Searched.PEOPLE, token))
    result = search_people(read_session(), viewer(), asked.terms, today(), role=asked.role, size=MOST * 2)
    with act("person.exported") as work:
        record_export(work, what="people", terms=asdict(asked), rows=len(result.found), closed=[(key, None) for key in result.closed])
    return csv_file(f"people-{today().isoformat()}.csv", CSV_COLUMNS, [_csv_row(one) for one in result.found])


def _page(asked: Asked, result: SearchResult | None = None, token: str = "") -> str:
    recent = recently_opened(read_session(), viewer()) if result is None else []
    return render_template(
        "people/index.html",
        asked=asked,
        token=token,
        roles=[(value.value, words, value is asked.role) for value, words in ROLES],
        notes=asked.terms.notes,
        result=result,
        count=plural(result.total, "person", "people") if result else "",
        rows=result_rows(result.found, today(), may_see_orders=current_user.may(Permission.ORDER_VIEW)) if result else [],
        recent=[recent_row(person, today()) for person in recent],
        begun=begun() if result is None and current_user.may(Permission.PERSON_EDIT) else [],
        pages=paging(result.total) if result else None,
        may_add=current_user.may(Permission.PERSON_EDIT),
        may_export=current_user.may(Permission.EXPORT_RUN),
    )


def _csv_row(found: FoundPerson) -> list[str]:
    person = found.person
    numbers = {kind: "; ".join(i.value for i in person.identifiers if i.kind == kind) for kind in IdentifierKind}
    address = next(iter(person.addresses_by_day()), None)
    day = person.born_on.isoformat() if person.born_on else ""
    where = [address.lines, address.postcode] if address else ["", ""]
    main = [numbers[kind] for kind in (IdentifierKind.PNC, IdentifierKind.CRO, IdentifierKind.VISOR)]
    return [person.reference, person.surname, person.forenames, day, *main, *where, "; ".join(reason.words for reason in found.because)]
