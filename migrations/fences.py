"""Row-level security for tables of spaces: every migration that makes one calls `fence` for it."""

from __future__ import annotations

from alembic import op

POLICY = "own_space"
# The words of `sandbox/spaces/row_security.py`, kept here as they were when the policies were made.
VISIBLE = "current_setting('rehearsal.space', true) IN ('*', space_id::text)"


def fence(*tables: str) -> None:
    """Let a transaction on PostgreSQL see and write only rows of the space it has named; its owner, too."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {POLICY} ON {table} USING ({VISIBLE})")


def unfence(*tables: str) -> None:
    """Take the fence away again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        op.execute(f"DROP POLICY {POLICY} ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
