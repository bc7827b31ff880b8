"""Products, dated price lists, and offers with their lines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "price_lists",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("vat_included", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
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
            name=op.f("ck_price_lists_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_price_lists_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_price_lists_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_price_lists_owner_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_price_lists_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_price_lists_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_price_lists_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_price_lists_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_lists")),
        info={"in_space": True},
    )
    with op.batch_alter_table("price_lists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_price_lists_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_price_lists_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_price_lists_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_price_lists_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_price_lists_space_id"), ["space_id"], unique=False)

    op.create_table(
        "products",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
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
            name=op.f("ck_products_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_products_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_products_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_products_owner_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_products_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_products_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_products_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_products_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        info={"in_space": True},
    )
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_products_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_products_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_products_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_products_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_products_space_id"), ["space_id"], unique=False)

    op.create_table(
        "prices",
        sa.Column("price_list_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_prices_id_in_block"),
        ),
        sa.CheckConstraint(
            "price_list_id > space_id * 1000000000 AND price_list_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_prices_price_list_id_in_block"),
        ),
        sa.CheckConstraint(
            "product_id > space_id * 1000000000 AND product_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_prices_product_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["price_list_id"],
            ["price_lists.id"],
            name=op.f("fk_prices_price_list_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_prices_product_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_prices_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices")),
        sa.UniqueConstraint("price_list_id", "product_id", name=op.f("uq_prices_price_list_id_product_id")),
        info={"in_space": True},
    )
    with op.batch_alter_table("prices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prices_price_list_id"), ["price_list_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_prices_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_prices_space_id"), ["space_id"], unique=False)

    op.create_table(
        "offers",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("deal_id", sa.BigInteger(), nullable=False),
        sa.Column("former_id", sa.BigInteger(), nullable=True),
        sa.Column("price_list_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("vat_included", sa.Boolean(), nullable=False),
        sa.Column("vat_rate", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("decline_note", sa.Text(), nullable=True),
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
            "status IN ('draft', 'waiting', 'approved', 'sent', 'accepted', 'declined', 'superseded')",
            name=op.f("ck_offers_status"),
        ),
        sa.CheckConstraint(
            "approved_by_id > space_id * 1000000000 AND approved_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offers_approved_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "asked_by_id > space_id * 1000000000 AND asked_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offers_asked_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offers_changed_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offers_created_by_id_in_block"),
        ),
        sa.CheckConstraint(
            "deal_id > space_id * 1000000000 AND deal_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offers_deal_id_in_block"),
        ),
        sa.CheckConstraint(
            "former_id > space_id * 1000000000 AND former_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offers_former_id_in_block"),
        ),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offers_id_in_block"),
        ),
        sa.CheckConstraint(
            "owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offers_owner_id_in_block"),
        ),
        sa.CheckConstraint(
            "price_list_id > space_id * 1000000000 AND price_list_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offers_price_list_id_in_block"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["colleagues.id"],
            name=op.f("fk_offers_approved_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["colleagues.id"],
            name=op.f("fk_offers_asked_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["colleagues.id"],
            name=op.f("fk_offers_changed_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["colleagues.id"],
            name=op.f("fk_offers_created_by_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_offers_deal_id"), initially="IMMEDIATE", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["former_id"],
            ["offers.id"],
            name=op.f("fk_offers_former_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["colleagues.id"],
            name=op.f("fk_offers_owner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["price_list_id"],
            ["price_lists.id"],
            name=op.f("fk_offers_price_list_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_offers_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        info={"in_space": True},
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offers_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_former_id"), ["former_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_price_list_id"), ["price_list_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_series"), ["series"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_space_id"), ["space_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_valid_until"), ["valid_until"], unique=False)

    op.create_table(
        "offer_lines",
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offer_lines_id_in_block"),
        ),
        sa.CheckConstraint(
            "offer_id > space_id * 1000000000 AND offer_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offer_lines_offer_id_in_block"),
        ),
        sa.CheckConstraint(
            "product_id > space_id * 1000000000 AND product_id < space_id * 1000000000 + 1000000000",
            name=op.f("ck_offer_lines_product_id_in_block"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_offer_lines_quantity")),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offers.id"],
            name=op.f("fk_offer_lines_offer_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_offer_lines_product_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_offer_lines_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_lines")),
        info={"in_space": True},
    )
    with op.batch_alter_table("offer_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_lines_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_lines_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_lines_space_id"), ["space_id"], unique=False)

    fence("products", "price_lists", "prices", "offers", "offer_lines")


def downgrade() -> None:
    with op.batch_alter_table("offer_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_lines_space_id"))
        batch_op.drop_index(batch_op.f("ix_offer_lines_product_id"))
        batch_op.drop_index(batch_op.f("ix_offer_lines_offer_id"))

    op.drop_table("offer_lines")
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offers_valid_until"))
        batch_op.drop_index(batch_op.f("ix_offers_status"))
        batch_op.drop_index(batch_op.f("ix_offers_space_id"))
        batch_op.drop_index(batch_op.f("ix_offers_sort_key"))
        batch_op.drop_index(batch_op.f("ix_offers_series"))
        batch_op.drop_index(batch_op.f("ix_offers_price_list_id"))
        batch_op.drop_index(batch_op.f("ix_offers_owner_id"))
        batch_op.drop_index(batch_op.f("ix_offers_former_id"))
        batch_op.drop_index(batch_op.f("ix_offers_deal_id"))
        batch_op.drop_index(batch_op.f("ix_offers_created_at"))
        batch_op.drop_index(batch_op.f("ix_offers_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_offers_approved_by_id"))

    op.drop_table("offers")
    with op.batch_alter_table("prices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prices_space_id"))
        batch_op.drop_index(batch_op.f("ix_prices_product_id"))
        batch_op.drop_index(batch_op.f("ix_prices_price_list_id"))

    op.drop_table("prices")
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_products_space_id"))
        batch_op.drop_index(batch_op.f("ix_products_sort_key"))
        batch_op.drop_index(batch_op.f("ix_products_owner_id"))
        batch_op.drop_index(batch_op.f("ix_products_created_at"))
        batch_op.drop_index(batch_op.f("ix_products_code"))

    op.drop_table("products")
    with op.batch_alter_table("price_lists", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_price_lists_space_id"))
        batch_op.drop_index(batch_op.f("ix_price_lists_sort_key"))
        batch_op.drop_index(batch_op.f("ix_price_lists_owner_id"))
        batch_op.drop_index(batch_op.f("ix_price_lists_created_at"))
        batch_op.drop_index(batch_op.f("ix_price_lists_code"))

    op.drop_table("price_lists")
