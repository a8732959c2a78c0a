"""Addresses are found by the first half of their postcode too: the words of those recorded before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# The place of the space in a postcode, as each database says it.
PLACE = {"sqlite": "instr(a.postcode, ' ')", "postgresql": "strpos(a.postcode, ' ')"}
KNOWN = "SELECT 1 FROM address_words w WHERE w.address_id = a.id AND w.token = {outward}"


def upgrade() -> None:
    outward = _outward()
    op.execute(
        sa.text(
            f"INSERT INTO address_words (address_id, person_id, token) SELECT a.id, a.person_id, {outward} FROM addresses a "
            f"WHERE {_place()} > 0 AND NOT EXISTS ({KNOWN.format(outward=outward)})"
        )
    )


def downgrade() -> None:
    """What is found by more words is found all the same: nothing needs to be taken away."""


def _place() -> str:
    return PLACE[op.get_bind().dialect.name]


def _outward() -> str:
    return f"lower(substr(a.postcode, 1, {_place()} - 1))"
