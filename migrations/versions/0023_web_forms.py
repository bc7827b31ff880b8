"""Web forms, their routing rules, and what was sent by them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "web_forms",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("intro", sa.Text(), nullable=True),
        sa.Column("thanks", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("personal_text", sa.String(length=60), nullable=True),
        sa.Column("personal_ticked", sa.Boolean(), nullable=False),
        sa.Column("advertising_text", sa.String(length=60), nullable=True),
        sa.Column("advertising_ticked", sa.Boolean(), nullable=False),
        sa.Column("advertising_forced", sa.Boolean(), nullable=False),
        sa.Column("routing", sa.String(length=12), nullable=False),
        sa.Column("routed_to_id", sa.BigInteger(), nullable=True),
        sa.Column("last_routed_id", sa.BigInteger(), nullable=True),
        sa.Column("campaign_id", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
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
            "routing IN ('fixed', 'round_robin', 'region', 'product')", name=op.f("ck_web_forms_routing")
        ),
        sa.CheckConstraint("status IN ('draft', 'published', 'closed')", name=op.f("ck_web_forms_status")),
        sa.CheckConstraint(
            "campaign_id > space_id * 1000000000 AND campaign_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_web_forms_campaign_id_in_block"),
        ),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_web_forms_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_web_forms_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_web_forms_id_in_block"),
        ),
        sa.CheckConstraint(
            "last_routed_id > space_id * 1000000000 AND last_routed_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_web_forms_last_routed_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_web_forms_owner_id_in_block"),
        ),
        sa.CheckConstraint(
            "routed_to_id > space_id * 1000000000 AND routed_to_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_web_forms_routed_to_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_web_forms_campaign_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_web_forms_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_web_forms_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["last_routed_id"],
            ["colleagues.id"],
            name=op.f("fk_web_forms_last_routed_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_web_forms_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["routed_to_id"],
            ["colleagues.id"],
            name=op.f("fk_web_forms_routed_to_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_web_forms_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_forms")),
        info={"in_space": True},
    )
    with op.batch_alter_table("web_forms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_forms_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_forms_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_forms_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_forms_last_routed_id"), ["last_routed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_forms_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_forms_routed_to_id"), ["routed_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_forms_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_forms_space_id"), ["space_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_forms_status"), ["status"], unique=False)

    op.create_table(
        "routing_rules",
        sa.Column("web_form_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("colleague_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "colleague_id > space_id * 1000000000 AND colleague_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_routing_rules_colleague_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_routing_rules_id_in_block"),
        ),
        sa.CheckConstraint(
            "web_form_id > space_id * 1000000000 AND web_form_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_routing_rules_web_form_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"],
            ["colleagues.id"],
            name=op.f("fk_routing_rules_colleague_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_routing_rules_space_id")),
        sa.ForeignKeyConstraint(
            ["web_form_id"],
            ["web_forms.id"],
            name=op.f("fk_routing_rules_web_form_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rules")),
        info={"in_space": True},
    )
    with op.batch_alter_table("routing_rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_routing_rules_colleague_id"), ["colleague_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_routing_rules_space_id"), ["space_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_routing_rules_web_form_id"), ["web_form_id"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("web_form_id", sa.BigInteger(), nullable=False),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("company_id", sa.BigInteger(), nullable=True),
        sa.Column("campaign_id", sa.BigInteger(), nullable=True),
        sa.Column("routed_to_id", sa.BigInteger(), nullable=True),
        sa.Column("sent", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("consents", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("tag", sa.String(length=60), nullable=True),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "campaign_id > space_id * 1000000000 AND campaign_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_submissions_campaign_id_in_block"),
        ),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_submissions_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "company_id > space_id * 1000000000 AND company_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_submissions_company_id_in_block"),
        ),
        sa.CheckConstraint(
            "contact_id > space_id * 1000000000 AND contact_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_submissions_contact_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_submissions_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_submissions_id_in_block"),
        ),
        sa.CheckConstraint(
            "lead_id > space_id * 1000000000 AND lead_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_submissions_lead_id_in_block"),
        ),
        sa.CheckConstraint(
            "routed_to_id > space_id * 1000000000 AND routed_to_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_submissions_routed_to_id_in_block"),
        ),
        sa.CheckConstraint(
            "web_form_id > space_id * 1000000000 AND web_form_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_submissions_web_form_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_submissions_campaign_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_submissions_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_submissions_company_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_submissions_contact_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_submissions_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["leads.id"],
            name=op.f("fk_submissions_lead_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["routed_to_id"],
            ["colleagues.id"],
            name=op.f("fk_submissions_routed_to_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_submissions_space_id")),
        sa.ForeignKeyConstraint(
            ["web_form_id"],
            ["web_forms.id"],
            name=op.f("fk_submissions_web_form_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        info={"in_space": True},
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_routed_to_id"), ["routed_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_space_id"), ["space_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_web_form_id"), ["web_form_id"], unique=False)

    fence("web_forms", "routing_rules", "submissions")


def downgrade() -> None:
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submissions_web_form_id"))
        batch_op.drop_index(batch_op.f("ix_submissions_space_id"))
        batch_op.drop_index(batch_op.f("ix_submissions_routed_to_id"))
        batch_op.drop_index(batch_op.f("ix_submissions_lead_id"))
        batch_op.drop_index(batch_op.f("ix_submissions_created_at"))
        batch_op.drop_index(batch_op.f("ix_submissions_contact_id"))
        batch_op.drop_index(batch_op.f("ix_submissions_company_id"))
        batch_op.drop_index(batch_op.f("ix_submissions_campaign_id"))

    op.drop_table("submissions")
    with op.batch_alter_table("routing_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_routing_rules_web_form_id"))
        batch_op.drop_index(batch_op.f("ix_routing_rules_space_id"))
        batch_op.drop_index(batch_op.f("ix_routing_rules_colleague_id"))

    op.drop_table("routing_rules")
    with op.batch_alter_table("web_forms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_forms_status"))
        batch_op.drop_index(batch_op.f("ix_web_forms_space_id"))
        batch_op.drop_index(batch_op.f("ix_web_forms_sort_key"))
        batch_op.drop_index(batch_op.f("ix_web_forms_routed_to_id"))
        batch_op.drop_index(batch_op.f("ix_web_forms_owner_id"))
        batch_op.drop_index(batch_op.f("ix_web_forms_last_routed_id"))
        batch_op.drop_index(batch_op.f("ix_web_forms_created_at"))
        batch_op.drop_index(batch_op.f("ix_web_forms_campaign_id"))
        batch_op.drop_index(batch_op.f("ix_web_forms_address"))

    op.drop_table("web_forms")
