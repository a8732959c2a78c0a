"""How headings and cells are read: what is understood, and what is refused in which words."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.facts import EndKind, EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spreadsheets import KINDS, ORDERS, PEOPLE, CellKind, Column
from orders_app.rules.spreadsheets.cells import Cell, CellRefused, ClockTime, DayTime, End, read_cell, text_of
from orders_app.rules.spreadsheets.headings import match_headings
from orders_app.rules.spreadsheets.named_people import NamedPerson, named_in_text
from orders_app.rules.spreadsheets.typed_names import event_choices

APRIL_8 = date(2026, 4, 8)
moment = datetime.fromisoformat


def a_column(kind: CellKind, **values) -> Column:
    return Column(**{"key": "it", "heading": "It", "description": "it", "examples": (), "kind": kind, **values})


def read(kind: CellKind, cell: Cell, **values):
    return read_cell(a_column(kind, **values), cell)


def refusal(column: Column, cell: Cell) -> str:
    with pytest.raises(CellRefused) as refused:
        read_cell(column, cell)
    return refused.value.message


@pytest.mark.parametrize(
    "cell",
    [
        "2026-04-08",
        "08/04/2026",
        "8/4/2026",
        "8 Apr 2026",
        "8 April 2026",
        "8.4.2026",
        APRIL_8,
        "2026-04-08 00:00:00",
        "08/04/2026 00:00",
        "2026-04-08T00:00:00",
        "\u200e8\u200e/04/2026",
        moment("2026-04-08"),
    ],
)
def test_days(cell):
    assert read(CellKind.DAY, cell) == APRIL_8


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("08/04/26", "Enter the year as four figures"),
        ("31/02/2026", "February 2026 has 28 days"),
        ("29/02/2025", "February 2025 has 28 days"),
        ("04/13/2026", "Enter a month from 1 to 12"),
        ("32/01/2026", "Enter a day from 1 to 31"),
        ("yesterday", "Enter a date with day, month and year"),
        (46120, "This is not a date"),
        (46120.5, "This is not a date"),
        (True, "This is not a date"),
        (date(1899, 12, 31), "Enter a year from 1900 to 2199"),
        ("8 Apr 2026 22:40", "Enter the day without a time of day"),
    ],
)
def test_what_is_no_day(cell, says):
    assert says in refusal(a_column(CellKind.DAY), cell)


@pytest.mark.parametrize(
    ("cell", "at", "which"),
    [
        ("8 Apr 2026 22:40", time(22, 40), ""),
        ("08/04/2026, 22:40", time(22, 40), ""),
        ("08/04/2026 at 10.40pm", time(22, 40), ""),
        ("2026-04-08T22:40", time(22, 40), ""),
        ("2026-04-08 22:40:00", time(22, 40), ""),
        ("8 April 2026 0110 BST", time(1, 10), "first"),
        ("8 April 2026 01:10 GMT", time(1, 10), "second"),
        (moment("2026-04-08T22:39:59.999700"), time(22, 40), ""),
    ],
)
def test_days_with_times(cell, at, which):
    assert read(CellKind.DAY_OR_MOMENT, cell) == DayTime(APRIL_8, ClockTime(at, which))


def test_text_is_kept_as_it_is_seen():
    assert read(CellKind.TEXT, " Ma\u202ersh\ufeff ") == "Marsh"
    assert read(CellKind.TEXT, "\u200b", is_required=False) is None
    assert read(CellKind.TEXT, "Anna\nMaria  Jo", longest=200) == "Anna Maria Jo"
    assert read(CellKind.TEXT, "Not to go\n\nNot to ring", longest=5000) == "Not to go\n\nNot to ring"


@pytest.mark.parametrize(
    "cell", ["22:40", "2240", "10.40pm", 2240, 2240.0, time(22, 40), timedelta(hours=22, minutes=40), moment("1899-12-30T22:40")]
)
def test_times(cell):
    assert read(CellKind.TIME, cell) == ClockTime(time(22, 40))


@pytest.mark.parametrize("cell", ["24:00", "25:00", "noon", 0.5, timedelta(days=2), moment("2026-04-08T22:40"), date(2026, 4, 8), "99"])
def test_what_is_no_time(cell):
    refusal(a_column(CellKind.TIME), cell)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("until further order", EndKind.UNTIL_FURTHER_ORDER),
        ("UFO", EndKind.UNTIL_FURTHER_ORDER),
        ("Per condition", EndKind.PER_CONDITION),
        ("none", EndKind.NONE),
    ],
)
def test_ends_in_words(cell, kind):
    assert read(CellKind.END, cell) == End(kind)


def test_an_end_with_a_day():
    assert read(CellKind.END, "8 Apr 2026") == End(EndKind.FIXED, APRIL_8)
    assert "or 'until further order'" in refusal(a_column(CellKind.END), "when the court says")


@pytest.mark.parametrize(
    ("cell", "text"),
    [(4171.0, "4171"), (17, "17"), (" x ", "x"), ("=1+1", "=1+1"), ("a\r\nb", "a\nb"), (APRIL_8, "2026-04-08"), (True, "Yes")],
)
def test_text(cell, text):
    assert read(CellKind.TEXT, cell) == text


def test_the_text_of_nothing():
    assert text_of(None) == ""


def test_text_that_cannot_be_kept():
    assert "must be 3 characters or fewer".casefold() in refusal(a_column(CellKind.TEXT, longest=3), "four").casefold()
    assert "Take out the character" in refusal(a_column(CellKind.TEXT), "a\x07b")


def test_lines_leave_out_empty_ones():
    assert read(CellKind.LINES, "one\n\n  two \r\n") == ("one", "two")


@pytest.mark.parametrize("cell", ["", "  ", None, "\n"])
def test_empty_cells(cell):
    assert read(CellKind.TEXT, cell) is None
    assert refusal(a_column(CellKind.TEXT, is_required=True), cell) == "Enter it"


@pytest.mark.parametrize(("cell", "answer"), [("Yes", True), ("y", True), (1, True), (True, True), ("NO", False), (0.0, False)])
def test_yes_and_no(cell, answer):
    assert read(CellKind.YES_NO, cell) is answer


def test_neither_yes_nor_no():
    assert refusal(a_column(CellKind.YES_NO), "perhaps") == "'perhaps': Enter Yes or No"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("DVPN", "dvpn"), ("dvpo", "dvpo"), ("Stalking protection order", "spo"), ("SPO", "spo"), ("Interim SPO", "interim_spo"),
        ("SPO (interim)", "interim_spo"), ("RO (conviction)", "ro_conviction"), ("Restraining order on conviction", "ro_conviction"),
        ("RO - acquittal", "ro_acquittal"), ("Non-molestation order", "nmo"), ("NMO", "nmo"), ("serious  crime prevention ORDER", "scpo"),
    ],
)  # fmt: skip
def test_order_types_as_officers_write_them(typed, code):
    assert read_cell(ORDERS.column("order_type"), typed) == code


@pytest.mark.parametrize("typed", ["RO", "Restraining order", "restraining"])
def test_a_restraining_order_must_say_which(typed):
    said = refusal(ORDERS.column("order_type"), typed)
    assert "Restraining order on conviction" in said
    assert "Restraining order on acquittal" in said


def test_a_slip_names_what_was_probably_meant():
    assert "Did you mean 'Superintendent'?" in refusal(ORDERS.column("authorised_rank"), "Superintendant")


def test_every_type_and_event_has_a_name_of_its_own():
    for choices in (ORDERS.column("order_type").choices, event_choices()):
        assert len({choice.name.casefold() for choice in choices}) == len(choices)
    assert {choice.value for choice in ORDERS.column("order_type").choices} == set(ORDER_TYPES)
    assert {choice.value for choice in event_choices()} == set(EventKind)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_sheet_reads_its_own_headings(kind):
    read = match_headings(kind, [column.heading for column in kind.columns])
    assert [column for _, column in read.columns] == list(kind.columns)
    assert (read.problems, read.not_read) == ((), ())


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_example_can_be_read(kind):
    for column in kind.columns:
        for example in column.examples:
            assert read_cell(column, example) is not None


def keys_of(kind, *headings):
    return [column.key for _, column in match_headings(kind, headings).columns]


def test_headings_in_any_case_order_and_spelling():
    assert keys_of(PEOPLE, "date  OF birth", "", "SURNAME", "pnc id") == ["born_on", "surname", "pnc"]
    assert keys_of(ORDERS, "Served date", "our_reference", "OrderType") == ["served", "source_key", "order_type"]


@pytest.mark.parametrize(
    ("headings", "says"),
    [
        (["Forenames"], "There is no column 'Surname'"),
        (["Surname", "Forenmes"], "Did you mean 'Forenames'?"),
        (["Surname", "Last name"], "are both read as 'Surname'"),
        (["Surnme"], "The nearest heading in the file is 'Surnme'"),
    ],
)
def test_headings_that_cannot_be_used(headings, says):
    assert any(says in problem.message for problem in match_headings(PEOPLE, headings).problems)


def test_a_heading_nobody_asked_for_is_said_and_not_read():
    assert match_headings(PEOPLE, ["Surname", "Colour of car"]).not_read == ("Colour of car",)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("p-10482", NamedPerson(reference="P-10482")),
        ("N-20418", NamedPerson(key="N-20418")),
        ("N-20418; wife", NamedPerson(key="N-20418", role="wife")),
        ("PNC 2004/0123456K", NamedPerson(pnc="2004/0123456K")),
        ("MARSH, Anna (born 2001-02-03)", NamedPerson(surname="MARSH", forenames="Anna", born_on=date(2001, 2, 3))),
        ("O'Marsh, Anna Jo (3 Feb 2001); wife", NamedPerson(surname="O'Marsh", forenames="Anna Jo", born_on=date(2001, 2, 3), role="wife")),
        ("MARSH, Anna (DOB: 03/02/2001)", NamedPerson(surname="MARSH", forenames="Anna", born_on=date(2001, 2, 3))),
    ],
)
def test_people_named_in_a_line(text, who):
    assert named_in_text(text) == who


@pytest.mark.parametrize(("text", "says"), [("MARSH, Anna", "Add the date of birth"), ("MARSH, Anna (born 3/2/01)", "four figures")])
def test_people_named_too_shortly(text, says):
    with pytest.raises(CellRefused) as refused:
        named_in_text(text)
    assert says in refused.value.message


@given(
    st.dates(min_value=date(1901, 1, 1), max_value=date(2199, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d.%m.%Y"]),
)
def test_any_day_typed_in_any_way_is_that_day(day, form):
    typed = day.strftime(form) if day.year > 999 else day.isoformat()
    assert read(CellKind.DAY, typed) == day
    assert read(CellKind.DAY, day) == day


@given(
    st.one_of(st.text(), st.floats(), st.integers(), st.datetimes(), st.times(), st.timedeltas(), st.booleans()),
    st.sampled_from(list(CellKind)),
)
def test_any_cell_is_read_or_refused_in_words(cell, kind):
    with suppress(CellRefused):
        read(kind, cell)
