"""The morning e-mail as an officer may look at it before it is sent."""

from __future__ import annotations

from datetime import date

from orders_app.models import Absence, User
from orders_app.rules.access import Access
from orders_app.services.alerts import raise_alerts
from tests.conftest import Acting
from tests.services.alert_cases import utc
from tests.web.conftest import Officer, Statements
from tests.web.reading import page
from tests.web.work_desk import STAGES, Desk

PREVIEW = "/account/alerts/mail/preview"


def test_it_lists_references_with_links_and_names_nobody(aisha: Officer, desk: Desk) -> None:
    answer = aisha.get(PREVIEW)
    said = page(answer)
    assert desk.references[0] in said.main
    assert f"http://localhost/work/{desk.references[0]}/1" in {href for _text, href in said.links}
    assert "Tideswell" not in said.main


def test_what_only_some_may_see_is_not_in_it(aisha: Officer, desk: Desk, acting: Acting) -> None:
    before = page(aisha.get(PREVIEW)).main
    with acting() as work:
        desk.row(work, "hidden", utc(2026, 11, 21), surname="Quillfeather", access=Access.SEALED)
        raise_alerts(work, stages=STAGES)
    assert page(aisha.get(PREVIEW)).main == before


def test_it_says_when_none_would_be_sent_and_when_it_would_not_arrive(aisha: Officer, desk: Desk, acting: Acting) -> None:
    assert "It would not reach you" not in page(aisha.get(PREVIEW)).main
    with acting() as work:
        work.session.get_one(User, desk.officer.id).email = ""
    assert "It would not reach you" in page(aisha.get(PREVIEW)).main
    with acting() as work:
        day = date(2026, 11, 22)
        work.session.add(Absence(user_id=desk.officer.id, from_on=day, until_on=day))
    assert "None. You chose no list each morning or are away" in page(aisha.get(PREVIEW)).main


def test_it_takes_few_statements(aisha: Officer, statements: Statements) -> None:
    with statements() as seen:
        aisha.get(PREVIEW)
    assert len(seen) <= 12
