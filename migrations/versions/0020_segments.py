"""Segments, their conditions, and the members of fixed ones."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "segments",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("of", sa.String(length=8), nullable=False),
        sa.Column("match", sa.String(length=3), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("fixed_at", sa.DateTime(), nullable=True),
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
        sa.CheckConstraint("match IN ('all', 'any')", name=op.f("ck_segments_match")),
        sa.CheckConstraint("of IN ('contact', 'company', 'lead')", name=op.f("ck_segments_of")),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segments_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segments_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segments_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segments_owner_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_segments_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_segments_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_segments_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_segments_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segments")),
    )
    op.create_index(op.f("ix_segments_created_at"), "segments", ["created_at"], unique=False)
    op.create_index(op.f("ix_segments_of"), "segments", ["of"], unique=False)
    op.create_index(op.f("ix_segments_owner_id"), "segments", ["owner_id"], unique=False)
    op.create_index(op.f("ix_segments_sort_key"), "segments", ["sort_key"], unique=False)
    op.create_index(op.f("ix_segments_space_id"), "segments", ["space_id"], unique=False)
    op.create_table(
        "segment_parts",
        sa.Column("segment_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("match", sa.String(length=3), nullable=True),
        sa.Column("field", sa.String(length=80), nullable=True),
        sa.Column("operator", sa.String(length=20), nullable=True),
        sa.Column("values", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("match IS NULL OR match IN ('all', 'any')", name=op.f("ck_segment_parts_match")),
        sa.CheckConstraint(
            "(match IS NULL) <> (field IS NULL)", name=op.f("ck_segment_parts_group_or_condition")
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segment_parts_id_in_block"),
        ),
        sa.CheckConstraint(
            "parent_id > space_id * 1000000000 AND parent_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segment_parts_parent_id_in_block"),
        ),
        sa.CheckConstraint(
            "segment_id > space_id * 1000000000 AND segment_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segment_parts_segment_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["segment_parts.id"],
            name=op.f("fk_segment_parts_parent_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["segments.id"],
            name=op.f("fk_segment_parts_segment_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_segment_parts_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment_parts")),
    )
    op.create_index(op.f("ix_segment_parts_parent_id"), "segment_parts", ["parent_id"], unique=False)
    op.create_index(op.f("ix_segment_parts_segment_id"), "segment_parts", ["segment_id"], unique=False)
    op.create_index(op.f("ix_segment_parts_space_id"), "segment_parts", ["space_id"], unique=False)
    op.create_table(
        "segment_members",
        sa.Column("segment_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("company_id", sa.BigInteger(), nullable=True),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN contact_id IS NULL THEN 0 ELSE 1 END + CASE WHEN company_id IS NULL THEN 0 ELSE 1 END + CASE WHEN lead_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_segment_members_of_one"),
        ),
        sa.CheckConstraint(
            "company_id > space_id * 1000000000 AND company_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segment_members_company_id_in_block"),
        ),
        sa.CheckConstraint(
            "contact_id > space_id * 1000000000 AND contact_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segment_members_contact_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segment_members_id_in_block"),
        ),
        sa.CheckConstraint(
            "lead_id > space_id * 1000000000 AND lead_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segment_members_lead_id_in_block"),
        ),
        sa.CheckConstraint(
            "segment_id > space_id * 1000000000 AND segment_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_segment_members_segment_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_segment_members_company_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_segment_members_contact_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["leads.id"],
            name=op.f("fk_segment_members_lead_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["segments.id"],
            name=op.f("fk_segment_members_segment_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_segment_members_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment_members")),
    )
    op.create_index(op.f("ix_segment_members_company_id"), "segment_members", ["company_id"], unique=False)
    op.create_index(op.f("ix_segment_members_contact_id"), "segment_members", ["contact_id"], unique=False)
    op.create_index(op.f("ix_segment_members_lead_id"), "segment_members", ["lead_id"], unique=False)
    op.create_index(op.f("ix_segment_members_segment_id"), "segment_members", ["segment_id"], unique=False)
    op.create_index(op.f("ix_segment_members_space_id"), "segment_members", ["space_id"], unique=False)
    fence("segments", "segment_parts", "segment_members")


def downgrade() -> None:
    op.drop_table("segment_members")
    op.drop_table("segment_parts")
    op.drop_table("segments")
