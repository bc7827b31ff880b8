"""The campaigns that leads and deals are credited to, and which leads are our own tests."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = ("campaign_id", "last_campaign_id")


def upgrade() -> None:
    for table in ("deals", "leads"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in COLUMNS:
                batch_op.add_column(sa.Column(column, sa.BigInteger(), nullable=True))
                batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
                batch_op.create_foreign_key(
                    batch_op.f(f"fk_{table}_{column}"),
                    "campaigns",
                    [column],
                    ["id"],
                    initially="IMMEDIATE",
                    deferrable=True,
                )
                batch_op.create_check_constraint(
                    batch_op.f(f"ck_{table}_{column}_in_block"),
                    f"{column} > space_id * 1000000000 AND {column} < space_id * 1000000000 + 1000000000",
                )
            if table == "leads":
                batch_op.add_column(sa.Column("is_test", sa.Boolean(), nullable=True))


def downgrade() -> None:
    for table in ("leads", "deals"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            if table == "leads":
                batch_op.drop_column("is_test")
            for column in COLUMNS:
                batch_op.drop_constraint(batch_op.f(f"ck_{table}_{column}_in_block"), type_="check")
                batch_op.drop_constraint(batch_op.f(f"fk_{table}_{column}"), type_="foreignkey")
                batch_op.drop_index(batch_op.f(f"ix_{table}_{column}"))
                batch_op.drop_column(column)
