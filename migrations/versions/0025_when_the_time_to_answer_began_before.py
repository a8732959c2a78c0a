"""An alert sent on says when the time of whoever had it had begun."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alert_moves", sa.Column("was_raised_at", orders_app.db.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("alert_moves", "was_raised_at")
