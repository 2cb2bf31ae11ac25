"""Since when a group of keys stands at its epoch. Adds only: locks the small table of groups for a moment."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Say of the groups there are that they have stood for long: whoever is inside ends the epoch within minutes."""
    long_ago = "1970-01-01T00:00:00.000Z"
    op.add_column("key_groups", sa.Column("since", sa.String(24), nullable=False, server_default=long_ago))
