"""MLS messages made by hand, byte for byte as RFC 9420 §6 and §12.4.3 write them; what follows the head is noise."""

PUBLIC, GROUP_INFO = 1, 4
MEMBER, EXTERNAL, NEW_MEMBER_PROPOSAL, NEW_MEMBER_COMMIT = 1, 2, 3, 4
APPLICATION, PROPOSAL, COMMIT = 1, 2, 3


def vector(raw: bytes) -> bytes:
    """Return a vector of variable length (RFC 9420 §2.1.2): its length in as few bytes as it needs, and itself."""
    length = len(raw)
    if length < 1 << 6:
        return length.to_bytes(1, "big") + raw
    if length < 1 << 14:
        return (length | 1 << 14).to_bytes(2, "big") + raw
    return (length | 2 << 30).to_bytes(4, "big") + raw


def commit(
    group_id: bytes, epoch: int, body: bytes = b"\x00noise", *, leaf: int | None = 0, authenticated: bytes = b""
) -> bytes:
    """Return a commit in a PublicMessage: by the member at a leaf, or (None) by one who joins."""
    sender = bytes([NEW_MEMBER_COMMIT]) if leaf is None else bytes([MEMBER]) + leaf.to_bytes(4, "big")
    content = vector(group_id) + epoch.to_bytes(8, "big") + sender + vector(authenticated) + bytes([COMMIT])
    return b"\x00\x01\x00\x01" + content + body


def group_info(group_id: bytes, epoch: int, body: bytes = b"\x00noise") -> bytes:
    """Return a GroupInfo of suite 1."""
    return b"\x00\x01\x00\x04" + b"\x00\x01\x00\x01" + vector(group_id) + epoch.to_bytes(8, "big") + body
