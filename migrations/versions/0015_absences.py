"""Days on which an officer is away, and who covers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "absences",
        sa.Column("id", key, nullable=False),
        sa.Column("user_id", key, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("covered_by_id", key, nullable=True),
        sa.Column("taken_back_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["covered_by_id"], ["users.id"], name=op.f("fk_absences_covered_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_absences_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_until_on_user_id", "absences", ["until_on", "user_id"], unique=False)
    op.create_index(op.f("ix_absences_user_id"), "absences", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_absences_user_id"), table_name="absences")
    op.drop_index("ix_absences_until_on_user_id", table_name="absences")
    op.drop_table("absences")
