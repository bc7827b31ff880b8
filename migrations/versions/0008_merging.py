"""A card that was merged points at the one that stayed; cards that were told apart."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("companies", "contacts")
BLOCK = "space_id * 1000000000"


def upgrade() -> None:
    apart = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    for table in TABLES:
        # as text: a table rebuilt for the sake of a key would lose its checks on SQLite
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN merged_into_id BIGINT "
            f"CONSTRAINT ck_{table}_merged_into_id_in_block "
            f"CHECK (merged_into_id > {BLOCK} AND merged_into_id < {BLOCK} + 1000000000) "
            f"CONSTRAINT fk_{table}_merged_into_id REFERENCES {table} (id) DEFERRABLE INITIALLY IMMEDIATE"
        )
        op.create_index(f"ix_{table}_merged_into_id", table, ["merged_into_id"])
        op.add_column(table, sa.Column("apart", apart, nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_merged_into_id", table)
        op.drop_column(table, "apart")
        op.drop_column(table, "merged_into_id")
