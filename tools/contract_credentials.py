"""Makes `contract/vectors/credentials.json` for `make contract`: credentials of groups' leaves, the same bytes each time.

Members alone check credentials; the server never looks into one. So the forms are written here a second time, in another
language than the checker's: every case must get its `expect` in `web/src/keys/credential.ts`. The codes that members read to
each other are made here a second time too.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tools.contract_vectors import NOW, OK, World, secret, sent, world
from visavis.identity.accreditation import identity_of
from visavis.identity.model import Accreditation, Role
from visavis.identity.signing import public_half, sign
from visavis.identity.statements import DEVICE, DeviceForm
from visavis.kernel.canonical import b64u, canonical, fingerprint, parsed
from visavis.kernel.clock import written

CREDENTIAL: Final = "visavis credential 1"
SESSION_KEY: Final = "visavis session key 1"
LONGEST: Final = timedelta(hours=12)
STRETCH: Final = 600_000


@dataclass(frozen=True, slots=True)
class Seat:
    """A member with the private key of their device."""

    chain: Accreditation
    device: Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Session:
    """What a session statement says, and who signs it as what."""

    key: bytes
    issued: datetime = NOW
    lasts: timedelta = LONGEST
    device: bytes | None = None
    descriptor: bytes | None = None
    signer: Ed25519PrivateKey | None = None
    red: bool = True
    kind: str = SESSION_KEY

    def parts(self, seat: Seat, dh: bytes) -> dict[str, str]:
        """Return statement and signature as they travel."""
        raw = canonical(
            {
                "type": SESSION_KEY,
                "descriptor": b64u(self.descriptor or dh),
                "device": b64u(self.device or public_half(seat.device)),
                "key": b64u(self.key),
                "red": self.red,
                "issued": written(self.issued),
                "expires": written(self.issued + self.lasts),
            }
        )
        return {"session": b64u(raw), "session_signature": b64u(sign(self.signer or seat.device, self.kind, raw))}


def seat(here: World, party: str, role: Role, *, chair: bool = False) -> Seat:
    """Return a new member."""
    issued = here.invite(party, role, chair=chair)
    device = Ed25519PrivateKey.from_private_bytes(here.draws.bytes(32))
    raw = DeviceForm(invitation=fingerprint(issued.invitation), key=public_half(device), issued=NOW).written()
    return Seat(Accreditation(issued.invitation, issued.signature, raw, sign(secret(issued), DEVICE, raw)), device)


def credential(seat: Seat, session: dict[str, str], **changes: str) -> bytes:
    """Return a credential."""
    return canonical({"type": CREDENTIAL, **sent(seat.chain), **session, **changes})


def credentials() -> dict[str, Any]:
    """Return what is kept in the file."""
    here = world("credentials")
    signatures = {side: sign(here.keys[side], "visavis descriptor 1", here.descriptor) for side in ("arven", "tolmar")}
    return {
        "now": written(NOW),
        "descriptor": {
            "bytes": b64u(here.descriptor),
            "signatures": {side: b64u(signature) for side, signature in signatures.items()},
            "dh": b64u(fingerprint(here.descriptor)),
        },
        "cases": [*_good(here), *_bad_sessions(here), *_bad_chains(here)],
        "codes": [_code(number, f"vv1|{number}|C|0") for number in (0, 7, 2**32)],
    }


def _case(name: str, key: bytes, raw: bytes, **verdict: object) -> dict[str, Any]:
    return {"name": name, "key": b64u(key), "credential": b64u(raw), **verdict}


def _good(here: World) -> Iterator[dict[str, Any]]:
    dh = fingerprint(here.descriptor)
    for party, role, chair, red in (
        ("arven", Role.PRINCIPAL, True, True),
        ("tolmar", Role.CHAIR, True, True),
        ("arven", Role.INTERPRETER, False, True),
        ("press", Role.PRESS, False, False),
        ("host", Role.PROTOCOL_OFFICER, False, True),
    ):
        key, who = here.draws.bytes(32), seat(here, party, role, chair=chair)
        said = parsed(who.chain.invitation)
        member = {
            **{field: said[field] for field in ("party", "serial", "name", "role", "chair")},
            "identity": identity_of(public_half(who.device)),
            "red": red,
            "expires": written(NOW + LONGEST),
        }
        raw = credential(who, Session(key, red=red).parts(who, dh))
        yield _case(f"{role.value} of {party}", key, raw, expect=OK, member=member)


def _bad_sessions(here: World) -> Iterator[dict[str, Any]]:
    dh, who, other = fingerprint(here.descriptor), *(seat(here, "arven", Role.ADVISER) for _ in range(2))
    key, hour = here.draws.bytes(32), timedelta(hours=1)
    for name, session, expect in (
        ("for another descriptor", Session(key, descriptor=bytes(32)), "descriptor"),
        ("of another device", Session(key, device=public_half(other.device)), "device"),
        ("of another leaf", Session(bytes(32)), "leaf_key"),
        ("signed by another device", Session(key, signer=other.device), "session_signature"),
        ("signed as another statement", Session(key, kind=DEVICE), "session_signature"),
        ("for too long", Session(key, lasts=LONGEST + timedelta(milliseconds=1)), "lifetime"),
        ("that has not begun", Session(key, issued=NOW + hour), "not_yet"),
        ("of a clock a little fast", Session(key, issued=NOW + timedelta(minutes=5)), OK),
        ("that has ended", Session(key, issued=NOW - LONGEST), "expired"),
        ("that ends before it begins", Session(key, lasts=-hour), "form"),
    ):
        yield _case(f"a session {name}", key, credential(who, session.parts(who, dh)), expect=expect)


def _bad_chains(here: World) -> Iterator[dict[str, Any]]:
    dh, who, other = fingerprint(here.descriptor), *(seat(here, "arven", Role.ADVISER) for _ in range(2))
    key = here.draws.bytes(32)
    session = Session(key).parts(who, dh)
    mine, theirs = sent(who.chain), sent(other.chain)
    strange = seat(world("another summit"), "arven", Role.PRINCIPAL)
    for name, raw, expect in (
        (
            "another's signature on the invitation",
            _with(who, session, theirs, "invitation_signature"),
            "invitation_signature",
        ),
        ("another's invitation", _with(who, session, theirs, "invitation", "invitation_signature"), "invitation"),
        ("another's signature on the device", _with(who, session, theirs, "device_signature"), "device_signature"),
        ("another's device", _with(who, session, theirs, "device", "device_signature"), "invitation"),
        ("a member of another summit", credential(strange, Session(key).parts(strange, dh)), "descriptor"),
        ("a part more", credential(who, session, more=""), "form"),
        ("another type", credential(who, session, type="visavis credential 2"), "form"),
        ("a blank at the end", credential(who, session) + b" ", "form"),
        ("nothing", b"", "form"),
    ):
        yield _case(f"a chain with {name}", key, raw, expect=expect)
    missing = {field: value for field, value in {**mine, **session}.items() if field != "session_signature"}
    yield _case("a chain without a signature", key, canonical({"type": CREDENTIAL, **missing}), expect="form")


def _with(who: Seat, session: dict[str, str], others: dict[str, str], *fields: str) -> bytes:
    return credential(who, session, **{field: others[field] for field in fields})


def _code(epoch: int, group: str) -> dict[str, Any]:
    """Return 24 digits of an epoch, as members read them to each other."""
    authenticator = fingerprint(f"authenticator {epoch}".encode())
    salt = fingerprint(b"visavis sas 1" + group.encode() + epoch.to_bytes(8, "big"))
    drawn = hashlib.pbkdf2_hmac("sha256", authenticator, salt, STRETCH, 24)
    parts = [int.from_bytes(drawn[at : at + 4], "big") % 10_000 for at in range(0, 24, 4)]
    code = " ".join(f"{part:04}" for part in parts)
    return {"authenticator": b64u(authenticator), "group": group, "epoch": epoch, "code": code}
