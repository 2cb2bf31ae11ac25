"""Cases of a chair's signed word, of whatever type: as it was signed, and as nobody is to believe it.

Both checkers, the server's and the browser's, must give every case its `expect`: `ok`, or an error code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tools.contract_vectors import OK, Draws
from visavis.identity.signing import public_half, sign
from visavis.kernel.canonical import b64u, canonical
from visavis.kernel.errors import Code

MEETING: Final = "7d1f0b9a-2222-4333-8444-555566667777"
BAD: Final = Code.MESSAGE_BAD.value
FORGED: Final = Code.SIGNATURE_BAD.value

Case = dict[str, str]


@dataclass(frozen=True, slots=True)
class Signer:
    """A chair who says words of one type, and somebody else who would like to.

    Args:
        type: the statement's.
        called: the field in which a case has the word.
    """

    type: str
    called: str
    chair: Ed25519PrivateKey
    other: Ed25519PrivateKey

    @classmethod
    def drawn(cls, kind: str, called: str, draws: Draws) -> "Signer":
        """Draw the keys of both."""
        chair, other = (Ed25519PrivateKey.from_private_bytes(draws.bytes(32)) for _ in range(2))
        return cls(kind, called, chair, other)

    @property
    def device(self) -> str:
        """The public half of the chair's key."""
        return b64u(public_half(self.chair))

    def case(self, name: str, expect: str, raw: bytes, signature: bytes | None = None) -> Case:
        """Return a case of these bytes, signed by the chair if nothing else is said."""
        signed = sign(self.chair, self.type, raw) if signature is None else signature
        return {"name": name, "expect": expect, self.called: b64u(raw), "signature": b64u(signed)}

    def said(self, name: str, expect: str, word: Mapping[str, Any]) -> Case:
        """Return a case of this word, of the signer's type if it names no other."""
        return self.case(name, expect, canonical({"type": self.type, **word}))

    def cases(self, good: Mapping[str, Any]) -> list[Case]:
        """Return what is so for words of every type: of a good one, and of everything that is wrong with it."""
        raw = canonical({"type": self.type, **good})
        signature = sign(self.chair, self.type, raw)
        return [
            self.case("as a chair signed it", OK, raw),
            self.case("by another device", FORGED, raw, sign(self.other, self.type, raw)),
            self.case("signed as another statement", FORGED, raw, sign(self.chair, "visavis session 1", raw)),
            self.case("with a signature cut short", FORGED, raw, signature[:-1]),
            self.case("without a signature", FORGED, raw, b""),
            self.said("of another summit", BAD, {**good, "descriptor": b64u(bytes(32))}),
            self.said("of another meeting", BAD, {**good, "meeting": MEETING.replace("7", "8")}),
            self.said("with one word more", BAD, {**good, "reason": "air"}),
            self.said("of another type", BAD, {**good, "type": "visavis session 1"}),
            self.case("not canonical", BAD, raw.replace(b'","', b'", "', 1)),
            self.case("that is no JSON", BAD, b"word"),
        ]
