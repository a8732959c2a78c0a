"""Settings of one installation, from the environment. Frozen, and refused when unsafe."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from config.mail import MailSettings

ROOT = Path(__file__).resolve().parent.parent
WEAK_SECRETS = ("change", "secret", "development", "password", "test")
SECRET_LENGTH = 32
PREFIX = "ORDERWATCH_"
DATABASES = ("sqlite", "postgresql")
ADDRESSES = {"public_url": "https://orderwatch.example", "watchdog_url": "https://watchdog.example/ping/name"}


class Mode(StrEnum):
    """How careful the program must be."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"
    TEST = "test"


class Settings(MailSettings):
    """One installation. Every name is read from the environment with the prefix ORDERWATCH_.

    Raises pydantic.ValidationError when production would run with a weak secret or on SQLite, or mail could not be sent safely.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    env: Mode = Mode.DEVELOPMENT
    secret_key: str = Field(repr=False)
    database_url: str = Field(default=f"sqlite:///{ROOT}/var/orderwatch.sqlite3", repr=False)
    force_name: str = "Northmere Police"
    help_desk: str = "the service desk"
    # Whom an officer at a door may ring: who and when, and the number. As JSON in the environment: [["Orders desk", "01632 960140"]]
    contacts: tuple[tuple[str, str], ...] = (
        ("Orders desk, 07:00 to 23:00", "01632 960140"),
        ("Control room inspector, any time", "01632 960100"),
    )
    is_https: bool = True
    proxy_hops: int = Field(default=0, ge=0, le=5)  # proxies in front that each add to X-Forwarded-For; 0 trusts no such header
    idle_minutes: int = Field(default=30, ge=1, le=480)
    session_hours: int = Field(default=12, ge=1, le=24)
    largest_upload_bytes: int = Field(default=32 * 1024 * 1024, ge=1024)
    watchdog_url: str = Field(default="", repr=False)  # asked for after each check of the deadlines; often a secret in itself

    @field_validator("database_url")
    @classmethod
    def _refuse_what_is_no_database(cls, given: str) -> str:
        try:
            kind = make_url(given).get_backend_name()
        except ArgumentError:
            kind = ""
        if kind not in DATABASES:
            raise ValueError(f"{PREFIX}DATABASE_URL must be an address such as postgresql://user@host/name")
        return given

    @field_validator("public_url", "watchdog_url")
    @classmethod
    def _refuse_what_is_no_address(cls, given: str, info: ValidationInfo) -> str:
        parts = urlsplit(given)
        if given and not (parts.scheme in ("http", "https") and parts.hostname):
            raise ValueError(f"{PREFIX}{str(info.field_name).upper()} must be an address such as {ADDRESSES[str(info.field_name)]}")
        return given.rstrip("/") if info.field_name == "public_url" else given

    @model_validator(mode="after")
    def _refuse_what_is_unsafe(self) -> Self:
        weak = len(self.secret_key) < SECRET_LENGTH or any(word in self.secret_key.lower() for word in WEAK_SECRETS)
        if self.env is not Mode.TEST and weak:
            raise ValueError(f"ORDERWATCH_SECRET_KEY must be {SECRET_LENGTH} or more characters that nobody could guess")
        if self.env is Mode.PRODUCTION and self.database_url.startswith("sqlite"):
            raise ValueError("ORDERWATCH_DATABASE_URL must name a PostgreSQL database in production")
        if self.env is Mode.PRODUCTION and not self.is_https:
            raise ValueError("ORDERWATCH_IS_HTTPS must be true in production")
        if self.env is Mode.PRODUCTION and self.watchdog_url.startswith("http:"):
            raise ValueError("ORDERWATCH_WATCHDOG_URL must begin with https in production")
        return self

    @model_validator(mode="after")
    def _refuse_mail_that_cannot_go(self) -> Self:
        problem = self.problem_with_mail(is_production=self.env is Mode.PRODUCTION)
        if problem:
            raise ValueError(problem)
        return self


def faults_of(refused: ValidationError) -> list[str]:
    """What is wrong with the settings, a sentence each, naming the variable to set and never what it was set to."""
    return [_fault(fault["type"], f"{PREFIX}{'_'.join(map(str, fault['loc']))}".upper(), fault["msg"]) for fault in refused.errors()]


def _fault(kind: str, name: str, message: str) -> str:
    if kind == "missing":
        return f"{name} must be set"
    return message.removeprefix("Value error, ") if kind == "value_error" else f"{name}: {message}"
