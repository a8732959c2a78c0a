"""How alerts reach an officer: what they choose, and the address of their calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, CalendarAddress, User
from orders_app.rules.access import Role
from tests.conftest import NOW
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import Page, page

CHOICES = [([], (False, False)), (["digest"], (True, False)), (["hour_clocks"], (False, True)), (["digest", "hour_clocks"], (True, True))]


def address_in(said: Page) -> str:
    (value,) = [attributes["value"] for tag, attributes in said.tags if attributes.get("id") == "calendar-address"]
    return value


def asked(officer: Officer) -> Any:
    """What the button of the page brings, whichever it is just now."""
    replaces = page(officer.get("/account/alerts")).inputs["replaces"]
    return officer.post("/account/alerts/calendar", data={"replaces": replaces})


@pytest.mark.parametrize(("ticked", "kept"), CHOICES)
def test_an_officer_chooses_which_e_mails_to_have(
    client_for: ClientFor, session: Session, ticked: list[str], kept: tuple[bool, bool]
) -> None:
    officer = client_for(Role.ORDERS_DESK)
    answer = officer.post("/account/alerts/mail", data={"wanted": ticked, "save": "Save"})
    user = session.get_one(User, officer.user.id)
    assert (user.wants_digest, user.wants_hour_clocks) == kept
    words = {True: "On", False: "Off"}
    said = page(officer.get(answer.location)).main
    assert f"A list each morning {words[kept[0]]}" in said
    assert f"Hour clocks, at once {words[kept[1]]}" in said
    form = page(officer.get("/account/alerts/mail"))
    boxes = {attributes["value"] for tag, attributes in form.tags if attributes.get("type") == "checkbox" and "checked" in attributes}
    assert boxes == set(ticked)


def test_a_choice_is_logged(client_for: ClientFor, session: Session) -> None:
    officer = client_for(Role.ORDERS_DESK)
    officer.post("/account/alerts/mail", data={"wanted": ["digest"]})
    row = session.scalars(select(AuditEvent).where(AuditEvent.action == "user.channels_chosen")).one()
    assert row.actor_id == officer.user.id
    assert row.changes["wants_hour_clocks"] == {"from": True, "to": False}


def test_an_answer_that_is_not_offered_is_refused(client_for: ClientFor, session: Session) -> None:
    officer = client_for(Role.ORDERS_DESK)
    answer = officer.post("/account/alerts/mail", data={"wanted": ["pigeon"]})
    assert "choose one of the answers listed" in page(answer).problems
    assert session.get_one(User, officer.user.id).wants_digest


def test_the_law_is_told_whatever_is_chosen(client_for: ClientFor) -> None:
    officer = client_for(Role.ORDERS_DESK)
    for path in ("/account/alerts", "/account/alerts/mail"):
        assert "Dates set by law are mailed at their last stage whatever you choose" in page(officer.get(path)).main


def test_it_says_where_e_mail_goes_and_who_changes_that(client_for: ClientFor) -> None:
    said = page(client_for(Role.ORDERS_DESK, email="aisha@police.invalid").get("/account/alerts")).main
    assert "aisha@police.invalid" in said
    assert "An administrator changes where it goes" in said
    assert "Sent to None recorded" in page(client_for(Role.ORDERS_DESK, email="").get("/account/alerts")).main


def test_it_says_plainly_that_no_e_mail_goes_without_a_mail_server(app: Flask, client_for: ClientFor) -> None:
    officer = client_for(Role.ORDERS_DESK)
    pages = ("/account/alerts", "/account/alerts/mail", "/account/alerts/mail/preview")
    assert ["No mail server is set, so no e-mail is sent to anybody" in page(officer.get(path)).main for path in pages] == [True] * 3
    built = app.extensions["orderwatch"]
    app.extensions["orderwatch"] = replace(built, settings=built.settings.model_copy(update={"mail_host": "mail.police.invalid"}))
    assert ["No mail server is set" in page(officer.get(path)).main for path in pages] == [False] * 3


def test_a_calendar_address_is_made_shown_once_replaced_and_ended(client_for: ClientFor, visitor: Officer) -> None:
    officer = client_for(Role.ORDERS_DESK)
    first = address_in(page(asked(officer)))
    assert re.fullmatch(r"http://localhost/calendar/[\w-]{43}\.ics", first)
    assert "No calendar program has read it yet" in page(officer.get("/account/alerts")).main
    assert visitor.get(first).status_code == 200
    shown = officer.get("/account/alerts").get_data(as_text=True)
    assert "last read it Sunday 22 November 2026, 08:14" in Page(shown).main
    assert first.rsplit("/", 1)[1] not in shown
    second = address_in(page(asked(officer)))
    assert (visitor.get(first).status_code, visitor.get(second).status_code) == (404, 200)
    answer = officer.post("/account/alerts/calendar/end")
    assert "has ended" in page(officer.get(answer.location)).text
    assert visitor.get(second).status_code == 404
    assert "Make a calendar address" in page(officer.get("/account/alerts")).main
    assert officer.post("/account/alerts/calendar/end").status_code == 302


@pytest.mark.parametrize("has_one_before", [False, True])
def test_the_page_with_the_address_loaded_again_leaves_the_address_that_was_copied(
    client_for: ClientFor, visitor: Officer, has_one_before: bool
) -> None:
    officer = client_for(Role.ORDERS_DESK)
    former = address_in(page(asked(officer))) if has_one_before else ""
    replaces = page(officer.get("/account/alerts")).inputs["replaces"]
    copied = address_in(page(officer.post("/account/alerts/calendar", data={"replaces": replaces})))
    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        again = officer.post("/account/alerts/calendar", data={"replaces": "" if not has_one_before else "2026-11-22T08:00:00+00:00"})
        assert "You have a calendar address already" in page(officer.get(again.location)).text
    assert visitor.get(copied).status_code == 200
    assert not former or visitor.get(former).status_code == 404


def test_the_page_that_shows_the_address_is_kept_nowhere(client_for: ClientFor) -> None:
    assert asked(client_for(Role.ORDERS_DESK)).headers["Cache-Control"] == "no-store"


def test_whoever_hears_of_no_alerts_is_not_led_there(client_for: ClientFor) -> None:
    assert "How alerts reach you" not in page(client_for(Role.PATROL).get("/account")).main
    assert client_for(Role.PATROL).get("/account/alerts").status_code == 403
    links = page(client_for(Role.ORDERS_DESK).get("/account")).links
    assert ("How alerts reach you", "/account/alerts") in links


def test_an_administrator_sees_that_there_is_an_address_and_ends_it(client_for: ClientFor, visitor: Officer, session: Session) -> None:
    officer, administrator = client_for(Role.ORDERS_DESK), client_for(Role.ADMINISTRATOR)
    path = f"/admin/users/{officer.user.username}"
    assert "Calendar No address" in page(administrator.get(path)).main
    address = address_in(page(asked(officer)))
    officer.post("/account/alerts/mail", data={"wanted": ["digest"]})
    said = administrator.get(path).get_data(as_text=True)
    assert "Calendar Has an address, not read yet" in Page(said).main
    assert "E-mail at once for hour clocks Off" in Page(said).main
    assert address.rsplit("/", 1)[1] not in said
    answer = administrator.post(f"{path}/calendar/end")
    assert "The calendar address has ended" in page(administrator.get(answer.location)).text
    assert visitor.get(address).status_code == 404
    assert session.scalars(select(CalendarAddress.ended_because)).all() == ["ended_by_administrator"]
    assert "Calendar address ended" in page(administrator.get(f"{path}/history")).main
    again = administrator.post(f"{path}/calendar/end")
    assert "There was no calendar address to end" in page(administrator.get(again.location)).text


def test_nobody_else_ends_it(client_for: ClientFor) -> None:
    officer = client_for(Role.ORDERS_DESK)
    assert client_for(Role.ORDERS_SUPERVISOR).post(f"/admin/users/{officer.user.username}/calendar/end").status_code == 403


def test_the_page_takes_few_statements(client_for: ClientFor, statements: Statements) -> None:
    officer = client_for(Role.ORDERS_DESK)
    with statements() as seen:
        officer.get("/account/alerts")
    assert len(seen) <= 12
