"""The one byte form that is hashed and signed (RFC 8785), and base64url without padding (RFC 4648 §5)."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON bytes of `value` (RFC 8785)."""
    return rfc8785.dumps(dict(value))


def parsed(raw: bytes) -> dict[str, Any]:
    """Return the object whose canonical form is exactly `raw`.

    Raises:
        ValueError: if `raw` is no JSON object or is not in canonical form.
    """
    value = json.loads(raw)
    if not isinstance(value, dict) or canonical(value) != raw:
        msg = "not a canonical JSON object"
        raise ValueError(msg)
    return value


def fingerprint(raw: bytes) -> bytes:
    """Return the 32 bytes of SHA-256 over `raw`."""
    return hashlib.sha256(raw).digest()


def b64u(raw: bytes) -> str:
    """Return `raw` as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def from_b64u(text: str) -> bytes:
    """Return the bytes that `text` writes in base64url without padding.

    Raises:
        ValueError: if `text` is not exactly what `b64u` would write.
    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    if b64u(raw) != text:
        msg = "not base64url without padding"
        raise ValueError(msg)
    return raw
