"""What the force makes of the standard conditions, and which of them a condition began from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "library_conditions",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("short_form", sa.String(length=200), nullable=False),
        sa.Column("order_types", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("is_travel", sa.Boolean(), nullable=False),
        sa.Column("is_electronic_monitoring", sa.Boolean(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_library_conditions_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_conditions")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_library_conditions_key_version")),
    )
    # SQLite adds a column in place; a copy of the table would take minutes at full size.
    op.add_column("conditions", sa.Column("template_key", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("conditions", sa.Column("template_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("conditions", "template_version")
    op.drop_column("conditions", "template_key")
    op.drop_table("library_conditions")
