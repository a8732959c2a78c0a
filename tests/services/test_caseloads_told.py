"""Who is told of a caseload, and what each may know of it: nothing of what they may not see."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import (
    AccessGrant,
    CaseloadNotice,
    Order,
    Record,
    User,
)
from orders_app.queries.caseload_summaries import find_caseload, rows_of, unseen
from orders_app.queries.caseloads import officers
from orders_app.rules.access import Access, Role
from orders_app.services.caseloads import Give, RecordsChanged, hand_over_caseload, take_note_of_caseload
from orders_app.services.errors import NotFound
from tests.conftest import NOW, Acting
from tests.factories import a_user
from tests.services.caseload_cases import LATER, NOTE, Teams, actor, done, gives, viewer


@pytest.fixture
def teams(acting: Acting) -> Teams:
    with acting() as work:
        return Teams(work)


def told(session: Session) -> set[str]:
    session.rollback()
    return set(session.scalars(select(User.username).join(CaseloadNotice, CaseloadNotice.user_id == User.id)))


def test_each_is_told_once_and_not_whoever_did_it(teams: Teams, acting: Acting, session: Session) -> None:
    wanted = gives(session, teams.helen)
    shared = [Give(one.reference, one.version, "officer:owen" if place else one.to) for place, one in enumerate(wanted)]
    reference = done(acting, teams.helen, shared)
    assert told(session) == {"priya", "owen", "lis", "ruth"}
    assert len(session.scalars(select(CaseloadNotice)).all()) == 4
    [line] = unseen(session, viewer(teams.owen))
    assert (line.caseload.reference, line.records, line.taken) == (reference, 4, 3)
    with acting("hand_over.noted", actor=actor(teams.owen)) as work:
        take_note_of_caseload(work, reference=reference)
    session.rollback()
    assert unseen(session, viewer(teams.owen)) == []
    assert len(unseen(session, viewer(teams.ruth))) == 1
    with acting(actor=actor(teams.owen)) as work, pytest.raises(NotFound):
        take_note_of_caseload(work, reference=reference)


def test_the_summary_has_what_is_overdue_first(teams: Teams, acting: Acting, session: Session) -> None:
    reference = done(acting, teams.helen, gives(session, teams.helen))
    session.rollback()
    found = find_caseload(session, viewer(teams.lis), reference)
    assert found is not None
    rows = rows_of(session, viewer(teams.lis), found.id, LATER)
    assert rows[0].reference == teams.bare.reference
    assert [row.deadline.act_by_at for row in rows if row.deadline] == sorted(row.deadline.act_by_at for row in rows if row.deadline)
    assert next(row.deadline for row in rows if row.reference == teams.others.reference).id == teams.given.id  # type: ignore[union-attr]
    assert find_caseload(session, viewer(teams.owen, Role.OFFENDER_MANAGER), reference) is None, "not told, and sees to nobody"


def close(acting: Acting, order: Order, access: Access, *named: User) -> None:
    with acting("access.set") as work:
        work.session.get_one(Order, order.id).access = access
        work.session.add_all(AccessGrant(record_id=order.id, user_id=user.id, granted_at=NOW, reason="Named") for user in named)


@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_what_the_one_who_hands_over_may_not_see_stays_and_leaves_no_trace(
    teams: Teams, acting: Acting, session: Session, access: Access
) -> None:
    close(acting, teams.bare, access, teams.priya)
    wanted = gives(session, teams.helen)
    assert teams.bare.reference not in {one.reference for one in wanted}
    reference = done(acting, teams.helen, wanted)
    session.rollback()
    assert session.get_one(Record, teams.bare.id).owner_id == teams.priya.id
    found = find_caseload(session, viewer(teams.priya), reference)
    assert found is not None
    assert teams.bare.reference not in {row.reference for row in rows_of(session, viewer(teams.priya), found.id, LATER)}
    assert unseen(session, viewer(teams.ruth))[0].records == 3


def test_what_the_taker_may_not_see_cannot_go_and_who_may_not_see_it_is_told_of_the_rest_alone(
    teams: Teams, acting: Acting, session: Session
) -> None:
    close(acting, teams.bare, Access.RESTRICTED, teams.helen, teams.owen)
    wanted = gives(session, teams.helen)
    with pytest.raises(RecordsChanged) as refused:
        done(acting, teams.helen, wanted)
    assert refused.value.references == (teams.bare.reference,)
    done(acting, teams.helen, [Give(one.reference, one.version, "officer:owen") for one in wanted])
    session.rollback()
    assert session.get_one(Record, teams.bare.id).owner_id == teams.owen.id
    assert {one: unseen(session, viewer(user))[0].records for one, user in (("owen", teams.owen), ("priya", teams.priya))} == {
        "owen": 4,
        "priya": 3,
    }


def test_a_supervisor_who_may_see_none_of_it_is_not_told(teams: Teams, acting: Acting, session: Session) -> None:
    close(acting, teams.bare, Access.SEALED, teams.helen, teams.lis)
    wanted = [one for one in gives(session, teams.helen) if one.reference == teams.bare.reference]
    done(acting, teams.helen, wanted)
    assert told(session) == {"lis"}


def test_what_is_sealed_afterwards_is_on_no_summary_and_in_no_count(teams: Teams, acting: Acting, session: Session) -> None:
    reference = done(acting, teams.helen, gives(session, teams.helen))
    close(acting, teams.bare, Access.SEALED)
    session.rollback()
    assert unseen(session, viewer(teams.lis))[0].records == 3
    found = find_caseload(session, viewer(teams.lis), reference)
    assert found is not None
    assert len(rows_of(session, viewer(teams.lis), found.id, LATER)) == 3


def test_registrations_are_given_away_by_those_who_may_record_them(teams: Teams, acting: Acting, session: Session) -> None:
    with acting() as work:
        sergeant = a_user(work, Role.ORDERS_SUPERVISOR, team=teams.west, username="desk.sgt", leads_team=True)
    wanted = gives(session, teams.helen)
    with acting(actor=actor(sergeant, Role.ORDERS_SUPERVISOR)) as work, pytest.raises(RecordsChanged) as refused:
        hand_over_caseload(work, username="priya", gives=wanted, note=NOTE)
    assert refused.value.references == (teams.registration.reference,)


def test_whose_caseload_somebody_may_hand_over(teams: Teams, acting: Acting, session: Session) -> None:
    with acting() as work:
        leads = a_user(work, Role.INSPECTOR, team=teams.west, username="leads", leads_team=True)
        work.session.get_one(User, teams.owen.id).is_active = False
    session.rollback()

    def may(user: User, role: Role) -> set[str]:
        return {one.username for one in officers(session, viewer(user, role))}

    assert may(teams.helen, Role.MOSOVO_SUPERVISOR) == {"priya", "owen"}, "who has left is among them, who has nothing is not"
    assert may(teams.ruth, Role.MOSOVO_SUPERVISOR) == {"priya", "owen"}
    assert may(leads, Role.INSPECTOR) == {"priya", "owen"}
    assert may(teams.priya, Role.OFFENDER_MANAGER) == {"priya"}
    assert may(teams.lis, Role.OFFENDER_MANAGER) == set()
    with acting(actor=actor(teams.lis, Role.OFFENDER_MANAGER)) as work, pytest.raises(NotFound):
        hand_over_caseload(work, username="priya", gives=gives(session, teams.helen), note=NOTE)


def test_somebody_who_has_only_what_is_sealed_has_nothing(teams: Teams, acting: Acting, session: Session) -> None:
    for order in (teams.bare, teams.order, teams.registration, teams.others):
        with acting() as work:
            work.session.get_one(Record, order.id).access = Access.SEALED
    session.rollback()
    assert [one.username for one in officers(session, viewer(teams.helen))] == []
