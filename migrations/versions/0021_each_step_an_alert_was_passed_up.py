"""Each step by which an alert was passed up, kept apart: the alert itself knows the last alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "alert_escalations",
        sa.Column("id", key, nullable=False),
        sa.Column("alert_id", key, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("told_id", key, nullable=False),
        sa.Column("told_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_alert_escalations_alert_id")),
        sa.ForeignKeyConstraint(["told_id"], ["users.id"], name=op.f("fk_alert_escalations_told_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_escalations")),
        sa.UniqueConstraint("alert_id", "told_at", name=op.f("uq_alert_escalations_alert_id_told_at")),
    )
    op.execute(
        sa.text(
            "INSERT INTO alert_escalations (alert_id, level, told_id, told_at) "
            "SELECT id, escalation, escalated_to_id, escalated_at FROM alerts "
            "WHERE escalated_to_id IS NOT NULL AND escalated_at IS NOT NULL"
        )
    )


def downgrade() -> None:
    op.drop_table("alert_escalations")
