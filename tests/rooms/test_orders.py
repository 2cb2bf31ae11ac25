"""Orders about somebody who is just leaving: LiveKit leaves them unanswered for seconds, and nobody waits for that."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from livekit import api
from livekit.protocol import models

from tests.live.until import PATIENCE_SECONDS
from visavis.kernel.errors import Code, OutageError
from visavis.kernel.ids import Identity
from visavis.kernel.secret import Secret
from visavis.rooms.livekit_sfu import LiveKitSfu
from visavis.rooms.model import MediaGrant

pytestmark = pytest.mark.anyio

ILSE = Identity("A" * 26)
ORDERS = ("remove", "permit")


@dataclass(slots=True)
class Deaf:
    """A LiveKit that lists who is in its room and carries out no order, as while a participant's service ends."""

    inside: list[Identity] = field(default_factory=lambda: [ILSE])
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer as Twirp does: livekit.io, "Server APIs"."""
        if request.path.endswith("/ListParticipants"):
            listed = [models.ParticipantInfo(identity=identity) for identity in self.inside]
            body = api.ListParticipantsResponse(participants=listed).SerializeToString()
            return web.Response(body=body, content_type="application/protobuf")
        self.asked.set()
        await self.is_over.wait()
        return web.json_response({"code": "unavailable", "msg": "no response from servers"}, status=503)


@asynccontextmanager
async def deaf() -> AsyncIterator[tuple[Deaf, LiveKitSfu]]:
    engine, app = Deaf(), web.Application()
    app.router.add_post("/{path:.*}", engine.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with LiveKitSfu(url, url, "key", Secret("s" * 32)) as sfu:
            yield engine, sfu
    finally:
        engine.is_over.set()
        await runner.cleanup()


async def order_about_ilse(sfu: LiveKitSfu, order: str) -> None:
    if order == "remove":
        await sfu.remove("chamber.x", ILSE)
    else:
        await sfu.permit("chamber.x", ILSE, MediaGrant(frozenset(), hear=True))


@pytest.mark.parametrize("order", ORDERS)
async def test_an_order_about_somebody_who_has_left_waits_for_no_answer(order: str) -> None:
    async with deaf() as (engine, sfu), asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(order_about_ilse(sfu, order))
        await engine.asked.wait()
        engine.inside.clear()
        await asked  # the engine has not answered, and does not before the end
        assert not engine.is_over.is_set()


@pytest.mark.parametrize("order", ORDERS)
async def test_an_order_about_somebody_who_is_there_and_that_is_not_carried_out_is_an_outage(order: str) -> None:
    async with deaf() as (engine, sfu):
        engine.is_over.set()
        with pytest.raises(OutageError) as outage:
            await order_about_ilse(sfu, order)
        assert outage.value.code is Code.SFU_UNAVAILABLE
        assert isinstance(outage.value.__cause__, OutageError)


async def test_an_engine_that_does_not_even_list_is_an_outage() -> None:
    async with LiveKitSfu("http://127.0.0.1:1", "ws://127.0.0.1:1", "key", Secret("s" * 32)) as sfu:
        with pytest.raises(OutageError):
            await sfu.remove("chamber.x", ILSE)
