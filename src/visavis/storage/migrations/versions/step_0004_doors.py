"""The chairs' last words about the doors. Adds only: no table that is there is locked."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table. Doors that stand open fall shut: nobody has said yet that they hold them."""
    op.create_table(
        "doors_words",
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("member", sa.String(36), nullable=False),
        sa.Column("party", sa.String(40), nullable=False),
        sa.Column("word", sa.String(10), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "member", name="pk_doors_words"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_doors_words_meeting"),
    )
