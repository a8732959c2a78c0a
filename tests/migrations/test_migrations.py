"""Migrations: up, down and up again; nothing in the tables that is not in the models; the log only grows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from config.migrations import alembic_config
from orders_app.services.new_people import Identity, NewAddress, NewPerson
from orders_app.services.people import record_person
from tests.conftest import Acting
from tests.factories import a_user, an_area

ONLY_ALEMBICS = {"alembic_version"}


def _migrate(engine: Engine, run: Callable[[Config], None]) -> None:
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        run(config)


def test_up_down_and_up_again(engine: Engine) -> None:
    tables = set(inspect(engine).get_table_names())
    _migrate(engine, lambda config: command.downgrade(config, "base"))
    assert set(inspect(engine).get_table_names()) <= ONLY_ALEMBICS
    _migrate(engine, lambda config: command.upgrade(config, "head"))
    assert set(inspect(engine).get_table_names()) == tables


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    _migrate(engine, lambda config: command.upgrade(config, "head"))


def test_the_tables_are_what_the_models_say(engine: Engine) -> None:
    _migrate(engine, command.check)


@pytest.mark.parametrize("change", ["UPDATE audit_events SET actor = 'somebody else'", "DELETE FROM audit_events"])
def test_the_log_cannot_be_changed(engine: Engine, acting: Acting, change: str) -> None:
    with acting("area.saved") as work:
        an_area(work)
    with pytest.raises(DBAPIError, match="audit rows cannot be changed"), engine.begin() as connection:
        connection.execute(text(change))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT actor FROM audit_events")) == "Test"


def test_the_log_cannot_be_emptied(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("only PostgreSQL can truncate")
    with pytest.raises(DBAPIError, match="audit rows cannot be changed"), engine.begin() as connection:
        connection.execute(text("TRUNCATE audit_events"))


def test_addresses_recorded_before_are_found_by_half_a_postcode_too(engine: Engine, acting: Acting) -> None:
    addresses = (NewAddress("1 Foundry Lane", "NM3 4RT"), NewAddress("No fixed abode"))
    with acting("person.recorded") as work:
        record_person(work, NewPerson(Identity("Whittaker", "Callum"), addresses=addresses))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM address_words WHERE token = 'nm3'"))
    _migrate(engine, lambda config: command.downgrade(config, "0015"))
    for _ in range(2):
        _migrate(engine, lambda config: command.stamp(config, "0015"))
        _migrate(engine, lambda config: command.upgrade(config, "0016"))
    with engine.connect() as connection:
        words = "SELECT a.postcode FROM address_words w JOIN addresses a ON a.id = w.address_id WHERE w.token = 'nm3'"
        assert connection.scalars(text(words)).all() == ["NM3 4RT"]


def test_who_was_there_before_is_told_by_mail_until_they_say_otherwise(engine: Engine, acting: Acting) -> None:
    with acting("user.saved") as work:
        a_user(work)
    _migrate(engine, lambda config: command.downgrade(config, "0016"))
    _migrate(engine, lambda config: command.upgrade(config, "0017"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT wants_digest, wants_hour_clocks FROM users")).all() == [(True, True)]
