"""A caseload that was handed over says from which draft, so that a second window is told instead of finding nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("caseload_hand_overs") as batch:
        batch.add_column(sa.Column("draft_token", sa.String(length=40), nullable=True))
        batch.create_unique_constraint(op.f("uq_caseload_hand_overs_draft_token"), ["draft_token"])


def downgrade() -> None:
    with op.batch_alter_table("caseload_hand_overs") as batch:
        batch.drop_constraint(op.f("uq_caseload_hand_overs_draft_token"), type_="unique")
        batch.drop_column("draft_token")
