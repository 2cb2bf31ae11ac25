"""A member without a browser: enrols by a link, signs in, asks over HTTP. For orders in scenes, and hostile calls."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.asyncio.client import connect

from tests.arranged import end_of
from tests.live.until import PATIENCE_SECONDS
from visavis.identity.accreditation import identity_of
from visavis.identity.signing import public_half, sign
from visavis.identity.statements import DEVICE, SESSION, DeviceForm
from visavis.interpretation.statements import ARRANGEMENT
from visavis.kernel.canonical import b64u, canonical, fingerprint, from_b64u
from visavis.kernel.clock import SystemClock, written
from visavis.summits.doors import DOORS, DoorsForm

RENEWAL_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody with an open session."""

    http: httpx.AsyncClient
    member: str
    identity: str
    session: str
    device: Ed25519PrivateKey
    held: list["asyncio.Task[None]"] = field(default_factory=list)
    """What says again and again that the doors are held, as a chair's page does."""

    @classmethod
    async def arrive(cls, origin: str, link: str) -> "Delegate":
        """Enrol a new device by `link` and open a session.

        Raises:
            httpx.HTTPStatusError: if the server refuses.
        """
        http = httpx.AsyncClient(base_url=origin, timeout=PATIENCE_SECONDS)
        try:
            return await cls._signed_in(http, link)
        except httpx.HTTPStatusError:
            await http.aclose()
            raise

    @classmethod
    async def _signed_in(cls, http: httpx.AsyncClient, link: str) -> "Delegate":
        device = Ed25519PrivateKey.generate()
        identity = identity_of(public_half(device))
        enrolled = (await http.post("/api/enrolments", json=_chain(link, device))).raise_for_status().json()
        asked = (await http.post("/api/challenges", json={"identity": identity})).raise_for_status().json()
        signature = b64u(sign(device, SESSION, from_b64u(asked["challenge"])))
        answer = {"challenge": asked["challenge"], "signature": signature}
        opened = (await http.post("/api/sessions", json=answer)).raise_for_status().json()
        http.headers["Authorization"] = f"Bearer {opened['session']}"
        return cls(http, enrolled["member"], identity, opened["session"], device)

    async def move(self, meeting: str, move: str, argument: str | None = None) -> bool:
        """Ask for a move of the meeting as it stands; return whether it is done, or waits for others."""
        seen = next(line for line in (await self.dossier())["meetings"] if line["id"] == meeting)
        order = {"move": move, "argument": argument, "phase": seen["phase"], "format": seen["format"]}
        answer = await self.http.post(f"/api/meetings/{meeting}/moves", json=order)
        assert answer.status_code == httpx.codes.OK, f"{order}: {answer.text}"
        return bool(answer.json()["done"])

    async def order_doors(self, meeting: str, word: str) -> int:
        """Sign a word about the doors with the device's key, and hand it over; return the status of the answer."""
        seen = await self.snapshot(meeting)
        stands = seen["meeting"]
        opening = stands["openings"] + (word == "hold" and stands["phase"] != "open")
        now = datetime.now(UTC)  # noqa: TID251 - as above
        order = DoorsForm(
            descriptor=from_b64u(seen["summit"]["dh"]),
            meeting=meeting,
            opening=opening,
            order="hold" if word == "hold" else "close",
            at=now.replace(microsecond=now.microsecond // 1000 * 1000),
        ).written()
        signed = {"order": b64u(order), "signature": b64u(sign(self.device, DOORS, order))}
        return (await self.http.post(f"/api/meetings/{meeting}/doors", json=signed)).status_code

    async def arrange(
        self,
        meeting: str,
        channels: Sequence[Mapping[str, str]] = (),
        booths: Sequence[Mapping[str, Any]] = (),
        *,
        party: str | None = None,
    ) -> httpx.Response:
        """Sign the next arrangement of all, or of `party`'s own booths, and hand it over; the answer may be a refusal.

        While one of all waits, this ends when that does: the same is a yes.
        """
        seen = await self.snapshot(meeting)
        kept = [json.loads(from_b64u(one["statement"])) for one in seen["arranged"]]
        form = {
            "type": ARRANGEMENT,
            "descriptor": seen["summit"]["dh"],
            "meeting": meeting,
            "number": 1 + max((one["number"] for one in kept if one["party"] == party), default=0),
            "party": party,
            "channels": list(channels),
            "booths": list(booths),
            "until": written(end_of(SystemClock().now())),
        }
        if party is None and seen["arrangement"] is not None:
            # Whoever agrees signs what the other has signed: the same to the last letter.
            form["until"] = json.loads(from_b64u(seen["arrangement"]["statement"]))["until"]
        signed = self.sign_arrangement(canonical(form))
        rest = "channels" if party is None else f"booths/{party}"
        return await self.http.put(f"/api/meetings/{meeting}/{rest}", json=signed)

    def sign_arrangement(self, statement: bytes) -> dict[str, str]:
        """Return a statement about channels and booths with this device's signature, as both are sent."""
        return {"statement": b64u(statement), "signature": b64u(sign(self.device, ARRANGEMENT, statement))}

    async def hold_doors(self, meeting: str) -> None:
        """Hold the doors from now on, until `let_go`."""
        assert await self.order_doors(meeting, "hold") == httpx.codes.NO_CONTENT
        self.held.append(asyncio.create_task(self._go_on(meeting)))  # noqa: TID251 - ended by `let_go`

    def let_go(self) -> None:
        """Say nothing more of the doors: they fall shut when the last word has held them for its time."""
        while self.held:
            self.held.pop().cancel()

    async def _go_on(self, meeting: str) -> None:
        while True:
            await asyncio.sleep(RENEWAL_SECONDS)
            await self.order_doors(meeting, "hold")

    async def ticket(self, meeting: str, room: str, phase: str) -> httpx.Response:
        """Ask for a ticket; the answer may be a refusal."""
        return await self.http.post(f"/api/meetings/{meeting}/tickets", json={"room": room, "phase": phase})

    async def snapshot(self, meeting: str) -> dict[str, Any]:
        """Return what the server's socket tells this member of a meeting at first."""
        address = str(self.http.base_url).replace("http", "ws", 1).rstrip("/")
        async with connect(f"{address}/api/meetings/{meeting}/socket", proxy=None) as socket:
            await socket.send(json.dumps({"hello": {"session": self.session}}))
            return dict(json.loads(await socket.recv())["snapshot"])

    async def dossier(self) -> dict[str, Any]:
        """Return what this member may read of the summit."""
        return dict((await self.http.get("/api/dossier")).raise_for_status().json())


def _chain(link: str, device: Ed25519PrivateKey) -> dict[str, str]:
    carried = json.loads(from_b64u(link.rsplit("/", 1)[-1]))
    invitation = from_b64u(carried["invitation"])
    statement = DeviceForm(
        invitation=fingerprint(invitation),
        key=public_half(device),
        issued=datetime.now(UTC).replace(microsecond=0),  # noqa: TID251 - the product under test lives in real time
    ).written()
    invited = Ed25519PrivateKey.from_private_bytes(from_b64u(carried["secret"]))
    return {
        "invitation": carried["invitation"],
        "invitation_signature": carried["signature"],
        "device": b64u(statement),
        "device_signature": b64u(sign(invited, DEVICE, statement)),
    }
