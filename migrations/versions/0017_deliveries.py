"""E-mails to be sent once, and what each officer chose to be told by e-mail."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

IS_ABOUT_A_DAY = sa.text("alert_id IS NULL")
IS_ABOUT_AN_ALERT = sa.text("alert_id IS NOT NULL")
IS_UNSETTLED = sa.text("settled_at IS NULL")
CHOICES = ("wants_digest", "wants_hour_clocks")


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    moment = orders_app.db.UtcDateTime(timezone=True)
    op.create_table(
        "deliveries",
        sa.Column("id", key, nullable=False),
        sa.Column("user_id", key, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("for_on", sa.Date(), nullable=False),
        sa.Column("alert_id", key, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("queued_at", moment, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", moment, nullable=False),
        sa.Column("taken_by", sa.String(length=140), nullable=False),
        sa.Column("lease_until_at", moment, nullable=True),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("reply_code", sa.Integer(), nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_deliveries_alert_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_deliveries_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index("uq_deliveries_of_a_day", "deliveries", ["user_id", "kind", "for_on"], unique=True, **_where(IS_ABOUT_A_DAY))
    op.create_index("uq_deliveries_of_an_alert", "deliveries", ["alert_id", "user_id", "kind"], unique=True, **_where(IS_ABOUT_AN_ALERT))
    op.create_index("ix_deliveries_unsettled", "deliveries", ["next_try_at", "id"], unique=False, **_where(IS_UNSETTLED))
    op.create_index("ix_deliveries_settled_at", "deliveries", ["settled_at"], unique=False)
    for choice in CHOICES:
        op.add_column("users", sa.Column(choice, sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    for choice in reversed(CHOICES):
        op.drop_column("users", choice)
    for index in ("ix_deliveries_settled_at", "ix_deliveries_unsettled", "uq_deliveries_of_an_alert", "uq_deliveries_of_a_day"):
        op.drop_index(index, table_name="deliveries")
    op.drop_table("deliveries")


def _where(condition: sa.TextClause) -> dict[str, Any]:
    return {"sqlite_where": condition, "postgresql_where": condition}
