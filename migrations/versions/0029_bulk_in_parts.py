"""Work on many records goes on part by part, each an event of its own, and is taken up where it stood.

Revision ID: 0029
Revises: 0028
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


json = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
runs = sa.table(
    "bulk_runs",
    *(sa.column(name) for name in ("id", "status", "place", "event_n", "language", "created_at", "moved_at")),
    sa.column("numbers", json),
    sa.column("event_ns", json),
)


def upgrade() -> None:
    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("event_ns", json, nullable=True))
        batch_op.add_column(sa.Column("language", sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column("moved_at", sa.DateTime(), nullable=True))
    held = op.get_bind()
    chosen = sa.select(runs.c.id, runs.c.status, runs.c.numbers, runs.c.event_n)
    for one in held.execute(chosen).all():
        held.execute(
            runs.update()
            .where(runs.c.id == one.id)
            .values(
                place=len(one.numbers) if one.status == "done" else 0,
                event_ns=[one.event_n] if one.event_n is not None else [],
                language="en",
                moved_at=runs.c.created_at,
            )
        )
    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.alter_column("place", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("event_ns", existing_type=json, nullable=False)
        batch_op.alter_column("language", existing_type=sa.String(length=5), nullable=False)
        batch_op.alter_column("moved_at", existing_type=sa.DateTime(), nullable=False)
        batch_op.create_index(batch_op.f("ix_bulk_runs_moved_at"), ["moved_at"], unique=False)
        batch_op.drop_column("event_n")


def downgrade() -> None:
    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("event_n", sa.BigInteger(), nullable=True))
    held = op.get_bind()
    for one in held.execute(sa.select(runs.c.id, runs.c.event_ns)).all():
        if one.event_ns:
            held.execute(runs.update().where(runs.c.id == one.id).values(event_n=one.event_ns[0]))
    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_runs_moved_at"))
        batch_op.drop_column("moved_at")
        batch_op.drop_column("language")
        batch_op.drop_column("event_ns")
        batch_op.drop_column("place")
