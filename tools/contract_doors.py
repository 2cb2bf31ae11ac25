"""Makes `contract/vectors/doors.json` for `make contract`: chairs' words about the doors, the same bytes every time.

Both checkers, the server's and the browser's, must give every case its `expect`: `ok`, or an error code.
"""

from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tools.contract_vectors import NOW, OK, Draws
from tools.contract_voids import BAD, FORGED, MEETING
from visavis.identity.signing import public_half, sign
from visavis.kernel.canonical import b64u, canonical
from visavis.kernel.clock import written
from visavis.summits.doors import DOORS

LAST: Final = 2**31 - 1


def doors() -> dict[str, Any]:
    """Return what is kept in the file."""
    draws = Draws("doors")
    chair, other = (Ed25519PrivateKey.from_private_bytes(draws.bytes(32)) for _ in range(2))
    place = {"descriptor": b64u(draws.bytes(32)), "meeting": MEETING}
    word = {"opening": 2, "order": "hold", "at": written(NOW)}
    good = {"type": DOORS, **place, **word}

    def case(name: str, expect: str, raw: bytes, signature: bytes | None = None) -> dict[str, str]:
        signed = sign(chair, DOORS, raw) if signature is None else signature
        return {"name": name, "expect": expect, "order": b64u(raw), "signature": b64u(signed)}

    def said(name: str, expect: str, **changes: object) -> dict[str, str]:
        return case(name, expect, canonical({**good, **changes}))

    raw = canonical(good)
    return {
        "place": place,
        "device": b64u(public_half(chair)),
        "said": word,
        "cases": [
            case("as a chair signed it", OK, raw),
            said("that closes them", OK, order="close"),
            said("of the last opening there is", OK, opening=LAST),
            case("by another device", FORGED, raw, sign(other, DOORS, raw)),
            case("signed as another statement", FORGED, raw, sign(chair, "visavis void 1", raw)),
            case("with a signature cut short", FORGED, raw, sign(chair, DOORS, raw)[:-1]),
            said("of another summit", BAD, descriptor=b64u(bytes(32))),
            said("of another meeting", BAD, meeting=MEETING.replace("7", "8")),
            said("of no opening", BAD, opening=0),
            said("of an opening too many", BAD, opening=LAST + 1),
            said("that says neither", BAD, order="ajar"),
            said("with one word more", BAD, reason="air"),
            said("of another type", BAD, type="visavis void 1"),
            said("of no instant", BAD, at="now"),
            case("not canonical", BAD, raw.replace(b'","', b'", "', 1)),
            case("that is no JSON", BAD, b"doors"),
        ],
    }
