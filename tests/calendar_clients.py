"""Calendar programs as they behave: one that subscribes, one that imports the file now and then; and what RFC 5545 demands of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from icalendar import Calendar

LONGEST_LINE = 75  # octets, the line's end left out: RFC 5545 section 3.1
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE", "LAST-MODIFIED", "CLASS", "TRANSP")


@dataclass(frozen=True)
class Shown:
    """An entry as its reader sees it."""

    summary: str
    starts: date | datetime
    ends: date | datetime
    url: str


def events_of(file: bytes) -> list[Any]:
    """The events of a file, which must be one that any program can read."""
    check_lines(file)
    calendar = Calendar.from_ical(file)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    events = calendar.walk("VEVENT")
    for event in events:
        check_event(event)
    assert len({event["UID"] for event in events}) == len(events)
    return list(events)


def check_lines(file: bytes) -> None:
    """Every line ends in CRLF and is no longer than 75 octets; there are no other ends of lines."""
    assert file.endswith(b"END:VCALENDAR\r\n")
    lines = file.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= LONGEST_LINE


def check_event(event: Any) -> None:
    """One value of each property, of the right kind, and an end after the beginning."""
    assert [name for name in ONCE if not event.get(name) or isinstance(event.get(name), list)] == ["SEQUENCE"] * (event["SEQUENCE"] == 0)
    starts, ends = event.decoded("DTSTART"), event.decoded("DTEND")
    assert type(starts) is type(ends)
    assert starts < ends
    for moment in (event.decoded("DTSTAMP"), event.decoded("LAST-MODIFIED"), *([starts, ends] if isinstance(starts, datetime) else [])):
        assert moment.utcoffset().total_seconds() == 0
    for alarm in event.walk("VALARM"):
        assert alarm["ACTION"] == "DISPLAY"
        assert alarm["DESCRIPTION"]
        assert alarm["TRIGGER"]


def shown(event: Any) -> Shown:
    return Shown(str(event["SUMMARY"]), event.decoded("DTSTART"), event.decoded("DTEND"), str(event.get("URL", "")))


@dataclass
class Subscriber:
    """Shows the file it read last, without what is cancelled."""

    file: bytes = b""

    def read(self, file: bytes) -> None:
        self.file = file

    def shows(self) -> list[Shown]:
        return _sorted(shown(event) for event in events_of(self.file) if event["STATUS"] != "CANCELLED")


@dataclass
class Importer:
    """Keeps what it has. An entry it knows it changes only where the file's is newer: by SEQUENCE, then by DTSTAMP (RFC 5546, 2.1.5)."""

    entries: dict[str, Any] = field(default_factory=dict)

    def read(self, file: bytes) -> None:
        for event in events_of(file):
            known = self.entries.get(event["UID"])
            if known is None or _newness(event) > _newness(known):
                self.entries[event["UID"]] = event
            else:
                assert known.to_ical() == event.to_ical(), "what was said has changed, and nothing tells the program so"

    def shows(self) -> list[Shown]:
        return _sorted(shown(event) for event in self.entries.values() if event["STATUS"] != "CANCELLED")


def _newness(event: Any) -> tuple[int, datetime]:
    return int(event["SEQUENCE"]), event.decoded("DTSTAMP")


def _sorted(entries: Any) -> list[Shown]:
    return sorted(entries, key=lambda entry: (entry.url, entry.summary, str(entry.starts)))
