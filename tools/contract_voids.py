"""Makes `contract/vectors/voids.json` for `make contract`: chairs' voids of an epoch, the same bytes every time.

Both checkers, the server's and the browser's, must give every case its `expect`: `ok`, or an error code.
"""

from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tools.contract_vectors import NOW, OK, Draws
from visavis.identity.signing import public_half, sign
from visavis.kernel.canonical import b64u, canonical
from visavis.kernel.clock import written
from visavis.kernel.errors import Code
from visavis.keys.voids import VOID

MEETING: Final = "7d1f0b9a-2222-4333-8444-555566667777"
BAD: Final = Code.MESSAGE_BAD.value
FORGED: Final = Code.SIGNATURE_BAD.value


def voids() -> dict[str, Any]:
    """Return what is kept in the file."""
    draws = Draws("voids")
    chair, other = (Ed25519PrivateKey.from_private_bytes(draws.bytes(32)) for _ in range(2))
    descriptor, commit = b64u(draws.bytes(32)), b64u(draws.bytes(32))
    place = {"descriptor": descriptor, "meeting": MEETING, "group": "chamber"}
    good = {"type": VOID, **place, "epoch": 7, "commit": commit, "issued": written(NOW)}

    def case(name: str, expect: str, raw: bytes, signature: bytes | None = None) -> dict[str, str]:
        signed = sign(chair, VOID, raw) if signature is None else signature
        return {"name": name, "expect": expect, "void": b64u(raw), "signature": b64u(signed)}

    def said(name: str, expect: str, **changes: object) -> dict[str, str]:
        return case(name, expect, canonical({**good, **changes}))

    raw = canonical(good)
    return {
        "place": place,
        "device": b64u(public_half(chair)),
        "said": {"epoch": 7, "commit": commit},
        "cases": [
            case("as a chair signed it", OK, raw),
            case("by another device", FORGED, raw, sign(other, VOID, raw)),
            case("signed as another statement", FORGED, raw, sign(chair, "visavis session 1", raw)),
            case("with a signature cut short", FORGED, raw, sign(chair, VOID, raw)[:-1]),
            case("without a signature", FORGED, raw, b""),
            said("of another summit", BAD, descriptor=b64u(bytes(32))),
            said("of another meeting", BAD, meeting=MEETING.replace("7", "8")),
            said("of another group", BAD, group="floor.1"),
            said("of no epoch", BAD, epoch=-1),
            said("of half an epoch", BAD, epoch=7.5),
            case("of an epoch that is no exact number", BAD, raw.replace(b'"epoch":7', b'"epoch":9007199254740992')),
            said("of a commit cut short", BAD, commit=b64u(bytes(31))),
            said("with one word more", BAD, reason="garbage"),
            said("of another type", BAD, type="visavis revocation 1"),
            said("of no instant", BAD, issued="yesterday"),
            case("not canonical", BAD, raw.replace(b'","', b'", "', 1)),
            case("that is no JSON", BAD, b"void"),
        ],
    }
