"""Work out a date: the calculator, for anybody signed in, with no record, no trace, and its whole state in the address."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, AuditEvent
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.web.law.examples import EXAMPLES, Example
from tests.conftest import Acting
from tests.order_cases import a_made_order, a_served_notice
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import Page, page

pytestmark = pytest.mark.on_sqlite

MOST_STATEMENTS = 12
SATURDAY_NIGHT = {
    "event-0-kind": "authorised", "event-0-day": "21/11/2026", "event-0-time": "20.15", "event-1-kind": "served",
    "event-1-day": "Sat 21 Nov 2026", "event-1-time": "2240", "authorised_rank": "superintendent",
}  # fmt: skip


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.PATROL)


def ask(officer: Officer, code: str, answers: dict[str, str]) -> Page:
    answer = officer.get(f"/work-out-a-date/{code}?{urlencode(answers)}")
    assert answer.status_code == 200, answer.location
    return page(answer)


def rows(*events: str, **facts: str) -> dict[str, str]:
    """`served 21/11/2026 22:40` each, and facts by name."""
    found: dict[str, str] = {}
    for number, event in enumerate(events):
        parts = zip(("kind", "day", "time"), event.split(" "), strict=False)
        found |= {f"event-{number}-{part}": value for part, value in parts}
    return found | facts


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_work_out_a_date(client_for: ClientFor, role: Role) -> None:
    officer = client_for(role)
    assert officer.get("/work-out-a-date").status_code == 200
    assert officer.get("/work-out-a-date/dvpn").status_code == 200
    assert ("Work out a date", "/work-out-a-date") in page(officer.get("/work-out-a-date")).links


def test_every_type_is_offered_and_opens_empty(officer: Officer) -> None:
    links = [href for _text, href in page(officer.get("/work-out-a-date")).links]
    for code in ORDER_TYPES:
        assert f"/work-out-a-date/{code}" in links
        opened = page(officer.get(f"/work-out-a-date/{code}"))
        assert "What follows stands here" in opened.main
        assert opened.problems == ""
    assert officer.get("/work-out-a-date/no_such_type").status_code == 404


def test_a_notice_served_on_saturday_night_typed_as_officers_type(officer: Officer) -> None:
    shown = ask(officer, "dvpn", SATURDAY_NIGHT)
    for words in (
        "by Tuesday 24 November 2026, 22:40", "Days left out Sunday 22 November", "Crime and Security Act 2010 s.27(3)",
        "The period runs from service, not from authority", "Notice in force", "Vary or extend this notice",
        "by Sunday 22 November 2026, 24:00 met", "No date for these, and why (9)",
    ):  # fmt: skip
        assert words in shown.main, words
    assert shown.problems == ""
    assert shown.inputs["event-1-day"] == "Sat 21 Nov 2026"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_ready_example_gives_an_answer(officer: Officer, example: Example) -> None:
    with officer.application.test_request_context():
        href = example.href
    shown = page(officer.get(href))
    assert "What follows" in shown.main
    assert "cannot be worked out" not in shown.main


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("A DVPN served on Saturday night", "Tuesday 24 November 2026, 22:40"),
        ("A DVPN served in the small hours of a Sunday", "The time on the clock is kept: Wednesday 25 November 2026, 03:20"),
        ("A DVPN served on Christmas Eve 2026", "Saturday 26 December counted: Tuesday 29 December 2026, 20:00. Work to this one"),
        ("A DVPO of 29 days", "Latest lawful last day: Tuesday 5 May 2026, 24:00"),
        ("An arrest for breach of a DVPO before a bank holiday", "before Tuesday 1 September 2026, 23:00"),
        ("An SPO served on Good Friday", "by Sunday 5 April 2026, 24:00"),
        ("An SPO that replaces an interim order", "by Friday 12 June 2026, 24:00"),
        ("An SCPO that starts on release", "Latest lawful last day: Monday 27 February 2034, 24:00"),
        ("An SHPO with a ban on travel for six years", "Enter Tuesday 30 September 2031 or earlier"),
    ],
)
def test_a_ready_example_shows_what_it_says(officer: Officer, title: str, says: str) -> None:
    (example,) = [example for example in EXAMPLES if example.title == title]
    with officer.application.test_request_context():
        href = example.href
    assert says in page(officer.get(href)).main


@pytest.mark.parametrize(
    ("code", "answers", "says", "box"),
    [
        ("dvpo", rows("made 8/4/2026", ends_on="6/5/2026"), "29 days is not allowed. Enter Tuesday 5 May 2026 or earlier", "ends_on"),
        ("dvpo", rows("made 8/4/2026", end_kind="until_further_order"), "A DVPO must state its period: 14 to 28 days", "end_kind"),
        ("dvpn", SATURDAY_NIGHT | {"authorised_rank": "inspector"}, "superintendent or above, not of an inspector", "authorised_rank"),
        ("dvpn", SATURDAY_NIGHT | {"subject_age": "17"}, "The subject must be 18 or over on Saturday 21 November 2026", "subject_age"),
        ("dvpn", rows("authorised 22/11/2026 10:00", "served 21/11/2026 10:00", authorised_rank="superintendent"),
         "It cannot be served before it was authorised", "event-1-day"),
        ("dvpn", rows("served 21/11/2026"), "Enter the time as well as the day: the 48 hours run from the minute", "event-0-time"),
        ("spo", rows("made 1/4/2026", "discharged 1/5/2026", end_kind="until_further_order"), "the subject and the chief officer both",
         "event-1-day"),
        ("dvpo", rows("made 8/4/2026", ends_on="5/5/2026") | {"condition-0-kind": "requirement"}, "Record this one as a prohibition",
         "condition-0-kind"),
    ],
)  # fmt: skip
def test_what_the_law_refuses_stands_beside_its_field_with_the_section(
    officer: Officer, code: str, answers: dict[str, str], says: str, box: str
) -> None:
    shown = ask(officer, code, answers)
    assert says in shown.problems
    assert "Act" in shown.problems
    described = next(values for _tag, values in shown.tags if values.get("id") in (f"{box}-error", box) and values["id"].endswith("error"))
    assert described["id"] == f"{box}-error"
    assert shown.title.startswith("Error: ")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (rows("served 31/2/2026 10:00"), "February 2026 has 28 days"),
        (rows("served 21/11/26 10:00"), "Enter the year as four figures"),
        (rows("served 21/11/2026 25:00"), "The last minute of the day is 23:59"),
        ({"event-0-day": "21/11/2026"}, "Choose what happened"),
        ({"event-0-kind": "served", "event-0-time": "10:00"}, "Enter the day as well as the time"),
        (rows("served 29/3/2026 01:30"), "The clocks went forward on Sunday 29 March 2026: there was no 01:30"),
        (rows("served 25/10/2026 01:30"), "01:30 came twice"),
        ({"subject_age": "seventeen"}, "enter a whole number of years"),
        ({"event-0-kind": "varied", "event-0-day": "21/11/2026"}, "one of the answers listed"),
        ({"authorised_rank": "general"}, "one of the answers listed"),
        ({"on": "soon"}, "Enter a date with day, month and year"),
        ({"condition-0-ends": "21/11/2026"}, "Choose the kind of condition"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(officer: Officer, answers: dict[str, str], says: str) -> None:
    shown = ask(officer, "dvpn", answers)
    assert says.lower() in shown.problems.lower()
    assert "Nothing is worked out yet" in shown.main
    typed = {name: value for name, value in answers.items() if name in shown.inputs}
    assert {name: shown.inputs[name] for name in typed} == typed


def test_an_hour_that_came_twice_is_asked_for_and_then_counted(officer: Officer) -> None:
    typed = rows("served 25/10/2026 01:30", "authorised 24/10/2026 20:00", authorised_rank="superintendent")
    assert "The second, an hour later, in GMT" in ask(officer, "dvpn", typed).main
    second = ask(officer, "dvpn", typed | {"event-0-which": "second"})
    assert "by Wednesday 28 October 2026, 01:30" in second.main  # both readings have passed: lateness is judged by the later
    assert "the earlier, safe date was Wednesday 28 October 2026, 00:00 (24:00 Tuesday)" in second.main


def test_answers_that_only_some_events_need_are_asked_under_them(officer: Officer) -> None:
    varied = rows("made 1/4/2026", "varied 1/5/2026", end_kind="until_further_order")
    assert "New last day, if the court changed it" in ask(officer, "spo", varied).main
    ended = ask(officer, "spo", varied | {"event-1-ends": "1 May 2029"})
    assert "until Tuesday 1 May 2029, 24:00" in ended.main
    discharged = rows("made 1/4/2026", "discharged 1/5/2026", end_kind="until_further_order") | {"event-1-consent": "both"}
    agreed = ask(officer, "spo", discharged)
    assert (agreed.problems, "Discharged" in agreed.main) == ("", True)


def test_a_case_that_runs_past_the_table_of_holidays_is_refused_beside_the_day(officer: Officer) -> None:
    typed = rows("authorised 31/12/2030 09:00", "served 31/12/2030 12:00", authorised_rank="superintendent")
    shown = ask(officer, "dvpn", typed)
    assert "The table of bank holidays runs from" in shown.problems
    assert "Deadlines cannot be worked out" in shown.main


def test_empty_answers_are_taken_out_of_the_address(officer: Officer) -> None:
    answer = officer.get(f"/work-out-a-date/dvpn?{urlencode(SATURDAY_NIGHT | {'subject_age': '', 'event-2-kind': '', 'on': ' '})}")
    assert answer.status_code == 302
    kept = {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}
    assert kept == SATURDAY_NIGHT


def test_rows_are_added_and_removed_without_script(officer: Officer) -> None:
    one_blank = ask(officer, "dvpn", SATURDAY_NIGHT)
    assert "event-2-day" in one_blank.inputs
    assert "condition-0-ends" not in one_blank.inputs
    assert "Add a condition with dates of its own" in one_blank.main
    assert "condition-0-ends" in ask(officer, "dvpn", SATURDAY_NIGHT | {"more": "condition"}).inputs
    removed = next(href for text, href in one_blank.links if text == "Remove event 1")
    left = page(officer.get(removed))
    assert "20.15" not in left.inputs.values()
    assert "by Tuesday 24 November 2026, 22:40" in left.main


def test_there_is_an_end_to_rows(officer: Officer) -> None:
    many = {f"event-{number}-{part}": value for number in range(60) for part, value in (("kind", "arrested"), ("day", "1/4/2026"))}
    assert "event-39-day" in ask(officer, "dvpo", many).inputs


def test_nothing_is_stored_and_nothing_logged(
    officer: Officer, session: Session, statements: Statements, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    before = session.scalar(select(func.count()).select_from(AuditEvent))
    with statements() as seen:
        shown = ask(officer, "dvpn", SATURDAY_NIGHT)
    assert len(seen) <= MOST_STATEMENTS
    assert not any(statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) for statement in seen), seen
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before
    said = caplog.text + "".join(capsys.readouterr())
    assert "21/11/2026" not in said
    assert "This page is not logged" in shown.text
    assert "Every page you open is logged" not in shown.text


def test_it_asks_for_nothing_that_names_a_person(officer: Officer) -> None:
    asked = {name for code in ORDER_TYPES for name in page(officer.get(f"/work-out-a-date/{code}")).inputs}
    assert not [name for name in asked if any(word in name for word in ("name", "born", "officer", "address", "reference", "court_"))]


def test_a_bookmark_survives_signing_in(visitor: Officer) -> None:
    answer = visitor.get(f"/work-out-a-date/dvpn?{urlencode(SATURDAY_NIGHT)}")
    wanted = parse_qs(urlsplit(answer.location).query)["next"][0]
    assert parse_qs(urlsplit(wanted).query)["event-1-day"] == ["Sat 21 Nov 2026"]


def test_the_day_asked_for_has_its_own_state(officer: Officer) -> None:
    spo = rows("made 1/4/2026", "served 3/4/2026", ends_on="31/3/2028")
    assert "On Thursday 2 April 2026 it is Made, not served" in ask(officer, "spo", spo | {"on": "2 Apr 2026"}).main
    assert "From State Wednesday 1 April 2026" in ask(officer, "spo", spo).main


def test_the_order_page_leads_to_its_own_case(client_for: ClientFor, acting: Acting) -> None:
    with acting() as work:
        notice = a_served_notice(work).reference
        order = a_made_order(work, served_on=date(2026, 10, 5), end_kind=EndKind.FIXED, stated_ends_on=date(2029, 10, 1)).reference
    desk = client_for(Role.ORDERS_DESK)
    shown = page(desk.get(_href_of(desk, notice)))
    assert "by Tuesday 24 November 2026, 22:40" in shown.main
    assert shown.problems == ""
    address = _href_of(desk, order)
    assert "until Monday 1 October 2029, 24:00" in page(desk.get(address)).main
    assert not any(word in address for word in ("Clarke", "Ashcombe", "5120", "1991", "SPO-"))


@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_a_record_not_open_to_all_gives_its_type_alone(client_for: ClientFor, acting: Acting, access: Access) -> None:
    desk = client_for(Role.ORDERS_DESK)
    with acting() as work:
        order = a_served_notice(work, access=access)
        work.session.add(AccessGrant(record_id=order.id, user_id=desk.user.id, granted_at=work.now, reason="Named"))
        reference = order.reference
    desk.post(desk.get(f"/orders/{reference}").location, data={"reason": "Hearing tomorrow, I present it"})
    assert _href_of(desk, reference) == "/work-out-a-date/dvpn"


def _href_of(desk: Officer, reference: str) -> str:
    return next(href for text, href in page(desk.get(f"/orders/{reference}")).links if text == "Try a date")


def test_a_date_that_is_missing_says_why(officer: Officer) -> None:
    typed = rows("made 29/5/2026", "served 1/6/2026", end_kind="until_further_order", replaces_interim="y")
    assert "The order replaces an interim order, and the first notification does not start again" in ask(officer, "spo", typed).main


def test_the_printed_answer_says_what_was_entered(officer: Officer) -> None:
    typed = rows("made 1/10/2026", end_kind="fixed", ends_on="30/9/2036", in_court="y") | {
        "condition-0-kind": "travel", "condition-0-ends": "30/9/2031",
    }  # fmt: skip
    shown = ask(officer, "shpo", typed).main
    for words in (
        "What was entered Order made Thursday 1 October 2026",
        "How does it end? On a fixed day",
        "Last day of the order, if it has a fixed one Tuesday 30 September 2036",
        "Condition 1 what kind of condition Prohibition of travel abroad, last day Tuesday 30 September 2031",
    ):
        assert words in shown, words
