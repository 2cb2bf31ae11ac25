"""Makes `contract/vectors/identity.json` for `make contract`, the same bytes every time.

Both checkers of accreditations, Python's and the browser's, must give every case its `expect`: `ok`, or an error code.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from visavis.identity import desk
from visavis.identity.accreditation import identity_of, read_descriptor
from visavis.identity.model import Accreditation, Role
from visavis.identity.signing import public_half, sign
from visavis.identity.statements import DESCRIPTOR, DEVICE, INVITATION, AccreditorForm, DelegationForm, DeviceForm
from visavis.kernel.canonical import b64u, canonical, fingerprint, from_b64u, parsed
from visavis.kernel.clock import written
from visavis.kernel.errors import Code

NOW: Final = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
OK: Final = "ok"


class Draws:
    """Chance from a fixed seed: no key here is a secret."""

    def __init__(self, seed: str) -> None:
        self._last = seed.encode()

    def bytes(self, count: int) -> bytes:
        """Return the next bytes."""
        self._last = fingerprint(self._last)
        return self._last[:count]


@dataclass(frozen=True, slots=True)
class Case:
    """One chain and the verdict on it."""

    name: str
    party: str
    chain: Accreditation
    expect: str

    def printed(self) -> dict[str, Any]:
        """Return the case as JSON."""
        verdict = {"name": self.name, "party": self.party, "expect": self.expect}
        identity = identity_of(from_b64u(parsed(self.chain.device)["key"])) if self.expect == OK else None
        return {**verdict, **sent(self.chain), **({} if identity is None else {"identity": identity})}


@dataclass(frozen=True, slots=True)
class World:
    """A summit, every private key of it, and one accredited chain."""

    keys: dict[str, Ed25519PrivateKey]
    descriptor: bytes
    draws: Draws

    def invite(self, party: str, role: Role, *, chair: bool = False, expires: datetime | None = None) -> desk.Issued:
        """Issue an invitation."""
        guest = desk.Guest(f"Member of {party}", role, chair, ("en",), expires or NOW + timedelta(days=7))
        issued = min(NOW, guest.expires) - timedelta(days=2)
        return desk.invite(self.keys[party], read_descriptor(self.descriptor), guest, issued, self.draws)

    def chain(self, issued: desk.Issued) -> Accreditation:
        """Use an invitation with a new device."""
        device = Ed25519PrivateKey.from_private_bytes(self.draws.bytes(32))
        statement = DeviceForm(invitation=fingerprint(issued.invitation), key=public_half(device), issued=NOW).written()
        signed = sign(secret(issued), DEVICE, statement)
        return Accreditation(issued.invitation, issued.signature, statement, signed)


def secret(issued: desk.Issued) -> Ed25519PrivateKey:
    """Return the private key that an invitation's link carries."""
    return Ed25519PrivateKey.from_private_bytes(from_b64u(issued.secret.reveal()))


def sent(chain: Accreditation) -> dict[str, str]:
    """Return a chain as it travels."""
    return {
        "invitation": b64u(chain.invitation),
        "invitation_signature": b64u(chain.invitation_signature),
        "device": b64u(chain.device),
        "device_signature": b64u(chain.device_signature),
    }


def world(seed: str) -> World:
    """Return a summit of two delegations."""
    draws = Draws(seed)
    keys = {
        party: Ed25519PrivateKey.from_private_bytes(draws.bytes(32)) for party in ("arven", "tolmar", "press", "host")
    }
    sides = (
        ("arven", "Republic of Arven", "Port Selby", "en"),
        ("tolmar", "Royaume de Tolmar · Толмар", "Ostrand", "fr"),
    )
    plan = desk.Plan(
        title="Arven and Tolmar meet on the border region",
        delegations=tuple(
            DelegationForm(id=party, name=name, place=place, language=language, key=public_half(keys[party]))
            for party, name, place, language in sides
        ),
        press=AccreditorForm(name="Joint press office", key=public_half(keys["press"])),
        host=AccreditorForm(name="City of Lenz", key=public_half(keys["host"])),
        formats=("one-on-one", "restricted", "plenary"),
        languages=("en", "fr"),
        clients=(),
        issued=NOW - timedelta(days=5),
        expires=NOW + timedelta(days=30),
    )
    return World(keys, desk.draft(plan, draws), draws)


def good(here: World) -> Iterator[Case]:
    """Yield a chain for each kind of party and role that holds."""
    for party, role, chair in (
        ("arven", Role.PRINCIPAL, True),
        ("arven", Role.CHAIR, True),
        ("tolmar", Role.PRINCIPAL, False),
        ("tolmar", Role.INTERPRETER, False),
        ("press", Role.PRESS, False),
        ("host", Role.PROTOCOL_OFFICER, False),
    ):
        yield Case(f"{role.value} of {party}", party, here.chain(here.invite(party, role, chair=chair)), OK)


def rewritten(here: World, changes: dict[str, Any], signer: str = "arven") -> Accreditation:
    """Return a chain whose invitation says something else (None: says it not), signed again by `signer`."""
    issued = here.invite("arven", Role.ADVISER)
    said = {**parsed(issued.invitation), **changes}
    raw = canonical({field: value for field, value in said.items() if value is not None})
    return here.chain(replace(issued, invitation=raw, signature=sign(here.keys[signer], INVITATION, raw)))


def redevised(here: World, changes: dict[str, Any], kind: str = DEVICE) -> Accreditation:
    """Return a chain whose device statement says something else, signed again as a statement of type `kind`."""
    issued = here.invite("arven", Role.ADVISER)
    chain = here.chain(issued)
    raw = canonical({**parsed(chain.device), **changes})
    return replace(chain, device=raw, device_signature=sign(secret(issued), kind, raw))


def malformed(here: World) -> Iterator[Case]:
    """Yield chains with a statement of a wrong form, or one that its party may not make."""
    bad = Code.INVITATION_BAD.value
    for name, changes in (
        ("invitation of another type", {"type": DEVICE}),
        ("invitation with an unknown field", {"vip": True}),
        ("invitation without seconds", {"expires": "2026-03-08T09:00Z"}),
        ("invitation in an unknown role", {"role": "admiral"}),
        ("invitation of an unknown party", {"party": "sund"}),
        ("delegation names a press member", {"role": "press"}),
        ("delegation names a protocol officer", {"role": "protocol_officer"}),
        ("chair who gives no orders", {"role": "chair", "chair": False}),
        ("adviser who gives orders", {"chair": True}),
    ):
        yield Case(name, "arven", rewritten(here, changes), bad)
    yield Case(
        "press names a principal", "press", rewritten(here, {"party": "press", "role": "principal"}, "press"), bad
    )
    yield Case("host names an adviser", "host", rewritten(here, {"party": "host"}, "host"), bad)
    for field in ("type", "name", "chair"):
        yield Case(f"invitation without {field}", "arven", rewritten(here, {field: None}), bad)
    chain = here.chain(here.invite("arven", Role.ADVISER))
    spaced = chain.invitation.replace(b'","', b'", "')
    again = sign(here.keys["arven"], INVITATION, spaced)
    yield Case("invitation not canonical", "arven", replace(chain, invitation=spaced, invitation_signature=again), bad)
    device = Code.DEVICE_BAD.value
    yield Case("device of another invitation", "arven", redevised(here, {"invitation": b64u(bytes(32))}), device)
    yield Case("device of another type", "arven", redevised(here, {"type": INVITATION}), device)
    yield Case("device with an unknown field", "arven", redevised(here, {"model": "x"}), device)
    yield Case("device key cut short", "arven", redevised(here, {"key": b64u(bytes(31))}), device)


def forged(here: World, elsewhere: World) -> Iterator[Case]:
    """Yield chains in which somebody signed who may not."""
    bad = Code.SIGNATURE_BAD.value
    yield Case("invitation signed by the other delegation", "arven", rewritten(here, {}, "tolmar"), bad)
    yield Case("invitation signed by the host", "arven", rewritten(here, {}, "host"), bad)
    chain = here.chain(here.invite("arven", Role.ADVISER))
    other = here.chain(here.invite("tolmar", Role.ADVISER))
    cut = chain.invitation_signature[:-1]
    yield Case("signature cut short", "arven", replace(chain, invitation_signature=cut), bad)
    no_signature = replace(chain, invitation_signature=bytes(64))
    yield Case("signature of zeros", "arven", no_signature, bad)
    yield Case(
        "device signed by another invitation", "arven", replace(chain, device_signature=other.device_signature), bad
    )
    yield Case("device signed as another type", "arven", redevised(here, {}, INVITATION), bad)
    mixed = replace(chain, device=other.device, device_signature=other.device_signature)
    yield Case("device of another member", "arven", mixed, Code.DEVICE_BAD.value)
    stranger = elsewhere.chain(elsewhere.invite("arven", Role.PRINCIPAL))
    yield Case("invited to another summit", "arven", stranger, Code.INVITATION_BAD.value)


def misworded(here: World) -> Iterator[Case]:
    """Yield chains whose invitation has the right form and says what no invitation may say."""
    for name, changes in (
        ("interpreter of a language the summit does not have", {"role": "interpreter", "languages": ["en", "de"]}),
        ("invitation without a language", {"languages": []}),
        ("invitation with a language twice", {"languages": ["en", "en"]}),
        ("invitation with a language that is none", {"languages": ["English"]}),
        ("name of two lines", {"name": "Ilse\nMaren"}),
        ("name that turns the order of what follows", {"name": "Ilse \u202emaren"}),
        ("name with an isolate", {"name": "\u2066Ilse Maren"}),
        ("name of two paragraphs", {"name": "Ilse\u2029Maren"}),
        ("name with a space at its end", {"name": "Ilse Maren "}),
        ("no name", {"name": ""}),
        ("name too long", {"name": "I" * 201}),
        ("invitation that ends before it begins", {"expires": "2026-01-01T00:00:00.000Z"}),
    ):
        yield Case(name, "arven", rewritten(here, changes), Code.INVITATION_BAD.value)


CLIENT: Final = b64u(bytes(range(32)))


@dataclass(frozen=True, slots=True)
class Draft:
    """One descriptor, as sent, and the verdict on it."""

    name: str
    raw: bytes
    signatures: dict[str, bytes]
    expect: str

    def printed(self) -> dict[str, Any]:
        """Return the case as JSON."""
        signed = {party: b64u(signature) for party, signature in self.signatures.items()}
        verdict = {"name": self.name, "expect": self.expect}
        return {**verdict, "bytes": b64u(self.raw), "signatures": signed, "dh": b64u(fingerprint(self.raw))}


def redrafted(here: World, changes: dict[str, Any]) -> tuple[bytes, dict[str, bytes]]:
    """Return a descriptor that says something else, signed by all delegations that it names, with the keys that it names."""
    said = {**parsed(here.descriptor), **changes}
    raw = canonical(said)
    keys = {b64u(public_half(key)): key for key in here.keys.values()}
    return raw, {side["id"]: sign(keys[side["key"]], DESCRIPTOR, raw) for side in said["delegations"]}


def unfit(said: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what makes a descriptor bad although everybody signed it."""
    arven, tolmar = said["delegations"]
    press, host = said["press"], said["host"]
    yield "two delegations with one key", {"delegations": [arven, {**tolmar, "key": arven["key"]}]}
    yield "the press with a delegation's key", {"press": {**press, "key": arven["key"]}}
    yield "the host with the press's key", {"host": {**host, "key": press["key"]}}
    yield "two delegations with one id", {"delegations": [arven, {**tolmar, "id": "arven"}]}
    yield "a delegation called host", {"delegations": [arven, {**tolmar, "id": "host"}]}
    yield (
        "a delegation called as what is all delegations' together",
        {"delegations": [arven, {**tolmar, "id": "joint"}]},
    )
    yield "one delegation", {"delegations": [arven]}
    yield "a delegation of another language", {"languages": ["en"]}
    yield "a language twice", {"languages": ["en", "fr", "fr"]}
    yield "a format twice", {"formats": ["plenary", "plenary"]}
    yield "a name that turns the order of what follows", {"press": {**press, "name": "Press \u202eeciffo"}}
    yield "a place of two lines", {"delegations": [{**arven, "place": "Port\nSelby"}, tolmar]}
    yield "an end before its beginning", {"expires": said["issued"]}
    yield "a client twice", {"clients": [CLIENT, CLIENT]}
    yield "a client's hash cut short", {"clients": [b64u(bytes(31))]}
    yield "a client's hash in hexadecimal", {"clients": [bytes(32).hex()]}


def descriptors(here: World) -> Iterator[Draft]:
    """Yield descriptors and what a checker says of them."""
    raw, signatures = redrafted(here, {})
    yield Draft("signed by every delegation", raw, signatures, OK)
    clients = redrafted(here, {"clients": [CLIENT, b64u(bytes(32))]})
    yield Draft("naming two clients", *clients, OK)
    one = {"arven": signatures["arven"]}
    yield Draft("signed by one delegation", raw, one, Code.DESCRIPTOR_UNSIGNED.value)
    yield Draft("signed by the host too", raw, {**signatures, "host": one["arven"]}, Code.DESCRIPTOR_BAD.value)
    swapped = {**one, "tolmar": signatures["arven"]}
    yield Draft("signed twice by the same", raw, swapped, Code.SIGNATURE_BAD.value)
    for name, changes in unfit(parsed(here.descriptor)):
        yield Draft(name, *redrafted(here, changes), Code.DESCRIPTOR_BAD.value)


def enrolments(here: World) -> Iterator[Case]:
    """Yield chains as they are judged when somebody enrols at `now`: only then an invitation's expiry counts."""
    yield Case("in time", "arven", here.chain(here.invite("arven", Role.ADVISER)), OK)
    late = here.invite("arven", Role.ADVISER, expires=NOW)
    yield Case("expired this instant", "arven", here.chain(late), Code.INVITATION_EXPIRED.value)


VALUES: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"b": 1, "a": [True, None, "x"]},
    {"é": "Толмар", "z": "\u20ac\u2028", "\U0001f600": '\n\t"\\/', "a": "\u0000\u001f\u007f"},
    {"n": [0, -1, 9007199254740991, 0.5, 1e21, 1e-7, 333333333.3333333]},
    {"nested": {"y": {}, "x": [[], {}]}},
)


def identity() -> dict[str, Any]:
    """Return the whole file."""
    here, elsewhere = world("here"), world("elsewhere")
    read = read_descriptor(here.descriptor)
    sides = [side.id for side in read.delegations]
    keys = [bytes(32), bytes(range(32)), read.press.key]
    chains = (*good(here), *malformed(here), *forged(here, elsewhere), *misworded(here))
    return {
        "now": written(NOW),
        "descriptor": {
            "bytes": b64u(here.descriptor),
            "signatures": {side: b64u(desk.sign_descriptor(here.keys[side], here.descriptor)) for side in sides},
            "dh": b64u(read.dh),
        },
        "cases": [case.printed() for case in chains],
        "descriptors": [draft.printed() for draft in descriptors(here)],
        "enrolments": [case.printed() for case in enrolments(here)],
        "canonical": [{"value": value, "bytes": b64u(canonical(value))} for value in VALUES],
        "identity": [{"key": b64u(key), "identity": identity_of(key)} for key in keys],
    }
