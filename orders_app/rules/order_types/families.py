"""The headings under which types of order are kept together."""

from __future__ import annotations

from orders_app.rules.spec import Family

DOMESTIC_ABUSE = Family("domestic_abuse", "Domestic abuse")
RESTRAINING = Family("restraining", "Restraining and family orders")
STALKING = Family("stalking", "Stalking")
SERIOUS_CRIME = Family("serious_crime", "Serious crime")
SEXUAL_HARM = Family("sexual_harm", "Sexual harm")
SLAVERY = Family("slavery", "Slavery and trafficking")
BEHAVIOUR = Family("behaviour", "Behaviour, football and knives")
