"""Instructions, their versions, and who has read them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence, unfence

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = (
    "instructions",
    "instruction_versions",
    "acknowledgements",
)


def upgrade() -> None:
    op.create_table(
        "instructions",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change_note", sa.Text(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=True),
        sa.Column("published_number", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
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
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_instructions_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_instructions_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_instructions_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_instructions_owner_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_instructions_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_instructions_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_instructions_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_instructions_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructions")),
        info={"in_space": True},
    )
    with op.batch_alter_table("instructions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instructions_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_instructions_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_instructions_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_instructions_space_id"), ["space_id"], unique=False)

    op.create_table(
        "acknowledgements",
        sa.Column("instruction_id", sa.BigInteger(), nullable=False),
        sa.Column("colleague_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_acknowledgements_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "colleague_id > space_id * 1000000000 AND colleague_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_acknowledgements_colleague_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_acknowledgements_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_acknowledgements_id_in_block"),
        ),
        sa.CheckConstraint(
            "instruction_id > space_id * 1000000000 AND instruction_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_acknowledgements_instruction_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_acknowledgements_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"],
            ["colleagues.id"],
            name=op.f("fk_acknowledgements_colleague_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_acknowledgements_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["instruction_id"],
            ["instructions.id"],
            name=op.f("fk_acknowledgements_instruction_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_acknowledgements_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgements")),
        info={"in_space": True},
    )
    with op.batch_alter_table("acknowledgements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acknowledgements_colleague_id"), ["colleague_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acknowledgements_created_at"), ["created_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_acknowledgements_instruction_id"), ["instruction_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_acknowledgements_space_id"), ["space_id"], unique=False)

    op.create_table(
        "instruction_versions",
        sa.Column("instruction_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_instruction_versions_id_in_block"),
        ),
        sa.CheckConstraint(
            "instruction_id > space_id * 1000000000 AND instruction_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_instruction_versions_instruction_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["instruction_id"],
            ["instructions.id"],
            name=op.f("fk_instruction_versions_instruction_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_instruction_versions_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction_versions")),
        info={"in_space": True},
    )
    with op.batch_alter_table("instruction_versions", schema=None) as batch_op:
        batch_op.create_index("ix_instruction_versions_number", ["instruction_id", "number"], unique=True)
        batch_op.create_index(batch_op.f("ix_instruction_versions_space_id"), ["space_id"], unique=False)

    fence(*TABLES)


def downgrade() -> None:
    unfence(*TABLES)
    with op.batch_alter_table("instruction_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instruction_versions_space_id"))
        batch_op.drop_index("ix_instruction_versions_number")

    op.drop_table("instruction_versions")
    with op.batch_alter_table("acknowledgements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acknowledgements_space_id"))
        batch_op.drop_index(batch_op.f("ix_acknowledgements_instruction_id"))
        batch_op.drop_index(batch_op.f("ix_acknowledgements_created_at"))
        batch_op.drop_index(batch_op.f("ix_acknowledgements_colleague_id"))

    op.drop_table("acknowledgements")
    with op.batch_alter_table("instructions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instructions_space_id"))
        batch_op.drop_index(batch_op.f("ix_instructions_sort_key"))
        batch_op.drop_index(batch_op.f("ix_instructions_owner_id"))
        batch_op.drop_index(batch_op.f("ix_instructions_created_at"))

    op.drop_table("instructions")
