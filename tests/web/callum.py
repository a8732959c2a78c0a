"""Somebody on file, and what an officer types of somebody very like him."""

from __future__ import annotations

from datetime import date

from orders_app.services.new_people import Identity, NewAddress, NewPerson

WHO = {"surname": "Whitaker", "forenames": "Callum", "born_on-day": "14", "born_on-month": "March", "born_on-year": "1988", "sex": "male"}
CALLUM = NewPerson(
    Identity("Whittaker", "Callum James", date(1988, 3, 14)), addresses=(NewAddress("1 Ashcombe Terrace, Northmere", "NM1 9QD"),)
)
