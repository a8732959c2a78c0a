"""Registrations under Part 2 of the Sexual Offences Act 2003."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registrations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("registered_from", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("is_indefinite", sa.Boolean(), nullable=False),
        sa.Column("has_no_residence", sa.Boolean(), nullable=False),
        sa.Column("whereabouts", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["records.id"], name=op.f("fk_registrations_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
    )
    op.create_index("ix_registrations_ended_on_ends_on", "registrations", ["ended_on", "ends_on"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_registrations_ended_on_ends_on", table_name="registrations")
    op.drop_table("registrations")
