"""Invoices and closing documents: lines, sums, payments, and the states they go through."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence, unfence

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("document_lines", "payments")
BEFORE = ("draft", "in_approval", "returned", "approved", "registered", "signed", "annulled")
NOW = (
    *BEFORE,
    *("issued", "partly", "paid", "sent", "delivered", "refused", "clarification", "corrected"),
)
KEYS = ("id", "base_id", "changed_by_id", "company_id", "contact_id", "created_by_id", "deal_id", "owner_id")
COLUMNS = (
    sa.Column("offer_id", sa.BigInteger(), nullable=True),
    sa.Column("net", sa.BigInteger(), nullable=True),
    sa.Column("vat", sa.BigInteger(), nullable=True),
    sa.Column("vat_rate", sa.BigInteger(), nullable=True),
    sa.Column("vat_included", sa.Boolean(), nullable=True),
    sa.Column("discount", sa.BigInteger(), nullable=True),
    sa.Column("due_on", sa.Date(), nullable=True),
    sa.Column("paid", sa.BigInteger(), nullable=True),
    sa.Column("variant", sa.String(length=60), nullable=True),
    sa.Column("supplied_on", sa.Date(), nullable=True),
)


def in_block(column: str) -> str:
    return f"{column} > space_id * 1000000000 AND {column} < space_id * 1000000000 + 1000000000"


def one_of(statuses: tuple[str, ...]) -> str:
    return f"status IN ({', '.join(repr(one) for one in statuses)})"


def hold(batch_op, statuses: tuple[str, ...], *keys: str) -> None:
    """The states and the fences of documents; SQLite forgets all of them when it builds a table anew."""
    batch_op.create_check_constraint(batch_op.f("ck_documents_status"), one_of(statuses))
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for column in (*keys, *(KEYS if on_sqlite else ())):
        batch_op.create_check_constraint(batch_op.f(f"ck_documents_{column}_in_block"), in_block(column))


def forget(batch_op) -> None:
    if op.get_bind().dialect.name != "sqlite":
        batch_op.drop_constraint(batch_op.f("ck_documents_status"), type_="check")


def of_space() -> list:
    return [
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
    ]


def fenced(table: str, *keys: str) -> list:
    return [
        sa.CheckConstraint(in_block(key), name=op.f(f"ck_{table}_{key}_in_block")) for key in ("id", *keys)
    ]


def points(table: str, key: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{key}")
    return sa.ForeignKeyConstraint([key], [f"{target}.id"], name=name, initially="IMMEDIATE", deferrable=True)


def upgrade() -> None:
    with op.batch_alter_table("documents", schema=None) as batch_op:
        for column in COLUMNS:
            batch_op.add_column(column._copy())
        batch_op.create_index(batch_op.f("ix_documents_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_offer_id"), ["offer_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_documents_offer_id"),
            "offers",
            ["offer_id"],
            ["id"],
            initially="IMMEDIATE",
            deferrable=True,
        )
        forget(batch_op)
        hold(batch_op, NOW, "offer_id")

    op.create_table(
        "document_lines",
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        *of_space(),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_document_lines_quantity")),
        *fenced("document_lines", "document_id"),
        points("document_lines", "document_id", "documents"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_document_lines_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_lines")),
        info={"in_space": True},
    )
    with op.batch_alter_table("document_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_lines_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_lines_space_id"), ["space_id"], unique=False)

    op.create_table(
        "payments",
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        *of_space(),
        *fenced("payments", "changed_by_id", "created_by_id", "document_id"),
        points("payments", "changed_by_id", "colleagues"),
        points("payments", "created_by_id", "colleagues"),
        points("payments", "document_id", "documents"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_payments_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        info={"in_space": True},
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payments_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_payments_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payments_space_id"), ["space_id"], unique=False)

    fence(*TABLES)


def downgrade() -> None:
    unfence(*TABLES)
    op.drop_table("payments")
    op.drop_table("document_lines")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_documents_offer_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_documents_offer_id"))
        batch_op.drop_index(batch_op.f("ix_documents_due_on"))
        for column in COLUMNS:
            batch_op.drop_column(column.name)
        forget(batch_op)
        hold(batch_op, BEFORE)
