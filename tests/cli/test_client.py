"""The page from a delegation's own origin: exported, served, and compared with what was agreed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread
import httpx
import pytest
from fastapi import FastAPI
from starlette.responses import Response
from typer.testing import CliRunner, Result

from tests.api.test_copies import FILES, laid_out
from tests.builders import a_summit
from tests.realtime.serving import serving
from visavis.api.copies import LIST, Copy
from visavis.cli import app
from visavis.cli.client import standing
from visavis.cli.desk import DescriptorFile, as_json
from visavis.cli.edge import judged
from visavis.cli.faults import Exit
from visavis.kernel.canonical import b64u

HOST = "https://summit.lenz.example"
SFU = "wss://sfu.lenz.example:7880"
ASKING = ("--server", HOST, "--sfu", SFU)
HASH = Copy(FILES).hash


@dataclass(frozen=True)
class Desk:
    """A delegation's machine, with a client installed."""

    folder: Path

    def run(self, *words: str) -> Result:
        """Type one command of the client."""
        world = {"VISAVIS_CLIENT_DIR": str(self.folder / "client")}
        return CliRunner().invoke(app, ["client", *words], env=world)

    def descriptor(self, *clients: bytes) -> str:
        """Return the file of a descriptor that names these clients, signed by all."""
        summit = a_summit(clients=clients)
        path = self.folder / "talks.json"
        path.write_bytes(as_json(DescriptorFile.holding(summit.descriptor, summit.signatures)))
        return str(path)

    def export(self) -> Path:
        """Export the client; return the folder."""
        result = self.run("export", str(self.folder / "page"), *ASKING)
        assert result.exit_code == 0, result.output
        return self.folder / "page"

    def check(self, place: str) -> Result:
        """Compare a copy with a descriptor that names the client."""
        return self.run("check", place, "--descriptor", self.descriptor(HASH))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    laid_out(tmp_path / "client", {**FILES, ".made-from-1": b""})
    return Desk(tmp_path)


def told(result: Result) -> tuple[Exit, str]:
    """Return what the shell and the person are told of a command that failed."""
    assert isinstance(result.exception, Exception), result.output
    return judged(result.exception)


def test_the_hash_is_printed_as_a_descriptor_takes_it(desk: Desk) -> None:
    assert desk.run("hash").stdout == f"{b64u(HASH)}\n"


def test_an_export_is_the_client_and_says_what_must_be_sent_with_it(desk: Desk) -> None:
    result = desk.run("export", str(desk.folder / "page"), *ASKING, "--descriptor", desk.descriptor(HASH))
    assert result.exit_code == 0, result.output
    assert f"connect-src 'self' {HOST} wss://summit.lenz.example {SFU} https://sfu.lenz.example:7880;" in result.output
    for line in (f"hash: {b64u(HASH)}", "Cross-Origin-Embedder-Policy: require-corp", "X-Frame-Options: DENY"):
        assert line in result.output
    copy = Copy.found(desk.folder / "page")
    assert (copy.hash, copy.server) == (HASH, HOST)
    checked = desk.check(str(desk.folder / "page"))
    assert (checked.exit_code, checked.stdout) == (
        0,
        f"its page asks {HOST}\nevery file is as the delegations agreed\n",
    )


def test_nothing_is_ever_overwritten(desk: Desk) -> None:
    folder = desk.export()
    assert told(desk.run("export", str(folder), *ASKING)) == (
        Exit.WRONGLY_TYPED,
        f"{folder} is there already; nothing was changed",
    )


def test_each_file_that_differs_is_named(desk: Desk) -> None:
    folder = desk.export()
    (folder / "assets/stage-4f2a.js").write_bytes(b"export const listen = 1;\n")
    (folder / "assets/more.js").write_bytes(b"")
    (folder / "sign.svg").unlink()
    page = (folder / "index.html").read_text()
    (folder / "index.html").write_text(page.replace("</head>", "</head><script src='assets/more.js'></script>"))
    result = desk.check(str(folder))
    assert result.exit_code == Exit.FOUND_WRONG
    assert result.stdout.splitlines()[1:] == [
        "not of the client: assets/more.js",
        "differs: assets/stage-4f2a.js",
        "differs: index.html",
        "missing: sign.svg",
    ]


def test_a_list_that_was_changed_along_counts_for_nothing(desk: Desk) -> None:
    """A copy that lists what it has instead of what was agreed is held against the client installed here."""
    folder = desk.export()
    (folder / "assets/stage-4f2a.js").write_bytes(b"export const listen = 1;\n")
    (folder / LIST).write_bytes(Copy.found(folder).listed)
    assert desk.check(str(folder)).stdout.splitlines()[1:] == ["differs: assets/stage-4f2a.js"]


def test_a_copys_own_list_does_when_another_client_is_installed_here(desk: Desk) -> None:
    folder = desk.export()
    (desk.folder / "client" / "sign.svg").write_bytes(b"newer")
    assert desk.check(str(folder)).exit_code == 0
    (folder / LIST).unlink()
    assert told(desk.check(str(folder)))[0] is Exit.FOUND_WRONG


@pytest.mark.parametrize("clients", [(), (bytes(32),)])
def test_a_client_that_was_not_agreed_on_is_neither_served_nor_found_right(
    desk: Desk, clients: tuple[bytes, ...]
) -> None:
    folder, file = desk.export(), desk.descriptor(*clients)
    for words in (
        ("export", str(desk.folder / "other"), *ASKING, "--descriptor", file),
        ("serve", *ASKING, "--descriptor", file),
        ("check", str(folder), "--descriptor", file),
    ):
        assert told(desk.run(*words))[0] is Exit.FOUND_WRONG, words
    assert not (desk.folder / "other").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--server", "http://lenz.example", "--sfu", SFU), "https"),
        (("--server", "https://lenz.example:443", "--sfu", SFU), "by its origin"),
        (("--server", HOST, "--sfu", "https://sfu.lenz.example"), "media engine"),
        (("--server", HOST, "--sfu", "ws://sfu.lenz.example"), "media engine"),
        (("--server", HOST, "--sfu", "wss://sfu.lenz.example; script-src *"), "media engine"),
        ((*ASKING, "--listen", "0.0.0.0:8448"), "no camera"),
        ((*ASKING, "--listen", "127.0.0.1"), "no address with a port"),
        ((*ASKING, "--listen", "127.0.0.1:http"), "no address with a port"),
        ((*ASKING, "--certificate", __file__), "both"),
    ],
)
def test_what_is_not_safe_is_not_served(desk: Desk, words: tuple[str, ...], said: str) -> None:
    code, sentence = told(desk.run("serve", *words))
    assert (code, said in sentence) == (Exit.WRONGLY_TYPED, True), sentence


@pytest.fixture
async def page() -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of a copy that is served."""
    transport = httpx.ASGITransport(standing(Copy(FILES).asking(HOST), SFU))
    async with httpx.AsyncClient(transport=transport, base_url="https://talks.arven.example") as http:
        yield http


@pytest.mark.anyio
async def test_a_served_copy_is_the_client_behind_its_fence_and_nothing_else(page: httpx.AsyncClient) -> None:
    """The page may ask the host and its media engine, and nobody else; there are no cookies and nothing to ask."""
    answer = await page.get("/")
    assert answer.content == Copy(FILES).asking(HOST).served()["index.html"]
    rules = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
    assert rules["connect-src"].split() == [
        "'self'",
        HOST,
        "wss://summit.lenz.example",
        SFU,
        "https://sfu.lenz.example:7880",
    ]
    assert (rules["default-src"], rules["script-src"]) == ("'none'", "'self' 'wasm-unsafe-eval'")
    for path in ("/api/dossier", "/api/health/live", "/metrics", "/nothing", "/../client.py"):
        refused = await page.get(path)
        assert (refused.status_code, "set-cookie" in refused.headers) == (httpx.codes.NOT_FOUND, False)
        assert refused.headers["content-security-policy"] == answer.headers["content-security-policy"]
    assert (await page.post("/", content=b"x")).status_code in {httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED}


async def checked(desk: Desk, site: FastAPI) -> Result:
    """Compare what is served at a free port with the descriptor."""
    async with serving(site) as port:
        return await anyio.to_thread.run_sync(desk.check, f"http://127.0.0.1:{port}")


@pytest.mark.anyio
async def test_a_served_copy_is_compared_file_by_file(desk: Desk) -> None:
    result = await checked(desk, standing(Copy(FILES).asking(HOST), SFU))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "every file is as the delegations agreed")
    assert f"its page asks {HOST}\n" in result.stdout
    assert f"its page may connect to: 'self' {HOST} wss://summit.lenz.example {SFU}" in result.stdout


@pytest.mark.anyio
async def test_a_copy_that_serves_another_file_under_the_right_list_is_found_out(desk: Desk) -> None:
    """The list is as agreed, a script is not, one file is missing, and the policy lets other scripts in."""
    sent = {**Copy(FILES).served(), "assets/stage-4f2a.js": b"export const listen = 1;\n"}
    fence = {"Content-Security-Policy": "default-src 'none'; script-src *; connect-src *"}
    site = FastAPI(openapi_url=None)

    async def show(path: str) -> Response:
        name = path or "index.html"
        status = httpx.codes.NOT_FOUND if name == "sign.svg" else httpx.codes.OK
        return Response(sent.get(name, b""), status, fence)

    site.add_api_route("/{path:path}", show)
    result = await checked(desk, site)
    assert result.exit_code == Exit.FOUND_WRONG
    lines = result.stdout.splitlines()
    assert lines[:2] == ["its page asks the server that it comes from", "its page may connect to: *"]
    assert lines[2:5] == ["differs: assets/stage-4f2a.js", "missing: sign.svg", "policy: script-src"]
    assert "policy: frame-ancestors" in lines


@pytest.mark.anyio
async def test_a_place_that_does_not_answer_is_not_called_wrong(desk: Desk) -> None:
    site = standing(Copy(FILES), SFU)
    async with serving(site) as port:
        address = f"http://127.0.0.1:{port}"
    result = await anyio.to_thread.run_sync(desk.check, address)
    assert told(result)[0] is Exit.NO_ANSWER
