"""Views of lists, and the columns that colleagues chose."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence, unfence

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = ("list_views", "list_choices")


def _in_block(table: str, column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"{column} > space_id * 1000000000 AND {column} < space_id * 1000000000 + 1000000000",
        name=op.f(f"ck_{table}_{column}_in_block"),
    )


def _colleague(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["colleagues.id"], name=op.f(f"fk_{table}_{column}"), initially="IMMEDIATE", deferrable=True
    )


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "list_views",
        sa.Column("list_table", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("asked", sa.String(length=2000), nullable=False),
        sa.Column("columns", json, nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", json, nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        *(_in_block("list_views", column) for column in ("changed_by_id", "created_by_id", "id", "owner_id")),
        *(_colleague("list_views", column) for column in ("changed_by_id", "created_by_id", "owner_id")),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_list_views_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_views")),
        info={"in_space": True},
    )
    with op.batch_alter_table("list_views", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_views_created_at"), ["created_at"], unique=False)
        batch_op.create_index("ix_list_views_list", ["space_id", "list_table"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_views_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_views_space_id"), ["space_id"], unique=False)

    op.create_table(
        "list_choices",
        sa.Column("colleague_id", sa.BigInteger(), nullable=False),
        sa.Column("list_table", sa.String(length=60), nullable=False),
        sa.Column("view_n", sa.BigInteger(), nullable=False),
        sa.Column("columns", json, nullable=True),
        sa.Column("opens", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        *(_in_block("list_choices", column) for column in ("colleague_id", "id")),
        _colleague("list_choices", "colleague_id"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_list_choices_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_choices")),
        info={"in_space": True},
    )
    with op.batch_alter_table("list_choices", schema=None) as batch_op:
        batch_op.create_index(
            "ix_list_choices_list", ["colleague_id", "list_table", "view_n"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_list_choices_space_id"), ["space_id"], unique=False)

    fence(*TABLES)


def downgrade() -> None:
    unfence(*TABLES)
    op.drop_table("list_choices")
    op.drop_table("list_views")
