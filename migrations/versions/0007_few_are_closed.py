"""Index those few people and records alone that are not open: an index of them all led SQLite to read every open one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IS_CLOSED = sa.text("access <> 'open'")


def upgrade() -> None:
    for table in ("people", "records"):
        op.drop_index(op.f(f"ix_{table}_access"), table_name=table)
        op.create_index(f"ix_{table}_closed", table, ["id"], sqlite_where=IS_CLOSED, postgresql_where=IS_CLOSED)


def downgrade() -> None:
    for table in ("people", "records"):
        op.drop_index(f"ix_{table}_closed", table_name=table)
        op.create_index(op.f(f"ix_{table}_access"), table, ["access"])
