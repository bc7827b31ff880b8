"""What the proofs of the scenarios came to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proofs",
        sa.Column("script_digest", sa.String(length=64), nullable=False),
        sa.Column("company_digest", sa.String(length=64), nullable=False),
        sa.Column("program_version", sa.String(length=40), nullable=False),
        sa.Column("scenario", sa.String(length=120), nullable=False),
        sa.Column("company", sa.String(length=60), nullable=False),
        sa.Column("trials", sa.Integer(), nullable=False),
        sa.Column("faults", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("script_digest", "company_digest", "program_version", name=op.f("pk_proofs")),
    )


def downgrade() -> None:
    op.drop_table("proofs")
