"""What is arranged of the interpretation, as chairs signed it. Nobody had signed what was arranged before: it is forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Put the new tables in the place of the old; a meeting without rows is arranged by language."""
    for name in ("channels", "booths", "arrangement_proposals", "arrangement_consents"):
        op.drop_table(name)
    _add(
        "arrangements",
        sa.Column("party", sa.String(40), nullable=False),
        sa.Column("statement", sa.LargeBinary, nullable=False),
        keys=("meeting", "party"),
    )
    _add(
        "arrangement_signatures",
        sa.Column("digest", sa.String(43), nullable=False),
        sa.Column("party", sa.String(40), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        keys=("meeting", "digest", "party"),
    )
    _add(
        "proposed_arrangements",
        sa.Column("statement", sa.LargeBinary, nullable=False),
        sa.Column("since", sa.String(24), nullable=False),
        keys=("meeting",),
    )


def _add(name: str, *columns: sa.Column[object], keys: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("meeting", sa.String(36), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name=f"fk_{name}_meeting"),
    )
