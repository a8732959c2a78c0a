"""The days behind an order's status, so that lists and figures can ask for it on any day.

The nightly sync_deadlines job fills them for orders recorded before; run it once after the upgrade.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

DAYS = (
    "considered_on",
    "referred_on",
    "authorised_on",
    "applied_on",
    "listed_on",
    "fully_in_force_from",
    "continued_on",
    "continued_until",
)


def upgrade() -> None:
    for name in DAYS:
        op.add_column("orders", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("orders", sa.Column("closed_as", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("orders", sa.Column("starts_on_other_end", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("orders", "starts_on_other_end")
    op.drop_column("orders", "closed_as")
    for name in reversed(DAYS):
        op.drop_column("orders", name)
