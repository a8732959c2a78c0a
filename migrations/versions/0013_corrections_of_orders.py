"""What was recorded of an order before it was put right, by whom and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "order_corrections",
        sa.Column("id", key, nullable=False),
        sa.Column("order_id", key, nullable=False),
        sa.Column("made_upon", sa.Integer(), nullable=False),
        sa.Column("corrected_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("corrected_by_id", key, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["corrected_by_id"], ["users.id"], name=op.f("fk_order_corrections_corrected_by_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_corrections_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_corrections")),
    )
    op.create_index("ix_order_corrections_order_id", "order_corrections", ["order_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_order_corrections_order_id", table_name="order_corrections")
    op.drop_table("order_corrections")
