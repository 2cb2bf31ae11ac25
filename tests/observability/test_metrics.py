"""Metrics are a closed list, counted by route."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from visavis.observability.metrics import Metrics, RequestCount


async def _endpoint(request: Request) -> PlainTextResponse:
    if request.path_params["number"] == "0":
        raise ZeroDivisionError
    return PlainTextResponse("yes")


@pytest.mark.anyio
async def test_requests_are_counted_by_route_never_by_path() -> None:
    metrics = Metrics()
    app = Starlette(routes=[Route("/things/{number}", _endpoint)])
    app.add_middleware(RequestCount, metrics=metrics)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://host") as client:
        for number in (1, 2, 3):
            assert (await client.get(f"/things/{number}?token=hush")).text == "yes"
        await client.get("/nowhere")
        with pytest.raises(ZeroDivisionError):
            await client.get("/things/0")
    text = metrics.text().decode()
    assert 'visavis_requests_total{method="GET",route="/things/{number}",status="200"} 3.0' in text
    assert 'visavis_requests_total{method="GET",route="(none)",status="404"} 1.0' in text
    assert 'status="500"} 1.0' in text
    assert "hush" not in text


def test_figures_kept_elsewhere_are_asked_for() -> None:
    metrics = Metrics()
    metrics.watch(sockets=lambda: 7, event_number=lambda: 41)
    assert b"visavis_sockets 7.0" in metrics.text()
    assert b"visavis_event_number 41.0" in metrics.text()
