"""The ground: who is who, meetings, the audit log, events. Locks nothing: there is nothing yet."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _identity()
    _summits()
    _audit()
    _events()


def _identity() -> None:
    op.create_table(
        "challenges",
        sa.Column("fingerprint", sa.LargeBinary(32), nullable=False),
        sa.Column("expires", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_challenges"),
    )
    op.create_index("ix_challenges_expires", "challenges", ["expires"])
    op.create_table(
        "summits",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("dh", sa.LargeBinary(32), nullable=False),
        sa.Column("descriptor", sa.LargeBinary(), nullable=False),
        sa.Column("signatures", sa.Text(), nullable=False),
        sa.Column("published", sa.String(24), nullable=False),
        sa.Column("expires", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_summits"),
        sa.UniqueConstraint("dh", name="uq_summits_dh"),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("summit", sa.String(36), nullable=False),
        sa.Column("party", sa.String(32), nullable=False),
        sa.Column("serial", sa.String(22), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("identity", sa.String(26), nullable=False),
        sa.Column("device_key", sa.LargeBinary(32), nullable=False),
        sa.Column("invitation", sa.LargeBinary(), nullable=False),
        sa.Column("invitation_signature", sa.LargeBinary(64), nullable=False),
        sa.Column("device", sa.LargeBinary(), nullable=False),
        sa.Column("device_signature", sa.LargeBinary(64), nullable=False),
        sa.Column("enrolled", sa.String(24), nullable=False),
        sa.Column("revoked", sa.String(24), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.ForeignKeyConstraint(["summit"], ["summits.id"], name="fk_members_summit"),
        sa.UniqueConstraint("identity", name="uq_members_identity"),
        sa.UniqueConstraint("summit", "party", "serial", name="uq_members_summit"),
    )
    op.create_table(
        "revocations",
        sa.Column("summit", sa.String(36), nullable=False),
        sa.Column("party", sa.String(32), nullable=False),
        sa.Column("serial", sa.String(22), nullable=False),
        sa.Column("revocation", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=False),
        sa.Column("received", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("summit", "party", "serial", name="pk_revocations"),
        sa.ForeignKeyConstraint(["summit"], ["summits.id"], name="fk_revocations_summit"),
    )
    op.create_table(
        "sessions",
        sa.Column("fingerprint", sa.LargeBinary(32), nullable=False),
        sa.Column("member", sa.String(36), nullable=False),
        sa.Column("expires", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_sessions"),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_sessions_member"),
    )
    op.create_index("ix_sessions_expires", "sessions", ["expires"])


def _summits() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("summit", sa.String(36), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("phase", sa.String(20), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("scheduled", sa.String(24), nullable=False),
        sa.Column("began", sa.String(24), nullable=True),
        sa.Column("phase_since", sa.String(24), nullable=False),
        sa.Column("follows", sa.String(36), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
        sa.ForeignKeyConstraint(["follows"], ["meetings.id"], name="fk_meetings_follows"),
    )
    op.create_index("ix_meetings_summit", "meetings", ["summit"])
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(24), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_items"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_agenda_items_meeting"),
    )
    op.create_index("ix_agenda_items_meeting", "agenda_items", ["meeting"])
    op.create_table(
        "consents",
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("move", sa.String(20), nullable=False),
        sa.Column("party", sa.String(40), nullable=False),
        sa.Column("argument", sa.String(20), nullable=True),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("since", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "move", "party", name="pk_consents"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_consents_meeting"),
    )
    op.create_table(
        "floor_asks",
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("member", sa.String(36), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "member", name="pk_floor_asks"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_floor_asks_meeting"),
    )
    op.create_table(
        "floors",
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("holder", sa.String(36), nullable=True),
        sa.Column("since", sa.String(24), nullable=True),
        sa.PrimaryKeyConstraint("meeting", name="pk_floors"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_floors_meeting"),
    )
    op.create_table(
        "presences",
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("member", sa.String(36), nullable=False),
        sa.Column("room", sa.String(10), nullable=False),
        sa.Column("since", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "member", name="pk_presences"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_presences_meeting"),
    )


def _audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("summit", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("actor", sa.String(36), nullable=True),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("seal", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("summit", "number", name="pk_audit_entries"),
    )


def _events() -> None:
    op.create_table(
        "outbox_events",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("summit", sa.String(36), nullable=False),
        sa.Column("meeting", sa.String(36), nullable=False),
        sa.Column("party", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_outbox_events"),
    )
    op.create_index("ix_outbox_events_at", "outbox_events", ["at"])
    op.create_index("ix_outbox_events_meeting", "outbox_events", ["meeting"])
