"""Settings of e-mail: refused at start where mail could not go or would go in the clear, naming the variable."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from config.mail import Security
from config.settings import Settings, faults_of

SECRET = "kq7-vt2-hm9-zx4-bw8-pl3-rd6-nf5-gs1"
RIGHT: dict[str, Any] = {
    "secret_key": SECRET, "env": "production", "database_url": "postgresql://us@here/x", "mail_host": "mail.force.example",
    "mail_from": "orderwatch@force.example", "public_url": "https://orderwatch.force.example/",
}  # fmt: skip


def test_what_is_right_is_taken_and_the_password_is_never_shown() -> None:
    settings = Settings(**RIGHT, mail_username="orderwatch", mail_password="three herons")
    assert settings.sends_mail
    assert (settings.mail_port, settings.mail_security, settings.mail_timeout_seconds) == (587, Security.STARTTLS, 20)
    assert settings.public_url == "https://orderwatch.force.example"
    assert "herons" not in repr(settings)


def test_without_a_host_no_mail_is_sent_and_nothing_else_is_needed() -> None:
    assert not Settings(**RIGHT | {"mail_host": "", "mail_from": "", "public_url": ""}).sends_mail


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"mail_from": ""}, "ORDERWATCH_MAIL_FROM must be set, because ORDERWATCH_MAIL_HOST is"),
        ({"public_url": ""}, "ORDERWATCH_PUBLIC_URL must be set, because ORDERWATCH_MAIL_HOST is"),
        ({"public_url": "http://orderwatch.force.example"}, "ORDERWATCH_PUBLIC_URL must begin with https in production"),
        ({"public_url": "orderwatch.force.example"}, "ORDERWATCH_PUBLIC_URL must be an address such as https://orderwatch.example"),
        ({"mail_from": "Orderwatch <o@force.example>"}, "ORDERWATCH_MAIL_FROM must be an e-mail address such as orderwatch@force.example"),
        ({"mail_security": "none"}, "ORDERWATCH_MAIL_SECURITY must be starttls or tls in production"),
        ({"mail_security": "ssl"}, "ORDERWATCH_MAIL_SECURITY: Input should be 'starttls', 'tls' or 'none'"),
        ({"mail_username": "us"}, "ORDERWATCH_MAIL_USERNAME and ORDERWATCH_MAIL_PASSWORD must be set together"),
        ({"mail_port": 0}, "ORDERWATCH_MAIL_PORT: Input should be greater than or equal to 1"),
        ({"mail_timeout_seconds": 0}, "ORDERWATCH_MAIL_TIMEOUT_SECONDS: Input should be greater than 0"),
    ],
)
def test_what_could_not_go_or_is_unsafe_is_refused_by_name(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**RIGHT | given)
    assert faults_of(refused.value) == [said]


def test_a_password_is_not_sent_in_the_clear_to_another_machine_in_any_mode() -> None:
    near = RIGHT | {"env": "development", "mail_security": "none", "mail_username": "us", "mail_password": "x", "mail_host": "127.0.0.1"}
    assert Settings(**near).sends_mail
    with pytest.raises(ValidationError, match="MAIL_SECURITY must be starttls or tls where ORDERWATCH_MAIL_USERNAME is set"):
        Settings(**near | {"mail_host": "mail.force.example"})


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_on_the_same_machine_encryption_may_be_left_to_the_relay(host: str) -> None:
    assert Settings(**RIGHT | {"mail_security": "none", "mail_host": host}).sends_mail
