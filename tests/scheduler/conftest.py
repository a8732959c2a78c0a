"""What the tests of e-mail are given: a mail server, a night of its jobs, and three officers to be told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import User
from orders_app.rules.law import LawTables
from tests.conftest import Acting
from tests.mail_server import Server, serving
from tests.scheduler.mail_cases import Night, officers


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server()) as server:
        yield server


@pytest.fixture
def night(sessions: sessionmaker[Session], law: LawTables, server: Server) -> Night:
    return Night(sessions, law, server)


@pytest.fixture
def three(acting: Acting) -> list[User]:
    with acting() as work:
        return officers(work, 3)
