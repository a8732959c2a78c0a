"""Law as it is entered: what stands afterwards, in every process; what moves, and what must not; who entered it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import AuditEvent, Deadline, LawChange, Order
from orders_app.queries import law as queries
from orders_app.queries.visibility import SYSTEM, Viewer
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.law import LawTables
from orders_app.rules.law_entries import DayEntry, Entry, ProvisionEntry, as_amended
from orders_app.rules.provisions import ENGLAND_AND_WALES, InForce
from orders_app.services.deadlines import sync_all, sync_deadlines
from orders_app.services.errors import ChangedMeanwhile, RulesBroken
from orders_app.services.law import Authority, enter
from orders_app.services.law_in_force import READ_AGAIN_AFTER, LawInForce
from orders_app.services.law_moves import what_would_move
from orders_app.services.order_events import record_event
from orders_app.services.orders import NewEvent
from orders_app.services.variations import Variation, vary_order
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.order_cases import NO_CONTACT, a_made_order, a_served_notice

AUTHORITY = Authority("SI 2027/1 reg.2", "https://www.legislation.gov.uk/uksi/2027/1", "Confirmed by legal services")
ON = date(2026, 11, 1)


def row(code: str, since: date = ON, until: date | None = None, area: str = ENGLAND_AND_WALES) -> Entry:
    """An entry of one row."""
    return Entry((ProvisionEntry(InForce(code, area, since, until, AUTHORITY.citation, AUTHORITY.url)),))


def holiday(on: date) -> Entry:
    """An entry of one proclaimed day."""
    return Entry(days=(DayEntry(on, "Jubilee bank holiday", True, True),))


def entered(acting: Acting, entry: Entry, last: int = 0, authority: Authority = AUTHORITY) -> int:
    """Enter it; return its number."""
    with acting("law.entered", reason=authority.reason) as work:
        return enter(work, entry=entry, authority=authority, last_entry=last).id


def under(work: Work, entry: Entry) -> Work:
    """The same work under the law that an entry makes."""
    return replace(work, law=as_amended(work.law, [entry]))


def an_scpo(work: Work, made_on: date, **values: Any) -> Order:
    """An SCPO made and served on a day, for 5 years less a day."""
    end = {"end_kind": EndKind.FIXED, "stated_ends_on": date(made_on.year + 4, made_on.month, made_on.day)}
    return a_made_order(work, order_type="scpo", made_on=made_on, served_on=made_on, **(end | values))


def dates(session: Session) -> dict[tuple[int, str], tuple[Any, ...]]:
    """Every stored deadline that is not cancelled."""
    rows = session.scalars(select(Deadline).where(Deadline.cancelled_at.is_(None)))
    return {(row.started_by_id, row.duty_key): (row.due_on, row.due_at, row.act_by_at, row.met_by_id) for row in rows}


class TestEntering:
    def test_it_stands_from_then_on_and_says_who_when_and_why(self, acting: Acting, session: Session, law: LawTables) -> None:
        number = entered(acting, row("bsa_s58"))
        found = queries.entered(session)
        assert found.last == number
        assert as_amended(law, found.entries).provisions.in_force("bsa_s58", "", ON)
        (change,) = session.scalars(select(LawChange))
        assert (change.entered_at, change.citation, change.reason) == (NOW, "SI 2027/1 reg.2", "Confirmed by legal services")
        audited = session.scalars(select(AuditEvent).where(AuditEvent.action == "law.entered")).all()
        assert {one.subject_type for one in audited} == {"law_changes", "provision_rows"}
        assert {one.reason for one in audited} == {"Confirmed by legal services"}

    def test_days_and_years_are_kept_too(self, acting: Acting, session: Session, law: LawTables) -> None:
        first = entered(acting, holiday(date(2027, 6, 4)))
        entered(acting, Entry(covers_until=date(2031, 12, 31)), last=first)
        holidays = as_amended(law, queries.entered(session).entries).holidays
        assert holidays.safe.left_out(date(2027, 6, 4)) == "Jubilee bank holiday"
        assert holidays.covers_until == date(2031, 12, 31)

    def test_somebody_else_was_quicker(self, acting: Acting) -> None:
        entered(acting, row("bsa_s58"))
        with pytest.raises(ChangedMeanwhile):
            entered(acting, row("bsa_s59"))

    @pytest.mark.parametrize(
        ("authority", "fields"),
        [
            (replace(AUTHORITY, citation=" "), ["citation"]),
            (replace(AUTHORITY, url="legislation.gov.uk"), ["url"]),
            (replace(AUTHORITY, url="javascript:alert(1)"), ["url"]),
            (replace(AUTHORITY, reason=""), ["reason"]),
        ],
    )
    def test_without_authority_nothing_is_entered(self, acting: Acting, session: Session, authority: Authority, fields: list[str]) -> None:
        with pytest.raises(RulesBroken) as refused:
            entered(acting, row("bsa_s58"), authority=authority)
        assert [problem.field for problem in refused.value.problems] == fields
        assert queries.last_entry(session) == 0

    def test_what_the_rules_refuse_is_refused(self, acting: Acting) -> None:
        with pytest.raises(RulesBroken, match="is a Sunday"):
            entered(acting, holiday(date(2027, 6, 6)))


class TestEveryProcess:
    def test_another_process_sees_it_within_a_minute_and_not_at_every_question(
        self, acting: Acting, sessions: sessionmaker[Session], law: LawTables
    ) -> None:
        ours, theirs = LawInForce(law), LawInForce(law)
        assert timedelta(0) < READ_AGAIN_AFTER < timedelta(minutes=1)
        with sessions() as session:
            before = theirs.standing(session, NOW)
        number = entered(acting, row("bsa_s58"))
        with sessions() as session:
            assert ours.standing(session, NOW).last_entry == number
            assert theirs.standing(session, NOW + READ_AGAIN_AFTER - timedelta(seconds=1)) is before
            later = theirs.standing(session, NOW + READ_AGAIN_AFTER)
        assert later.last_entry == number
        assert later.tables.provisions.in_force("bsa_s58", "", ON)

    def test_the_tables_stay_the_same_object_while_nothing_is_new(self, sessions: sessionmaker[Session], law: LawTables) -> None:
        process = LawInForce(law)
        with sessions() as session:
            first, second = process.read(session, NOW), process.read(session, NOW + timedelta(hours=1))
        assert second.tables is first.tables
        assert second.tables == law


class TestOldRecordsKeepTheLawOfTheirDay:
    def test_a_commencement_reaches_orders_made_since_and_no_others(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            an_scpo(work, date(2026, 10, 5))
        before = dates(session)
        with acting() as work:
            new = an_scpo(under(work, row("bsa_s58")), date(2026, 11, 3))
            sync_all(under(work, row("bsa_s58")))
            new_id = new.id
        session.rollback()
        after = dates(session)
        assert {key: after[key] for key in before} == before
        notified = select(Deadline.due_on).where(Deadline.record_id == new_id, Deadline.duty_key == "initial_notification")
        assert session.scalars(notified).one() == date(2026, 11, 5)

    def test_a_proclaimed_day_moves_clocks_that_run_over_it_and_no_others(self, acting: Acting, session: Session) -> None:
        jubilee = holiday(date(2026, 11, 24))
        with acting() as work:
            over_it = a_served_notice(work, served_at=datetime(2026, 11, 21, 22, 40, tzinfo=UTC))
            over = a_served_notice(work, served_at=datetime(2026, 11, 18, 9, 15, tzinfo=UTC))
            ids = {"over it": over_it.id, "over": over.id}
        clock = {
            name: select(Deadline.due_at).where(Deadline.record_id == key, Deadline.duty_key == "court_hearing")
            for name, key in ids.items()
        }
        assert session.scalar(clock["over it"]) == datetime(2026, 11, 24, 22, 40, tzinfo=UTC)
        before = session.scalar(clock["over"])
        with acting() as work:
            sync_all(under(work, jubilee))
        session.rollback()
        assert session.scalar(clock["over it"]) == datetime(2026, 11, 25, 22, 40, tzinfo=UTC)
        assert session.scalar(clock["over"]) == before

    def test_a_later_change_of_days_to_come_changes_no_deadline_of_the_past(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            a_served_notice(work)
            an_scpo(work, date(2026, 10, 5))
        before = dates(session)
        with acting() as work:
            amended = as_amended(work.law, [holiday(date(2027, 6, 4)), row("bsa_s58", date(2027, 1, 1)), row("daa_s55", date(2027, 1, 1))])
            assert dict(sync_all(replace(work, law=amended)).counts) == {}
        session.rollback()
        assert dates(session) == before

    def test_the_end_of_a_regime_does_not_disturb_the_orders_made_under_it(self, acting: Acting, session: Session) -> None:
        croydon = {"details": {"area": "Croydon"}, "conditions": (NO_CONTACT,), "end_kind": EndKind.UNTIL_FURTHER_ORDER}
        with acting() as work:
            order = a_made_order(work, order_type="dapo", made_on=date(2026, 11, 20), served_on=date(2026, 11, 20), **croydon)
            reference = order.reference
        ended = row("daa_part_3", date(2024, 11, 27), date(2026, 11, 20), "Croydon")
        before = dates(session)
        later = NOW + timedelta(days=60)
        with acting(now=later) as work:
            work = under(work, ended)
            moved = NewEvent(E.ADDRESS_CHANGED, date(2027, 1, 4), details={"address": "2 New Row", "source": "landlord"})
            order = record_event(work, reference=reference, version=_version(work, reference), event=moved)
            assert "change_of_address" in {key for _, key in dates(work.session)}
            varied = Variation(E.VARIED, date(2027, 1, 10), added=(NO_CONTACT,), summary="One more term")
            vary_order(work, reference=reference, version=_version(work, reference), variation=varied)
            sync_deadlines(work, [order.id])
        session.rollback()
        after = dates(session)
        statutory = {key: value for key, value in before.items() if key[1] in ("initial_notification",)}
        assert {key: after[key] for key in statutory} == statutory


class TestWhatWouldMove:
    def moves(self, session: Session, law: LawTables, entry: Entry, viewer: Viewer = SYSTEM) -> Any:
        touched = queries.records_touched(session, viewer, entry)
        return what_would_move(session, touched, before=law, after=as_amended(law, [entry]))

    def test_a_day_over_which_a_clock_runs(self, acting: Acting, session: Session, law: LawTables) -> None:
        with acting() as work:
            a_served_notice(work)
        moves = self.moves(session, law, holiday(date(2026, 11, 24)))
        assert (moves.moved, moves.new, moves.gone, moves.met) == (1, 0, 0, 0)
        assert (moves.open, len(moves.records)) == (1, 1)

    def test_a_day_to_come_moves_nothing(self, acting: Acting, session: Session, law: LawTables) -> None:
        with acting() as work:
            a_served_notice(work)
        assert queries.records_touched(session, SYSTEM, holiday(date(2027, 6, 4))) == []

    def test_a_clock_that_was_met_is_counted_apart(self, acting: Acting, session: Session, law: LawTables) -> None:
        with acting() as work:
            order = a_served_notice(work)
            reference = order.reference
        with acting(now=datetime(2026, 11, 24, 12, tzinfo=UTC)) as work:
            heard = NewEvent(E.HEARING_HELD, date(2026, 11, 24), datetime(2026, 11, 24, 10, tzinfo=UTC), {"court": "Northmere"})
            record_event(work, reference=reference, version=_version(work, reference), event=heard)
        moves = self.moves(session, law, holiday(date(2026, 11, 23)))
        assert (moves.open, moves.met) == (0, 1)

    def test_a_commencement_entered_late_brings_duties_and_its_withdrawal_takes_them_away(
        self, acting: Acting, session: Session, law: LawTables
    ) -> None:
        entry = row("bsa_s58")
        with acting() as work:
            an_scpo(work, date(2026, 11, 3))
            an_scpo(work, date(2026, 10, 5))
        assert (self.moves(session, law, entry).new, len(self.moves(session, law, entry).records)) == (1, 1)
        withdrawn = Entry((ProvisionEntry(entry.provisions[0].row, is_withdrawn=True),))
        assert self.moves(session, as_amended(law, [entry]), withdrawn).gone == 1

    def test_sealed_records_are_not_counted_for_those_who_may_not_know_of_them(
        self, acting: Acting, session: Session, law: LawTables
    ) -> None:
        entry, administrator = row("bsa_s58"), Viewer(user_id=1)
        with acting() as work:
            an_scpo(work, date(2026, 11, 3), access="sealed")
        assert self.moves(session, law, entry).new == 1
        assert self.moves(session, law, entry, administrator).new == 0

    def test_a_notification_scheme_of_an_older_order_does_not_put_a_new_one_off(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            work = under(work, row("bsa_s58"))
            old = an_scpo(work, date(2026, 10, 5))
            new = an_scpo(work, date(2026, 11, 3), person=old.person)
            new_id = new.id
        due = select(Deadline.due_on).where(Deadline.record_id == new_id, Deadline.duty_key == "initial_notification")
        assert session.scalar(due) == date(2026, 11, 5)

    def test_one_of_an_order_made_since_does(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            work = under(work, row("bsa_s58"))
            first = an_scpo(work, date(2026, 11, 2))
            second = an_scpo(work, date(2026, 11, 10), person=first.person)
            second_id = second.id
        due = select(Deadline.due_on).where(Deadline.record_id == second_id, Deadline.duty_key == "initial_notification")
        assert session.scalar(due) == date(2030, 11, 4)


def _version(work: Work, reference: str) -> int:
    return work.session.scalars(select(Order.version).where(Order.reference == reference)).one()
