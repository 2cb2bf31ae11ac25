"""The desks of the demonstration's delegations, for a hall whose keys were drawn by `FakeChance`: they invite and revoke."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.fakes.chance import FakeChance
from tests.live.hall import Hall
from tests.live.until import PATIENCE_SECONDS
from visavis.identity import desk
from visavis.identity.accreditation import read_descriptor, read_invitation
from visavis.identity.model import Descriptor, Role
from visavis.identity.signing import new_key
from visavis.kernel.canonical import b64u, from_b64u

LIFE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Desks:
    """Both delegations' keys, and the descriptor that both have signed."""

    origin: str
    descriptor: Descriptor
    keys: dict[str, Ed25519PrivateKey]
    chance: FakeChance = field(default_factory=lambda: FakeChance("guests"))

    @classmethod
    async def of(cls, hall: Hall) -> "Desks":
        """Draw the keys again."""
        async with httpx.AsyncClient(base_url=hall.origin, timeout=PATIENCE_SECONDS) as http:
            published = (await http.get(f"/api/summits/{hall.summit}/descriptor")).raise_for_status().json()
        chance = FakeChance()
        keys = {"arven": new_key(chance), "tolmar": new_key(chance)}  # the first that the demonstration draws
        return cls(hall.origin, read_descriptor(from_b64u(published["descriptor"])), keys)

    def advisers(self, count: int) -> list[str]:
        """Return links for so many more advisers, of the delegations in turn."""
        return [self._invited(tuple(self.keys)[at % len(self.keys)], f"Adviser {at}") for at in range(count)]

    def _invited(self, party: str, name: str) -> str:
        guest = desk.Guest(name, Role.ADVISER, chair=False, languages=("en",), expires=_now() + LIFE)
        return desk.invite(self.keys[party], self.descriptor, guest, _now(), self.chance).link(self.origin).reveal()

    async def revoke(self, link: str) -> None:
        """Revoke an invitation, and tell the server."""
        invitation = read_invitation(from_b64u(json.loads(from_b64u(link.rsplit("/", 1)[-1]))["invitation"]))
        raw, signature = desk.revoke(self.keys[invitation.party], self.descriptor, invitation.serial, _now())
        said = {"revocation": b64u(raw), "signature": b64u(signature)}
        async with httpx.AsyncClient(base_url=self.origin, timeout=PATIENCE_SECONDS) as http:
            (await http.post("/api/revocations", json=said)).raise_for_status()


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the product under test lives in real time
