"""Calendar addresses, and what each officer's calendar last said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LIVE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    moment = orders_app.db.UtcDateTime(timezone=True)
    op.create_table(
        "calendar_addresses",
        sa.Column("id", key, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", key, nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("last_read_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_because", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_calendar_addresses_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_addresses")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_addresses_token_hash")),
    )
    op.create_index(op.f("ix_calendar_addresses_user_id"), "calendar_addresses", ["user_id"], unique=False)
    op.create_index("uq_calendar_addresses_live", "calendar_addresses", ["user_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
    op.create_table(
        "calendar_entries",
        sa.Column("id", key, nullable=False),
        sa.Column("user_id", key, nullable=False),
        sa.Column("deadline_id", key, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("act_by_at", moment, nullable=False),
        sa.Column("is_hour_clock", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(length=64), nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("cancelled_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"], name=op.f("fk_calendar_entries_deadline_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_calendar_entries_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_entries")),
        sa.UniqueConstraint("uid", name=op.f("uq_calendar_entries_uid")),
        sa.UniqueConstraint("user_id", "deadline_id", name=op.f("uq_calendar_entries_user_id_deadline_id")),
    )


def downgrade() -> None:
    op.drop_table("calendar_entries")
    op.drop_table("calendar_addresses")
