"""PostgreSQL shows a transaction the rows of one space only."""

from migrations.fences import fence, unfence

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "colleagues",
    "pipelines",
    "companies",
    "events",
    "stages",
    "contacts",
    "leads",
    "deals",
    "activities",
    "stage_spans",
)


def upgrade() -> None:
    fence(*TABLES)


def downgrade() -> None:
    unfence(*TABLES)
