"""Files that were brought to be imported."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('uploads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('colleague_n', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('columns_digest', sa.String(length=64), nullable=True),
    sa.Column('encoding', sa.String(length=12), nullable=True),
    sa.Column('separator', sa.String(length=12), nullable=True),
    sa.Column('date_order', sa.String(length=3), nullable=False),
    sa.Column('mapping', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('policy', sa.String(length=8), nullable=False),
    sa.Column('again', sa.Boolean(), nullable=False),
    sa.Column('status', sa.String(length=8), nullable=False),
    sa.Column('counts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('columns', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('rejected', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('fault', sa.String(length=400), nullable=True),
    sa.Column('event_n', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_uploads_person_id')),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_uploads_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_uploads'))
    )
    with op.batch_alter_table('uploads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_uploads_columns_digest'), ['columns_digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_uploads_digest'), ['digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_uploads_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_uploads_space_id'), ['space_id'], unique=False)


def downgrade() -> None:
    op.drop_table("uploads")
