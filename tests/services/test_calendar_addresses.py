"""A calendar's address: made, shown once, replaced, ended, and never kept but as a hash."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, CalendarAddress, CalendarEntry, User
from orders_app.queries.calendars import opened_by
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services.calendars import end_address, end_address_of, make_address
from orders_app.services.clean_up import clean_up
from orders_app.services.errors import NotFound
from orders_app.services.sign_in import token_hash
from orders_app.services.users import deactivate
from tests.calendar_clients import Importer
from tests.conftest import NOW, Acting
from tests.factories import a_user
from tests.services.alert_cases import utc
from tests.services.calendar_desk import Desk, an_address

SOON = utc(2026, 12, 1)


@pytest.fixture
def desk(acting: Acting) -> Desk:
    return Desk(acting)


def test_a_new_address_ends_the_old_and_the_entries_keep_their_names(desk: Desk) -> None:
    desk.deadline(SOON)
    imported = Importer()
    imported.read(desk.file())
    old = desk.address_id
    desk.address_id = an_address(desk.acting, desk.officer)
    imported.read(desk.file())
    assert len(imported.entries) == 1
    desk.address_id = old
    with pytest.raises(NotFound):
        desk.file()


def test_only_a_hash_is_kept_and_an_ended_address_opens_nothing(acting: Acting, session: Session) -> None:
    with acting() as work:
        user = a_user(work)
    with acting("calendar.address_made") as work:
        token = make_address(work, user_id=user.id)
    found = opened_by(session, token_hash(token))
    assert found is not None
    assert found.viewer == Viewer(user.id, roles=frozenset({Role.ORDERS_DESK}))
    assert token not in str([row.__dict__ for row in session.scalars(select(CalendarAddress))])
    assert token not in str([row.changes for row in session.scalars(select(AuditEvent))])
    with acting("calendar.address_ended") as work:
        assert end_address(work, user_id=user.id, because="ended_by_owner")
        assert not end_address(work, user_id=user.id, because="ended_by_owner")
    session.rollback()
    assert opened_by(session, token_hash(token)) is None
    logged = [row.action for row in session.scalars(select(AuditEvent).where(AuditEvent.action.startswith("calendar.")))]
    assert logged == ["calendar.address_made", "calendar.address_ended"]


def test_whoever_leaves_has_no_calendar_from_that_moment(desk: Desk, session: Session) -> None:
    with desk.acting("user.deactivated") as work:
        deactivate(work, username=desk.officer.username)
    assert session.scalars(select(CalendarAddress.ended_because)).all() == ["deactivated"]
    with desk.acting() as work, pytest.raises(NotFound):
        make_address(work, user_id=desk.officer.id)


def test_an_officer_made_inactive_in_any_other_way_is_not_let_in_either(acting: Acting, session: Session) -> None:
    with acting() as work:
        user = a_user(work)
        token = make_address(work, user_id=user.id)
    with acting() as work:
        work.session.get_one(User, user.id).is_active = False
    assert opened_by(session, token_hash(token)) is None


def test_an_administrator_can_end_it(desk: Desk) -> None:
    with desk.acting("calendar.address_ended") as work:
        assert end_address_of(work, username=f" {desk.officer.username.upper()} ")
    with pytest.raises(NotFound):
        desk.file()
    with desk.acting() as work, pytest.raises(NotFound):
        end_address_of(work, username="nobody")


def test_reading_notes_when(desk: Desk, session: Session) -> None:
    assert session.scalars(select(CalendarAddress.last_read_at)).one() is None
    desk.file(NOW + timedelta(hours=1))
    session.rollback()
    assert session.scalars(select(CalendarAddress.last_read_at)).one() == NOW + timedelta(hours=1)


def test_what_an_ended_calendar_said_is_forgotten_after_ninety_days(desk: Desk, session: Session) -> None:
    desk.deadline(SOON)
    desk.file()
    with desk.acting("calendar.address_ended") as work:
        end_address(work, user_id=desk.officer.id, because="ended_by_owner")
    for days, left in ((90, 1), (91, 0)):
        with desk.acting("job.ran", now=NOW + timedelta(days=days)) as work:
            clean_up(work)
        session.rollback()
        assert len(session.scalars(select(CalendarAddress)).all()) == left
        assert len(session.scalars(select(CalendarEntry)).all()) == left


def test_a_calendar_that_works_is_never_cleaned_away(desk: Desk, session: Session) -> None:
    desk.deadline(SOON)
    desk.file()
    with desk.acting("job.ran", now=NOW + timedelta(days=2000)) as work:
        clean_up(work)
    assert len(session.scalars(select(CalendarEntry)).all()) == 1
