"""E-mails and phones in rows of their own, tags, bank details; what stood on the cards moves into rows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

BLOCK = 1_000_000_000
STAMPS = ("space_id", "created_at", "created_by_id", "changed_at", "changed_by_id")
COLUMNS = (*STAMPS, "id", "version", "kind", "type", "value", "is_primary", "company_id", "contact_id")


def upgrade() -> None:
    op.create_table('addresses',
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('type', sa.String(length=12), nullable=False),
    sa.Column('value', sa.String(length=200), nullable=False),
    sa.Column('is_primary', sa.Boolean(), nullable=False),
    sa.Column('invalid_at', sa.DateTime(), nullable=True),
    sa.Column('invalid_reason', sa.String(length=200), nullable=True),
    sa.Column('opted_out_at', sa.DateTime(), nullable=True),
    sa.Column('opted_out_how', sa.String(length=200), nullable=True),
    sa.Column('company_id', sa.BigInteger(), nullable=True),
    sa.Column('contact_id', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger(), nullable=True),
    sa.Column('custom', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('space_id', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("kind IN ('phone', 'email')", name=op.f('ck_addresses_kind')),
    sa.CheckConstraint('(company_id IS NULL) <> (contact_id IS NULL)', name=op.f('ck_addresses_of_one')),
    sa.CheckConstraint('changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_addresses_changed_by_id_in_block')),
    sa.CheckConstraint('company_id > space_id * 1000000000 AND company_id < space_id * 1000000000 + 1000000000', name=op.f('ck_addresses_company_id_in_block')),
    sa.CheckConstraint('contact_id > space_id * 1000000000 AND contact_id < space_id * 1000000000 + 1000000000', name=op.f('ck_addresses_contact_id_in_block')),
    sa.CheckConstraint('created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_addresses_created_by_id_in_block')),
    sa.CheckConstraint('id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000', name=op.f('ck_addresses_id_in_block')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['colleagues.id'], name=op.f('fk_addresses_changed_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_addresses_company_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_addresses_contact_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['colleagues.id'], name=op.f('fk_addresses_created_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_addresses_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addresses')),
    info={'in_space': True}
    )
    with op.batch_alter_table('addresses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_addresses_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_addresses_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_addresses_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_addresses_space_id'), ['space_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_addresses_value'), ['value'], unique=False)

    op.create_table('tags',
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('company_id', sa.BigInteger(), nullable=True),
    sa.Column('contact_id', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger(), nullable=True),
    sa.Column('custom', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('space_id', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(company_id IS NULL) <> (contact_id IS NULL)', name=op.f('ck_tags_of_one')),
    sa.CheckConstraint('changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_tags_changed_by_id_in_block')),
    sa.CheckConstraint('company_id > space_id * 1000000000 AND company_id < space_id * 1000000000 + 1000000000', name=op.f('ck_tags_company_id_in_block')),
    sa.CheckConstraint('contact_id > space_id * 1000000000 AND contact_id < space_id * 1000000000 + 1000000000', name=op.f('ck_tags_contact_id_in_block')),
    sa.CheckConstraint('created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_tags_created_by_id_in_block')),
    sa.CheckConstraint('id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000', name=op.f('ck_tags_id_in_block')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['colleagues.id'], name=op.f('fk_tags_changed_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_tags_company_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_tags_contact_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['colleagues.id'], name=op.f('fk_tags_created_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_tags_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tags')),
    info={'in_space': True}
    )
    with op.batch_alter_table('tags', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tags_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_tags_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tags_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tags_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_tags_space_id'), ['space_id'], unique=False)

    with op.batch_alter_table('companies', schema=None) as batch_op:
        batch_op.add_column(sa.Column('postal_address', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('bank_name', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('bic', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('account', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('correspondent_account', sa.String(length=40), nullable=True))

    fence("addresses", "tags")
    _move()


def _move() -> None:
    """Give every phone and e-mail of a card a row with the next number of its space."""
    connection = op.get_bind()
    addresses = sa.table("addresses", *(sa.column(name) for name in COLUMNS))
    spaces = sa.table("spaces", sa.column("id"), sa.column("next_n"))
    held = connection.execute(sa.select(spaces.c.id, spaces.c.next_n)).all()
    following = dict(row._tuple() for row in held)
    rows = []
    for table, card in (("companies", "company_id"), ("contacts", "contact_id")):
        cards = sa.table(table, *(sa.column(name) for name in (*STAMPS, "id", "phone", "email")))
        for one in connection.execute(sa.select(cards).order_by(cards.c.id)).mappings():
            for kind in ("phone", "email"):
                if not one[kind]:
                    continue
                space = one["space_id"]
                row = dict.fromkeys(COLUMNS) | {name: one[name] for name in STAMPS}
                mobile = kind == "phone" and card == "contact_id"
                row |= {
                    "id": space * BLOCK + following[space],
                    "version": 0,
                    "kind": kind,
                    "type": "mobile" if mobile else "work",
                    "value": one[kind],
                    "is_primary": True,
                    card: one["id"],
                }
                following[space] += 1
                rows.append(row)
    if rows:
        connection.execute(sa.insert(addresses), rows)
    for space, before in held:
        if following[space] != before:
            moved = sa.update(spaces).where(spaces.c.id == space)
            connection.execute(moved.values(next_n=following[space]))


def downgrade() -> None:
    with op.batch_alter_table('companies', schema=None) as batch_op:
        batch_op.drop_column('correspondent_account')
        batch_op.drop_column('account')
        batch_op.drop_column('bic')
        batch_op.drop_column('bank_name')
        batch_op.drop_column('postal_address')

    with op.batch_alter_table('tags', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tags_space_id'))
        batch_op.drop_index(batch_op.f('ix_tags_created_at'))
        batch_op.drop_index(batch_op.f('ix_tags_contact_id'))
        batch_op.drop_index(batch_op.f('ix_tags_company_id'))
        batch_op.drop_index(batch_op.f('ix_tags_code'))

    op.drop_table('tags')
    with op.batch_alter_table('addresses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_addresses_value'))
        batch_op.drop_index(batch_op.f('ix_addresses_space_id'))
        batch_op.drop_index(batch_op.f('ix_addresses_created_at'))
        batch_op.drop_index(batch_op.f('ix_addresses_contact_id'))
        batch_op.drop_index(batch_op.f('ix_addresses_company_id'))

    op.drop_table('addresses')
