"""The heads of two MLS messages (RFC 9420 §6, §12.4.3), read as far as ordering them needs and no further. Pure.

```
commit     version 1 · wire format 1 │ group id<V> · epoch u64 · sender · authenticated data<V> · content type 3 │ …
GroupInfo  version 1 · wire format 4 │ version 1 · suite u16 · group id<V> · epoch u64 │ …
```

What follows is for the members to judge. Whatever is not exactly of these forms is refused: `PrivateMessage` (its content type
cannot be seen), proposals, Welcome, KeyPackage, external senders.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

MLS10: Final = 1  # RFC 9420 §6: ProtocolVersion mls10
PUBLIC_MESSAGE: Final = 1  # RFC 9420 §6: WireFormat mls_public_message
GROUP_INFO: Final = 4  # RFC 9420 §6: WireFormat mls_group_info
COMMIT: Final = 3  # RFC 9420 §6: ContentType commit


class HeaderError(ValueError):
    """The bytes are not the head of the message they should be."""


class Sender(Enum):
    """Who says they send a commit (RFC 9420 §6: SenderType); no others may."""

    MEMBER = 1
    NEW_MEMBER_COMMIT = 4


@dataclass(frozen=True, slots=True)
class CommitHeader:
    """What the server reads of a commit."""

    group_id: bytes
    epoch: int
    """The epoch that the commit ends."""
    sender: Sender


@dataclass(frozen=True, slots=True)
class InfoHeader:
    """What the server reads of a GroupInfo."""

    group_id: bytes
    epoch: int
    """The epoch in which one joins by it."""


def read_commit(raw: bytes) -> CommitHeader:
    """Return the head of a commit in a PublicMessage.

    Raises:
        HeaderError: if the bytes do not begin as one.
    """
    bytes_left = _Reader(raw)
    _expect(bytes_left.number(2), MLS10, "version")
    _expect(bytes_left.number(2), PUBLIC_MESSAGE, "wire format")
    group_id = bytes_left.vector()
    epoch = bytes_left.number(8)
    sender = _sender(bytes_left.number(1))
    if sender is Sender.MEMBER:
        bytes_left.take(4)  # the leaf index: only the members know whose leaf it is
    bytes_left.vector()  # authenticated data
    _expect(bytes_left.number(1), COMMIT, "content type")
    bytes_left.take(1)  # a commit is not empty
    return CommitHeader(group_id, epoch, sender)


def read_info(raw: bytes) -> InfoHeader:
    """Return the head of a GroupInfo.

    Raises:
        HeaderError: if the bytes do not begin as one.
    """
    bytes_left = _Reader(raw)
    _expect(bytes_left.number(2), MLS10, "version")
    _expect(bytes_left.number(2), GROUP_INFO, "wire format")
    _expect(bytes_left.number(2), MLS10, "version of the group context")
    bytes_left.take(2)  # the cipher suite is the members' affair
    group_id = bytes_left.vector()
    epoch = bytes_left.number(8)
    bytes_left.take(1)
    return InfoHeader(group_id, epoch)


def _sender(number: int) -> Sender:
    try:
        return Sender(number)
    except ValueError:
        msg = "sender type"
        raise HeaderError(msg) from None


def _expect(found: int, wanted: int, what: str) -> None:
    if found != wanted:
        raise HeaderError(what)


class _Reader:
    """Takes bytes from the front, and refuses to take what is not there."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    def take(self, count: int) -> bytes:
        """Return the next `count` bytes."""
        end = self._at + count
        if end > len(self._raw):
            msg = "too short"
            raise HeaderError(msg)
        taken, self._at = self._raw[self._at : end], end
        return taken

    def number(self, size: int) -> int:
        """Return the next unsigned number of `size` bytes, in network order (RFC 9420 §2.1)."""
        return int.from_bytes(self.take(size), "big")

    def vector(self) -> bytes:
        """Return the next vector of variable length: a length in 1, 2 or 4 bytes, as few as it needs (RFC 9420 §2.1.2)."""
        first = self.number(1)
        size = 1 << (first >> 6)
        if size == 8:  # noqa: PLR2004 - the prefix 0b11 is invalid (RFC 9420 §2.1.2)
            msg = "length of a vector"
            raise HeaderError(msg)
        length = (first & 0x3F) << 8 * (size - 1) | self.number(size - 1)
        if size > 1 and length < 1 << (8 * (size // 2) - 2):
            msg = "length of a vector is not minimal"
            raise HeaderError(msg)
        return self.take(length)
