"""SQLite plans by its indexes alone: statistics of a few spaces misled it in a large one."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE IF EXISTS sqlite_stat1")
    op.drop_index("ix_activities_to_do", table_name="activities")
    op.drop_index("ix_activities_due_at", table_name="activities")
    op.create_index("ix_activities_due_at", "activities", ["due_at"])
    op.create_index("ix_activities_deal_due", "activities", ["deal_id", "due_at"])


def downgrade() -> None:
    op.drop_index("ix_activities_deal_due", table_name="activities")
    op.drop_index("ix_activities_due_at", table_name="activities")
    op.create_index("ix_activities_due_at", "activities", ["space_id", "due_at"])
    to_do = "done_at IS NULL AND cancelled_at IS NULL"
    op.execute(f"CREATE INDEX ix_activities_to_do ON activities (space_id, due_at) WHERE {to_do}")
