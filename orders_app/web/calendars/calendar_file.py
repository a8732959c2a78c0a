"""Entries as an iCalendar file: RFC 5545, with the names and the refresh of RFC 7986 section 5 and their older forms.

It is the same file, byte for byte, as long as nothing that it says has changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event, vDuration

from orders_app.rules.calendars import NO_LONGER_DUE, READ_EVERY, Due, span_of
from orders_app.services.calendars import Told

CONTENT_TYPE = "text/calendar; charset=utf-8"
NAME = "Orderwatch deadlines"
FILE_NAME = "orderwatch.ics"


def calendar_file(entries: Iterable[Told], program: str) -> bytes:
    """The file of some entries. `program` is the address of the program that links begin with, without a stroke at the end."""
    calendar = Calendar()
    calendar.add("prodid", "-//Orderwatch//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, NAME)
    calendar.add("refresh-interval", READ_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_EVERY))
    for entry in entries:
        calendar.add_component(_event(entry, program))
    return bytes(calendar.to_ical())


def _event(entry: Told, program: str) -> Event:
    event, span = Event(), span_of(entry.act_by_at, is_hour_clock=entry.is_hour_clock)
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", span.starts)
    event.add("dtend", span.ends)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    event.add("status", "CONFIRMED" if entry.due else "CANCELLED")
    event.add("summary", entry.due.summary if entry.due else NO_LONGER_DUE)
    if entry.due:
        _lead_to(event, entry.due, program)
    return event


def _lead_to(event: Event, due: Due, program: str) -> None:
    event.add("url", f"{program}{due.path}")
    event.add("description", f"Open it in Orderwatch: {program}{due.path}")
    if due.alarm is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", due.summary)
        alarm.add("trigger", due.alarm)
        event.add_component(alarm)
