"""Acknowledging looks again at each alert: what is no longer as it was seen is named, and the rest is acknowledged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from orders_app.models import Alert, AuditEvent
from orders_app.services import deadline_work
from orders_app.services.alerts import raise_alerts
from orders_app.services.deadline_work import Acknowledgement, Result, Seen
from orders_app.services.errors import NotFound
from tests.conftest import NOW, Acting
from tests.services.alert_cases import a_deadline, utc
from tests.services.deadline_desk import IN_A_WEEK, STAGES, Desk, actor, meet, the_alert


@pytest.fixture
def desk(acting: Acting) -> Desk:
    with acting() as work:
        return Desk(work)


@contextmanager
def listening(engine: Engine, statements: list[str]) -> Iterator[None]:
    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_acknowledging_says_who_and_when_on_the_records_own_trail(desk: Desk, acting: Acting, session: Session) -> None:
    with acting("alert.acknowledged", actor=actor(desk.officer)) as work:
        assert deadline_work.acknowledge(work, seen=[desk.seen]) == [Acknowledgement(desk.seen, Result.DONE)]
    alert = the_alert(session)
    assert (alert.acknowledged_at, alert.acknowledged_by_id) == (NOW, desk.officer.id)
    row = session.scalars(select(AuditEvent).where(AuditEvent.action == "alert.acknowledged")).one()
    assert (row.actor_id, row.record_id, row.person_id) == (desk.officer.id, desk.order.id, desk.order.person_id)


def test_who_is_second_learns_who_was_first(desk: Desk, acting: Acting) -> None:
    with acting(actor=actor(desk.officer)) as work:
        deadline_work.acknowledge(work, seen=[desk.seen])
    with acting(actor=actor(desk.colleague), now=NOW + timedelta(minutes=5)) as work:
        (result,) = deadline_work.acknowledge(work, seen=[desk.seen])
    assert result == Acknowledgement(desk.seen, Result.ALREADY, desk.officer.display_name, NOW)


def test_an_alert_that_has_moved_on_is_not_acknowledged_unseen(desk: Desk, acting: Acting, session: Session) -> None:
    with acting(now=utc(2026, 11, 29, 9)) as work:
        raise_alerts(work, stages=STAGES)
    with acting(actor=actor(desk.officer)) as work:
        (result,) = deadline_work.acknowledge(work, seen=[desk.seen])
    assert result.result is Result.MOVED_ON
    assert session.scalars(select(Alert.acknowledged_at)).all() == [None, None]


@pytest.mark.parametrize("access", ["restricted", "sealed"])
def test_what_may_not_be_opened_is_not_found(access: str, acting: Acting) -> None:
    with acting() as work:
        desk = Desk(work, access=access)
    with acting(actor=actor(desk.colleague)) as work, pytest.raises(NotFound):
        deadline_work.acknowledge(work, seen=[desk.seen])


def test_of_several_the_one_that_was_met_meanwhile_is_named_and_the_others_acknowledged(
    desk: Desk, acting: Acting, session: Session
) -> None:
    with acting() as work:
        others = [a_deadline(work, act_by_at=IN_A_WEEK, order=desk.order, duty_key=f"duty {n}") for n in range(2)]
        raise_alerts(work, stages=STAGES)
    meet(acting, others[0])
    seen = [Seen(desk.order.reference, number, "7_days", NOW) for number in (1, 2, 3)]
    with acting(actor=actor(desk.officer)) as work:
        results = deadline_work.acknowledge(work, seen=seen)
    assert [one.result for one in results] == [Result.DONE, Result.MOVED_ON, Result.DONE]
    session.rollback()
    answered = select(Alert.deadline_id).where(Alert.acknowledged_by_id == desk.officer.id).order_by(Alert.deadline_id)
    assert session.scalars(answered).all() == [desk.deadline.id, others[1].id]


def test_what_was_given_to_somebody_else_meanwhile_is_not_acknowledged_unseen(desk: Desk, acting: Acting, session: Session) -> None:
    with acting(actor=actor(desk.officer), now=NOW + timedelta(minutes=1)) as work:
        deadline_work.assign(work, **desk.at, username="colleague", former="")
    with acting(actor=actor(desk.officer), now=NOW + timedelta(minutes=2)) as work:
        (result,) = deadline_work.acknowledge(work, seen=[desk.seen])
    assert result.result is Result.MOVED_ON
    assert the_alert(session).acknowledged_at is None


def test_many_are_acknowledged_in_as_many_statements_as_one(desk: Desk, acting: Acting, engine: Engine) -> None:
    with acting() as work:
        for number in range(30):
            a_deadline(work, act_by_at=IN_A_WEEK, order=desk.order, duty_key=f"duty {number}")
        raise_alerts(work, stages=STAGES)
    seen = [Seen(desk.order.reference, number, "7_days", NOW) for number in range(1, 32)]
    counts = []
    for some in (seen[:1], seen[1:]):
        statements: list[str] = []
        with listening(engine, statements), acting(actor=actor(desk.officer)) as work:
            results = deadline_work.acknowledge(work, seen=some)
        assert {one.result for one in results} == {Result.DONE}
        counts.append(len(statements))
    assert counts[0] == counts[1]
