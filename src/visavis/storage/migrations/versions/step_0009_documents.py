"""Where a booth's documents are kept, sealed, in parts."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the table of parts."""
    op.create_table(
        "group_documents",
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("document", sa.String(36), nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("box", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("meeting", "name", "document", "part", name="pk_group_documents"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_group_documents_meeting"),
    )
