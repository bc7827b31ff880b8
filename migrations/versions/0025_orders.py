"""Lists of a space are read in their order from an index, and open activities have one of their own.

Revision ID: 0025
Revises: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

CREATED = (
    "acknowledgements",
    "activities",
    "addresses",
    "approvals",
    "campaigns",
    "cases",
    "companies",
    "consents",
    "contacts",
    "deals",
    "delegations",
    "document_versions",
    "documents",
    "handovers",
    "instructions",
    "leads",
    "list_views",
    "mailings",
    "mentions",
    "message_templates",
    "offers",
    "payments",
    "powers",
    "price_lists",
    "products",
    "segments",
    "sendings",
    "submissions",
    "suppressions",
    "tags",
    "test_sends",
    "visas",
    "web_forms",
)
NAMED = (
    "campaigns",
    "cases",
    "companies",
    "contacts",
    "deals",
    "documents",
    "instructions",
    "leads",
    "mailings",
    "message_templates",
    "offers",
    "price_lists",
    "products",
    "segments",
    "suppressions",
    "web_forms",
)
OPEN = sa.text("done_at IS NULL AND cancelled_at IS NULL")
TO_DO = {"sqlite_where": OPEN, "postgresql_where": OPEN}


def upgrade() -> None:
    for table, column in _orders():
        op.drop_index(f"ix_{table}_{column}", table_name=table)
        op.create_index(f"ix_{table}_{column}", table, ["space_id", column])
    op.create_index("ix_activities_to_do", "activities", ["space_id", "due_at"], **TO_DO)
    waiting = ["assignee_id", "due_at", "remind_at", "space_id", "id"]
    op.create_index("ix_activities_waiting", "activities", waiting, **TO_DO)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ANALYZE")


def downgrade() -> None:
    op.drop_index("ix_activities_waiting", table_name="activities")
    op.drop_index("ix_activities_to_do", table_name="activities")
    for table, column in _orders():
        op.drop_index(f"ix_{table}_{column}", table_name=table)
        op.create_index(f"ix_{table}_{column}", table, [column])


def _orders() -> list[tuple[str, str]]:
    """Tables of spaces and the column in whose order their lists open."""
    return [
        *((table, "created_at") for table in CREATED),
        *((table, "sort_key") for table in NAMED),
        ("activities", "due_at"),
    ]
