"""The words courts use, for the demonstration's conditions."""

from __future__ import annotations

from random import Random

from orders_app.services.demonstration.names import STREETS
from orders_app.services.new_orders import NewCondition

CONTACT = (
    "Not to contact {name}, directly or indirectly, by any means whatsoever, including by telephone, letter, electronic message "
    "or social media, or through any other person."
)
PLACE = "Not to enter, or be within {metres} metres of, {street}, save to attend a court hearing of which notice has been given."
WATCH = "Not to follow, watch or spy upon {name}, nor to publish any material relating to or purporting to relate to that person."
VIOLENCE = "Not to use or threaten violence against {name}, nor to instruct, encourage or suggest that any other person should do so."
DEVICES = (
    "Not to own, possess or use any device capable of accessing the internet unless police have been told of it and may examine it "
    "on request."
)
CHILDREN = (
    "Not to have any unsupervised contact with a child under the age of 16, other than such as is inadvertent and not reasonably avoidable."
)
MONEY = (
    "Not to hold more than £1,000 in cash, nor to use more than one bank account, details of which are to be given to the National "
    "Crime Agency."
)
PHONES = "Not to own, possess or use more than one mobile telephone, the number of which is to be given to police within 3 days."
PROGRAMME = "To attend, take part in and complete the Northmere intervention programme as and when directed by its manager."


def domestic(rng: Random, name: str) -> tuple[NewCondition, ...]:
    """Terms of a domestic notice or order: no power to ask for more than these."""
    street = rng.choice(STREETS)
    terms = [_no(VIOLENCE, f"No violence to {name}", name=name), _no(CONTACT, f"No contact with {name}", name=name)]
    if rng.random() < 0.7:
        terms.append(_no(PLACE, f"Not within 100 m of {street}", metres=100, street=street))
    return tuple(terms)


def restraining(rng: Random, name: str) -> tuple[NewCondition, ...]:
    """Prohibitions only."""
    street = rng.choice(STREETS)
    return (
        _no(CONTACT, f"No contact with {name}", name=name),
        _no(PLACE, f"Not within 200 m of {street}", metres=200, street=street),
        _no(WATCH, f"Not to follow or post about {name}", name=name),
    )  # fmt: skip


def stalking(rng: Random, name: str) -> tuple[NewCondition, ...]:
    """Prohibitions, and for some a programme."""
    programme = (NewCondition(PROGRAMME, "Attend the intervention programme", "requirement", "Deborah Okafor, programme manager"),)
    return (*restraining(rng, name), *(programme if rng.random() < 0.6 else ()))


def serious_crime() -> tuple[NewCondition, ...]:
    """Money and phones."""
    return _no(MONEY, "One bank account, no more than £1,000 cash"), _no(PHONES, "One phone, number given to police")


def sexual_harm() -> tuple[NewCondition, ...]:
    """Devices and children."""
    return _no(DEVICES, "Devices only if police told and may examine"), _no(CHILDREN, "No unsupervised contact with under 16s")


def _no(words: str, short_form: str, **blanks: object) -> NewCondition:
    return NewCondition(words.format(**blanks), short_form[:64])
