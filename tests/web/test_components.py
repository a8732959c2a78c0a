"""Components without a browser: what they escape, leave out and link; the browser looks at them in tests/browser."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask

from orders_app.rules.periods import CountLine
from orders_app.rules.readings import Reading, Readings
from orders_app.rules.spec import Citation, RuleClass
from orders_app.rules.unused_events import NotUsed
from orders_app.rules.working import Working
from orders_app.web.deadline_words import due_duty_words, stored_deadline_words, why_words
from orders_app.web.wording import TAG_COLOURS, UnknownWord
from tests.style_guide import BROKEN, NOW, ODD, PAGES, guide_app
from tests.web.reading import Page

pytestmark = pytest.mark.on_sqlite

LIMIT = Citation("Crime and Security Act 2010", "s.27(3)", "https://www.legislation.gov.uk/ukpga/2010/17/section/27")
EVENING = datetime(2026, 12, 29, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def app() -> Flask:
    return guide_app()


@pytest.fixture
def drawn(app):
    def draw(component, macro, *values, **named):
        with app.test_request_context("/"):
            return str(getattr(app.jinja_env.get_template(f"components/{component}.html").module, macro)(*values, **named))

    return draw


def test_no_text_becomes_markup(app):
    html = app.test_client().get("/guide").text + app.test_client().post("/guide", data=BROKEN).text
    assert "<b>O’DONOVAN" not in html
    assert html.count("&lt;b&gt;O’DONOVAN&lt;/b&gt;") > 20


@pytest.mark.parametrize("name", PAGES)
def test_nothing_that_the_policy_on_scripts_and_styles_forbids(app, name):
    html = app.test_client().get(f"/{name}").text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_says_what_is_not_said(app, name):
    text = Page(app.test_client().get(f"/{name}").text).text
    assert not re.search(r"\b(invalid|please|sorry|oops|access denied|not found)\b", text, re.IGNORECASE)


@pytest.mark.parametrize("part", ['role="search"', "app-navigation", "Sign out", "Alerts last checked", "Every page you open is logged"])
def test_somebody_signed_out_has_neither_search_nor_menu(app, part):
    out, inside = (app.test_client().get(path).text for path in ("/signed_out", "/help"))
    assert part in inside
    assert part not in out


def test_the_title_says_when_a_form_has_errors(app):
    assert Page(app.test_client().get("/guide").text).title == "Every component - Orderwatch"
    assert Page(app.test_client().post("/guide", data=BROKEN).text).title == "Error: Every component - Orderwatch"


def test_a_fault_page_gives_the_reference(app):
    assert "7F3A90C2" in Page(app.test_client().get("/500").text).main


@pytest.mark.parametrize("word", TAG_COLOURS)
def test_a_state_is_said_in_words(drawn, word):
    assert re.sub(r"<[^>]*>", "", drawn("status_tag", "status_tag", word)) == word


def test_a_state_that_is_not_in_the_list_is_an_error(drawn):
    with pytest.raises(UnknownWord):
        drawn("status_tag", "status_tag", "Nearly done")


def test_a_restricted_row_tells_nothing_but_how_to_ask(drawn):
    html = drawn("data_table", "restricted_row", 5, "order", "/ask")
    assert 'colspan="3"' in html
    assert Page(html).text == "Restricted 1 order you may not open. If you need it for a policing purpose, ask its owner. Status Restricted"


def test_an_order_card_leaves_out_what_is_not_known(drawn):
    order = {"ref": "SPO-2026-0042", "href": "/orders/SPO-2026-0042", "kind": "Stalking protection order", "state": "Draft"}
    assert "<dt>" not in drawn("order_card", "order_card", order)


def test_components_take_objects_as_well_as_dicts(drawn):
    person = {"name": ODD, "href": "/people/P-1", "born": "not known", "ids": [], "markers": []}
    assert drawn("person_banner", "person_banner", SimpleNamespace(**person)) == drawn("person_banner", "person_banner", person)


def test_pages_are_numbered_in_words(drawn):
    text = Page(drawn("pagination", "pagination", 226, 250, 14208, 10, 569, "orders", "sort=name&")).text
    assert text.startswith("Showing 226 to 250 of 14,208 orders")
    assert "Pages" not in Page(drawn("pagination", "pagination", 1, 5, 5, 1, 1, "people")).text


def due(**changes):
    values = {
        "title": "DVPN hearing", "word": "by", "rule_class": RuleClass.LAW, "citation": LIMIT, "due_on": date(2026, 12, 30),
        "due_at": EVENING + timedelta(days=1), "act_by_on": date(2026, 12, 29), "act_by_at": EVENING,
        "late_after_on": date(2026, 12, 30), "late_after_at": EVENING + timedelta(days=1),
    }  # fmt: skip
    return SimpleNamespace(**(values | changes))


SAFE = "The law can be read two ways: this is the earlier, safe date. The other is Wednesday 30 December 2026, 20:00"
PAST = "The law can be read two ways: the earlier, safe date was Tuesday 29 December 2026, 20:00"


@pytest.mark.parametrize(
    ("now", "when", "band", "rel", "note"),
    [
        (EVENING - timedelta(hours=60), "Tuesday 29 December 2026, 20:00", "soon", "in 2 days 12 hours", SAFE),
        (EVENING + timedelta(hours=1), "Wednesday 30 December 2026, 20:00", "soon", "in 23 hours", PAST),
        (EVENING + timedelta(hours=25), "Wednesday 30 December 2026, 20:00", "overdue", "1 hour overdue", PAST),
    ],
)
def test_two_readings_show_the_safe_date_and_judge_by_the_other(now, when, band, rel, note):
    words = due_duty_words(due(), now)
    assert (words.when, words.band, words.rel, words.note) == (when, band, rel, note)


@pytest.mark.parametrize(
    ("word", "due_on", "band", "rel"),
    [
        ("by", date(2026, 11, 19), "overdue", "3 days overdue"),
        ("until", date(2026, 11, 19), "later", "3 days ago"),
        ("at", date(2026, 11, 21), "overdue", "1 day ago"),
        ("at", date(2026, 11, 25), "soon", "in 3 days"),
    ],
)
def test_a_stored_day_duty(word, due_on, band, rel):
    end_of_day = datetime(due_on.year, due_on.month, due_on.day + 1, tzinfo=UTC)
    row = due(word=word, citation=str(LIMIT), due_on=due_on, due_at=None, act_by_at=end_of_day)
    words = stored_deadline_words(row, NOW)
    assert (words.band, words.rel, words.prefix, words.note) == (band, rel, word, "")
    assert words.when.endswith(f"{due_on.day} November 2026, 24:00")


def test_the_reasoning_is_shown_as_the_rule_gave_it(drawn):
    counting = (CountLine("Saturday 21 November", "from 22:40"), CountLine("Sunday 22 November", "left out", is_left_out=True))
    said = ("By Tuesday", "Hear it", "48 hours", "Served", "Sundays")
    readings = Readings((Reading("Left out", "Wednesday", NOW.date(), None, (), "Judge by it"),), ("Two ways",))
    unused = NotUsed(1, "Authorised Saturday", "It runs from service")
    working = Working(*said, counting, RuleClass.LAW, LIMIT, moves=("A correction",), not_used=(unused,), met="Heard", readings=readings)
    text = Page(drawn("why_this_date", "why_this_date", why_words(working, "/why"))).text
    wanted = (
        *said,
        "Saturday 21 November from 22:40",
        "Two ways",
        "Left out: Wednesday. Judge by it",
        "A correction",
        "Heard",
        "Authorised Saturday. It runs from service",
        "Law Crime and Security Act 2010 s.27(3)",
    )
    assert [words for words in wanted if words not in text] == []
