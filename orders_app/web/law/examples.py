"""Ready examples for the calculator: cases that every desk meets, each with what it shows. All dates are ordinary ones to try out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for


@dataclass(frozen=True)
class Example:
    """One case: its title, what it shows, the type, and the events (kind, day, time) and facts to fill in."""

    title: str
    shows: str
    code: str
    events: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def href(self) -> str:
        """The calculator with this case filled in."""
        return address_of_case(self.code, events_in_address(self.events) | dict(self.facts))


def address_of_case(code: str, answers: dict[str, str]) -> str:
    """The calculator for a type with these answers filled in."""
    empty = url_for("law.work_out", code=code)
    return f"{empty}?{urlencode(answers)}" if answers else empty


def events_in_address(events: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    """Events as the calculator's address has them."""
    parts = ("kind", "day", "time")
    return {f"event-{row}-{part}": value for row, event in enumerate(events) for part, value in zip(parts, event, strict=False) if value}


FIXED, SATURDAY = ("end_kind", "fixed"), "21 November 2026"
SUPERINTENDENT = (("authorised_rank", "superintendent"),)
EXAMPLES = (
    Example(
        "A DVPN served on Saturday night",
        "Sunday is left out, Saturday counts. Authority and arrest do not start the 48 hours",
        "dvpn",
        (("arrested", SATURDAY, "17:20"), ("authorised", SATURDAY, "20:15"), ("served", SATURDAY, "22:40")),
        SUPERINTENDENT,
    ),
    Example(
        "A DVPN served in the small hours of a Sunday",
        "The hours start at midnight; the Act can be read to start them later",
        "dvpn",
        (("authorised", "22 November 2026", "01:50"), ("served", "22 November 2026", "03:20")),
        SUPERINTENDENT,
    ),
    Example(
        "A DVPN served on Christmas Eve 2026",
        "Two readings of Saturday 26 December, and the safe one to work to",
        "dvpn",
        (("authorised", "24 December 2026", "17:00"), ("served", "24 December 2026", "20:00")),
        SUPERINTENDENT,
    ),
    Example(
        "A DVPO of 29 days",
        "Refused, with the section and the lawful last days",
        "dvpo",
        (("made", "8 April 2026"), ("served", "8 April 2026")),
        (FIXED, ("ends_on", "6 May 2026")),
    ),
    Example(
        "An arrest for breach of a DVPO before a bank holiday",
        "Sunday and the bank holiday are left out; the last minute itself is too late",
        "dvpo",
        (("made", "20 August 2026"), ("served", "20 August 2026"), ("arrested", "29 August 2026", "23:00")),
        (FIXED, ("ends_on", "16 September 2026")),
    ),
    Example(
        "An SPO served on Good Friday",
        "Three days run through the holiday: notification is due on Easter Sunday",
        "spo",
        (("made", "1 April 2026"), ("served", "3 April 2026")),
        (FIXED, ("ends_on", "31 March 2028")),
    ),
    Example(
        "An SPO that replaces an interim order",
        "The first notification does not start again",
        "spo",
        (("made", "29 May 2026"), ("served", "1 June 2026"), ("address_changed", "10 June 2026")),
        (("end_kind", "until_further_order"), ("replaces_interim", "y")),
    ),
    Example(
        "An SCPO that starts on release",
        "Five years run from release, not from the sentence",
        "scpo",
        (("made", "2 March 2026"), ("custody_ended", "28 February 2029")),
        (FIXED, ("ends_on", "27 February 2034"), ("starts_on_release", "y"), ("in_court", "y")),
    ),
    Example(
        "An SHPO with a ban on travel for six years",
        "A travel ban may last five years at a time, whatever the order lasts",
        "shpo",
        (("made", "1 October 2026"), ("served", "1 October 2026")),
        (FIXED, ("ends_on", "30 September 2036"), ("condition-0-kind", "travel"), ("condition-0-ends", "30 September 2032")),
    ),
    Example(
        "Registered after 20 months in prison",
        "Ten years from the day of conviction; three days that custody stops; a year from each notification",
        "registration",
        (
            ("convicted", "10 February 2026"),
            ("custody_started", "10 February 2026"),
            ("custody_ended", "18 September 2026"),
            ("notified", "19 September 2026"),
        ),
        (("event-0-disposal", "imprisonment"), ("event-0-term_months", "20"), ("event-3-type", "83"), ("event-3-residence", "address")),
    ),
    Example(
        "A journey abroad by a registered person",
        "Seven days before departure, and the safe day to act by",
        "registration",
        (("cautioned", "2 November 2026"), ("notified", "3 November 2026"), ("travel_planned", "9 November 2026")),
        (("event-1-type", "83"), ("event-1-residence", "address"), ("event-2-departs", "4 December 2026")),
    ),
)


def examples_of(code: str) -> list[Example]:
    """The examples of one type."""
    return [example for example in EXAMPLES if example.code == code]
