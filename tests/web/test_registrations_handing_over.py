"""A registration is handed over from its page: its deadlines and alerts go along, and whoever has to know is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Registration, User
from orders_app.rules.access import Role
from orders_app.services.alerts import raise_alerts
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user
from tests.registration_cases import a_registration, notified
from tests.web.conftest import ClientFor, Officer, SignedInAs
from tests.web.reading import page
from tests.web.two_officers import Two
from tests.web.typed import opened

FIRST = notified(date(2024, 3, 5), "83")
SOON = notified(NOW.date() - timedelta(days=360))
HERE = "/registrations/REG-2024-0001"
NOTE = {"note": "Lives with his mother. Ring before you call"}


@pytest.fixture
def taker(acting: Acting) -> User:
    with acting() as work:
        return a_user(work, Role.OFFENDER_MANAGER, team=a_team(work, name="MOSOVO vale"), name="Marta Collins", username="marta")


@pytest.fixture
def officer(client_for: ClientFor, acting: Acting, taker: User) -> Officer:
    with acting() as work:
        team = a_team(work, name="MOSOVO north")
    officer = client_for(Role.OFFENDER_MANAGER, team=team, name="Mei-Ling Hargreaves")
    with acting() as work:
        a_registration(work, FIRST, SOON, person=a_person(work, surname="Marsh"), owner_id=officer.user.id, team_id=team.id)
        raise_alerts(work, stages=load_reference().stages)
    return officer


def test_its_deadlines_go_along_and_the_new_owner_is_told_in_my_work(
    officer: Officer, taker: User, signed_in_as: SignedInAs, session: Session
) -> None:
    address = f"{HERE}/hand-over"
    assert ("Hand over to another officer", address) in page(officer.get(HERE)).links
    form = page(officer.get(address))
    assert "Mei-Ling Hargreaves" in form.main
    assert "Annual notification, by Friday 27 November 2026, 24:00" in form.main
    assert officer.post(address, data={"to": "officer:marta", **NOTE} | opened(officer, address)).location == HERE
    session.rollback()
    assert session.scalars(select(Registration.owner_id)).one() == taker.id
    shown = page(officer.get(HERE)).main
    for words in (f"Owner {taker.display_name} MOSOVO vale", f"Handed over to {taker.display_name}, MOSOVO vale", NOTE["note"]):
        assert words in shown
    assert "MARSH" not in page(officer.get("/work")).within(".app-work")
    theirs = page(signed_in_as(taker).get("/work"))
    assert NOTE["note"] in theirs.main
    assert HERE in [href for _, href in theirs.links]
    assert "Annual notification" in theirs.main


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (NOTE, "Choose an officer or a team"),
        ({"to": "officer:marta"}, "Enter what whoever takes it over should know"),
    ],
)
def test_what_is_missing_stands_beside_its_box(officer: Officer, session: Session, typed: dict[str, str], says: str) -> None:
    address = f"{HERE}/hand-over"
    refused = page(officer.post(address, data=typed | opened(officer, address)))
    assert says in refused.problems
    assert typed.get("note", "") in refused.main
    assert session.scalars(select(Registration.owner_id)).one() == officer.user.id


def test_two_who_hand_it_over_at_once_are_told(officer: Officer, client_for: ClientFor) -> None:
    two = Two(officer, client_for(Role.MOSOVO_SUPERVISOR, name="Rhian Parry"))
    theirs = {"to": "team:MOSOVO vale", "note": "Nobody in person yet"}
    stale = two.at(f"{HERE}/hand-over", theirs, {"to": "officer:marta", **NOTE})
    for words in ("Rhian Parry handed it over to MOSOVO vale", "Nobody in person yet", NOTE["note"]):
        assert words in stale.says
    assert stale.choose("save").status_code == 302


def test_only_who_may_record_hands_it_over(client_for: ClientFor, officer: Officer) -> None:
    for role in (Role.ORDERS_DESK, Role.AUDITOR, Role.PATROL):
        assert client_for(role).get(f"{HERE}/hand-over").status_code == 403
