"""Campaigns, and what is spent on them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("tag", sa.String(length=60), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("expected_cost", sa.BigInteger(), nullable=True),
        sa.Column("expected_revenue", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("landing", sa.String(length=200), nullable=True),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "status IN ('planned', 'running', 'finished', 'cancelled')", name=op.f("ck_campaigns_status")
        ),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_campaigns_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_campaigns_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_campaigns_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_campaigns_owner_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_campaigns_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_campaigns_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_campaigns_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_campaigns_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        info={"in_space": True},
    )
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaigns_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaigns_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaigns_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaigns_space_id"), ["space_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaigns_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaigns_tag"), ["tag"], unique=False)

    op.create_table(
        "campaign_costs",
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "campaign_id > space_id * 1000000000 AND campaign_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_campaign_costs_campaign_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_campaign_costs_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_costs_campaign_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_campaign_costs_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_costs")),
        info={"in_space": True},
    )
    with op.batch_alter_table("campaign_costs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_costs_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaign_costs_space_id"), ["space_id"], unique=False)

    fence("campaigns", "campaign_costs")


def downgrade() -> None:
    with op.batch_alter_table("campaign_costs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_costs_space_id"))
        batch_op.drop_index(batch_op.f("ix_campaign_costs_campaign_id"))

    op.drop_table("campaign_costs")
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaigns_tag"))
        batch_op.drop_index(batch_op.f("ix_campaigns_status"))
        batch_op.drop_index(batch_op.f("ix_campaigns_space_id"))
        batch_op.drop_index(batch_op.f("ix_campaigns_sort_key"))
        batch_op.drop_index(batch_op.f("ix_campaigns_owner_id"))
        batch_op.drop_index(batch_op.f("ix_campaigns_created_at"))

    op.drop_table("campaigns")
