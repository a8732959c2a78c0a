"""What an officer does about a deadline short of meeting it; two people at once are told about each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Absence, AccessGrant, AuditEvent, Deadline, DeadlineNote
from orders_app.queries.assignees import who_can_have
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.access import Role
from orders_app.services import deadline_work
from orders_app.services.alerts import raise_alerts
from orders_app.services.errors import ChangedMeanwhile, RuleBroken
from orders_app.services.work import Actor, Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, lock_out
from tests.registration_cases import a_registration
from tests.services.alert_cases import a_deadline, utc
from tests.services.deadline_desk import STAGES, Desk, actor, meet, the_alert


@pytest.fixture
def desk(acting: Acting) -> Desk:
    with acting() as work:
        return Desk(work)


def test_a_note_may_still_be_written_when_it_was_met(desk: Desk, acting: Acting, session: Session) -> None:
    meet(acting, desk.deadline)
    with acting(actor=actor(desk.officer)) as work:
        deadline_work.write_note(work, **desk.at, text="He came in after all.")
    assert session.scalars(select(DeadlineNote.text)).all() == ["He came in after all."]


@pytest.mark.parametrize(
    ("field", "do"),
    [
        ("until_on", lambda work, at: deadline_work.snooze(work, **at, until_on=date(2026, 11, 25), reason="Waiting")),
        ("whom", lambda work, at: deadline_work.wait_on(work, **at, whom="the CPS")),
        ("username", lambda work, at: deadline_work.assign(work, **at, username="colleague", former="")),
    ],
)
def test_whatever_else_is_refused_beside_its_field_once_it_is_met(
    field: str, do: Callable[[Work, Any], Any], desk: Desk, acting: Acting
) -> None:
    meet(acting, desk.deadline)
    with acting(actor=actor(desk.officer)) as work, pytest.raises(RuleBroken, match="met meanwhile") as refused:
        do(work, desk.at)
    assert refused.value.field == field


class TestAssign:
    def test_the_alert_goes_along_and_is_to_be_acknowledged_anew(self, desk: Desk, acting: Acting, session: Session) -> None:
        with acting(actor=actor(desk.officer)) as work:
            deadline_work.acknowledge(work, seen=[desk.seen])
        with acting(actor=actor(desk.officer), now=NOW + timedelta(hours=1)) as work:
            deadline_work.assign(work, **desk.at, username="colleague", former="")
        alert = the_alert(session)
        assert (alert.recipient_id, alert.acknowledged_at, alert.raised_at) == (desk.colleague.id, None, NOW + timedelta(hours=1))
        assert session.scalars(select(Deadline.assigned_to_id)).one() == desk.colleague.id

    def test_taking_it_oneself_acknowledges_it(self, desk: Desk, acting: Acting, session: Session) -> None:
        with acting(actor=actor(desk.colleague)) as work:
            deadline_work.assign(work, **desk.at, username="colleague", former="")
        assert the_alert(session).acknowledged_by_id == desk.colleague.id

    @pytest.mark.parametrize("given", [False, True])
    def test_not_to_whoever_has_it_already(self, given: bool, desk: Desk, acting: Acting, session: Session) -> None:
        """Or it would be open again, with all its time before it."""
        has_it = "colleague" if given else "officer"
        if given:
            with acting(actor=actor(desk.officer)) as work:
                deadline_work.assign(work, **desk.at, username="colleague", former="")
        with acting(actor=actor(desk.officer)) as work, pytest.raises(RuleBroken, match="has it already") as refused:
            deadline_work.assign(work, **desk.at, username=has_it, former="colleague" if given else "")
        assert refused.value.field == "username"

    def test_what_was_quiet_speaks_to_whoever_is_given_it(self, desk: Desk, acting: Acting, session: Session) -> None:
        with acting(actor=actor(desk.officer)) as work:
            deadline_work.snooze(work, **desk.at, until_on=date(2026, 11, 25), reason="Waiting")
            deadline_work.assign(work, **desk.at, username="colleague", former="")
        assert (the_alert(session).snoozed_until_on, the_alert(session).snooze_reason) == (None, "")

    def test_two_at_once_are_told(self, desk: Desk, acting: Acting) -> None:
        with acting(actor=actor(desk.officer)) as work:
            deadline_work.assign(work, **desk.at, username="colleague", former="")
        with acting(actor=actor(desk.officer)) as work, pytest.raises(ChangedMeanwhile):
            deadline_work.assign(work, **desk.at, username="officer", former="")

    @pytest.mark.parametrize("username", ["", "nobody", "gone", "patrol"])
    def test_only_to_somebody_who_is_here_and_works_alerts(self, username: str, desk: Desk, acting: Acting) -> None:
        with acting() as work:
            a_user(work, username="gone", is_active=False)
            a_user(work, Role.PATROL, username="patrol")
        with acting(actor=actor(desk.officer)) as work, pytest.raises(RuleBroken) as refused:
            deadline_work.assign(work, **desk.at, username=username, former="")
        assert refused.value.field == "username"

    def test_not_to_somebody_who_is_away_or_cannot_sign_in(self, desk: Desk, acting: Acting) -> None:
        with acting() as work:
            away = a_user(work, username="away", name="Ann Away")
            work.session.add(Absence(user_id=away.id, from_on=NOW.date(), until_on=date(2026, 12, 3), covered_by_id=desk.officer.id))
            a_user(work, username="paused", name="Paul Paused")
            lock_out(work, "paused", until=NOW + timedelta(minutes=15))
        for username, why in (("away", "is away and back on Friday 4 December 2026"), ("paused", "cannot sign in until")):
            with acting(actor=actor(desk.officer)) as work, pytest.raises(RuleBroken, match=why) as refused:
                deadline_work.assign(work, **desk.at, username=username, former="")
            assert refused.value.field == "username"

    def test_what_falls_due_on_a_registration_only_to_somebody_who_records_registrations(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            desk, manager = Desk(work), a_user(work, Role.OFFENDER_MANAGER, username="manager")
            a_user(work, Role.OFFENDER_MANAGER, username="second")
            registration = a_registration(work, person=a_person(work), owner_id=manager.id)
            due = work.session.scalars(select(Deadline).where(Deadline.record_id == registration.id).order_by(Deadline.id)).all()
            at = {"reference": registration.reference, "number": [one.met_by_id for one in due].index(None) + 1, "former": ""}
        with acting(actor=Actor(None, "System", SYSTEM)) as work, pytest.raises(RuleBroken, match="may record on it"):
            deadline_work.assign(work, **at, username="colleague")
        with acting(actor=Actor(None, "System", SYSTEM)) as work:
            deadline_work.assign(work, **at, username="second")
        found = who_can_have(session, registration.id, NOW, team_id=desk.team.id)
        assert [one.user.username for one in found] == ["manager", "second"]

    def test_a_restricted_record_only_to_somebody_named_on_it(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            desk = Desk(work, access="restricted")
            work.session.add(AccessGrant(record_id=desk.order.id, user_id=desk.officer.id, granted_at=NOW, reason="Owner"))
            a_user(work, username="elsewhere")
        found = who_can_have(session, desk.order.id, NOW, team_id=desk.team.id)
        assert [(one.user.username, one.team_name) for one in found] == [("officer", "Orders desk")]

    def test_the_officers_own_team_comes_first(self, desk: Desk, acting: Acting, session: Session) -> None:
        with acting() as work:
            a_user(work, team=a_team(work, name="A team before it in the alphabet"), username="far")
        found = who_can_have(session, desk.order.id, NOW, team_id=desk.team.id)
        assert {one.user.username for one in found[:2]} == {"officer", "colleague"}
        assert found[2].user.username == "far"


def test_a_note_is_kept_and_audited(desk: Desk, acting: Acting, session: Session) -> None:
    with acting("deadline.noted", actor=actor(desk.officer)) as work:
        deadline_work.write_note(work, **desk.at, text="  Rang the court office.  ")
    note = session.scalars(select(DeadlineNote)).one()
    assert (note.text, note.written_by_id, note.written_at) == ("Rang the court office.", desk.officer.id, NOW)
    row = session.scalars(select(AuditEvent).where(AuditEvent.action == "deadline.noted")).one()
    assert row.record_id == desk.order.id


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_empty_or_endless_note_is_refused(text: str, desk: Desk, acting: Acting) -> None:
    with acting(actor=actor(desk.officer)) as work, pytest.raises(RuleBroken) as refused:
        deadline_work.write_note(work, **desk.at, text=text)
    assert refused.value.field == "text"


class TestSnooze:
    def snooze(self, acting: Acting, desk: Desk, until_on: date, reason: str = "Solicitor's view awaited") -> None:
        with acting(actor=actor(desk.officer)) as work:
            deadline_work.snooze(work, **desk.at, until_on=until_on, reason=reason)

    def test_until_the_statutory_day_itself(self, desk: Desk, acting: Acting, session: Session) -> None:
        self.snooze(acting, desk, date(2026, 11, 29))
        alert = the_alert(session)
        assert (alert.snoozed_until_on, alert.snooze_reason) == (date(2026, 11, 29), "Solicitor's view awaited")

    @pytest.mark.parametrize("until_on", [date(2026, 11, 22), date(2026, 11, 30), date(2027, 1, 1)])
    def test_never_today_nor_past_a_statutory_date(self, until_on: date, desk: Desk, acting: Acting) -> None:
        with pytest.raises(RuleBroken) as refused:
            self.snooze(acting, desk, until_on)
        assert refused.value.field == "until_on"

    def test_a_policy_date_may_be_passed_but_not_the_laws_next_date_on_the_record(self, acting: Acting) -> None:
        with acting() as work:
            desk = Desk(work, rule_class="policy")
            a_deadline(work, act_by_at=utc(2026, 12, 11), order=desk.order, duty_key="another")
        self.snooze(acting, desk, date(2026, 12, 10))
        with pytest.raises(RuleBroken, match="Thursday 10 December 2026: the law sets a date on this record that day"):
            self.snooze(acting, desk, date(2026, 12, 11))

    def test_four_weeks_at_most_and_one_once_the_date_has_passed(self, acting: Acting) -> None:
        with acting() as work:
            desk = Desk(work, rule_class="policy")
        with pytest.raises(RuleBroken, match="Sunday 20 December 2026: an alert may be quiet for 28 days at most"):
            self.snooze(acting, desk, date(2026, 12, 21))
        self.snooze(acting, desk, date(2026, 12, 20))
        with acting(now=utc(2026, 12, 8)) as work:
            raise_alerts(work, stages=STAGES)
        with acting(actor=actor(desk.officer), now=utc(2026, 12, 8)) as work, pytest.raises(RuleBroken, match="7 days at most once"):
            deadline_work.snooze(work, **desk.at, until_on=date(2026, 12, 16), reason="Why not")

    def test_not_once_the_law_has_been_missed(self, acting: Acting) -> None:
        with acting(now=NOW) as work:
            desk = Desk(work)
        with acting(now=utc(2026, 12, 1)) as work:
            raise_alerts(work, stages=STAGES)
        with acting(actor=actor(desk.officer), now=utc(2026, 12, 1)) as work, pytest.raises(RuleBroken, match="it has passed"):
            deadline_work.snooze(work, **desk.at, until_on=date(2026, 12, 5), reason="Why not")

    @pytest.mark.parametrize("reason", ["", "x" * 201])
    def test_a_reason_is_wanted(self, reason: str, desk: Desk, acting: Acting) -> None:
        with pytest.raises(RuleBroken) as refused:
            self.snooze(acting, desk, date(2026, 11, 25), reason)
        assert refused.value.field == "reason"


def test_waiting_on_others_acknowledges_and_can_be_ended(desk: Desk, acting: Acting, session: Session) -> None:
    with acting(actor=actor(desk.officer)) as work:
        deadline_work.wait_on(work, **desk.at, whom="the CPS")
    assert the_alert(session).acknowledged_by_id == desk.officer.id
    assert session.execute(select(Deadline.waiting_on, Deadline.waiting_since_at)).one() == ("the CPS", NOW)
    with acting(actor=actor(desk.officer)) as work:
        deadline_work.wait_on(work, **desk.at, whom="")
    session.rollback()
    assert session.execute(select(Deadline.waiting_on, Deadline.waiting_since_at)).one() == ("", None)
