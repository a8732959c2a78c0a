"""A day and a time in one box each: what people type is read or refused in words, and kept."""

from datetime import date, time

import pytest
import wtforms
from werkzeug.datastructures import MultiDict

from orders_app.web.fields import DayTextField, TimeTextField

pytestmark = pytest.mark.on_sqlite


class RowForm(wtforms.Form):
    day = DayTextField("Day")
    at = TimeTextField("Time")


def read(**typed: str) -> RowForm:
    form = RowForm(MultiDict(typed))
    form.validate()
    return form


@pytest.mark.parametrize("typed", ["21 Nov 2026", "21/11/2026", "21.11.2026", "2026-11-21", "Saturday 21 November 2026", " 21st nov 2026 "])
def test_a_day_is_read_as_people_type_it(typed: str) -> None:
    form = read(day=typed)
    assert (form.day.day, form.day.data, form.errors) == (date(2026, 11, 21), typed.strip(), {})


@pytest.mark.parametrize(("typed", "at"), [("22:40", time(22, 40)), ("2240", time(22, 40)), ("10.40pm", time(22, 40)), ("9am", time(9))])
def test_a_time_is_read_as_people_type_it(typed: str, at: time) -> None:
    assert (read(at=typed).at.time, read(at=typed).errors) == (at, {})


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"day": "21/11/26"}, "Day: enter the year as four figures, such as 2026"),
        ({"day": "31 Feb 2026"}, "Day: February 2026 has 28 days. Enter a day from 1 to 28"),
        ({"day": "Monday 21 Nov 2026"}, "Day: 21 November 2026 is a Saturday, not a Monday. Check the day and the date"),
        ({"at": "24:00"}, "Time: 24:00 is the start of the next day. Enter 00:00 and the date of the next day"),
        ({"at": "late"}, "Time: enter a time in the 24-hour clock, such as 22:40"),
        ({"day": "1" * 61}, "Day"),
    ],
)
def test_what_cannot_be_read_is_refused_and_kept(typed: dict[str, str], says: str) -> None:
    ((name, text),) = typed.items()
    form = read(**typed)
    assert form.errors[name][0].startswith(says)
    assert form[name].data == text
    assert (form.day.day, form.at.time) == (None, None)


def test_an_empty_box_is_no_answer() -> None:
    form = read(day="", at="  ")
    assert (form.day.day, form.at.time, form.errors) == (None, None, {})
