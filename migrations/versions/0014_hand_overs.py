"""Records handed over, who is to be told of it; and corrections about one protected person, each by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IS_UNSEEN = sa.text("seen_at IS NULL")


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "hand_overs",
        sa.Column("id", key, nullable=False),
        sa.Column("record_id", key, nullable=False),
        sa.Column("made_upon", sa.Integer(), nullable=False),
        sa.Column("handed_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("handed_by_id", key, nullable=True),
        sa.Column("handed_by", sa.String(length=160), nullable=False),
        sa.Column("held_by", sa.String(length=300), nullable=False),
        sa.Column("given_to", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("deadlines", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["handed_by_id"], ["users.id"], name=op.f("fk_hand_overs_handed_by_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_hand_overs_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    op.create_index("ix_hand_overs_record_id", "hand_overs", ["record_id"], unique=False)
    op.create_table(
        "hand_over_notices",
        sa.Column("id", key, nullable=False),
        sa.Column("hand_over_id", key, nullable=False),
        sa.Column("user_id", key, nullable=False),
        sa.Column("seen_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hand_over_id"], ["hand_overs.id"], name=op.f("fk_hand_over_notices_hand_over_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_hand_over_notices_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over_notices")),
        sa.UniqueConstraint("hand_over_id", "user_id", name=op.f("uq_hand_over_notices_hand_over_id_user_id")),
    )
    op.create_index(
        "ix_hand_over_notices_unseen", "hand_over_notices", ["user_id"], unique=False, sqlite_where=IS_UNSEEN, postgresql_where=IS_UNSEEN
    )
    with op.batch_alter_table("order_corrections") as table:
        table.add_column(sa.Column("person_id", key, nullable=True))
        table.create_foreign_key(op.f("fk_order_corrections_person_id"), "people", ["person_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("order_corrections") as table:
        table.drop_constraint(op.f("fk_order_corrections_person_id"), type_="foreignkey")
        table.drop_column("person_id")
    op.drop_index("ix_hand_over_notices_unseen", table_name="hand_over_notices")
    op.drop_table("hand_over_notices")
    op.drop_index("ix_hand_overs_record_id", table_name="hand_overs")
    op.drop_table("hand_overs")
