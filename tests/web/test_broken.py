"""When the program itself breaks: a page with a reference, the trace in the log, and nothing of anybody."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import Engine, text

from orders_app.rules.access import Role
from tests.web.conftest import ClientFor

pytestmark = pytest.mark.on_sqlite


def test_a_page_is_there_even_when_the_database_is_not(client_for: ClientFor, engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    officer = client_for(Role.ORDERS_DESK)
    officer.application.config["PROPAGATE_EXCEPTIONS"] = False
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE user_sessions"))
    with caplog.at_level(logging.ERROR):
        answer = officer.get("/orders")
    officer.application.config["PROPAGATE_EXCEPTIONS"] = None
    assert answer.status_code == 500
    assert "reference" in answer.text.lower()
    assert officer.user.name not in answer.text
