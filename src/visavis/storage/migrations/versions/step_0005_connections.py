"""Who is connected to which meeting, by which server's word. Adds only: locks nothing that stands."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table; servers fill it within seconds."""
    op.create_table(
        "connections",
        sa.Column("member", sa.String(36), nullable=False),
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("server", sa.String(36), nullable=False),
        sa.Column("until", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("member", name="pk_connections"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_connections_meeting"),
    )
