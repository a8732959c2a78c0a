"""What is entered into the tables of law: provisions in force, bank holidays, years covered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "law_changes",
        sa.Column("entered_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", KEY, nullable=True),
        sa.Column("citation", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("covers_until", sa.Date(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["users.id"], name=op.f("fk_law_changes_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_changes")),
    )
    op.create_table(
        "provision_rows",
        sa.Column("change_id", KEY, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=100), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["law_changes.id"], name=op.f("fk_provision_rows_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provision_rows")),
    )
    op.create_index("ix_provision_rows_change_id", "provision_rows", ["change_id"])
    op.create_table(
        "bank_holidays",
        sa.Column("change_id", KEY, nullable=False),
        sa.Column("falls_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_statutory", sa.Boolean(), nullable=False),
        sa.Column("is_safe", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["law_changes.id"], name=op.f("fk_bank_holidays_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_holidays")),
    )
    op.create_index("ix_bank_holidays_change_id", "bank_holidays", ["change_id"])


def downgrade() -> None:
    op.drop_table("bank_holidays")
    op.drop_table("provision_rows")
    op.drop_table("law_changes")
