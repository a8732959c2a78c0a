"""What to look for in the log."""

from __future__ import annotations

from flask_wtf import FlaskForm

from orders_app.web.audit.wording import KIND_WORDS
from orders_app.web.fields import DateField, SearchField, SelectField, choice


class AuditFilterForm(FlaskForm):
    """Officer, reference, days, kind. The answers stay in the address."""

    class Meta:
        csrf = False

    officer = SearchField("Officer: name, user name or collar number")
    reference = SearchField("Reference of a person or record", hint="Such as P-10482 or DVPN-2026-0042")
    since = DateField("From")
    until = DateField("Up to and including")
    kind = SelectField("What", label_size="", choices=[choice(code, words) for code, words in KIND_WORDS.items()])
