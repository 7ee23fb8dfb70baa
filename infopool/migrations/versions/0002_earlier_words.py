"""Earlier words of texts, and what machines were given to translate"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "earlier_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_text_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_text_id"],
            ["offer_texts.id"],
            name=op.f("fk_earlier_texts_offer_text_id_offer_texts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_texts")),
        sa.UniqueConstraint("offer_text_id", "version", name=op.f("uq_earlier_texts_offer_text_id")),
    )
    op.create_table(
        "machine_use",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_machine_use")),
    )


def downgrade() -> None:
    op.drop_table("machine_use")
    op.drop_table("earlier_texts")
