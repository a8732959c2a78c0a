"""Every kind of order the system knows. To add one: write it in a file here, then list it below."""

from __future__ import annotations

from orders_app.rules.order_types import (
    behaviour,
    domestic_abuse,
    domestic_violence,
    financial_reporting,
    football,
    knives,
    restraining,
    serious_crime,
    sexual_harm,
    sexual_risk,
    slavery,
    stalking,
)
from orders_app.rules.spec import OrderType


class UnknownOrderType(LookupError):
    """A code that names no order type."""


ORDER_TYPES: dict[str, OrderType] = {
    order_type.code: order_type
    for order_type in (
        domestic_violence.DVPN,
        domestic_violence.DVPO,
        domestic_abuse.DAPN,
        domestic_abuse.DAPO,
        restraining.RO_CONVICTION,
        restraining.RO_ACQUITTAL,
        restraining.NMO,
        stalking.SPO,
        stalking.INTERIM_SPO,
        serious_crime.SCPO,
        serious_crime.INTERIM_SCPO,
        sexual_harm.SHPO,
        sexual_harm.INTERIM_SHPO,
        sexual_risk.SRO,
        sexual_risk.INTERIM_SRO,
        slavery.STPO,
        slavery.INTERIM_STPO,
        slavery.STRO,
        slavery.INTERIM_STRO,
        behaviour.CBO,
        football.FBO,
        knives.KCPO,
        financial_reporting.FRO,
    )
}


def order_type_of(code: str) -> OrderType:
    """The declaration behind a code. Raises UnknownOrderType, naming the codes there are."""
    if code not in ORDER_TYPES:
        raise UnknownOrderType(f"'{code}' is not an order type. Use one of: {', '.join(ORDER_TYPES)}")
    return ORDER_TYPES[code]
