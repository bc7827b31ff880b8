"""Message templates with their tests, suppressions, mailings and their recipients."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_templates",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
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
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_message_templates_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_message_templates_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_message_templates_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_message_templates_owner_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_message_templates_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_message_templates_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_message_templates_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_message_templates_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_templates")),
    )
    op.create_index(
        op.f("ix_message_templates_created_at"), "message_templates", ["created_at"], unique=False
    )
    op.create_index(op.f("ix_message_templates_owner_id"), "message_templates", ["owner_id"], unique=False)
    op.create_index(op.f("ix_message_templates_sort_key"), "message_templates", ["sort_key"], unique=False)
    op.create_index(op.f("ix_message_templates_space_id"), "message_templates", ["space_id"], unique=False)
    op.create_table(
        "suppressions",
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.Column("lifted_why", sa.String(length=200), nullable=True),
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
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_suppressions_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_suppressions_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_suppressions_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_suppressions_owner_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_suppressions_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_suppressions_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_suppressions_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_suppressions_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppressions")),
    )
    op.create_index(op.f("ix_suppressions_created_at"), "suppressions", ["created_at"], unique=False)
    op.create_index(op.f("ix_suppressions_owner_id"), "suppressions", ["owner_id"], unique=False)
    op.create_index(op.f("ix_suppressions_sort_key"), "suppressions", ["sort_key"], unique=False)
    op.create_index(op.f("ix_suppressions_space_id"), "suppressions", ["space_id"], unique=False)
    op.create_index(op.f("ix_suppressions_value"), "suppressions", ["value"], unique=False)
    op.create_table(
        "mailings",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("template_id", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("send_at", sa.DateTime(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=200), nullable=True),
        sa.Column("next_at", sa.DateTime(), nullable=True),
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
        sa.CheckConstraint(
            "status IN ('draft', 'scheduled', 'sending', 'done', 'cancelled')",
            name=op.f("ck_mailings_status"),
        ),
        sa.CheckConstraint(
            "campaign_id > space_id * 1000000000 AND campaign_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailings_campaign_id_in_block"),
        ),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailings_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailings_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailings_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailings_owner_id_in_block"),
        ),
        sa.CheckConstraint(
            "template_id > space_id * 1000000000 AND template_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailings_template_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_mailings_campaign_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_mailings_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_mailings_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_mailings_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_mailings_space_id")),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["message_templates.id"],
            name=op.f("fk_mailings_template_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailings")),
    )
    op.create_index(op.f("ix_mailings_campaign_id"), "mailings", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_mailings_created_at"), "mailings", ["created_at"], unique=False)
    op.create_index(op.f("ix_mailings_next_at"), "mailings", ["next_at"], unique=False)
    op.create_index(op.f("ix_mailings_owner_id"), "mailings", ["owner_id"], unique=False)
    op.create_index(op.f("ix_mailings_sort_key"), "mailings", ["sort_key"], unique=False)
    op.create_index(op.f("ix_mailings_space_id"), "mailings", ["space_id"], unique=False)
    op.create_index(op.f("ix_mailings_status"), "mailings", ["status"], unique=False)
    op.create_index(op.f("ix_mailings_template_id"), "mailings", ["template_id"], unique=False)
    op.create_table(
        "mailing_recipients",
        sa.Column("mailing_id", sa.BigInteger(), nullable=False),
        sa.Column("segment_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("company_id", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("line", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("server_said", sa.String(length=200), nullable=True),
        sa.Column("delivered_at", sa.DateTime(), nullable=True),
        sa.Column("bounced_at", sa.DateTime(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("clicked_at", sa.DateTime(), nullable=True),
        sa.Column("opted_out_at", sa.DateTime(), nullable=True),
        sa.Column("processed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "line IN ('no_address', 'opted_out', 'invalid', 'repeated', 'suppressed', 'no_consent', 'sent')",
            name=op.f("ck_mailing_recipients_line"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('waiting', 'delivered', 'soft_bounce', 'hard_bounce', 'gave_up')",
            name=op.f("ck_mailing_recipients_outcome"),
        ),
        sa.CheckConstraint(
            "(company_id IS NULL) <> (contact_id IS NULL)", name=op.f("ck_mailing_recipients_to_one")
        ),
        sa.CheckConstraint(
            "company_id > space_id * 1000000000 AND company_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailing_recipients_company_id_in_block"),
        ),
        sa.CheckConstraint(
            "contact_id > space_id * 1000000000 AND contact_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailing_recipients_contact_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailing_recipients_id_in_block"),
        ),
        sa.CheckConstraint(
            "mailing_id > space_id * 1000000000 AND mailing_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailing_recipients_mailing_id_in_block"),
        ),
        sa.CheckConstraint(
            "segment_id > space_id * 1000000000 AND segment_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailing_recipients_segment_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_mailing_recipients_company_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_mailing_recipients_contact_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["mailing_id"],
            ["mailings.id"],
            name=op.f("fk_mailing_recipients_mailing_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["segments.id"],
            name=op.f("fk_mailing_recipients_segment_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_mailing_recipients_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_recipients")),
    )
    op.create_index(
        op.f("ix_mailing_recipients_company_id"), "mailing_recipients", ["company_id"], unique=False
    )
    op.create_index(
        op.f("ix_mailing_recipients_contact_id"), "mailing_recipients", ["contact_id"], unique=False
    )
    op.create_index(op.f("ix_mailing_recipients_email"), "mailing_recipients", ["email"], unique=False)
    op.create_index(
        op.f("ix_mailing_recipients_mailing_id"), "mailing_recipients", ["mailing_id"], unique=False
    )
    op.create_index(op.f("ix_mailing_recipients_outcome"), "mailing_recipients", ["outcome"], unique=False)
    op.create_index(
        op.f("ix_mailing_recipients_segment_id"), "mailing_recipients", ["segment_id"], unique=False
    )
    op.create_index(op.f("ix_mailing_recipients_space_id"), "mailing_recipients", ["space_id"], unique=False)
    op.create_table(
        "mailing_segments",
        sa.Column("mailing_id", sa.BigInteger(), nullable=False),
        sa.Column("segment_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailing_segments_id_in_block"),
        ),
        sa.CheckConstraint(
            "mailing_id > space_id * 1000000000 AND mailing_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailing_segments_mailing_id_in_block"),
        ),
        sa.CheckConstraint(
            "segment_id > space_id * 1000000000 AND segment_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_mailing_segments_segment_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["mailing_id"],
            ["mailings.id"],
            name=op.f("fk_mailing_segments_mailing_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["segments.id"],
            name=op.f("fk_mailing_segments_segment_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_mailing_segments_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_segments")),
    )
    op.create_index(op.f("ix_mailing_segments_mailing_id"), "mailing_segments", ["mailing_id"], unique=False)
    op.create_index(op.f("ix_mailing_segments_segment_id"), "mailing_segments", ["segment_id"], unique=False)
    op.create_index(op.f("ix_mailing_segments_space_id"), "mailing_segments", ["space_id"], unique=False)
    op.create_table(
        "test_sends",
        sa.Column("template_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("wording", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_test_sends_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "contact_id > space_id * 1000000000 AND contact_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_test_sends_contact_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_test_sends_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_test_sends_id_in_block"),
        ),
        sa.CheckConstraint(
            "template_id > space_id * 1000000000 AND template_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_test_sends_template_id_in_block"),
        ),
        sa.CheckConstraint(
            "to_id > space_id * 1000000000 AND to_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_test_sends_to_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_test_sends_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_test_sends_contact_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_test_sends_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_test_sends_space_id")),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["message_templates.id"],
            name=op.f("fk_test_sends_template_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["colleagues.id"],
            name=op.f("fk_test_sends_to_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_sends")),
    )
    op.create_index(op.f("ix_test_sends_contact_id"), "test_sends", ["contact_id"], unique=False)
    op.create_index(op.f("ix_test_sends_created_at"), "test_sends", ["created_at"], unique=False)
    op.create_index(op.f("ix_test_sends_space_id"), "test_sends", ["space_id"], unique=False)
    op.create_index(op.f("ix_test_sends_template_id"), "test_sends", ["template_id"], unique=False)
    op.create_index(op.f("ix_test_sends_to_id"), "test_sends", ["to_id"], unique=False)
    fence(
        "message_templates",
        "test_sends",
        "suppressions",
        "mailings",
        "mailing_segments",
        "mailing_recipients",
    )


def downgrade() -> None:
    op.drop_table("mailing_recipients")
    op.drop_table("mailing_segments")
    op.drop_table("mailings")
    op.drop_table("suppressions")
    op.drop_table("test_sends")
    op.drop_table("message_templates")
