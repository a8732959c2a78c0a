"""Names of the people they bind on orders, and an index for each way a list of orders is sorted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from orders_app.rules.names import sorting_names

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AT_ONCE = 5_000
NAMES = ("subject_surname", "subject_forenames")
ASKED = ("ended_on", "ends_on", "in_force_from", "made_on", "served_on", "order_type", "is_present_or_represented")
INDEXES = {
    "ix_orders_by_made": ["made_on", "id", *(name for name in ASKED if name != "made_on")],
    "ix_orders_by_ends": ["ends_on", "id", *(name for name in ASKED if name != "ends_on")],
    "ix_orders_by_subject": [*NAMES, "id", *ASKED, "court_reference"],
}


def upgrade() -> None:
    for name in NAMES:
        op.add_column("orders", sa.Column(name, sa.String(length=150), nullable=False, server_default=""))
    _fill_in(op.get_bind())
    op.drop_index("ix_orders_ends_on_id", table_name="orders")
    for name, columns in INDEXES.items():
        op.create_index(name, "orders", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="orders")
    op.create_index("ix_orders_ends_on_id", "orders", ["ends_on", "id"])
    for name in NAMES:
        op.drop_column("orders", name)


def _fill_in(connection: sa.Connection) -> None:
    records, people = (sa.table(name, sa.column("id"), *map(sa.column, columns)) for name, columns in _READ.items())
    orders = sa.table("orders", sa.column("id"), *map(sa.column, NAMES))
    bound = sa.select(records.c.id, people.c.surname, people.c.forenames).join(people, people.c.id == records.c.person_id)
    rows = connection.execute(bound.where(records.c.kind == "order")).all()
    named = sa.update(orders).where(orders.c.id == sa.bindparam("key"))
    named = named.values(subject_surname=sa.bindparam("surname"), subject_forenames=sa.bindparam("forenames"))
    for first in range(0, len(rows), AT_ONCE):
        folded = [(key, sorting_names(surname, forenames)) for key, surname, forenames in rows[first : first + AT_ONCE]]
        connection.execute(named, [{"key": key, "surname": one, "forenames": other} for key, (one, other) in folded])


_READ = {"records": ("kind", "person_id"), "people": ("surname", "forenames")}
