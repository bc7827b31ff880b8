"""Approvals, their visas, and deputies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence, unfence

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('delegations',
    sa.Column('absent_id', sa.BigInteger(), nullable=False),
    sa.Column('deputy_id', sa.BigInteger(), nullable=False),
    sa.Column('begins', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger(), nullable=True),
    sa.Column('custom', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('space_id', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('absent_id > space_id * 1000000000 AND absent_id < space_id * 1000000000 + 1000000000', name=op.f('ck_delegations_absent_id_in_block')),
    sa.CheckConstraint('changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_delegations_changed_by_id_in_block')),
    sa.CheckConstraint('created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_delegations_created_by_id_in_block')),
    sa.CheckConstraint('deputy_id > space_id * 1000000000 AND deputy_id < space_id * 1000000000 + 1000000000', name=op.f('ck_delegations_deputy_id_in_block')),
    sa.CheckConstraint('ends >= begins', name=op.f('ck_delegations_days')),
    sa.CheckConstraint('id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000', name=op.f('ck_delegations_id_in_block')),
    sa.ForeignKeyConstraint(['absent_id'], ['colleagues.id'], name=op.f('fk_delegations_absent_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['colleagues.id'], name=op.f('fk_delegations_changed_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['colleagues.id'], name=op.f('fk_delegations_created_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['deputy_id'], ['colleagues.id'], name=op.f('fk_delegations_deputy_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_delegations_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegations')),
    )
    op.create_index(op.f('ix_delegations_absent_id'), 'delegations', ['absent_id'], unique=False)
    op.create_index(op.f('ix_delegations_created_at'), 'delegations', ['created_at'], unique=False)
    op.create_index(op.f('ix_delegations_deputy_id'), 'delegations', ['deputy_id'], unique=False)
    op.create_index(op.f('ix_delegations_ends'), 'delegations', ['ends'], unique=False)
    op.create_index(op.f('ix_delegations_space_id'), 'delegations', ['space_id'], unique=False)

    op.create_table('approvals',
    sa.Column('document_id', sa.BigInteger(), nullable=False),
    sa.Column('version_number', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger(), nullable=True),
    sa.Column('custom', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('space_id', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_approvals_changed_by_id_in_block')),
    sa.CheckConstraint('created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_approvals_created_by_id_in_block')),
    sa.CheckConstraint('document_id > space_id * 1000000000 AND document_id < space_id * 1000000000 + 1000000000', name=op.f('ck_approvals_document_id_in_block')),
    sa.CheckConstraint('id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000', name=op.f('ck_approvals_id_in_block')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['colleagues.id'], name=op.f('fk_approvals_changed_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['colleagues.id'], name=op.f('fk_approvals_created_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_approvals_document_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_approvals_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approvals')),
    )
    op.create_index(op.f('ix_approvals_created_at'), 'approvals', ['created_at'], unique=False)
    op.create_index(op.f('ix_approvals_document_id'), 'approvals', ['document_id'], unique=False)
    op.create_index(op.f('ix_approvals_space_id'), 'approvals', ['space_id'], unique=False)

    op.create_table('visas',
    sa.Column('approval_id', sa.BigInteger(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=60), nullable=False),
    sa.Column('above', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('remarks', sa.Text(), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('deputy_of_id', sa.BigInteger(), nullable=True),
    sa.Column('task_id', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger(), nullable=True),
    sa.Column('custom', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('space_id', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("state IN ('ahead', 'waiting', 'given', 'returned', 'void')", name=op.f('ck_visas_state')),
    sa.CheckConstraint('approval_id > space_id * 1000000000 AND approval_id < space_id * 1000000000 + 1000000000', name=op.f('ck_visas_approval_id_in_block')),
    sa.CheckConstraint('changed_by_id > space_id * 1000000000 AND changed_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_visas_changed_by_id_in_block')),
    sa.CheckConstraint('created_by_id > space_id * 1000000000 AND created_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_visas_created_by_id_in_block')),
    sa.CheckConstraint('decided_by_id > space_id * 1000000000 AND decided_by_id < space_id * 1000000000 + 1000000000', name=op.f('ck_visas_decided_by_id_in_block')),
    sa.CheckConstraint('deputy_of_id > space_id * 1000000000 AND deputy_of_id < space_id * 1000000000 + 1000000000', name=op.f('ck_visas_deputy_of_id_in_block')),
    sa.CheckConstraint('id > space_id * 1000000000 AND id < space_id * 1000000000 + 1000000000', name=op.f('ck_visas_id_in_block')),
    sa.CheckConstraint('task_id > space_id * 1000000000 AND task_id < space_id * 1000000000 + 1000000000', name=op.f('ck_visas_task_id_in_block')),
    sa.ForeignKeyConstraint(['approval_id'], ['approvals.id'], name=op.f('fk_visas_approval_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['colleagues.id'], name=op.f('fk_visas_changed_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['colleagues.id'], name=op.f('fk_visas_created_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['colleagues.id'], name=op.f('fk_visas_decided_by_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['deputy_of_id'], ['colleagues.id'], name=op.f('fk_visas_deputy_of_id'), initially='IMMEDIATE', deferrable=True),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_visas_space_id')),
    sa.ForeignKeyConstraint(['task_id'], ['activities.id'], name=op.f('fk_visas_task_id'), initially='IMMEDIATE', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visas')),
    )
    op.create_index(op.f('ix_visas_approval_id'), 'visas', ['approval_id'], unique=False)
    op.create_index(op.f('ix_visas_created_at'), 'visas', ['created_at'], unique=False)
    op.create_index(op.f('ix_visas_decided_by_id'), 'visas', ['decided_by_id'], unique=False)
    op.create_index(op.f('ix_visas_deputy_of_id'), 'visas', ['deputy_of_id'], unique=False)
    op.create_index(op.f('ix_visas_space_id'), 'visas', ['space_id'], unique=False)
    op.create_index(op.f('ix_visas_state'), 'visas', ['state'], unique=False)
    op.create_index(op.f('ix_visas_task_id'), 'visas', ['task_id'], unique=False)
    fence('approvals', 'visas', 'delegations')


def downgrade() -> None:
    unfence('approvals', 'visas', 'delegations')



    op.drop_table('visas')

    op.drop_table('approvals')

    op.drop_table('delegations')
