"""Work on many records of a list at once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "bulk_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("colleague_n", sa.BigInteger(), nullable=False),
        sa.Column("list_table", sa.String(length=60), nullable=False),
        sa.Column("way", sa.String(length=120), nullable=False),
        sa.Column("typed", json, nullable=False),
        sa.Column("numbers", json, nullable=False),
        sa.Column("back", sa.String(length=2400), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("refused", json, nullable=True),
        sa.Column("fault", sa.String(length=400), nullable=True),
        sa.Column("event_n", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_bulk_runs_person_id")),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_bulk_runs_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_runs")),
    )
    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_runs_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulk_runs_space_id"), ["space_id"], unique=False)


def downgrade() -> None:
    op.drop_table("bulk_runs")
