"""Makes `contract/vectors/revocations.json` for `make contract`: parties' revocations, the same bytes every time.

Both checkers, the server's and the browser's, must give every case its `expect`: `ok`, or an error code.
"""

from typing import Any

from tools.contract_vectors import NOW, OK, world
from visavis.identity import desk
from visavis.identity.accreditation import read_descriptor
from visavis.identity.model import Role
from visavis.identity.signing import sign
from visavis.identity.statements import REVOCATION
from visavis.kernel.canonical import b64u, canonical, parsed
from visavis.kernel.errors import Code
from visavis.kernel.ids import Party

BAD = Code.INVITATION_BAD.value
FORGED = Code.SIGNATURE_BAD.value


def revocations() -> dict[str, Any]:
    """Return what is kept in the file."""
    here = world("revocations")
    descriptor = read_descriptor(here.descriptor)
    serial = here.invite("arven", Role.ADVISER).serial
    raw, signature = desk.revoke(here.keys["arven"], descriptor, serial, NOW)
    good = parsed(raw)

    def case(name: str, expect: str, raw: bytes, signature: bytes) -> dict[str, str]:
        return {"name": name, "expect": expect, "revocation": b64u(raw), "signature": b64u(signature)}

    def said(name: str, expect: str, signer: str = "arven", **changes: object) -> dict[str, str]:
        raw = canonical({**good, **changes})
        return case(name, expect, raw, sign(here.keys[signer], REVOCATION, raw))

    signed = {side.id: desk.sign_descriptor(here.keys[side.id], here.descriptor) for side in descriptor.delegations}
    return {
        "descriptor": {
            "bytes": b64u(here.descriptor),
            "signatures": {party: b64u(each) for party, each in signed.items()},
            "dh": b64u(descriptor.dh),
        },
        "person": f"{Party('arven')}/{serial}",
        "cases": [
            case("as the party signed it", OK, raw, signature),
            said("by the other delegation", FORGED, "tolmar"),
            said("by the host", FORGED, "host"),
            case("signed as another statement", FORGED, raw, sign(here.keys["arven"], "visavis invitation 1", raw)),
            case("with a signature cut short", FORGED, raw, signature[:-1]),
            said("of another summit", BAD, descriptor=b64u(bytes(32))),
            said("of an unknown party", BAD, party="sund"),
            said("of a serial cut short", BAD, serial=b64u(bytes(15))),
            said("with one word more", BAD, reason="lost"),
            said("of another type", BAD, type="visavis invitation 1"),
            case("not canonical", BAD, raw.replace(b'","', b'", "', 1), signature),
            case("that is no JSON", BAD, b"revoked", signature),
        ],
    }
