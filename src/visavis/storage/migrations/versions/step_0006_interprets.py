"""Whose statement an interpreter on the floor says again. Adds only: locks the small table of floors for a moment."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; until now no interpreter has had a floor."""
    op.add_column("floors", sa.Column("interprets", sa.String(36)))
