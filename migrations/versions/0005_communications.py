"""Questions to colleagues, what the inbox keeps, and what a note, a meeting and a calendar need."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence, unfence

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "mentions",
    "inbox_marks",
    "inbox_choices",
    "followers",
    "calendar_keys",
)


def upgrade() -> None:
    op.create_table(
        "calendar_keys",
        sa.Column("colleague_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "colleague_id > space_id * 1000000000 AND colleague_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_calendar_keys_colleague_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_calendar_keys_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"],
            ["colleagues.id"],
            name=op.f("fk_calendar_keys_colleague_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_calendar_keys_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_keys")),
        info={"in_space": True},
    )
    with op.batch_alter_table("calendar_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_keys_colleague_id"), ["colleague_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_keys_space_id"), ["space_id"], unique=False)

    op.create_table(
        "followers",
        sa.Column("colleague_id", sa.BigInteger(), nullable=False),
        sa.Column("record_table", sa.String(length=60), nullable=False),
        sa.Column("record_n", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "colleague_id > space_id * 1000000000 AND colleague_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_followers_colleague_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_followers_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"],
            ["colleagues.id"],
            name=op.f("fk_followers_colleague_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_followers_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followers")),
        info={"in_space": True},
    )
    with op.batch_alter_table("followers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_followers_record", ["colleague_id", "record_table", "record_n"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_followers_space_id"), ["space_id"], unique=False)

    op.create_table(
        "inbox_choices",
        sa.Column("colleague_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "colleague_id > space_id * 1000000000 AND colleague_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_inbox_choices_colleague_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_inbox_choices_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"],
            ["colleagues.id"],
            name=op.f("fk_inbox_choices_colleague_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_inbox_choices_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_choices")),
        info={"in_space": True},
    )
    with op.batch_alter_table("inbox_choices", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_choices_kind", ["colleague_id", "kind"], unique=True)
        batch_op.create_index(batch_op.f("ix_inbox_choices_space_id"), ["space_id"], unique=False)

    op.create_table(
        "inbox_marks",
        sa.Column("colleague_id", sa.BigInteger(), nullable=False),
        sa.Column("item_table", sa.String(length=60), nullable=False),
        sa.Column("item_n", sa.BigInteger(), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("read_n", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "colleague_id > space_id * 1000000000 AND colleague_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_inbox_marks_colleague_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_inbox_marks_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"],
            ["colleagues.id"],
            name=op.f("fk_inbox_marks_colleague_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_inbox_marks_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_marks")),
        info={"in_space": True},
    )
    with op.batch_alter_table("inbox_marks", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_marks_item", ["colleague_id", "item_table", "item_n"], unique=True)
        batch_op.create_index(batch_op.f("ix_inbox_marks_space_id"), ["space_id"], unique=False)

    op.create_table(
        "mentions",
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("colleague_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answer_id", sa.BigInteger(), nullable=True),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "activity_id > space_id * 1000000000 AND activity_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mentions_activity_id_in_block"),
        ),
        sa.CheckConstraint(
            "answer_id > space_id * 1000000000 AND answer_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mentions_answer_id_in_block"),
        ),
        sa.CheckConstraint(
            "asked_by_id > space_id * 1000000000 AND asked_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mentions_asked_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mentions_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "colleague_id > space_id * 1000000000 AND colleague_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mentions_colleague_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mentions_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mentions_id_in_block"),
        ),
        sa.CheckConstraint(
            "task_id > space_id * 1000000000 AND task_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mentions_task_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_mentions_activity_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["activities.id"],
            name=op.f("fk_mentions_answer_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["colleagues.id"],
            name=op.f("fk_mentions_asked_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_mentions_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"],
            ["colleagues.id"],
            name=op.f("fk_mentions_colleague_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_mentions_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_mentions_space_id")),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["activities.id"],
            name=op.f("fk_mentions_task_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
        info={"in_space": True},
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentions_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_colleague_id"), ["colleague_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_space_id"), ["space_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_task_id"), ["task_id"], unique=False)

    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("visibility", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("pinned_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("remind_at", sa.DateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_activities_remind_at"), ["remind_at"], unique=False)

    fence(*TABLES)


def downgrade() -> None:
    unfence(*TABLES)
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activities_remind_at"))
        batch_op.drop_column("remind_at")
        batch_op.drop_column("minutes")
        batch_op.drop_column("pinned_at")
        batch_op.drop_column("visibility")

    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentions_task_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_space_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_created_at"))
        batch_op.drop_index(batch_op.f("ix_mentions_colleague_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_answer_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_activity_id"))

    op.drop_table("mentions")
    with op.batch_alter_table("inbox_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_marks_space_id"))
        batch_op.drop_index("ix_inbox_marks_item")

    op.drop_table("inbox_marks")
    with op.batch_alter_table("inbox_choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_choices_space_id"))
        batch_op.drop_index("ix_inbox_choices_kind")

    op.drop_table("inbox_choices")
    with op.batch_alter_table("followers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_followers_space_id"))
        batch_op.drop_index("ix_followers_record")

    op.drop_table("followers")
    with op.batch_alter_table("calendar_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_keys_space_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_keys_colleague_id"))

    op.drop_table("calendar_keys")
