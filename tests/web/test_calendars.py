"""A calendar's address: what opens it, what does not, and what nobody may learn from the answers or the logs."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.logging import WithoutAddresses
from orders_app.models import CalendarAddress, Record, User
from orders_app.rules.access import Access
from orders_app.services.calendars import end_address, make_address
from orders_app.services.work import Work
from orders_app.web import calendars
from tests.calendar_clients import events_of
from tests.conftest import Acting
from tests.factories import a_user
from tests.services.alert_cases import utc
from tests.web.conftest import Officer, Statements
from tests.web.reading import page
from tests.web.work_desk import Desk


def an_address(acting: Acting, user: User) -> str:
    with acting("calendar.address_made") as work:
        return f"/calendar/{make_address(work, user_id=user.id)}.ics"


@pytest.fixture
def address(acting: Acting, desk: Desk) -> str:
    return an_address(acting, desk.officer)


def test_a_program_that_cannot_sign_in_reads_it(visitor: Officer, address: str, desk: Desk) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    assert {str(event["SUMMARY"]) for event in events_of(answer.data)} == {f"{reference}: due" for reference in desk.references}


def test_the_file_says_nothing_of_anybody(visitor: Officer, address: str) -> None:
    said = visitor.get(address).get_data(as_text=True)
    for word in ("Tideswell", "Whittaker", "Pritchard", "Aisha", "Rahman", "late", "soon", "later", "Something"):
        assert word.lower() not in said.lower().replace("last-modified", "")


def test_the_file_says_how_often_to_read_and_what_it_is(visitor: Officer, address: str) -> None:
    calendar = Calendar.from_ical(visitor.get(address).data)
    assert (str(calendar["NAME"]), str(calendar["X-WR-CALNAME"])) == ("Orderwatch deadlines", "Orderwatch deadlines")
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(minutes=15)
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT15M"


def test_what_has_not_changed_is_not_sent_again(visitor: Officer, address: str, acting: Acting, desk: Desk) -> None:
    first = visitor.get(address)
    again = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in again.headers
    with acting() as work:
        desk.row(work, "new", utc(2026, 12, 3), surname="New")
    changed = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_head_says_what_get_would(visitor: Officer, address: str) -> None:
    head, got = visitor.head(address), visitor.get(address)
    assert (head.status_code, head.data) == (200, b"")
    assert (head.headers["ETag"], head.content_type) == (got.headers["ETag"], got.content_type)


def test_links_lead_to_the_program_as_it_was_asked_or_as_it_is_set(app: Flask, visitor: Officer, address: str, desk: Desk) -> None:
    (first, *_rest) = events_of(visitor.get(address).data)
    assert str(first["URL"]) == f"http://localhost/work/{desk.references[0]}/1"
    built = app.extensions["orderwatch"]
    app.extensions["orderwatch"] = replace(built, settings=built.settings.model_copy(update={"public_url": "https://orderwatch.example"}))
    (first, *_rest) = events_of(visitor.get(address).data)
    assert str(first["URL"]) == f"https://orderwatch.example/work/{desk.references[0]}/1"


def test_wrong_and_ended_addresses_are_answered_alike(
    visitor: Officer, address: str, acting: Acting, desk: Desk, statements: Statements
) -> None:
    with acting() as work:
        end_address(work, user_id=desk.officer.id, because="ended_by_owner")
    visitor.get("/calendar/first.ics")
    answers = []
    for path in (address, f"/calendar/{'A' * 43}.ics", "/calendar/x.ics"):
        with statements() as seen:
            answer = visitor.get(path)
        answers.append((answer.status_code, page(answer).heading, dict(answer.headers) | {"Content-Length": ""}, seen))
    assert [one[0] for one in answers] == [404, 404, 404]
    assert answers[0] == answers[1] == answers[2]


def test_whoever_tries_many_must_wait_and_whoever_has_the_right_one_need_not(
    visitor: Officer, address: str, clock: time_machine.Traveller, acting: Acting
) -> None:
    with acting() as work:
        ended = a_user(work)
    old = an_address(acting, ended)
    with acting() as work:
        end_address(work, user_id=ended.id, because="ended_by_owner")
    answers = [visitor.get(f"/calendar/guess{n}.ics").status_code for n in range(52)]
    assert set(answers[:50]) == {404}
    assert answers[-1] == 429
    assert visitor.get(old).status_code == 429
    assert visitor.get(address).status_code == 200
    clock.shift(timedelta(hours=3))
    assert visitor.get(old).status_code == 404


def test_whoever_leaves_is_shut_out_at_once(visitor: Officer, address: str, acting: Acting, desk: Desk) -> None:
    assert visitor.get(address).status_code == 200
    with acting() as work:
        work.session.get_one(User, desk.officer.id).is_active = False
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_a_closed_record_changes_not_a_byte(
    visitor: Officer, address: str, acting: Acting, desk: Desk, statements: Statements, access: Access
) -> None:
    visitor.get(address)
    with statements() as seen:
        before = visitor.get(address)
    with acting() as work:
        desk.row(work, "hidden", utc(2026, 12, 3), surname="Quillfeather", access=access)
    with statements() as seen_after:
        after = visitor.get(address)
    assert after.data == before.data
    assert after.headers["ETag"] == before.headers["ETag"]
    assert seen_after == seen


def test_closing_one_that_was_told_reads_as_any_other_end(visitor: Officer, address: str, acting: Acting, desk: Desk) -> None:
    visitor.get(address)
    with acting() as work:
        _record(work, desk.references[0]).access = Access.SEALED
    said = visitor.get(address).get_data(as_text=True)
    assert desk.references[0] not in said
    assert said.count("STATUS:CANCELLED") == 1


def _record(work: Work, reference: str) -> Record:
    return work.session.scalars(select(Record).where(Record.reference == reference)).one()


def test_it_takes_few_statements(visitor: Officer, address: str, statements: Statements) -> None:
    with statements() as seen:
        visitor.get(address)
    assert len(seen) <= 12


def test_nothing_that_is_logged_holds_the_address(
    app: Flask, visitor: Officer, address: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    caplog.set_level(logging.DEBUG)
    visitor.get(address)
    visitor.get(f"/calendar/{token}x.ics")

    def broken(*_: object) -> bytes:
        raise RuntimeError("broken")

    monkeypatch.setattr(calendars.views, "calendar_file", broken)
    assert visitor.get(address).status_code == 500
    monkeypatch.setattr(app, "process_response", broken)
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    try:
        assert visitor.get(address).status_code == 500
    finally:
        app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, None
    logged = "\n".join(str(record.__dict__) for record in caplog.records)
    assert "unexpected error" in logged
    assert token not in logged


def test_what_the_web_server_says_of_a_broken_request_holds_no_address(caplog: pytest.LogCaptureFixture) -> None:
    server = logging.getLogger("gunicorn.error")
    quiet = WithoutAddresses()
    server.addFilter(quiet)
    try:
        server.error("Error handling request %s %s", "GET", "/calendar/secret.ics")
        server.error("Worker failed to boot.")
    finally:
        server.removeFilter(quiet)
    assert [record.getMessage() for record in caplog.records] == ["Error handling a request", "Worker failed to boot."]


def test_the_address_is_kept_only_as_a_hash(session: Session, address: str) -> None:
    kept = session.scalars(select(CalendarAddress.token_hash)).one()
    assert len(kept) == 64
    assert kept not in address
