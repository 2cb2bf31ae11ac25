"""The least that Starlette can do: it keeps its sockets, and `POST /burst/<n>` sends each of n events to each of them."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from benchmarks.parts.events import KIND, SLICES, serve
from benchmarks.parts.ours import MEMBERS
from visavis.events.outbox import Numbered
from visavis.realtime.fanout import parcelled

sockets: set[WebSocket] = set()


async def listen(socket: WebSocket) -> None:
    """Keep a socket until it goes."""
    await socket.accept()
    await socket.receive_text()
    await socket.send_text("{}")
    sockets.add(socket)
    await socket.receive()
    sockets.discard(socket)


async def burst(request: Request) -> Response:
    """Send what the product would."""
    count = int(request.path_params["count"])
    instant, nobody = "2026-03-01T09:00:00.000Z", ""
    texts = [parcelled(Numbered(at, instant, nobody, nobody, nobody, KIND, dict(SLICES))).text for at in range(count)]
    for text in texts:
        for socket in sockets:
            await socket.send_text(text)
    return Response(status_code=204)


if __name__ == "__main__":
    app = Starlette(routes=[WebSocketRoute("/socket", listen), Route("/burst/{count}", burst, methods=["POST"])])
    serve(app, {"path": "/socket", "hellos": [{"hello": {}}] * MEMBERS})
