"""Papers, their versions and files; activities about papers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence, unfence

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

# In this form both databases add the column to the table as it stands; SQLite would otherwise rebuild it.
ACTIVITY_DOCUMENT = """
ALTER TABLE activities ADD COLUMN document_id BIGINT
CONSTRAINT ck_activities_document_id_in_block
CHECK (document_id > space_id * 1000000000 AND document_id < space_id * 1000000000 + 1000000000)
CONSTRAINT fk_activities_document_id REFERENCES documents (id) DEFERRABLE INITIALLY IMMEDIATE
"""



def upgrade() -> None:
    op.create_table('stored_files',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_stored_files'))
    )
    op.create_table('documents',
    sa.Column('type', sa.String(length=60), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('incoming', sa.Boolean(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('company_id', sa.BigInteger(), nullable=False),
    sa.Column('contact_id', sa.BigInteger(), nullable=True),
    sa.Column('deal_id', sa.BigInteger(), nullable=True),
    sa.Column('base_id', sa.BigInteger(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('current', sa.Integer(), nullable=False),
    sa.Column('annul_reason', sa.Text(), nullable=True),
    sa.Column('owner_id', sa.BigInteger(), nullable=True),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger(), nullable=True),
    sa.Column('custom', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('space_id', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("status IN ('draft', 'in_approval', 'returned', 'approved', 'registered', 'signed', 'annulled')", name=op.f('ck_documents_status')),
    sa.CheckConstraint('base_id > space_id * 1000000000 AND base_id < space_id * 1000000000 + 1000000000', name=op.f('ck_documents_base_id_in_block')),
    sa.CheckConstraint('changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_documents_changed_by_id_in_block')),
    sa.CheckConstraint('company_id > space_id * 1000000000 AND company_id < space_id * 1000000000 + 1000000000', name=op.f('ck_documents_company_id_in_block')),
    sa.CheckConstraint('contact_id > space_id * 1000000000 AND contact_id < space_id * 1000000000 + 1000000000', name=op.f('ck_documents_contact_id_in_block')),
    sa.CheckConstraint('created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_documents_created_by_id_in_block')),
    sa.CheckConstraint('deal_id > space_id * 1000000000 AND deal_id < space_id * 1000000000 + 1000000000', name=op.f('ck_documents_deal_id_in_block')),
    sa.CheckConstraint('id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000', name=op.f('ck_documents_id_in_block')),
    sa.CheckConstraint('owner_id > space_id * 1000000000 AND owner_id < space_id * 1000000000 + 1000000000', name=op.f('ck_documents_owner_id_in_block')),
    sa.ForeignKeyConstraint(['base_id'], ['documents.id'], name=op.f('fk_documents_base_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['colleagues.id'], name=op.f('fk_documents_changed_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_documents_company_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_documents_contact_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['colleagues.id'], name=op.f('fk_documents_created_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['deal_id'], ['deals.id'], name=op.f('fk_documents_deal_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['owner_id'], ['colleagues.id'], name=op.f('fk_documents_owner_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_documents_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents')),
    sa.UniqueConstraint('space_id', 'type', 'year', 'serial', name='uq_documents_serial'),
    )
    op.create_index(op.f('ix_documents_base_id'), 'documents', ['base_id'], unique=False)
    op.create_index(op.f('ix_documents_company_id'), 'documents', ['company_id'], unique=False)
    op.create_index(op.f('ix_documents_contact_id'), 'documents', ['contact_id'], unique=False)
    op.create_index(op.f('ix_documents_created_at'), 'documents', ['created_at'], unique=False)
    op.create_index(op.f('ix_documents_deal_id'), 'documents', ['deal_id'], unique=False)
    op.create_index(op.f('ix_documents_number'), 'documents', ['number'], unique=False)
    op.create_index(op.f('ix_documents_owner_id'), 'documents', ['owner_id'], unique=False)
    op.create_index(op.f('ix_documents_sort_key'), 'documents', ['sort_key'], unique=False)
    op.create_index(op.f('ix_documents_space_id'), 'documents', ['space_id'], unique=False)
    op.create_index(op.f('ix_documents_status'), 'documents', ['status'], unique=False)
    op.create_index(op.f('ix_documents_type'), 'documents', ['type'], unique=False)
    op.create_index(op.f('ix_documents_valid_until'), 'documents', ['valid_until'], unique=False)

    op.create_table('document_versions',
    sa.Column('document_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('form', sa.String(length=12), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('filled', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('file_name', sa.String(length=160), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger(), nullable=True),
    sa.Column('custom', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('space_id', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_document_versions_changed_by_id_in_block')),
    sa.CheckConstraint('created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_document_versions_created_by_id_in_block')),
    sa.CheckConstraint('document_id > space_id * 1000000000 AND document_id < space_id * 1000000000 + 1000000000', name=op.f('ck_document_versions_document_id_in_block')),
    sa.CheckConstraint('id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000', name=op.f('ck_document_versions_id_in_block')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['colleagues.id'], name=op.f('fk_document_versions_changed_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['colleagues.id'], name=op.f('fk_document_versions_created_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_versions_document_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_document_versions_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_versions')),
    sa.UniqueConstraint('document_id', 'number', name='uq_document_versions_number'),
    )
    op.create_index(op.f('ix_document_versions_created_at'), 'document_versions', ['created_at'], unique=False)
    op.create_index(op.f('ix_document_versions_document_id'), 'document_versions', ['document_id'], unique=False)
    op.create_index(op.f('ix_document_versions_space_id'), 'document_versions', ['space_id'], unique=False)
    op.execute(ACTIVITY_DOCUMENT)
    op.create_index(op.f("ix_activities_document_id"), "activities", ["document_id"], unique=False)
    fence('documents', 'document_versions')


def downgrade() -> None:
    op.drop_index(op.f("ix_activities_document_id"), "activities")
    with op.batch_alter_table("activities") as batch:
        batch.drop_column("document_id")
    unfence('documents', 'document_versions')



    op.drop_table('document_versions')

    op.drop_table('documents')
    op.drop_table('stored_files')
