"""The client's files, and the fence around every answer."""

import gzip
import hashlib
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from tests.api.conftest import ORIGIN, asking
from tests.fakes.clock import FakeClock
from tests.realtime.serving import built
from visavis.api.copies import read_list
from visavis.api.pages import policy

pytestmark = pytest.mark.anyio

SCRIPT = b"export const greeting = 'good afternoon';" * 20
ELSEWHERE = "https://client.arven.example"


@pytest.fixture
async def served(tmp_path: Path, clock: FakeClock) -> FastAPI:
    """Return an application with a small client of three files."""
    folder = tmp_path / "client"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_bytes(b"<!doctype html><title>visavis</title>")
    (folder / "assets" / "stage-4f2a.js").write_bytes(SCRIPT)
    (folder / "sign.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "secret.pem").write_bytes(b"not for anybody")
    return built(
        f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path, clock, client_dir=folder, client_origins=(ELSEWHERE,)
    )


async def test_hashed_files_are_kept_and_the_page_itself_never(served: FastAPI) -> None:
    """What has its hash in its name may be kept for ever; the page that names it is never kept, what else it needs asked for."""
    async with asking(served) as http:
        page = await http.get("/")
        script = await http.get("/assets/stage-4f2a.js", headers={"Accept-Encoding": "gzip"})
        sign = await http.get("/sign.svg")
        plain = await http.get("/assets/stage-4f2a.js", headers={"Accept-Encoding": "identity"})
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert sign.headers["cache-control"] == "no-cache"
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["content-encoding"] == "gzip"
    assert script.content == plain.content == SCRIPT
    assert int(script.headers["content-length"]) == len(gzip.compress(SCRIPT, compresslevel=9, mtime=0))
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in script.headers["vary"]


@pytest.mark.parametrize("holds", [SCRIPT, b"something else", None])
async def test_what_was_packed_before_is_sent_if_it_holds_the_file_and_nothing_else(
    served: FastAPI, tmp_path: Path, holds: bytes | None
) -> None:
    """What lies packed beside the client is not compared by anybody, so it is not believed either."""
    beside = tmp_path / "client" / ".packed"
    beside.mkdir()
    packed = b"damaged" if holds is None else gzip.compress(holds, compresslevel=1, mtime=0)
    (beside / f"{hashlib.sha256(SCRIPT).hexdigest()}.gz").write_bytes(packed)
    async with asking(served) as http:
        script = await http.get("/assets/stage-4f2a.js", headers={"Accept-Encoding": "gzip"})
        beside_it = await http.get(f"/.packed/{hashlib.sha256(SCRIPT).hexdigest()}.gz")
    assert script.content == SCRIPT
    ours = len(gzip.compress(SCRIPT, compresslevel=9, mtime=0))
    assert int(script.headers["content-length"]) == (len(packed) if holds == SCRIPT else ours)
    assert beside_it.status_code == httpx.codes.NOT_FOUND


async def test_the_hosts_copy_can_be_compared_too(served: FastAPI) -> None:
    """It brings the list of its files, as every copy does; what is not served is not in it."""
    async with asking(served) as http:
        listed = read_list((await http.get("/sha256sums.txt")).content)
        for name, sum_ in listed.items():
            assert hashlib.sha256((await http.get(f"/{name}")).content).hexdigest() == sum_
        assert hashlib.sha256((await http.get("/")).content).hexdigest() == listed["index.html"]
    assert set(listed) == {"index.html", "assets/stage-4f2a.js", "sign.svg"}


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize("path", ["/", "/sign.svg", "/assets/stage-4f2a.js"])
async def test_what_the_browser_has_is_not_sent_again(served: FastAPI, path: str, encoding: str) -> None:
    """Whichever way it was packed, and whatever else the browser has; another tag is another file."""
    accepted = {"Accept-Encoding": encoding}
    async with asking(served) as http:
        first = await http.get(path, headers=accepted)
        tag = first.headers["etag"]
        assert tag.startswith('W/"' if encoding == "gzip" else '"')
        for said in (tag, f'"older", {tag}', tag.removeprefix("W/"), "*"):
            again = await http.get(path, headers={**accepted, "If-None-Match": said})
            assert (again.status_code, again.content) == (httpx.codes.NOT_MODIFIED, b"")
            for name in ("etag", "cache-control", "vary", "content-security-policy"):
                assert again.headers[name] == first.headers[name]
            assert "content-type" not in again.headers
        for said in ('"older"', tag.strip('W/"'), ""):
            other = await http.get(path, headers={**accepted, "If-None-Match": said})
            assert (other.status_code, other.content) == (httpx.codes.OK, first.content)


@pytest.mark.parametrize(
    "path", ["/secret.pem", "/../visavis.sqlite3", "/assets/../../secret.pem", "/assets/", "/nothing"]
)
async def test_only_files_of_the_client_are_served(served: FastAPI, path: str) -> None:
    """No other file can be had, and the refusal is a problem document with its code."""
    async with asking(served) as http:
        answer = await http.get(path)
    assert answer.status_code == httpx.codes.NOT_FOUND
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("path", ["/", "/assets/stage-4f2a.js", "/nothing", "/api/dossier"])
async def test_every_answer_is_fenced(served: FastAPI, path: str) -> None:
    """Pages, refusals and the API carry the same fence."""
    async with asking(served) as http:
        headers = (await http.get(path)).headers
    assert headers["content-security-policy"] == policy(ORIGIN, served.state.house.sfu.public_url)
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"].startswith("max-age=")


def test_the_policy_names_only_ourselves_and_the_sfu() -> None:
    """Scripts and styles come from here only, nothing is inline, nobody frames us."""
    rules = dict(rule.split(" ", 1) for rule in policy("https://a.example", "wss://sfu.example:7443").split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["connect-src"].split() == [
        "'self'",
        "wss://a.example",
        "wss://sfu.example:7443",
        "https://sfu.example:7443",
    ]


async def test_a_delegations_own_copy_may_ask_and_nobody_else(served: FastAPI) -> None:
    """CORS is open to the origins that the operator named, and to no other."""
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "Content-Type"}
    async with asking(served) as http:
        named = await http.options("/api/challenges", headers={"Origin": ELSEWHERE, **asked})
        other = await http.options("/api/challenges", headers={"Origin": "https://evil.example", **asked})
    assert named.headers["access-control-allow-origin"] == ELSEWHERE
    assert "access-control-allow-origin" not in other.headers
    assert "access-control-allow-credentials" not in named.headers
