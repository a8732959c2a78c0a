"""The blanks a standard condition may have: what each asks for, and what may stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 200
MOST = 1_000_000
CLOCK_TIMES = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d\s*(?:to|and|until|-|–)\s*(?:[01]?\d|2[0-4])[:.][0-5]\d")


class SlotKind(StrEnum):
    """What an answer must look like."""

    WORDS = "words"
    NUMBER = "number"
    CLOCK_TIMES = "clock_times"


@dataclass(frozen=True)
class Slot:
    """One kind of blank. `key` stands in braces in a template; `label` asks for the answer; `unit` follows it on the form."""

    key: str
    label: str
    kind: SlotKind = SlotKind.WORDS
    hint: str = ""
    unit: str = ""

    @property
    def is_short(self) -> bool:
        """Whether a small box is enough."""
        return self.kind is not SlotKind.WORDS

    @property
    def name(self) -> str:
        """How the blank is called inside a sentence."""
        return self.label[0].lower() + self.label[1:]


SLOTS = {
    slot.key: slot
    for slot in (
        Slot("person", "Person", hint="The name as the order gives it"),
        Slot("place", "Place"),
        Slot("address", "Address"),
        Slot("area", "Area", hint="As on the map attached to the order"),
        Slot("distance", "Distance", SlotKind.NUMBER, unit="metres"),
        Slot("hours", "Hours", SlotKind.CLOCK_TIMES, hint="Such as 21:00 to 06:00"),
        Slot("days", "Days", hint="Such as Mondays and Thursdays"),
        Slot("device", "Device"),
        Slot("programme", "Programme"),
        Slot("station", "Police station"),
        Slot("business", "Kind of business"),
        Slot("countries", "Countries"),
        Slot("club", "Club or ground"),
        Slot("age", "Age", SlotKind.NUMBER, unit="years"),
        Slot("amount", "Amount", SlotKind.NUMBER, unit="pounds"),
        Slot("notice", "Days of notice", SlotKind.NUMBER, unit="days"),
        Slot("number", "How many", SlotKind.NUMBER),
    )
}


def problem_with(slot: Slot, answer: str) -> str:
    """Say what is wrong with the answer to a blank, and what to do; nothing where it will do or has not been given yet."""
    if not answer:
        return ""
    if len(answer) > LONGEST:
        return f"{slot.label}: use {LONGEST} characters or fewer here, and add the rest to the court’s words"
    if slot.kind is SlotKind.NUMBER and not _is_number(answer):
        return f"{slot.label}: enter a whole number, without the unit"
    if slot.kind is SlotKind.CLOCK_TIMES and not CLOCK_TIMES.fullmatch(answer):
        return f"{slot.label}: enter two times in the 24-hour clock, such as 21:00 to 06:00"
    return ""


def _is_number(answer: str) -> bool:
    digits = answer.replace(",", "")
    return digits.isascii() and digits.isdigit() and 0 < int(digits) <= MOST
