"""Groups of keys, and how often the doors were opened. Adds only: locks the small table of meetings for a moment."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of groups; count the opening that is going on."""
    op.add_column("meetings", sa.Column("openings", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE meetings SET openings = 1 WHERE phase = 'open'")
    op.create_table(
        "key_groups",
        *_names("key_groups"),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("group_info", sa.LargeBinary(), nullable=False),
        sa.Column("envelopes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "name", name="pk_key_groups"),
    )
    op.create_table(
        "group_commits",
        *_names("group_commits"),
        sa.Column("epoch", sa.BigInteger(), nullable=False, autoincrement=False),
        *_message(),
        sa.PrimaryKeyConstraint("meeting", "name", "epoch", name="pk_group_commits"),
    )
    op.create_index("ix_group_commits_at", "group_commits", ["at"])
    op.create_table(
        "group_turns",
        *_names("group_turns"),
        sa.Column("member", sa.String(36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("until", sa.String(24), nullable=True),
        sa.PrimaryKeyConstraint("meeting", "name", "member", name="pk_group_turns"),
    )
    op.create_table(
        "group_envelopes",
        *_names("group_envelopes"),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        *_message(),
        sa.PrimaryKeyConstraint("meeting", "name", "number", name="pk_group_envelopes"),
    )
    op.create_index("ix_group_envelopes_at", "group_envelopes", ["at"])


def _names(table: str) -> tuple[sa.Column[str] | sa.ForeignKeyConstraint, ...]:
    return (
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name=f"fk_{table}_meeting"),
    )


def _message() -> tuple[sa.Column[bytes] | sa.Column[str], ...]:
    return (
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
    )
