"""Whole caseloads handed over: the parent of the records' hand-overs, who is told, and which officer took each record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

IS_UNSEEN = sa.text("seen_at IS NULL")
OF_A_CASELOAD = sa.text("caseload_id IS NOT NULL")


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "caseload_hand_overs",
        sa.Column("id", key, nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("of_user_id", key, nullable=False),
        sa.Column("of_officer", sa.String(length=300), nullable=False),
        sa.Column("handed_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("handed_by_id", key, nullable=True),
        sa.Column("handed_by", sa.String(length=160), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["handed_by_id"], ["users.id"], name=op.f("fk_caseload_hand_overs_handed_by_id")),
        sa.ForeignKeyConstraint(["of_user_id"], ["users.id"], name=op.f("fk_caseload_hand_overs_of_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseload_hand_overs")),
        sa.UniqueConstraint("reference", name=op.f("uq_caseload_hand_overs_reference")),
    )
    op.create_index(op.f("ix_caseload_hand_overs_of_user_id"), "caseload_hand_overs", ["of_user_id"], unique=False)
    op.create_table(
        "caseload_notices",
        sa.Column("id", key, nullable=False),
        sa.Column("caseload_id", key, nullable=False),
        sa.Column("user_id", key, nullable=False),
        sa.Column("seen_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["caseload_id"], ["caseload_hand_overs.id"], name=op.f("fk_caseload_notices_caseload_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_caseload_notices_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseload_notices")),
        sa.UniqueConstraint("caseload_id", "user_id", name=op.f("uq_caseload_notices_caseload_id_user_id")),
    )
    op.create_index(
        "ix_caseload_notices_unseen", "caseload_notices", ["user_id"], unique=False, sqlite_where=IS_UNSEEN, postgresql_where=IS_UNSEEN
    )
    with op.batch_alter_table("hand_overs") as table:
        table.add_column(sa.Column("caseload_id", key, nullable=True))
        table.add_column(sa.Column("given_to_id", key, nullable=True))
        table.add_column(sa.Column("is_whole", sa.Boolean(), server_default=sa.true(), nullable=False))
        table.create_foreign_key(op.f("fk_hand_overs_caseload_id"), "caseload_hand_overs", ["caseload_id"], ["id"])
        table.create_foreign_key(op.f("fk_hand_overs_given_to_id"), "users", ["given_to_id"], ["id"])
    with op.batch_alter_table("hand_overs") as table:
        table.alter_column("is_whole", server_default=None)
    op.create_index(
        "ix_hand_overs_caseload_id",
        "hand_overs",
        ["caseload_id"],
        unique=False,
        sqlite_where=OF_A_CASELOAD,
        postgresql_where=OF_A_CASELOAD,
    )


def downgrade() -> None:
    op.drop_index("ix_hand_overs_caseload_id", table_name="hand_overs")
    with op.batch_alter_table("hand_overs") as table:
        table.drop_constraint(op.f("fk_hand_overs_given_to_id"), type_="foreignkey")
        table.drop_constraint(op.f("fk_hand_overs_caseload_id"), type_="foreignkey")
        table.drop_column("is_whole")
        table.drop_column("given_to_id")
        table.drop_column("caseload_id")
    op.drop_index("ix_caseload_notices_unseen", table_name="caseload_notices")
    op.drop_table("caseload_notices")
    op.drop_index(op.f("ix_caseload_hand_overs_of_user_id"), table_name="caseload_hand_overs")
    op.drop_table("caseload_hand_overs")
