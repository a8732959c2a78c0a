"""A paused signing in says whose it is, and an alert sent to somebody else leaves a row that says why.

A pause lasts an hour at most, so those that run while this is done are not looked up.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("sign_in_throttles") as batch:
        batch.add_column(sa.Column("user_id", key, nullable=True))
        batch.create_foreign_key(op.f("fk_sign_in_throttles_user_id"), "users", ["user_id"], ["id"])
    op.create_table(
        "alert_moves",
        sa.Column("id", key, nullable=False),
        sa.Column("alert_id", key, nullable=False),
        sa.Column("moved_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("from_id", key, nullable=True),
        sa.Column("from_team_id", key, nullable=True),
        sa.Column("to_id", key, nullable=True),
        sa.Column("to_team_id", key, nullable=True),
        sa.Column("acknowledged_by_id", key, nullable=True),
        sa.Column("because", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_alert_moves_alert_id")),
        sa.ForeignKeyConstraint(["from_id"], ["users.id"], name=op.f("fk_alert_moves_from_id")),
        sa.ForeignKeyConstraint(["from_team_id"], ["teams.id"], name=op.f("fk_alert_moves_from_team_id")),
        sa.ForeignKeyConstraint(["to_id"], ["users.id"], name=op.f("fk_alert_moves_to_id")),
        sa.ForeignKeyConstraint(["to_team_id"], ["teams.id"], name=op.f("fk_alert_moves_to_team_id")),
        sa.ForeignKeyConstraint(["acknowledged_by_id"], ["users.id"], name=op.f("fk_alert_moves_acknowledged_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_moves")),
        sa.UniqueConstraint("moved_at", "alert_id", name=op.f("uq_alert_moves_moved_at_alert_id")),
    )
    op.create_index("ix_alert_moves_alert_id", "alert_moves", ["alert_id"])


def downgrade() -> None:
    op.drop_table("alert_moves")
    with op.batch_alter_table("sign_in_throttles") as batch:
        batch.drop_constraint(op.f("fk_sign_in_throttles_user_id"), type_="foreignkey")
        batch.drop_column("user_id")
