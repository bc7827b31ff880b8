"""Cases, and activities about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence, unfence

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("cases",)

BEFORE = ("company", "contact", "lead", "deal")
NOW = (*BEFORE, "case")
KIND = "kind IN ('task', 'call', 'meeting', 'email', 'note')"
KEYS = ("assignee", "changed_by", "company", "contact", "created_by", "deal", "lead")


def about_one(kinds: tuple[str, ...]) -> str:
    return " + ".join(f"CASE WHEN {kind}_id IS NULL THEN 0 ELSE 1 END" for kind in kinds) + " = 1"


def in_block(column: str) -> str:
    return f"{column} > space_id * 1000000000 AND {column} < space_id * 1000000000 + 1000000000"


def hold(batch_op, kinds: tuple[str, ...], *keys: str) -> None:
    """What an activity is about, and the fences; SQLite forgets all of them when it builds a table anew."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    batch_op.create_check_constraint(batch_op.f("ck_activities_about_one"), about_one(kinds))
    columns = [f"{key}_id" for key in keys]
    if on_sqlite:
        batch_op.create_check_constraint(batch_op.f("ck_activities_kind"), KIND)
        columns += ["id", *(f"{key}_id" for key in KEYS)]
    for column in columns:
        batch_op.create_check_constraint(batch_op.f(f"ck_activities_{column}_in_block"), in_block(column))


def forget(batch_op) -> None:
    if op.get_bind().dialect.name != "sqlite":
        batch_op.drop_constraint(batch_op.f("ck_activities_about_one"), type_="check")


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("priority", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("respond_by", sa.DateTime(), nullable=False),
        sa.Column("resolve_by", sa.DateTime(), nullable=False),
        sa.Column("clock_from", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("escalated_at", sa.DateTime(), nullable=True),
        sa.Column("escalated_to_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("result", sa.String(length=60), nullable=True),
        sa.Column("result_note", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("status IN ('new', 'in_work', 'closed')", name=op.f("ck_cases_status")),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_cases_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "company_id > space_id * 1000000000 AND company_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_cases_company_id_in_block"),
        ),
        sa.CheckConstraint(
            "contact_id > space_id * 1000000000 AND contact_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_cases_contact_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_cases_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "escalated_to_id > space_id * 1000000000 AND escalated_to_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_cases_escalated_to_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_cases_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_cases_owner_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_cases_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_cases_company_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_cases_contact_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_cases_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["escalated_to_id"],
            ["colleagues.id"],
            name=op.f("fk_cases_escalated_to_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_cases_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_cases_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        info={"in_space": True},
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_escalated_to_id"), ["escalated_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_space_id"), ["space_id"], unique=False)

    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("case_id", sa.BigInteger(), nullable=True))
        batch_op.create_index(batch_op.f("ix_activities_case_id"), ["case_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_activities_case_id"),
            "cases",
            ["case_id"],
            ["id"],
            initially="IMMEDIATE",
            deferrable=True,
        )
        forget(batch_op)
        hold(batch_op, NOW, "case")

    fence(*TABLES)


def downgrade() -> None:
    unfence(*TABLES)
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_activities_case_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_activities_case_id"))
        batch_op.drop_column("case_id")
        forget(batch_op)
        hold(batch_op, BEFORE)

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_space_id"))
        batch_op.drop_index(batch_op.f("ix_cases_sort_key"))
        batch_op.drop_index(batch_op.f("ix_cases_owner_id"))
        batch_op.drop_index(batch_op.f("ix_cases_escalated_to_id"))
        batch_op.drop_index(batch_op.f("ix_cases_created_at"))
        batch_op.drop_index(batch_op.f("ix_cases_contact_id"))
        batch_op.drop_index(batch_op.f("ix_cases_company_id"))

    op.drop_table("cases")
