"""Signing in, and choosing a new password."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from orders_app.web.fields import PasswordField, Required, SubmitField, TextField


class SignInForm(FlaskForm):
    """User name and password."""

    username = TextField("User name", [Required("Enter your user name")], max_length=80, width=20, autocomplete="username")
    password = PasswordField("Password", [Required("Enter your password")])
    sign_in = SubmitField("Sign in")


class PasswordForm(FlaskForm):
    """The old password, and the new one twice."""

    current = PasswordField("Current password", [Required("Enter your current password")])
    new = PasswordField(
        "New password",
        [Required("Enter a new password")],
        autocomplete="new-password",
        hint="12 characters or more, without your name in it. Three words that do not belong together are a good one.",
    )
    again = PasswordField("New password again", [Required("Enter the new password again")], autocomplete="new-password")
    save = SubmitField("Change password")

    def validate_again(self, field: PasswordField) -> None:
        """Refuse two different answers."""
        if field.data and self.new.data and field.data != self.new.data:
            raise ValidationError("The two new passwords are not the same. Enter the new password again")
