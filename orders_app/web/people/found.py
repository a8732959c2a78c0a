"""The person an address names, the purpose of opening a closed record, and the log of looking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries.people import WholePerson, find_person, is_known_of
from orders_app.queries.purposes import PURPOSE_GIVEN, purpose_given
from orders_app.rules.access import Access
from orders_app.services.audit import record_view
from orders_app.services.errors import NotFound
from orders_app.web.session import act, now, read_session, viewer
from orders_app.web.way_back import here

PURPOSE_LASTS = timedelta(minutes=30)


def person_or_404(reference: str) -> WholePerson:
    """Return the person with this reference. Raises NotFound: the same whether there is none or none for this reader."""
    person = find_person(read_session(), viewer(), reference)
    if person is None:
        raise NotFound(reference)
    return person


def opened_person(reference: str) -> WholePerson:
    """Return the person with this reference, whom the reader may open and said why, where that is asked.

    Raises NotFound for nobody and for somebody sealed alike, KnownOf for somebody restricted, and PurposeWanted.
    """
    person = find_person(read_session(), viewer(), reference)
    if person is None:
        raise KnownOf(reference) if is_known_of(read_session(), viewer(), reference) else NotFound(reference)
    if person.access != Access.OPEN:
        say_why_first(person.id, person.reference)
    return person


def with_person(view: Callable[..., Any]) -> Callable[..., Any]:
    """Give a view the person its address names."""

    @wraps(view)
    def opened(reference: str, **rest: Any) -> Any:
        return view(opened_person(reference), **rest)

    return opened


class KnownOf(Exception):
    """A restricted person was asked for by somebody who may know of them and no more."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference.strip().upper()


def how_to_ask(known: KnownOf) -> tuple[str, int]:
    """The grey page of somebody restricted: it tells nothing but that the person is held."""
    return render_template("people/restricted.html", reference=known.reference), 403


class PurposeWanted(Exception):
    """A record that is not open to all was asked for before its reader said why. `reference` is the person's."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def say_why_first(person_id: int, reference: str) -> None:
    """Raise PurposeWanted unless the reader said lately why they open this person. A form on its way back is let through."""
    if request.method == "GET" and not purpose_of(person_id):
        raise PurposeWanted(reference)


def ask_for_purpose(wanted: PurposeWanted) -> Response:
    """Send the reader to the page that asks, and from there back to where they were going."""
    return redirect(url_for("people.purpose", reference=wanted.reference, next=here()))


def purpose_of(person_id: int) -> str:
    """Why this officer opens the person, if they said so in the last half hour. Looked up once a request."""
    known: dict[int, str] = g.setdefault("purposes", {})
    if person_id not in known:
        known[person_id] = purpose_given(read_session(), viewer(), person_id, now() - PURPOSE_LASTS)
    return known[person_id]


def log_purpose(person: WholePerson, reason: str) -> None:
    """Log why the reader is about to open a person. It holds for half an hour, so that it is asked once and not on every page."""
    with act(PURPOSE_GIVEN, reason=reason) as work:
        record_view(work, person_id=person.id, what="Purpose given")


def log_view(person: WholePerson, what: str) -> None:
    """Log that the reader opened this page about a person, with the purpose where one was asked."""
    with act("person.viewed", reason=reason_for(person)) as work:
        record_view(work, person_id=person.id, what=what)


def reason_for(person: WholePerson) -> str:
    """The purpose to log with a look at a person or a change: only where one is asked."""
    return purpose_of(person.id) if person.access != Access.OPEN else ""
