"""What roles and permissions are called."""

from __future__ import annotations

import pytest

from orders_app.rules.access import Permission, Role
from orders_app.web.role_words import PERMISSION_NAMES, ROLE_NAMES, allowed_to, roles_with

pytestmark = pytest.mark.on_sqlite


def test_every_role_and_permission_is_said_in_words():
    assert set(ROLE_NAMES) == set(Role)
    assert set(PERMISSION_NAMES) == set(Permission) - {Permission.PUBLIC, Permission.SIGNED_IN}


def test_what_a_role_may_do_is_said_from_the_table_of_permissions():
    assert allowed_to({Role.PATROL}) == ["look up people", "look up orders that have not ended"]
    assert allowed_to({Role.PERFORMANCE}) == []
    assert roles_with(Permission.JOB_RUN) == ["Administrator"]
