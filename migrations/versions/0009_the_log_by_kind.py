"""Read one kind of line of the log in order: looks, searches and exports by name, changes by an index of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IS_CHANGE = sa.text("subject_type NOT IN ('views', 'searches', 'exports')")


def upgrade() -> None:
    op.create_index("ix_audit_events_subject_type_id", "audit_events", ["subject_type", "id"])
    op.create_index("ix_audit_events_changes", "audit_events", ["id"], sqlite_where=IS_CHANGE, postgresql_where=IS_CHANGE)


def downgrade() -> None:
    op.drop_index("ix_audit_events_changes", table_name="audit_events")
    op.drop_index("ix_audit_events_subject_type_id", table_name="audit_events")
