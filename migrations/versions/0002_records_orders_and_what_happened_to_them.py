"""Records, orders and what happened to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import orders_app.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reference_counters",
        sa.Column("prefix", sa.String(length=30), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_counters")),
        sa.UniqueConstraint("prefix", name=op.f("uq_reference_counters_prefix")),
    )
    op.create_table(
        "records",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("access", sa.String(length=20), nullable=False),
        sa.Column("source_key", sa.String(length=100), nullable=True),
        sa.Column("created_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_records_area_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_records_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_records_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_records_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("reference", name=op.f("uq_records_reference")),
    )
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_records_access"), ["access"], unique=False)
        batch_op.create_index("ix_records_owner_id_id", ["owner_id", "id"], unique=False)
        batch_op.create_index("ix_records_person_id_id", ["person_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_records_source_key"), ["source_key"], unique=False)
        batch_op.create_index("ix_records_team_id_id", ["team_id", "id"], unique=False)

    op.create_table(
        "access_grants",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("granted_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("ended_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (record_id IS NULL)", name=op.f("ck_access_grants_person_or_record")),
        sa.CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name=op.f("ck_access_grants_user_or_team")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["users.id"], name=op.f("fk_access_grants_granted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_access_grants_person_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_access_grants_record_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_access_grants_team_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_access_grants_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_grants")),
    )
    with op.batch_alter_table("access_grants", schema=None) as batch_op:
        batch_op.create_index("ix_access_grants_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_access_grants_record_id", ["record_id"], unique=False)
        batch_op.create_index("ix_access_grants_team_id", ["team_id"], unique=False)
        batch_op.create_index("ix_access_grants_user_id", ["user_id"], unique=False)

    op.create_table(
        "events",
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("corrected_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("voided_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_events_person_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_events_record_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_events_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_person_id_happened_on_id", ["person_id", "happened_on", "id"], unique=False)
        batch_op.create_index("ix_events_record_id_happened_on_id", ["record_id", "happened_on", "id"], unique=False)

    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_type", sa.String(length=40), nullable=False),
        sa.Column("made_under", sa.String(length=40), nullable=False),
        sa.Column("court", sa.String(length=120), nullable=False),
        sa.Column("court_reference", sa.String(length=60), nullable=False),
        sa.Column("authorised_rank", sa.String(length=40), nullable=False),
        sa.Column("follows_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("end_kind", sa.String(length=30), nullable=False),
        sa.Column("stated_ends_on", sa.Date(), nullable=True),
        sa.Column("stated_end_time", sa.Time(), nullable=True),
        sa.Column("stated_event", sa.String(length=300), nullable=False),
        sa.Column("stated_in_force_from", sa.Date(), nullable=True),
        sa.Column("starts_on_release", sa.Boolean(), nullable=False),
        sa.Column("is_without_notice", sa.Boolean(), nullable=False),
        sa.Column("is_present_or_represented", sa.Boolean(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["follows_id"], ["orders.id"], name=op.f("fk_orders_follows_id")),
        sa.ForeignKeyConstraint(["id"], ["records.id"], name=op.f("fk_orders_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index("ix_orders_ends_on_id", ["ends_on", "id"], unique=False)
        batch_op.create_index("ix_orders_follows_id", ["follows_id"], unique=False)
        batch_op.create_index("ix_orders_order_type_made_on_id", ["order_type", "made_on", "id"], unique=False)
        batch_op.create_index("ix_orders_served_on_made_on_id", ["served_on", "made_on", "id"], unique=False)

    op.create_table(
        "conditions",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("short_form", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("supervisor", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_travel", sa.Boolean(), nullable=False),
        sa.Column("is_electronic_monitoring", sa.Boolean(), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("until_version", sa.Integer(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_conditions_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conditions")),
    )
    with op.batch_alter_table("conditions", schema=None) as batch_op:
        batch_op.create_index("ix_conditions_order_id_number", ["order_id", "number"], unique=False)

    op.create_table(
        "event_corrections",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("corrected_at", orders_app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("corrected_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("former", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["corrected_by_id"], ["users.id"], name=op.f("fk_event_corrections_corrected_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_corrections_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_corrections")),
    )
    with op.batch_alter_table("event_corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_corrections_event_id"), ["event_id"], unique=False)

    op.create_table(
        "order_versions",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("court", sa.String(length=120), nullable=False),
        sa.Column("end_kind", sa.String(length=30), nullable=False),
        sa.Column("stated_ends_on", sa.Date(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_order_versions_event_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_versions_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_versions")),
        sa.UniqueConstraint("order_id", "number", name=op.f("uq_order_versions_order_id_number")),
    )
    op.create_table(
        "protected_people",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("relationship_to_subject", sa.String(length=80), nullable=False),
        sa.Column("told_at", orders_app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_protected_people_order_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_protected_people_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protected_people")),
        sa.UniqueConstraint("order_id", "person_id", name=op.f("uq_protected_people_order_id_person_id")),
    )
    with op.batch_alter_table("protected_people", schema=None) as batch_op:
        batch_op.create_index("ix_protected_people_person_id", ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("protected_people", schema=None) as batch_op:
        batch_op.drop_index("ix_protected_people_person_id")

    op.drop_table("protected_people")
    op.drop_table("order_versions")
    with op.batch_alter_table("event_corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_corrections_event_id"))

    op.drop_table("event_corrections")
    with op.batch_alter_table("conditions", schema=None) as batch_op:
        batch_op.drop_index("ix_conditions_order_id_number")

    op.drop_table("conditions")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index("ix_orders_served_on_made_on_id")
        batch_op.drop_index("ix_orders_order_type_made_on_id")
        batch_op.drop_index("ix_orders_follows_id")
        batch_op.drop_index("ix_orders_ends_on_id")

    op.drop_table("orders")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_record_id_happened_on_id")
        batch_op.drop_index("ix_events_person_id_happened_on_id")

    op.drop_table("events")
    with op.batch_alter_table("access_grants", schema=None) as batch_op:
        batch_op.drop_index("ix_access_grants_user_id")
        batch_op.drop_index("ix_access_grants_team_id")
        batch_op.drop_index("ix_access_grants_record_id")
        batch_op.drop_index("ix_access_grants_person_id")

    op.drop_table("access_grants")
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.drop_index("ix_records_team_id_id")
        batch_op.drop_index(batch_op.f("ix_records_source_key"))
        batch_op.drop_index("ix_records_person_id_id")
        batch_op.drop_index("ix_records_owner_id_id")
        batch_op.drop_index(batch_op.f("ix_records_access"))

    op.drop_table("records")
    op.drop_table("reference_counters")
