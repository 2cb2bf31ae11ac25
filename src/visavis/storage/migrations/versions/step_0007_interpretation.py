"""A meeting's channels and booths, and what waits for consent. Adds only: locks nothing that stands."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the tables; a meeting without rows has the summit's languages and no booths that anybody arranged."""
    _add(
        "channels",
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        key="language",
    )
    _add(
        "booths",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("party", sa.String(40)),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("members", sa.Text, nullable=False),
        key="id",
    )
    _add(
        "arrangement_proposals",
        sa.Column("arrangement", sa.LargeBinary, nullable=False),
        sa.Column("since", sa.String(24), nullable=False),
    )
    _add(
        "arrangement_consents",
        sa.Column("party", sa.String(40), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        key="party",
    )


def _add(name: str, *columns: sa.Column[object], key: str | None = None) -> None:
    keys = ("meeting",) if key is None else ("meeting", key)
    op.create_table(
        name,
        sa.Column("meeting", sa.String(36), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name=f"fk_{name}_meeting"),
    )
