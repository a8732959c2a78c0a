"""Standard terms to begin from, for each kind of order. Blanks are in braces. The order's own words always win over these."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

from markupsafe import Markup

from orders_app.rules.spec import Family, OrderType

BLANKS = {
    "name": "Name",
    "place": "Place",
    "distance": "Distance in metres",
    "address": "Address",
    "area": "Area, as on the map attached to the order",
    "programme": "Programme",
    "station": "Police station",
    "days": "Days",
    "age": "Age",
    "amount": "Amount in pounds",
    "business": "Kind of business",
    "notice": "Days of notice",
}
WIDE = frozenset({"name", "place", "address", "area", "programme", "station", "days", "business"})


@dataclass(frozen=True)
class Term:
    """One standard term: `label` for the list, `words` in the style of a court, `short` for the patrol card's heading."""

    key: str
    label: str
    words: str
    short: str
    kind: str = "prohibition"

    @property
    def label_markup(self) -> Markup:
        """The label, with its blanks marked."""
        return Markup(self.label)

    @property
    def blanks(self) -> tuple[str, ...]:
        """The blanks of the words, each once, in order."""
        return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(self.words) if name))

    def filled(self, answers: dict[str, str]) -> tuple[str, str]:
        """The words and the short form with the blanks filled; a blank without an answer stays visible as dots."""
        given = {name: answers.get(name, "").strip() or "…" for name in BLANKS}
        return self.words.format(**given), self.short.format(**given)[:64]


CONTACT = Term(
    "contact", "Not to contact <em>name</em>",
    "Not to contact {name}, directly or indirectly, by any means whatsoever, including through any other person.",
    "No contact with {name}, direct or indirect",
)  # fmt: skip
PLACE = Term(
    "place", "Not to enter, or be within <em>distance</em> of, <em>place</em>",
    "Not to enter {place}, nor to be within {distance} metres of any entrance to it.",
    "Not to enter, or be within {distance} m of, {place}",
)  # fmt: skip
AREA = Term("area", "Not to enter <em>an area on a map</em>", "Not to enter {area}.", "Not to enter {area}")
FOLLOW = Term(
    "follow", "Not to follow, watch or spy on <em>name</em>", "Not to follow, watch or spy upon {name}.", "Not to follow or watch {name}"
)
ONLINE = Term(
    "online", "Not to post anything about <em>name</em>",
    "Not to publish or cause to be published any material relating or purporting to relate to {name}.",
    "Not to post anything about {name}",
)  # fmt: skip
DEVICES = Term(
    "devices", "Not to have a phone or account police have not been told of",
    "Not to own, possess or use any telephone, device or account the details of which have not first been given to the police.",
    "No phone or account whose details police have not been given",
)  # fmt: skip
PROGRAMME = Term(
    "programme", "To attend <em>programme</em> (requirement)",
    "To attend, take part in and complete {programme} as and when directed by its manager.",
    "Attend and complete {programme}", "requirement",
)  # fmt: skip
SIGN_ON = Term(
    "signon", "To report to <em>police station</em> on <em>days</em> (requirement)",
    "To report in person to {station} on {days}.", "Report to {station} on {days}", "requirement",
)  # fmt: skip
MOLEST = Term(
    "molest", "Not to molest <em>name</em>",
    "Not to use or threaten violence against {name}, nor to pester, harass or otherwise molest {name}.",
    "No violence to {name}, nor pester or harass",
)  # fmt: skip
NO_ENTRY = Term("entry", "Not to enter <em>address</em>", "Not to enter or try to enter {address}.", "Not to enter {address}")
NEAR = Term(
    "near", "Not to come within <em>distance</em> of <em>address</em>",
    "Not to come within {distance} metres of {address}.", "Not within {distance} m of {address}",
)  # fmt: skip
LEAVE = Term("leave", "To leave <em>address</em>", "To leave {address} at once and not to return to it.", "Leave {address}")
NO_EVICTION = Term(
    "eviction", "Not to evict or exclude <em>name</em> from <em>address</em>",
    "Not to evict {name} from {address}, nor to exclude {name} from it.", "Not to evict or exclude {name}",
)  # fmt: skip
MONEY = Term(
    "cash", "Not to have more than <em>amount</em> in cash",
    "Not to possess more than £{amount} in cash at any time.", "No more than £{amount} in cash",
)  # fmt: skip
WORK = Term(
    "work", "Not to take part in <em>a kind of business</em>",
    "Not to own, manage, control or be employed in {business}.", "Not to own, run or work in {business}",
)  # fmt: skip
TRAVEL_NOTICE = Term(
    "travel", "To tell police <em>days</em> before leaving the United Kingdom (requirement)",
    "To notify the police in writing at least {notice} days before leaving the United Kingdom.",
    "Tell police {notice} days before going abroad", "requirement",
)  # fmt: skip
CHILDREN = Term(
    "children", "No unsupervised contact with a child under <em>age</em>",
    "Not to have any unsupervised contact with any child under the age of {age} other than contact "
    "that is inadvertent and not reasonably avoidable.",
    "No unsupervised contact with a child under {age}",
)  # fmt: skip
LIVE_WITH = Term(
    "live", "Not to live where a child under <em>age</em> lives or stays",
    "Not to reside or stay overnight at any address where a child under the age of {age} resides or is staying.",
    "Not to live or stay where a child under {age} is",
)  # fmt: skip
HISTORY = Term(
    "history", "Not to use a device that does not keep its history",
    "Not to use any device capable of accessing the internet unless it keeps and displays the history of its use, "
    "and not to delete that history.",
    "No internet device that does not keep its history",
)  # fmt: skip

LIBRARY: dict[Family, tuple[Term, ...]] = {
    Family.DOMESTIC_ABUSE: (MOLEST, CONTACT, NO_ENTRY, NEAR, LEAVE, NO_EVICTION),
    Family.RESTRAINING: (CONTACT, PLACE, AREA, FOLLOW, ONLINE, MOLEST),
    Family.STALKING: (CONTACT, AREA, PLACE, FOLLOW, ONLINE, DEVICES, PROGRAMME, SIGN_ON),
    Family.SERIOUS_CRIME: (DEVICES, MONEY, WORK, CONTACT, TRAVEL_NOTICE, SIGN_ON),
    Family.SEXUAL_HARM: (CHILDREN, LIVE_WITH, HISTORY, DEVICES, PLACE, CONTACT),
}


def library_of(order_type: OrderType) -> tuple[Term, ...]:
    """The standard terms of a type; without requirements where its Act knows none."""
    terms = LIBRARY[order_type.family]
    if order_type.code == "dapo":
        terms = (*terms, PROGRAMME, SIGN_ON)
    return tuple(term for term in terms if term.kind == "prohibition" or order_type.limits.requirements_refused is None)


def term_called(order_type: OrderType, key: str) -> Term | None:
    """The standard term of this key, or None: the court's own words."""
    return next((term for term in library_of(order_type) if term.key == key), None)
