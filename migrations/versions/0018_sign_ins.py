"""Where people are signed in: a row for each browser instead of one key for all of an account's.

Whoever is signed in signs in once more: what their cookies say was made from the old key.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_ins_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_ins_digest")),
    )
    op.create_index(op.f("ix_sign_ins_person_id"), "sign_ins", ["person_id"])
    with op.batch_alter_table("people", schema=None) as people:
        people.drop_column("session_key")


def downgrade() -> None:
    # Nobody's cookie opens an account with an empty key: everybody signs in once more.
    with op.batch_alter_table("people", schema=None) as people:
        people.add_column(sa.Column("session_key", sa.String(length=32), nullable=False, server_default=""))
    op.drop_table("sign_ins")
