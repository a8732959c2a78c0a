"""The law as it stands: in every process, on the record, in the warnings before it ends, and on the command line."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from orders_app.models import Deadline
from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law_entries import Entry, ProvisionEntry
from orders_app.rules.provisions import ENGLAND_AND_WALES, InForce
from orders_app.services.law import Authority, enter
from orders_app.services.law_in_force import READ_AGAIN_AFTER
from orders_app.web.cli.law import law
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_made_order, a_served_notice
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.drafts import begun
from tests.web.entering_law import (
    ADD_DAY,
    ADD_S58,
    ADD_YEARS,
    JUBILEE,
    S58,
    SOURCE,
    end_the_table,
    saved,
)
from tests.web.reading import page
from tests.web.typed import day, opened


@pytest.fixture
def administrator(client_for: ClientFor) -> Officer:
    return client_for(Role.ADMINISTRATOR, name="Meera Chandran")


class TestEveryProcess:
    def enter_elsewhere(self, acting: Acting) -> None:
        with acting("law.entered") as work:
            row = InForce("bsa_s58", ENGLAND_AND_WALES, date(2026, 11, 1), None, SOURCE["citation"], SOURCE["url"])
            enter(work, entry=Entry((ProvisionEntry(row),)), authority=Authority(**SOURCE), last_entry=0)

    def test_what_another_process_entered_is_here_within_a_minute(
        self, client_for: ClientFor, acting: Acting, clock: time_machine.Traveller
    ) -> None:
        officer = client_for(Role.PATROL)
        assert "Not in force" in page(officer.get("/law/provisions/bsa_s58")).main
        self.enter_elsewhere(acting)
        clock.shift(READ_AGAIN_AFTER)
        assert "In all of England and Wales" in page(officer.get("/law/provisions/bsa_s58")).main

    def test_most_pages_read_nothing_for_it_and_none_more_than_once(
        self, client_for: ClientFor, acting: Acting, statements: Statements, clock: time_machine.Traveller
    ) -> None:
        with acting() as work:
            reference = a_served_notice(work).reference
        officer = client_for(Role.ORDERS_DESK)
        read = []
        for shifted in (timedelta(0), timedelta(seconds=1), READ_AGAIN_AFTER):
            clock.shift(shifted)
            with statements() as sent:
                officer.get(f"/orders/{reference}")
            read.append(sum("law_changes" in statement for statement in sent))
        assert read == [1, 0, 1]


class TestOnTheRecord:
    def test_an_interim_scpo_is_offered_and_recorded_once_its_law_is_in_force(
        self, administrator: Officer, client_for: ClientFor, acting: Acting, session: Session
    ) -> None:
        with acting() as work:
            person = a_person(work)
        desk = client_for(Role.ORDERS_DESK, username="desk")
        before = page(desk.get(f"{begun(desk, person)}/type"))
        assert "Not offered, because not known to be in force yet: Interim serious crime prevention order" in before.main
        saved(administrator, "/law/provisions/bsa_s56/add", S58)
        after = page(desk.get(f"{begun(desk, person)}/type"))
        assert "Not offered" not in after.main
        assert "Interim serious crime prevention order" in after.main

    def test_notification_under_an_scpo_is_asked_offered_and_recorded(
        self, administrator: Officer, client_for: ClientFor, acting: Acting, session: Session
    ) -> None:
        made = {"made_on": date(2026, 11, 17), "served_on": date(2026, 11, 17)}
        with acting() as work:
            end = {"end_kind": EndKind.FIXED, "stated_ends_on": date(2030, 11, 16)}
            reference = a_made_order(work, order_type="scpo", **made, **end).reference
        saved(administrator, ADD_S58, S58)
        desk = client_for(Role.ORDERS_DESK, username="desk")
        shown = page(desk.get(f"/orders/{reference}")).main
        assert "Notify the information that the order asks for" in shown
        for kind, typed in (
            ("details_changed", {"what": "A new telephone", "source": "The subject"}),
            ("authorised_individual_left", {"name": "J Doe", "source": "Companies House"}),
        ):
            address = f"/orders/{reference}/record/{kind}"
            answer = desk.post(address, data={**opened(desk, address), **day(f"{kind}_on", "20 11 2026"), **typed})
            assert answer.status_code == 302, page(answer).problems
        changed = select(Deadline.due_on).where(Deadline.duty_key == "change_of_details")
        assert session.scalars(changed).all() == [date(2026, 11, 22)]

    def test_a_clock_that_would_run_past_the_table_is_refused_in_words(self, app: Flask, client_for: ClientFor, acting: Acting) -> None:
        with acting() as work:
            reference = a_served_notice(work, served_at=None).reference
        end_the_table(app, date(2026, 11, 23))
        desk = client_for(Role.ORDERS_DESK)
        address = f"/orders/{reference}/record/served"
        typed = {"where": "9 Mill Row", "officer": "PC 5120", "how": "in_person", **day("served_at", "21 11 2026", "22:40")}
        answer = page(desk.post(address, data={**opened(desk, address), **typed}))
        assert "The table of bank holidays runs from Monday 1 January 2018 to Monday 23 November 2026" in answer.problems
        assert "a clock that reaches Tuesday 24 November 2026 cannot be worked out" in answer.problems
        assert answer.inputs["where"] == "9 Mill Row"


class TestWarning:
    """The clock of these tests stands at 22 November 2026: 90 days on it is 20 February 2027."""

    ends = "The table of bank holidays ends on Saturday 20 February 2027"

    @pytest.fixture
    def near_the_end(self, app: Flask) -> None:
        end_the_table(app, date(2027, 2, 20))

    @pytest.mark.parametrize(
        ("role", "address", "advice"),
        [
            (Role.ADMINISTRATOR, "/admin/users", "The law as it stands"),
            (Role.ADMINISTRATOR, "/jobs", "The law as it stands"),
            (Role.ORDERS_SUPERVISOR, "/work", "Tell an administrator"),
            (Role.MOSOVO_SUPERVISOR, "/work", "Tell an administrator"),
            (Role.DUTY_INSPECTOR, "/work", "Tell an administrator"),
        ],
    )
    def test_who_sees_to_it_is_told_90_days_before_the_table_ends(
        self, near_the_end: None, client_for: ClientFor, role: Role, address: str, advice: str
    ) -> None:
        shown = page(client_for(role).get(address, follow_redirects=True)).main
        assert self.ends in shown
        assert advice in shown

    def test_who_cannot_help_is_not_bothered(self, near_the_end: None, client_for: ClientFor) -> None:
        assert self.ends not in page(client_for(Role.ORDERS_DESK).get("/work", follow_redirects=True)).main

    def test_the_day_before_nobody_is(self, app: Flask, administrator: Officer) -> None:
        end_the_table(app, date(2027, 2, 21))
        assert "bank holidays ends" not in page(administrator.get("/admin/users")).main

    def test_covering_more_years_ends_it(self, app: Flask, administrator: Officer) -> None:
        end_the_table(app, date(2026, 12, 31))
        assert "bank holidays ends on Thursday 31 December 2026" in page(administrator.get("/admin/users")).main
        saved(administrator, ADD_YEARS, {"year": "2027", **SOURCE})
        assert "bank holidays ends" not in page(administrator.get("/admin/users")).main

    def test_a_pilot_that_ends_is_said_too(self, client_for: ClientFor) -> None:
        shown = page(client_for(Role.ADMINISTRATOR).get("/law/provisions")).main
        assert "Domestic abuse protection notices and orders: in force until Tuesday 24 November 2026" in shown


class TestCommands:
    def test_as_shipped_they_need_no_database(self) -> None:
        asked = CliRunner().invoke(law, ["provisions", "--shipped", "--on", "2026-11-24"])
        rows = {row["code"]: row for row in json.loads(asked.stdout)}
        assert set(rows) == set(PROVISIONS)
        assert len(rows["daa_part_3"]["in_force_in"]) == 14
        assert rows["bsa_s58"]["rows"] == []
        asked = CliRunner().invoke(law, ["holidays", "--shipped", "--year", "2026"])
        table = json.loads(asked.stdout)
        assert (table["covers_from"], table["covers_until"], len(table["days"])) == ("2018-01-01", "2030-12-31", 9)
        assert {"on": "2026-12-26", "name": "26 December, bank holiday by Schedule 1", "kind": "bank", "readings": ["statutory"]} in table[
            "days"
        ]

    def test_what_was_entered_is_in_them(self, app: Flask, administrator: Officer, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        saved(administrator, ADD_S58, S58)
        saved(administrator, ADD_DAY, JUBILEE)
        monkeypatch.setattr("flask.cli.ScriptInfo.load_app", lambda _: app)
        rows = {row["code"]: row for row in json.loads(CliRunner().invoke(law, ["provisions"]).stdout)}
        assert rows["bsa_s58"]["in_force_in"] == [ENGLAND_AND_WALES]
        days = json.loads(CliRunner().invoke(law, ["holidays", "--year", "2026"]).stdout)["days"]
        assert "Jubilee bank holiday" in [one["name"] for one in days]
        due = ["due", "dvpn", "--event", "served=2026-11-21T22:40"]
        (shipped,), (entered,) = (json.loads(CliRunner().invoke(law, [*due, *more]).stdout) for more in ([], ["--entered"]))
        assert (shipped["due_at"], entered["due_at"]) == ("2026-11-24T22:40:00+00:00", "2026-11-25T22:40:00+00:00")
