"""How widely a record may be seen, and whom to name on it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm

from orders_app.rules.access import Access
from orders_app.web.fields import RadiosField, Required, SelectField, SubmitField, TextField, VersionField, choice

ACCESS_ANSWERS = (
    choice(Access.OPEN, "Open", "Everybody who may see people may open it"),
    choice(Access.RESTRICTED, "Restricted", "Colleagues not named see only that somebody is held. They can ask"),
    choice(
        Access.SEALED,
        "Sealed",
        "Never listed: for colleagues not named it does not exist. For protected identities, covert interest, police or staff",
    ),
)


class AccessForm(FlaskForm):
    """How widely a person may be seen."""

    access = RadiosField("Who may open this record", [Required("Choose who may open this record")], choices=list(ACCESS_ANSWERS))
    reason = TextField("Why", [Required("Enter why")], max_length=300)
    version = VersionField()
    save = SubmitField("Save")


class NamingForm(FlaskForm):
    """Name one officer or one team."""

    who = SelectField("Officer or team", [Required("Choose an officer or a team")])
    reason = TextField("Why", [Required("Enter why")], max_length=300)
    save = SubmitField("Name them")

    def offer(self, answers: Iterable[tuple[str, str, str]]) -> None:
        """Set the answers: officers, then teams."""
        rows = list(answers)
        groups = {"Officers": "user", "Teams": "team"}
        chosen = {name: [choice(f"{kind}:{value}", words) for k, value, words in rows if k == kind] for name, kind in groups.items()}
        self.who.choices = {"": [choice("", "Choose one")], **chosen}
