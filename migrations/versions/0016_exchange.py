"""Powers to sign, and the ways of papers through the exchange."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence, unfence

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = ("powers", "sendings")
STATES = ("sent", "delivered", "signed", "refused", "clarification")


def in_block(column: str) -> str:
    return f"{column} > space_id * 1000000000 AND {column} < space_id * 1000000000 + 1000000000"


def stamped() -> list:
    return [
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
    ]


def held(table: str, **keys: str) -> list:
    """The fences of a table, what its keys point at, and its own key."""
    keys |= {"changed_by_id": "colleagues", "created_by_id": "colleagues"}
    checks = [
        sa.CheckConstraint(in_block(key), name=op.f(f"ck_{table}_{key}_in_block")) for key in ("id", *keys)
    ]
    points = [
        sa.ForeignKeyConstraint(
            [key], [f"{target}.id"], name=op.f(f"fk_{table}_{key}"), initially="IMMEDIATE", deferrable=True
        )
        for key, target in keys.items()
    ]
    return [
        *checks,
        *points,
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f(f"fk_{table}_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in ("created_at", "space_id", *columns):
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)


def upgrade() -> None:
    op.create_table(
        "powers",
        sa.Column("holder_id", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        *stamped(),
        sa.CheckConstraint("ends IS NULL OR ends >= begins", name=op.f("ck_powers_days")),
        *held("powers", holder_id="colleagues"),
        info={"in_space": True},
    )
    index("powers", "holder_id")
    op.create_table(
        "sendings",
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("signer_id", sa.BigInteger(), nullable=False),
        sa.Column("power_id", sa.BigInteger(), nullable=False),
        sa.Column("participant", sa.String(length=80), nullable=False),
        sa.Column("answers_at", sa.DateTime(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        *stamped(),
        sa.CheckConstraint(
            f"state IN ({', '.join(repr(one) for one in STATES)})", name=op.f("ck_sendings_state")
        ),
        *held("sendings", document_id="documents", signer_id="colleagues", power_id="powers"),
        info={"in_space": True},
    )
    index("sendings", "answers_at", "document_id", "power_id", "signer_id", "state")
    fence(*TABLES)


def downgrade() -> None:
    unfence(*TABLES)
    op.drop_table("sendings")
    op.drop_table("powers")
