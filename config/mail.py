"""Settings of e-mail: the server, how to speak to it, and the address of Orderwatch that messages link to."""

from __future__ import annotations

from enum import StrEnum
from ipaddress import ip_address

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from orders_app.rules.emails import is_sendable

MAIL = "ORDERWATCH_MAIL"


class Security(StrEnum):
    """How the connection to the mail server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class MailSettings(BaseSettings):
    """The part of the settings that is about e-mail. Without a host none is sent."""

    public_url: str = ""  # where officers open the program, for links in what leaves it: https://orderwatch.example
    mail_host: str = ""
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: Security = Security.STARTTLS
    mail_username: str = ""
    mail_password: str = Field(default="", repr=False)
    mail_from: str = ""
    mail_timeout_seconds: float = Field(default=20, gt=0, le=120)

    @property
    def sends_mail(self) -> bool:
        """Whether a mail server is set."""
        return bool(self.mail_host)

    @field_validator("mail_from")
    @classmethod
    def _an_address(cls, given: str) -> str:
        if given and not is_sendable(given):
            raise ValueError(f"{MAIL}_FROM must be an e-mail address such as orderwatch@force.example")
        return given

    def problem_with_mail(self, *, is_production: bool) -> str:
        """What makes the settings of e-mail unusable or unsafe, in a sentence that names the variable; empty where nothing does."""
        is_far = not _is_this_machine(self.mail_host)
        unencrypted = self.mail_security is Security.NONE and is_far
        found = {
            f"{MAIL}_FROM must be set, because {MAIL}_HOST is": not self.mail_from,
            f"ORDERWATCH_PUBLIC_URL must be set, because {MAIL}_HOST is": not self.public_url,
            f"{MAIL}_SECURITY must be starttls or tls in production": unencrypted and is_production,
            f"{MAIL}_SECURITY must be starttls or tls where {MAIL}_USERNAME is set": unencrypted and bool(self.mail_username),
            f"{MAIL}_USERNAME and {MAIL}_PASSWORD must be set together": bool(self.mail_username) is not bool(self.mail_password),
            "ORDERWATCH_PUBLIC_URL must begin with https in production": is_production and self.public_url.startswith("http:"),
        }
        return next((said for said, is_so in found.items() if is_so), "") if self.sends_mail else ""


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
