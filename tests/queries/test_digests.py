"""What a morning e-mail lists: what the officer hears of, in parts, by reference; and never what only some may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event, select, update
from sqlalchemy.orm import Session

from orders_app.models import Absence, AccessGrant, Alert, Deadline, Order, Person, User
from orders_app.queries.digests import digest_for, digests_for
from orders_app.rules.access import Access, Role
from orders_app.rules.messages import Message, Part
from orders_app.services.alerts import raise_alerts
from orders_app.services.escalation import escalate
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.queries.digest_cases import IN_A_MONTH, IN_SIX_DAYS, SITE, STAGES, TONIGHT, YESTERDAY, owned, parts_of
from tests.services.alert_cases import a_deadline


def text_of(session: Session, user: User, now: datetime = NOW) -> Message | None:
    session.rollback()
    return digest_for(session, user.id, now, stages=STAGES, public_url=SITE)


def test_each_deadline_is_in_the_part_its_moment_says(acting: Acting, session: Session) -> None:
    with acting() as work:
        officer = a_user(work)
        late, soon, later = owned(work, officer, YESTERDAY, TONIGHT), owned(work, officer, IN_SIX_DAYS), owned(work, officer, IN_A_MONTH)
        for row in work.session.scalars(select(Deadline).where(Deadline.act_by_at == IN_A_MONTH)):
            row.alert_class = "expiry"
        work.session.flush()
        raise_alerts(work, stages=STAGES)
    assert parts_of(session, officer) == {
        "overdue": [f"{late.reference}/1"],
        "today": [f"{late.reference}/2"],
        "soon": [f"{soon.reference}/1"],
        "new": [f"{later.reference}/1"],
    }


def test_the_text_has_references_and_links_and_nothing_else_of_the_record(acting: Acting, session: Session) -> None:
    with acting() as work:
        officer = a_user(work)
        order = owned(work, officer, YESTERDAY, TONIGHT)
        raise_alerts(work, stages=STAGES)
    assert text_of(session, officer) == Message(
        "Orderwatch, Sunday 22 November: 1 overdue, 1 due today",
        "Sunday 22 November\n\n"
        f"Overdue\n{order.reference}, number 1: due Friday 20 November 2026, 24:00\n  {SITE}/work/{order.reference}/1\n\n"
        f"Due today\n{order.reference}, number 2: due Sunday 22 November 2026, 24:00\n  {SITE}/work/{order.reference}/2\n\n"
        f"My work\n{SITE}/work\n\n"
        "Records that only some may see are never listed in e-mail. My work has everything that is yours.\n\n"
        "You choose what reaches you by e-mail in Orderwatch, on the page How alerts reach you.\n",
    )


def test_it_is_sent_also_when_there_is_nothing_to_list(acting: Acting, session: Session) -> None:
    with acting() as work:
        officer = a_user(work)
    message = text_of(session, officer)
    assert message is not None
    assert message.subject == "Orderwatch, Sunday 22 November: nothing to list"
    assert "There is nothing to list this morning." in message.body


@pytest.mark.parametrize(
    ("change", "is_listed"),
    [
        ({"snoozed_until_on": (NOW + timedelta(days=1)).date()}, False),
        ({"snoozed_until_on": NOW.date()}, True),
        ({"acknowledged_at": NOW}, True),
        ({"closed_at": NOW}, False),
    ],
)
def test_what_was_quietened_for_today_is_left_out(
    acting: Acting, session: Session, engine: Engine, change: dict[str, object], is_listed: bool
) -> None:
    with acting() as work:
        officer = a_user(work)
        owned(work, officer, IN_SIX_DAYS)
        raise_alerts(work, stages=STAGES)
    with engine.begin() as connection:
        connection.execute(update(Alert.__table__).values(**change))
    assert bool(parts_of(session, officer)) is is_listed


def test_what_waits_on_somebody_else_is_left_out_once_answered_until_it_warns_again_or_falls_due(
    acting: Acting, session: Session, engine: Engine
) -> None:
    with acting() as work:
        officer = a_user(work)
        today, later = owned(work, officer, TONIGHT, waiting_on="the court"), owned(work, officer, IN_SIX_DAYS, waiting_on="the court")
        raise_alerts(work, stages=STAGES)
    assert parts_of(session, officer) == {"today": [f"{today.reference}/1"], "soon": [f"{later.reference}/1"]}
    with engine.begin() as connection:
        connection.execute(update(Alert.__table__).values(acknowledged_at=NOW, acknowledged_by_id=officer.id))
    assert parts_of(session, officer) == {"today": [f"{today.reference}/1"]}


def test_a_supervisor_hears_what_was_passed_up_until_somebody_answers(acting: Acting, session: Session, engine: Engine) -> None:
    with acting() as work:
        team = a_team(work)
        officer, sergeant = a_user(work, team=team), a_user(work, Role.ORDERS_SUPERVISOR, team=team, leads_team=True)
        order = owned(work, officer, IN_SIX_DAYS)
        raise_alerts(work, stages=STAGES)
    with acting(now=NOW + timedelta(days=3)) as work:
        escalate(work, stages=STAGES)
    assert parts_of(session, sergeant, NOW + timedelta(days=3)) == {"passed_up": [f"{order.reference}/1"]}
    with engine.begin() as connection:
        connection.execute(update(Alert.__table__).values(acknowledged_at=NOW))
    assert parts_of(session, sergeant, NOW + timedelta(days=3)) == {}
    assert parts_of(session, officer, NOW + timedelta(days=3)) == {"soon": [f"{order.reference}/1"]}


def test_what_is_the_teams_is_told_to_each_member_at_work_once(acting: Acting, session: Session) -> None:
    with acting() as work:
        team, other_team = a_team(work), a_team(work)
        first, away, elsewhere = a_user(work, team=team), a_user(work, team=team), a_user(work, team=other_team)
        patrol, left = a_user(work, Role.PATROL, team=team), a_user(work, team=team, is_active=False)
        work.session.add(Absence(user_id=away.id, from_on=NOW.date(), until_on=NOW.date()))
        order = an_order(work, person=a_person(work), team_id=team.id)
        a_deadline(work, act_by_at=TONIGHT, order=order)
        raise_alerts(work, stages=STAGES)
    assert parts_of(session, first) == {"team": [f"{order.reference}/1"]}
    assert parts_of(session, elsewhere) == {}
    assert digests_for(session, [away.id, patrol.id, left.id], NOW, stages=STAGES) == {}


def test_a_leader_to_whom_the_teams_was_passed_up_hears_it_once(acting: Acting, session: Session) -> None:
    with acting() as work:
        team = a_team(work)
        sergeant = a_user(work, Role.ORDERS_SUPERVISOR, team=team, leads_team=True)
        order = an_order(work, person=a_person(work), team_id=team.id)
        a_deadline(work, act_by_at=TONIGHT, order=order)
        raise_alerts(work, stages=STAGES)
        work.session.execute(update(Alert.__table__).values(escalated_to_id=sergeant.id, escalation=1, escalated_at=NOW))
    assert parts_of(session, sergeant) == {"passed_up": [f"{order.reference}/1"]}


def seal(work: Work, order: Order, access: Access) -> None:
    order.access = access


def close_person(work: Work, order: Order, access: Access) -> None:
    work.session.get_one(Person, order.person_id).access = access


@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
@pytest.mark.parametrize("closes", [seal, close_person])
def test_the_text_is_the_same_byte_for_byte_whether_or_not_there_is_a_closed_record(
    acting: Acting, session: Session, access: Access, closes: Callable[[Work, Order, Access], None]
) -> None:
    with acting() as work:
        team = a_team(work)
        named, other = a_user(work, team=team), a_user(work, team=team)
        owned(work, named, IN_SIX_DAYS)
        owned(work, other, IN_SIX_DAYS)
        raise_alerts(work, stages=STAGES)
    before = [text_of(session, user) for user in (named, other)]
    with acting() as work:
        order = owned(work, named, YESTERDAY, TONIGHT)
        closes(work, order, access)
        for about in ({"record_id": order.id}, {"person_id": order.person_id}):
            work.session.add(AccessGrant(user_id=named.id, granted_at=NOW, reason="x", **about))
        work.session.flush()
        assert raise_alerts(work, stages=STAGES).raised == 2
    assert [text_of(session, user) for user in (named, other)] == before


class TestWhoChoseNoDigest:
    def test_still_hears_of_the_last_stages_of_what_the_law_sets_and_why(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            officer = a_user(work, wants_digest=False)
            late, _soon = owned(work, officer, YESTERDAY), owned(work, officer, IN_SIX_DAYS)
            owned(work, officer, YESTERDAY, rule_class="policy")
            raise_alerts(work, stages=STAGES)
        assert parts_of(session, officer) == {"overdue": [f"{late.reference}/1"]}
        message = text_of(session, officer)
        assert message is not None
        assert "You chose no e-mail each morning. This one is sent all the same" in message.body

    @pytest.mark.parametrize("change", [{"acknowledged_at": NOW}, {"stage": "7_days"}])
    def test_hears_nothing_on_other_days(self, acting: Acting, session: Session, engine: Engine, change: dict[str, object]) -> None:
        with acting() as work:
            officer = a_user(work, wants_digest=False)
            owned(work, officer, YESTERDAY)
            raise_alerts(work, stages=STAGES)
        with engine.begin() as connection:
            connection.execute(update(Alert.__table__).values(**change))
        assert text_of(session, officer) is None

    def test_is_told_to_look_where_only_some_may_see_the_record(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            named, other = a_user(work, wants_digest=False), a_user(work, wants_digest=False)
            order = owned(work, named, YESTERDAY)
            order.access = Access.SEALED
            work.session.add(AccessGrant(record_id=order.id, user_id=named.id, granted_at=NOW, reason="x"))
            work.session.flush()
            raise_alerts(work, stages=STAGES)
        message = text_of(session, named)
        assert message is not None
        assert order.reference not in message.subject + message.body
        assert text_of(session, other) is None


def test_of_a_long_part_the_first_are_listed(acting: Acting, session: Session) -> None:
    with acting() as work:
        officer = a_user(work)
        order = an_order(work, person=a_person(work), owner_id=officer.id)
        for minutes in range(45):
            a_deadline(work, act_by_at=YESTERDAY - timedelta(minutes=minutes), order=order, duty_key=f"duty{minutes}")
        raise_alerts(work, stages=STAGES)
    session.rollback()
    told = digests_for(session, [officer.id], NOW, stages=STAGES)[officer.id]
    assert [line.number for line in told.parts[Part.OVERDUE]][:2] == [45, 44]
    message = text_of(session, officer)
    assert message is not None
    assert message.subject.endswith(": more than 40 overdue")
    assert message.body.count(f"{SITE}/work/") == 40
    assert "\nMore are in My work.\n" in message.body


def test_many_officers_take_no_more_statements_than_one(acting: Acting, session: Session) -> None:
    with acting() as work:
        team = a_team(work)
        officers = [a_user(work, team=team, wants_digest=bool(number % 3)) for number in range(12)]
        for officer in officers:
            owned(work, officer, YESTERDAY, IN_SIX_DAYS)
        raise_alerts(work, stages=STAGES)
    assert statements_for(session, officers[:3]) == statements_for(session, officers) <= 4


def statements_for(session: Session, officers: list[User]) -> int:
    seen: list[str] = []
    session.rollback()

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    assert len(digests_for(session, [officer.id for officer in officers], NOW, stages=STAGES)) == len(officers)
    event.remove(session.get_bind(), "before_cursor_execute", note)
    return len([statement for statement in seen if not statement.startswith("BEGIN")])
