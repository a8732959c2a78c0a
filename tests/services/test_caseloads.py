"""A whole caseload is handed over in one go: what goes, to whom, who is told, and who may know of what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from orders_app.models import (
    Absence,
    Alert,
    AuditEvent,
    CaseloadHandOver,
    Deadline,
    HandOver,
    Order,
    Record,
    User,
)
from orders_app.queries.assignees import colleagues
from orders_app.queries.caseloads import Load, held, loads
from orders_app.rules.access import Access
from orders_app.services.alerts import raise_alerts
from orders_app.services.caseloads import Give, RecordsChanged
from orders_app.services.errors import RuleBroken
from orders_app.services.escalation import escalate
from orders_app.services.hand_overs import hand_over
from orders_app.services.takers import LONGEST_NOTE
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order, lock_out
from tests.order_cases import a_served_notice
from tests.services.alert_cases import a_deadline, utc
from tests.services.caseload_cases import LATER, NOTE, STAGES, Teams, actor, done, gives, viewer


@pytest.fixture
def teams(acting: Acting) -> Teams:
    with acting() as work:
        return Teams(work)


def test_what_an_officer_has_is_what_they_own_and_what_they_were_given(teams: Teams, session: Session) -> None:
    found = {one.reference: one for one in held(session, viewer(teams.helen), teams.priya.id, NOW)}
    assert set(found) == {record.reference for record in (*teams.owned, teams.others)}
    assert [found[teams.others.reference].is_whole, found[teams.bare.reference].is_whole] == [False, True]
    assert found[teams.bare.reference].load == Load(1, 1, 0)
    assert found[teams.others.reference].load == Load(1, 0, 1), "what its owner has on it is not hers"
    assert found[teams.order.reference].load == Load(1, 0, 1)
    total = sum((one.load for one in found.values()), Load())
    assert loads(session, viewer(teams.helen), [teams.priya.id, teams.lis.id], NOW) == {teams.priya.id: total, teams.lis.id: Load()}


def test_everything_goes_with_its_deadlines_and_their_alerts(teams: Teams, acting: Acting, session: Session) -> None:
    with acting(actor=actor(teams.priya)) as work:
        for alert in work.session.scalars(select(Alert).where(Alert.recipient_id == teams.priya.id)):
            alert.acknowledged_at, alert.acknowledged_by_id, alert.escalation = NOW, teams.priya.id, 1
    reference = done(acting, teams.helen, gives(session, teams.helen))
    session.rollback()
    for record in teams.owned:
        now_is = session.get_one(Record, record.id)
        assert (now_is.owner_id, now_is.team_id, now_is.version) == (teams.lis.id, teams.east.id, record.version + 1)
    assert session.get_one(Record, teams.others.id).owner_id == teams.owen.id
    assert session.get_one(Deadline, teams.given.id).assigned_to_id == teams.lis.id
    assert session.get_one(Deadline, teams.theirs.id).assigned_to_id is None
    gone = session.scalars(select(Alert).where(Alert.closed_at.is_(None), Alert.recipient_id == teams.lis.id)).all()
    assert len(gone) >= 3
    assert {(a.team_id, a.acknowledged_at, a.raised_at, a.escalation) for a in gone} == {(teams.east.id, None, LATER, 0)}
    assert not session.scalars(select(Alert).where(Alert.closed_at.is_(None), Alert.recipient_id == teams.priya.id)).all()
    rows = session.scalars(select(HandOver).join(HandOver.caseload).where(CaseloadHandOver.reference == reference)).all()
    assert {row.record_id: (row.is_whole, row.given_to_id) for row in rows} == {
        **{record.id: (True, teams.lis.id) for record in teams.owned},
        teams.others.id: (False, teams.lis.id),
    }
    assert reference == "HO-2026-0001"


@pytest.mark.parametrize("to", ["officer:lis", "team:MOSOVO East", "officer:helen"])
def test_a_sweep_and_the_nights_run_after_it_change_nothing(teams: Teams, acting: Acting, session: Session, to: str) -> None:
    done(acting, teams.helen, gives(session, teams.helen, to))
    session.rollback()
    before = [(a.id, a.recipient_id, a.team_id, a.acknowledged_at) for a in session.scalars(select(Alert).order_by(Alert.id))]
    with acting(now=LATER) as work:
        sweep = raise_alerts(work, stages=STAGES)
    session.rollback()
    assert (sweep.raised, sweep.closed, sweep.rerouted) == (0, 0, 0)
    assert [(a.id, a.recipient_id, a.team_id, a.acknowledged_at) for a in session.scalars(select(Alert).order_by(Alert.id))] == before


def test_what_a_team_takes_nobody_owns_and_a_deadline_on_anothers_record_goes_back_to_its_owner(
    teams: Teams, acting: Acting, session: Session
) -> None:
    done(acting, teams.helen, gives(session, teams.helen, "team:MOSOVO East"))
    session.rollback()
    assert {(r.owner_id, r.team_id) for r in session.scalars(select(Record).where(Record.id.in_([o.id for o in teams.owned])))} == {
        (None, teams.east.id)
    }
    hears = session.scalars(select(Alert.recipient_id).where(Alert.deadline_id == teams.given.id, Alert.closed_at.is_(None))).all()
    assert hears == [teams.owen.id]


def test_what_a_third_officer_was_given_stays_with_them(teams: Teams, acting: Acting, session: Session) -> None:
    with acting() as work:
        kept = work.session.scalars(select(Deadline).where(Deadline.record_id == teams.bare.id)).one()
        kept.assigned_to_id = teams.owen.id
    done(acting, teams.helen, gives(session, teams.helen))
    session.rollback()
    assert session.get_one(Deadline, kept.id).assigned_to_id == teams.owen.id


def test_it_is_logged_as_a_single_hand_over_is(teams: Teams, acting: Acting, session: Session) -> None:
    with acting() as work:
        twin = a_served_notice(work, owner_id=teams.priya.id, team_id=teams.west.id)
        raise_alerts(work, stages=STAGES)
    with acting("order.handed_over", actor=actor(teams.helen), now=LATER, reason=NOTE) as work:
        hand_over(work, reference=twin.reference, version=twin.version, officer="lis", note=NOTE)
    done(acting, teams.helen, gives(session, teams.helen))
    session.rollback()

    def said(action: str, record: Order) -> dict[str, object]:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.action == action, AuditEvent.record_id == record.id)).all()
        assert {(row.actor, row.reason, row.person_id is not None) for row in rows if row.subject_type == "orders"} == {
            (teams.helen.display_name, NOTE, True)
        }
        kept = [(row.subject_type, dict(row.changes)) for row in rows if row.subject_type in ("orders", "alerts")]
        return {kind: changes | {"changed_at": {}} for kind, changes in kept}

    assert said("caseload.handed_over", teams.order) == said("order.handed_over", twin)
    assert session.scalars(
        select(AuditEvent.id).where(AuditEvent.subject_type == "hand_overs", AuditEvent.record_id == teams.order.id)
    ).all()


def test_the_next_stage_of_silence_begins_again(teams: Teams, acting: Acting, session: Session) -> None:
    with acting(now=NOW + timedelta(days=2)) as work:
        raise_alerts(work, stages=STAGES)
        assert escalate(work, stages=STAGES).to_supervisors
    done(acting, teams.helen, gives(session, teams.helen), now=NOW + timedelta(days=2))
    with acting(now=NOW + timedelta(days=2, minutes=1)) as work:
        escalate(work, stages=STAGES)
    session.rollback()
    passed_up = select(Alert).where(Alert.closed_at.is_(None), Alert.recipient_id == teams.lis.id, Alert.escalation > 0)
    assert session.scalars(passed_up).all() == []


def test_the_new_owners_cover_is_no_way_round_their_absence(teams: Teams, acting: Acting, session: Session) -> None:
    with acting() as work:
        work.session.add(Absence(user_id=teams.lis.id, from_on=NOW.date(), until_on=date(2026, 12, 3), covered_by_id=teams.owen.id))
    with pytest.raises(RuleBroken) as refused:
        done(acting, teams.helen, gives(session, teams.helen))
    assert refused.value.field == "to"
    assert refused.value.message == (
        f"{teams.lis.display_name} is away and back on Friday 4 December 2026. "
        f"Choose {teams.owen.display_name}, who covers for them, or somebody else"
    )
    with acting(actor=actor(teams.helen)) as work, pytest.raises(RuleBroken, match="back on Friday 4 December 2026"):
        hand_over(work, reference=teams.order.reference, version=teams.order.version, officer="lis", note=NOTE)


@pytest.mark.parametrize("to", ["officer:nobody", "officer:priya", "officer:gone", "team:Nowhere", "team:Empty", "team:Alone", "lis", ""])
def test_who_is_not_there_can_take_nothing(teams: Teams, acting: Acting, session: Session, to: str) -> None:
    with acting() as work:
        a_team(work, name="Empty")
        work.session.get_one(User, teams.priya.id).team_id = a_team(work, name="Alone").id
        a_user(work, team=teams.east, username="gone", is_active=False)
    with pytest.raises(RuleBroken) as refused:
        done(acting, teams.helen, gives(session, teams.helen, to))
    assert refused.value.field == "to"


def test_who_cannot_sign_in_for_now_can_take_nothing(teams: Teams, acting: Acting, session: Session) -> None:
    with acting() as work:
        until = LATER + timedelta(minutes=15)
        lock_out(work, "lis", until=until)
    with pytest.raises(RuleBroken, match="cannot sign in until"):
        done(acting, teams.helen, gives(session, teams.helen))


def test_a_note_and_something_to_go_are_asked_for(teams: Teams, acting: Acting, session: Session) -> None:
    for note, what in ((" ", "should know"), ("x" * (LONGEST_NOTE + 1), "1,000 characters")):
        with pytest.raises(RuleBroken, match=what):
            done(acting, teams.helen, gives(session, teams.helen), note=note)
    with pytest.raises(RuleBroken, match="Nothing is left"):
        done(acting, teams.helen, [])


def change_owner(teams: Teams, work: Work) -> None:
    work.session.get_one(Order, teams.bare.id).owner_id = teams.owen.id


def change_version(teams: Teams, work: Work) -> None:
    work.session.get_one(Order, teams.bare.id).court = "Elsewhere"


def seal(teams: Teams, work: Work) -> None:
    work.session.get_one(Order, teams.bare.id).access = Access.SEALED


@pytest.mark.parametrize("change", [change_owner, change_version, seal])
def test_what_was_changed_meanwhile_is_named_and_nothing_is_handed_over(
    teams: Teams, acting: Acting, session: Session, change: Callable[[Teams, Work], None]
) -> None:
    wanted = gives(session, teams.helen)
    with acting() as work:
        change(teams, work)
    with pytest.raises(RecordsChanged) as refused:
        done(acting, teams.helen, wanted)
    assert refused.value.references == (teams.bare.reference,)
    session.rollback()
    assert session.get_one(Record, teams.order.id).owner_id == teams.priya.id
    assert session.scalars(select(CaseloadHandOver)).all() == []


def test_a_reference_that_is_not_theirs_or_comes_twice_is_refused(teams: Teams, acting: Acting, session: Session) -> None:
    wanted = gives(session, teams.helen)
    for more in (Give("SPO-2020-0001", 1, "officer:lis"), wanted[0]):
        with pytest.raises(RecordsChanged) as refused:
            done(acting, teams.helen, [*wanted, more])
        assert refused.value.references == (more.reference,)


@pytest.mark.on_sqlite
def test_four_hundred_records_take_as_many_statements_as_forty(teams: Teams, acting: Acting, session: Session, engine: Engine) -> None:
    def sent(how_many: int) -> int:
        with acting() as work:
            for number in range(how_many):
                order = an_order(work, person=a_person(work, surname=f"Person {number}"), owner_id=teams.priya.id, team_id=teams.west.id)
                a_deadline(work, act_by_at=utc(2026, 11, 21), order=order)
            raise_alerts(work, stages=STAGES)
        wanted = gives(session, teams.helen)
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        done(acting, teams.helen, wanted)
        event.remove(engine, "before_cursor_execute", note)
        with acting() as work:
            assert raise_alerts(work, stages=STAGES).rerouted == 0
        return len(seen)

    few, many = sent(40), sent(400)
    assert many <= few <= 45


def test_colleagues_have_their_absences_beside_them(teams: Teams, acting: Acting, session: Session) -> None:
    with acting() as work:
        work.session.add(Absence(user_id=teams.lis.id, from_on=NOW.date(), until_on=date(2026, 12, 3), covered_by_id=teams.owen.id))
    session.rollback()
    found = {one.key: one for one in colleagues(session, NOW)}
    assert found["officer:lis"].cover == session.get_one(User, teams.owen.id)
    assert found["officer:owen"].absence is None
    with acting() as work:
        lock_out(work, "owen", until=NOW + timedelta(minutes=5))
    session.rollback()
    found = {one.key: one for one in colleagues(session, NOW)}
    assert (found["officer:lis"].cover, found["officer:owen"].is_here) == (None, False), "a cover who cannot be reached covers nothing"
