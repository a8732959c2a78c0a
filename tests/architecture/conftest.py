"""The application's doors are tried with the browsers of tests/web."""

from tests.web.conftest import app, built_app, client_for, clock, signed_in_as, visitor

__all__ = ["app", "built_app", "client_for", "clock", "signed_in_as", "visitor"]
