"""What an officer may choose to be told by e-mail."""

from __future__ import annotations

from flask_wtf import FlaskForm

from orders_app.web.fields import CheckboxesField, SubmitField, choice

DIGEST, HOUR_CLOCKS = "digest", "hour_clocks"
LISTS = (
    "At 06:00: what is overdue, due today, and due in the next 6 days; new warnings for later; what was passed up to you; and what is with "
    "your team and nobody's yet"
)
ALWAYS = "Dates set by law are mailed at their last stage whatever you choose"


class MailForm(FlaskForm):
    """Which e-mails."""

    wanted = CheckboxesField(
        "What do you want by e-mail?",
        hint=ALWAYS,
        choices=[
            choice(DIGEST, "A list each morning", LISTS),
            choice(HOUR_CLOCKS, "Hour clocks, at once", "Within 15 minutes of each stage, at any hour"),
        ],
    )
    save = SubmitField("Save")
