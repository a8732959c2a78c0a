"""A deadline knows the type of its record, for which the alert policy may have stages of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deadlines", sa.Column("record_type", sa.String(40), nullable=False, server_default=""))
    op.execute(
        "UPDATE deadlines SET record_type = coalesce((SELECT o.order_type FROM orders o WHERE o.id = deadlines.record_id),"
        " (SELECT r.kind FROM records r WHERE r.id = deadlines.record_id))"
    )


def downgrade() -> None:
    op.drop_column("deadlines", "record_type")
