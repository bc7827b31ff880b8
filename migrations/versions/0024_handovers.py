"""Leads that marketing passed to sales."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("lead_id", sa.BigInteger(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=True),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("answer_by", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("status IN ('waiting', 'accepted', 'returned')", name=op.f("ck_handovers_status")),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_handovers_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_handovers_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "from_id > space_id * 1000000000 AND from_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_handovers_from_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_handovers_id_in_block"),
        ),
        sa.CheckConstraint(
            "lead_id > space_id * 1000000000 AND lead_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_handovers_lead_id_in_block"),
        ),
        sa.CheckConstraint(
            "to_id > space_id * 1000000000 AND to_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_handovers_to_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_handovers_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_handovers_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["colleagues.id"],
            name=op.f("fk_handovers_from_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["leads.id"],
            name=op.f("fk_handovers_lead_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_handovers_space_id")),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["colleagues.id"],
            name=op.f("fk_handovers_to_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        info={"in_space": True},
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handovers_answer_by"), ["answer_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_space_id"), ["space_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_to_id"), ["to_id"], unique=False)

    fence("handovers")


def downgrade() -> None:
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handovers_to_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_status"))
        batch_op.drop_index(batch_op.f("ix_handovers_space_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_lead_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_from_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_created_at"))
        batch_op.drop_index(batch_op.f("ix_handovers_answer_by"))

    op.drop_table("handovers")
