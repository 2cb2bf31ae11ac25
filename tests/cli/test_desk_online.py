"""The two commands of the desk that need the host's server."""

import asyncio
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.builders import Summit, a_summit
from tests.fakes.clock import FakeClock
from tests.realtime.serving import TOKEN, built, serving
from visavis.cli.desk import DescriptorFile, as_json
from visavis.cli.faults import Exit
from visavis.identity import delegations, store
from visavis.identity.model import Role
from visavis.kernel.canonical import b64u
from visavis.kernel.ids import Party
from visavis.storage.database import Database

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Ended:
    """What a command left."""

    code: int
    out: str
    err: str


async def typed(*words: str) -> Ended:
    """Type a command in a shell of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "visavis", *words), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    return Ended(process.returncode or 0, out.decode(), err.decode())


@pytest.fixture
def summit(clock: FakeClock) -> Summit:
    return a_summit(now=clock.now())


@pytest.fixture
def file(tmp_path: Path, summit: Summit) -> str:
    """Return the path of the summit's descriptor file, signed by all."""
    path = tmp_path / "talks.json"
    path.write_bytes(as_json(DescriptorFile.holding(summit.descriptor, summit.signatures)))
    return str(path)


def kept(path: Path, text: str) -> str:
    path.write_text(text)
    return str(path)


async def test_a_descriptor_is_published_and_an_invitation_revoked(
    tmp_path: Path, database_url: str, clock: FakeClock, summit: Summit, file: str
) -> None:
    right, wrong = kept(tmp_path / "right", TOKEN + "\n"), kept(tmp_path / "wrong", "another\n")
    invited = summit.invite("arven", Role.ADVISER)
    revocation, signature = (b64u(part) for part in summit.revocation(invited))
    signed = kept(tmp_path / "revocation.json", f'{{"revocation":"{revocation}","signature":"{signature}"}}')
    app = built(database_url, tmp_path / "server", clock)

    async with serving(app) as port:
        server = ("--server", f"http://127.0.0.1:{port}")
        refused = await typed("summit", "publish", file, *server, "--token-file", wrong)
        assert (refused.code, "[publishing_closed]" in refused.err) == (Exit.REFUSED, True)
        assert (await typed("summit", "publish", file, *server, "--token-file", right)).out == (
            f"published: summit {summit.id}\n"
        )
        assert (await typed("summit", "revoke", signed, *server)).out == "revoked\n"

    database: Database = app.state.house.database
    assert await delegations.published(database, summit.id) == (summit.descriptor, summit.signatures)
    async with database.reading() as connection:
        assert await store.is_revoked(connection, summit.id, Party("arven"), invited.issued.serial)
    await database.close()


async def test_a_server_that_is_not_there_is_said_to_be(tmp_path: Path, file: str) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # held, and never listened on
        server = ("--server", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        ended = await typed("summit", "publish", file, *server, "--token-file", kept(tmp_path / "token", TOKEN))
    assert (ended.code, "does not answer" in ended.err) == (Exit.NO_ANSWER, True)
    assert TOKEN not in ended.out + ended.err
