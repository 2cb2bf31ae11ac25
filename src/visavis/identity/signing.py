"""Ed25519 (RFC 8032) over `type || 0x00 || bytes`, so that no statement can pass for one of another type. Pure."""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from visavis.kernel.chance import Chance

KEY_LENGTH: Final = 32
SIGNATURE_LENGTH: Final = 64


def new_key(chance: Chance) -> Ed25519PrivateKey:
    """Return a new private key."""
    return Ed25519PrivateKey.from_private_bytes(chance.bytes(KEY_LENGTH))


def public_half(key: Ed25519PrivateKey) -> bytes:
    """Return the raw 32 bytes of a private key's public half."""
    return key.public_key().public_bytes_raw()


def sign(key: Ed25519PrivateKey, kind: str, raw: bytes) -> bytes:
    """Return the signature of a statement of type `kind`, whose bytes are `raw`."""
    return key.sign(_signed(kind, raw))


def verifies(public: bytes, signature: bytes, kind: str, raw: bytes) -> bool:
    """Whether `signature` is `public`'s over a statement; False too for keys and signatures of a wrong length."""
    if len(public) != KEY_LENGTH or len(signature) != SIGNATURE_LENGTH:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(kind, raw))
    except (
        InvalidSignature,
        ValueError,
    ):  # ValueError: the bytes are no point of the curve
        return False
    return True


def _signed(kind: str, raw: bytes) -> bytes:
    return kind.encode("ascii") + b"\x00" + raw
