"""Consents as evidence; contacts whose data was masked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('consents',
    sa.Column('contact_id', sa.BigInteger(), nullable=False),
    sa.Column('address_id', sa.BigInteger(), nullable=True),
    sa.Column('purpose', sa.String(length=16), nullable=False),
    sa.Column('text', sa.String(length=60), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_how', sa.String(length=200), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger(), nullable=True),
    sa.Column('custom', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('space_id', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("purpose IN ('personal_data', 'advertising')", name=op.f('ck_consents_purpose')),
    sa.CheckConstraint('address_id > space_id * 1000000000 AND address_id < space_id * 1000000000 + 1000000000', name=op.f('ck_consents_address_id_in_block')),
    sa.CheckConstraint('changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_consents_changed_by_id_in_block')),
    sa.CheckConstraint('contact_id > space_id * 1000000000 AND contact_id < space_id * 1000000000 + 1000000000', name=op.f('ck_consents_contact_id_in_block')),
    sa.CheckConstraint('created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_consents_created_by_id_in_block')),
    sa.CheckConstraint('id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000', name=op.f('ck_consents_id_in_block')),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_consents_address_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['colleagues.id'], name=op.f('fk_consents_changed_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_consents_contact_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['colleagues.id'], name=op.f('fk_consents_created_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_consents_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents')),
    info={'in_space': True}
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consents_address_id'), ['address_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consents_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consents_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_consents_space_id'), ['space_id'], unique=False)

    with op.batch_alter_table('contacts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('masked_at', sa.DateTime(), nullable=True))

    fence("consents")


def downgrade() -> None:
    with op.batch_alter_table('contacts', schema=None) as batch_op:
        batch_op.drop_column('masked_at')

    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consents_space_id'))
        batch_op.drop_index(batch_op.f('ix_consents_created_at'))
        batch_op.drop_index(batch_op.f('ix_consents_contact_id'))
        batch_op.drop_index(batch_op.f('ix_consents_address_id'))

    op.drop_table('consents')
