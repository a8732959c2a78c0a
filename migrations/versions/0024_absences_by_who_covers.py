"""Absences are found by whoever covers: alerts passed up come back from them, and their own days away are warned of."""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_absences_covered_by_id"), "absences", ["covered_by_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_absences_covered_by_id"), "absences")
