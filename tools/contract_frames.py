"""Makes `contract/vectors/media_frames.json` for `make contract`: sealed media frames, the same bytes each time.

The layout is that of `web/src/keys/frames/layout.ts`, written here a second time and with another library, so that what
both agree on is what is documented and not a mistake of either.
"""

from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visavis.kernel.canonical import b64u, fingerprint

IV_LENGTH: Final = 12
TRAILER_LENGTH: Final = IV_LENGTH + 2
START: Final = 0xFEDCBA98
HEADERS: Final = {("audio", ""): 1, ("video", "key"): 10, ("video", "delta"): 3}


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame before it is sealed."""

    name: str
    purpose: str
    medium: str
    kind: str
    key_id: int
    count: int
    length: int

    @property
    def secret(self) -> bytes:
        """The exporter secret of its key."""
        return fingerprint(f"secret {self.key_id}".encode())

    @property
    def clear(self) -> bytes:
        """What is in it: bytes from a fixed seed."""
        drawn = b"".join(fingerprint(f"{self.name} {part}".encode()) for part in range(self.length // 32 + 1))
        return drawn[: self.length]

    def sealed(self) -> bytes:
        """Return it as it travels."""
        header = HEADERS[self.medium, self.kind]
        iv = channel_tag(self.purpose) + START.to_bytes(4, "big") + self.count.to_bytes(6, "big")
        box = AESGCM(media_key(self.secret)).encrypt(iv, self.clear[header:], self.clear[:header])
        return self.clear[:header] + box + iv + bytes([IV_LENGTH, self.key_id])

    def printed(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "name": self.name,
            "purpose": self.purpose,
            "tag": int.from_bytes(channel_tag(self.purpose), "big"),
            "medium": self.medium,
            "type": self.kind,
            "key_id": self.key_id,
            "count": self.count,
            "secret": b64u(self.secret),
            "clear": b64u(self.clear),
            "sealed": b64u(self.sealed()),
        }


FRAMES: Final = (
    Frame("the first on the floor", "floor", "audio", "", key_id=0, count=0, length=120),
    Frame("redundant speech, far on", "floor", "audio", "", key_id=5, count=2**32 - 1, length=700),
    Frame("under a floor key", "floor", "audio", "", key_id=133, count=2**32, length=3),
    Frame("a key frame", "camera", "video", "key", key_id=127, count=2**48 - 1, length=4000),
    Frame("a picture between", "camera", "video", "delta", key_id=127, count=1, length=900),
    Frame("a screen", "screen", "video", "delta", key_id=255, count=2, length=50),
    Frame("an interpretation", "int:fr", "audio", "", key_id=128, count=3, length=160),
    Frame("somebody who signs", "sign:ase", "video", "delta", key_id=3, count=4, length=800),
)


def media_key(secret: bytes) -> bytes:
    """Return the AES-128-GCM key of an exporter secret, as LiveKit derives it (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=16, salt=b"LKFrameEncryptionKey", info=bytes(128)).derive(secret)


def channel_tag(purpose: str) -> bytes:
    """Return the two bytes that bind a frame to what its track is for."""
    return fingerprint(purpose.encode())[:2]


def frames() -> dict[str, Any]:
    """Return every frame: its key, itself in clear, and itself sealed."""
    return {"start": START, "frames": [frame.printed() for frame in FRAMES]}


def opened(sealed: bytes, secret: bytes, header: int) -> bytes:
    """Return a sealed frame in clear.

    Raises:
        cryptography.exceptions.InvalidTag: if anything of it was changed.
    """
    end = len(sealed) - TRAILER_LENGTH
    iv = sealed[end : end + IV_LENGTH]
    return sealed[:header] + AESGCM(media_key(secret)).decrypt(iv, sealed[header:end], sealed[:header])
