"""Somebody whom no delegation has invited: a chain of statements signed by keys of the host's own, and a leaf by it."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from visavis.identity.signing import public_half, sign
from visavis.identity.statements import DEVICE, INVITATION, DeviceForm, InvitationForm
from visavis.kernel.canonical import b64u, canonical, fingerprint, from_b64u
from visavis.kernel.clock import written

ROOT: Final = Path(__file__).parents[3]
NODE: Final = ROOT / ".venv/bin/node"
CRATE: Final = ROOT / "web/mls"
SCRIPT: Final = Path(__file__).parent / "leaf.mjs"
SESSION_KEY: Final = "visavis session key 1"
CREDENTIAL: Final = "visavis credential 1"
NAME: Final = "Nobody's Adviser"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf of a stranger's: the commit by which it joins, and the group as it would be with it."""

    commit: str
    group_info: str


def credential(dh: bytes, session: bytes) -> bytes:
    """Return a credential of an adviser of Arven, right in everything but that Arven has not signed it."""
    now = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the product under test lives in real time
    party, invited, device = (Ed25519PrivateKey.generate() for _ in range(3))
    invitation = InvitationForm.model_validate(
        {
            "descriptor": dh,
            "party": "arven",
            "serial": bytes(16),
            "name": NAME,
            "role": "adviser",
            "chair": False,
            "languages": ["en"],
            "key": public_half(invited),
            "issued": now,
            "expires": now + timedelta(days=1),
        }
    ).written()
    enrolled = DeviceForm(invitation=fingerprint(invitation), key=public_half(device), issued=now).written()
    certified = canonical(
        {
            "type": SESSION_KEY,
            "descriptor": b64u(dh),
            "device": b64u(public_half(device)),
            "key": b64u(session),
            "issued": written(now),
            "expires": written(now + timedelta(hours=12)),
        }
    )
    return canonical(
        {
            "type": CREDENTIAL,
            "invitation": b64u(invitation),
            "invitation_signature": b64u(sign(party, INVITATION, invitation)),
            "device": b64u(enrolled),
            "device_signature": b64u(sign(invited, DEVICE, enrolled)),
            "session": b64u(certified),
            "session_signature": b64u(sign(device, SESSION_KEY, certified)),
        }
    )


async def joins(dh: bytes, group_info: str) -> Leaf:
    """Join a group at the epoch of this GroupInfo."""
    process = await asyncio.create_subprocess_exec(
        *(NODE, SCRIPT, CRATE), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    key: dict[str, str] = json.loads(await process.stdout.readline())
    asked = {"group_info": group_info, "credential": b64u(credential(dh, from_b64u(key["key"])))}
    made: Any = json.loads((await process.communicate(json.dumps(asked).encode() + b"\n"))[0])
    return Leaf(made["commit"], made["group_info"])
