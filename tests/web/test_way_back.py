"""Back from a form to the list somebody works down: its tab, its filter and its page stay as they were."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from orders_app.models import Person
from orders_app.rules.access import Role
from orders_app.rules.facts import EventKind
from tests.conftest import Acting
from tests.order_cases import a_made_order
from tests.services.alert_cases import utc
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.registered import notification, registered
from tests.web.test_orders_events import TYPED
from tests.web.typed import day, opened
from tests.web.work_desk import Desk

pytestmark = pytest.mark.on_sqlite

LIST = "/work?tab=team&rule=policy&page=1"
TYPES = {
    "note": {"text": "Rang the court"},
    "snooze": {**day("until_on", "25 11 2026"), "reason": "Solicitor’s view awaited"},
    "wait": {"whom": "the CPS"},
    "assign": {"username": "ben", "former": ""},
}  # fmt: skip
SAYS = {
    "note": "The note is saved",
    "snooze": "Quiet until Wednesday 25 November 2026",
    "wait": "Waiting on the CPS",
    "assign": "Assigned to PC 5120 Ben Okafor",
}


def href_of(page: Page, words: str) -> str:
    return next(href for text, href in page.links if text.startswith(words))


def back_of(page: Page) -> tuple[str, str]:
    return next((text, href) for text, href in page.links if text.startswith("Back"))


@pytest.fixture
def listed(aisha: Officer) -> Page:
    """The officer's list: their team's, of local policy alone. One deadline is on it."""
    return Page(aisha.get(LIST).text)


@pytest.mark.parametrize("form", TYPES)
def test_what_is_done_about_a_deadline_leads_back_to_the_list(aisha: Officer, desk: Desk, listed: Page, form: str) -> None:
    more = Page(aisha.get(href_of(listed, "More")).text)
    assert back_of(more) == ("Back to My work", LIST)
    address = next(href for _, href in more.links if f"/1/{form}?" in href)
    assert back_of(Page(aisha.get(address).text)) == ("Back to the deadline", href_of(listed, "More"))
    done = aisha.post(address, data=TYPES[form])
    assert done.location == LIST
    assert f"{desk.references[1]}. {SAYS[form]}".replace("PC 5120 Ben Okafor", desk.colleague.display_name) in aisha.get(LIST).text


def test_what_is_wrong_keeps_the_way_back(aisha: Officer, listed: Page) -> None:
    address = href_of(listed, "Assign")
    refused = aisha.post(address, data={"username": ""})
    assert back_of(Page(refused.text)) == ("Back to My work", LIST)


def test_a_deadline_opened_by_itself_is_gone_back_to(aisha: Officer, desk: Desk) -> None:
    here = f"/work/{desk.references[1]}/1"
    page = Page(aisha.get(here).text)
    assert back_of(page) == ("Back to My work", "/work")
    assert aisha.post(href_of(page, "Write a note"), data=TYPES["note"]).location == here
    assert aisha.post(f"{here}/note", data=TYPES["note"]).location == here


def test_acknowledging_on_the_page_of_a_deadline_leads_back_to_the_list(aisha: Officer, listed: Page) -> None:
    page = Page(aisha.get(href_of(listed, "More")).text)
    address = next(values["action"] for tag, values in page.tags if tag == "form" and "acknowledge" in values.get("action", ""))
    seen = next(values["value"] for tag, values in page.tags if tag == "button" and values.get("name") == "seen")
    assert aisha.post(address, data={"seen": seen}).location == LIST


def test_recording_what_a_deadline_asks_for_leads_back_to_the_list(aisha: Officer, desk: Desk, listed: Page) -> None:
    address = href_of(listed, "Record a compliance check")
    form = Page(aisha.get(address).text)
    assert back_of(form) == ("Back to My work", LIST)
    assert href_of(form, "Cancel") == LIST
    data = opened(aisha, address) | TYPED[EventKind.COMPLIANCE_CHECKED]
    assert aisha.post(address, data=data).location == LIST
    assert f"{desk.references[1]}. Compliance checked: saved" in aisha.get(LIST).text


def test_who_was_slower_keeps_the_way_back(aisha: Officer, listed: Page) -> None:
    address = href_of(listed, "Record a compliance check")
    data = opened(aisha, address) | TYPED[EventKind.COMPLIANCE_CHECKED]
    aisha.post(address, data=data)
    again = aisha.post(address, data=data)
    assert (again.status_code, back_of(Page(again.text))) == (409, ("Back to My work", LIST))
    assert aisha.post(address, data={**data, "keep": "drop"}).location == LIST


def test_what_a_court_decided_leads_back_to_the_list(aisha: Officer, acting: Acting, desk: Desk) -> None:
    """Its form stands elsewhere than those of other events."""
    with acting() as work:
        order = a_made_order(work, order_type="spo", owner_id=desk.officer.id)
    sent_on = aisha.get(f"/orders/{order.reference}/record/hearing_held", query_string={"next": LIST})
    assert sent_on.location.endswith("next=/work%3Ftab%3Dteam%26rule%3Dpolicy%26page%3D1")
    assert back_of(Page(aisha.get(sent_on.location).text)) == ("Back to My work", LIST)


def test_a_notification_leads_back_to_the_list(client_for: ClientFor, acting: Acting) -> None:
    manager, reference = client_for(Role.OFFENDER_MANAGER), registered(acting)
    address = manager.get(f"/registrations/{reference}/record/notified", query_string={"next": LIST}).location
    assert back_of(Page(manager.get(address).text)) == ("Back to My work", LIST)
    done = manager.post(address, data=opened(manager, address) | notification())
    assert done.location == LIST
    assert f"{reference}. Notification saved" in manager.get(LIST).text


def test_a_record_opened_from_a_list_leads_back_to_it(aisha: Officer, listed: Page) -> None:
    more = Page(aisha.get(href_of(listed, "More")).text)
    assert back_of(Page(aisha.get(href_of(more, "Open the order")).text)) == ("Back to the deadline", href_of(listed, "More"))


def test_from_a_person_it_leads_back_to_the_person(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        row = desk.row(work, "theirs", utc(2026, 11, 27), surname="Sefton", alert_class="review", duty_key="compliance_check")
        here = f"/people/{work.session.get_one(Person, row.person_id).reference}"
    more = Page(aisha.get(href_of(Page(aisha.get(here).text), "More")).text)
    assert back_of(more) == ("Back to the person", here)
    assert aisha.post(href_of(more, "Write a note"), data=TYPES["note"]).location == here


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/work", "/\\example.org", "/sign-out", "/nothing-of-ours", "work"]
)
def test_nobody_is_led_out_of_the_program(aisha: Officer, desk: Desk, elsewhere: str) -> None:
    here = f"/work/{desk.references[1]}/1"
    by_way_of = f"{here}?next={quote(elsewhere)}"
    for wanted, led_to in ((elsewhere, here), (by_way_of, by_way_of)):
        assert aisha.post(f"{here}/note", query_string={"next": wanted}, data=TYPES["note"]).location == led_to
    assert back_of(Page(aisha.get(by_way_of).text)) == ("Back to My work", "/work")
    assert back_of(Page(aisha.get(f"{here}/note", query_string={"next": elsewhere}).text)) == ("Back to the deadline", here)
