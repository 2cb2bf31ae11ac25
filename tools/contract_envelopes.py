"""Makes `contract/vectors/envelopes.json` for `make contract`: sealed envelopes, the same bytes each time.

The form is that of `web/src/keys/envelope.ts`, written here a second time and with another library.
"""

from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from visavis.kernel.canonical import b64u, canonical, fingerprint, from_b64u, parsed

TYPE: Final = "visavis envelope 1"
SIGNATURE_LENGTH: Final = 64
GROUP: Final = "vv1|" + b64u(fingerprint(b"a descriptor")) + "|7d1f0b9a-2222-4333-8444-555566667777|C|0"
AT: Final = "2026-12-07T14:09:00.000Z"


@dataclass(frozen=True, slots=True)
class Letter:
    """One envelope before it is sealed."""

    name: str
    epoch: int
    leaf: int
    sequence: int
    said: dict[str, Any]

    @property
    def secret(self) -> bytes:
        """What the group's epoch exports."""
        return fingerprint(f"envelopes of epoch {self.epoch}".encode())[:16]

    @property
    def session(self) -> Ed25519PrivateKey:
        """The key of the sender's leaf."""
        return Ed25519PrivateKey.from_private_bytes(fingerprint(f"session of leaf {self.leaf}".encode()))

    @property
    def nonce(self) -> bytes:
        """What a client draws by chance."""
        return fingerprint(self.name.encode())[:12]

    def sealed(self) -> bytes:
        """Return it as it travels."""
        head = {"type": TYPE, "group": GROUP, "epoch": self.epoch, "leaf": self.leaf, "sequence": self.sequence}
        box = AESGCM(self.secret).encrypt(self.nonce, canonical(self.said), canonical(head))
        statement = canonical({**head, "nonce": b64u(self.nonce), "box": b64u(box)})
        return self.session.sign(TYPE.encode() + b"\0" + statement) + statement

    def printed(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "name": self.name,
            "group": GROUP,
            "epoch": self.epoch,
            "leaf": self.leaf,
            "sequence": self.sequence,
            "secret": b64u(self.secret),
            "session_seed": b64u(fingerprint(f"session of leaf {self.leaf}".encode())),
            "session_key": b64u(self.session.public_key().public_bytes_raw()),
            "nonce": b64u(self.nonce),
            "said": self.said,
            "envelope": b64u(self.sealed()),
        }


def _signal(signal: str, **more: object) -> dict[str, Any]:
    return {"kind": "signal", "at": AT, "signal": signal, **more}


def _booth(does: str, **more: object) -> dict[str, Any]:
    return {"kind": "booth", "at": AT, "does": does, **more}


LETTERS: Final = (
    Letter(
        "a line",
        epoch=7,
        leaf=2,
        sequence=1,
        said={"kind": "chat", "at": AT, "text": "We are with you.\n你好, à vous."},
    ),
    Letter("a hand", epoch=8, leaf=3, sequence=2**31, said=_signal("raise_hand")),
    Letter("not so fast", epoch=0, leaf=0, sequence=1, said=_signal("slow_down")),
    Letter("nothing leaves any more", epoch=9, leaf=1, sequence=9, said=_signal("doors_shut", opening=2)),
    Letter("not quite", epoch=9, leaf=0, sequence=4, said=_signal("heard_outside", opening=2, of="A" * 26)),
    Letter("on air", epoch=9, leaf=3, sequence=2, said=_booth("air", into="fr")),
    Letter("by way of English", epoch=9, leaf=3, sequence=3, said=_booth("source", into="fr", **{"from": "en"})),
    Letter("it is not the same", epoch=9, leaf=2, sequence=10, said=_signal("code_found", finding="mismatch", epoch=8)),
)


def envelopes() -> dict[str, Any]:
    """Return every envelope: its key, what it says, and itself sealed."""
    return {"envelopes": [letter.printed() for letter in LETTERS]}


def opened(envelope: bytes, secret: bytes, session_key: bytes) -> bytes:
    """Return what an envelope says.

    Raises:
        cryptography.exceptions.InvalidSignature: if anything of it was changed.
        cryptography.exceptions.InvalidTag: if it was not sealed under this key for its place.
    """
    signature, statement = envelope[:SIGNATURE_LENGTH], envelope[SIGNATURE_LENGTH:]
    Ed25519PublicKey.from_public_bytes(session_key).verify(signature, TYPE.encode() + b"\0" + statement)
    said = parsed(statement)
    nonce, box = from_b64u(said.pop("nonce")), from_b64u(said.pop("box"))
    return AESGCM(secret).decrypt(nonce, box, canonical(said))
