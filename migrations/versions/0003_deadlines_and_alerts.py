"""Deadlines and alerts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("met_by_id IS NULL AND cancelled_at IS NULL")
IS_NOT_CLOSED = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "deadlines",
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("duty_key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("word", sa.String(length=10), nullable=False),
        sa.Column("rule_class", sa.String(length=20), nullable=False),
        sa.Column("alert_class", sa.String(length=20), nullable=False),
        sa.Column("citation", sa.String(length=200), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("act_by_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("met_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cancelled_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("assigned_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("waiting_on", sa.String(length=200), nullable=False),
        sa.Column("waiting_since_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["users.id"], name=op.f("fk_deadlines_assigned_to_id")),
        sa.ForeignKeyConstraint(["met_by_id"], ["events.id"], name=op.f("fk_deadlines_met_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deadlines_person_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_deadlines_record_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["events.id"], name=op.f("fk_deadlines_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
        sa.UniqueConstraint("started_by_id", "duty_key", name=op.f("uq_deadlines_started_by_id_duty_key")),
    )
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deadlines_open", ["alert_class", "act_by_at", "id"], unique=False, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
        )
        batch_op.create_index(
            "ix_deadlines_open_assigned", ["assigned_to_id", "act_by_at"], unique=False, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
        )
        batch_op.create_index(
            "ix_deadlines_open_person", ["person_id", "act_by_at"], unique=False, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
        )
        batch_op.create_index(
            "ix_deadlines_open_record", ["record_id", "act_by_at"], unique=False, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
        )
        batch_op.create_index("ix_deadlines_record_id", ["record_id"], unique=False)

    op.create_table(
        "alerts",
        sa.Column("deadline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("for_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recipient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("raised_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("escalation", sa.Integer(), nullable=False),
        sa.Column("escalated_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("escalated_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("snoozed_until_on", sa.Date(), nullable=True),
        sa.Column("snooze_reason", sa.String(length=300), nullable=False),
        sa.Column("closed_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_because", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["acknowledged_by_id"], ["users.id"], name=op.f("fk_alerts_acknowledged_by_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"], name=op.f("fk_alerts_deadline_id")),
        sa.ForeignKeyConstraint(["escalated_to_id"], ["users.id"], name=op.f("fk_alerts_escalated_to_id")),
        sa.ForeignKeyConstraint(["recipient_id"], ["users.id"], name=op.f("fk_alerts_recipient_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_alerts_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index("ix_alerts_deadline_id", ["deadline_id"], unique=False)
        batch_op.create_index(
            "ix_alerts_open_escalated_to", ["escalated_to_id"], unique=False, sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED
        )
        batch_op.create_index(
            "ix_alerts_open_recipient", ["recipient_id"], unique=False, sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED
        )
        batch_op.create_index("ix_alerts_open_team", ["team_id"], unique=False, sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED)
        batch_op.create_index(
            "uq_alerts_open_deadline", ["deadline_id"], unique=True, sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED
        )

    op.create_table(
        "deadline_notes",
        sa.Column("deadline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"], name=op.f("fk_deadline_notes_deadline_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["users.id"], name=op.f("fk_deadline_notes_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_notes")),
    )
    with op.batch_alter_table("deadline_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_notes_deadline_id"), ["deadline_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("deadline_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_notes_deadline_id"))

    op.drop_table("deadline_notes")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index("uq_alerts_open_deadline", sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED)
        batch_op.drop_index("ix_alerts_open_team", sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED)
        batch_op.drop_index("ix_alerts_open_recipient", sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED)
        batch_op.drop_index("ix_alerts_open_escalated_to", sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED)
        batch_op.drop_index("ix_alerts_deadline_id")

    op.drop_table("alerts")
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.drop_index("ix_deadlines_record_id")
        batch_op.drop_index("ix_deadlines_open_record", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
        batch_op.drop_index("ix_deadlines_open_person", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
        batch_op.drop_index("ix_deadlines_open_assigned", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
        batch_op.drop_index("ix_deadlines_open", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)

    op.drop_table("deadlines")
