"""An invoice may be for a part of what was agreed: an advance, or the rest.

Revision ID: 0026
Revises: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("documents", schema=None) as documents:
        documents.add_column(sa.Column("part", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("documents", schema=None) as documents:
        documents.drop_column("part")
