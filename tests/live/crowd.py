"""Members without pages, as many as wanted in one Node process: the product's own client, less what is seen and heard.

Each enrols by an invitation's link, follows the meeting and stands in its groups of keys, by the client's own TypeScript
(`web/src/testing/crowd`). Words go to the process as lines of JSON and are answered so.
"""

import asyncio
import json
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from typing_extensions import override

from tests.live.until import PATIENCE_SECONDS

WEB: Final = Path(__file__).parents[2] / "web"
NODE: Final = Path(__file__).parents[2] / ".venv/bin/node"
CRATE: Final = WEB / "mls/visavis_mls_bg.wasm"
QUIETLY: Final = ("--emptyOutDir", "--logLevel", "warn")
NOWHERE: Final[dict[str, Any]] = {"told": 0.0, "under": None, "sending": None, "groups": []}

Stands = dict[str, Any]
"""How a member stands: `told` (its moment, as in `Account.history`), `under`, `sending` (`group`, `key`, `since`), and `groups`,
each with `group` (its kind), `at`, `epoch`, `code`, `roster` (how many hold its keys) and `opens` (of how many others one has
this epoch's key)."""


class CrowdError(AssertionError):
    """A member was refused something, or the process has ended."""


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="visavis-crowd-")


@cache
def program() -> Path:
    """Return the program, built once for a run."""
    folder = _folder().name
    subprocess.run(
        [NODE, "node_modules/.bin/vite", "build", "src/testing/crowd", "--outDir", folder, *QUIETLY],
        cwd=WEB,
        check=True,
    )
    return Path(folder) / "main.js"


@dataclass(frozen=True, slots=True)
class _Wish:
    """Somebody waits until all of these stand so."""

    names: tuple[str, ...]
    holds: Callable[[Stands], bool]
    met: asyncio.Future[None]


@dataclass(slots=True)
class Account:
    """What a member has told."""

    stands: Stands = field(default_factory=lambda: dict(NOWHERE))
    history: list[tuple[float, Stands]] = field(default_factory=list)
    """Every standing, with its moment in ms of the clock that `time.monotonic` reads too."""
    letters: list[dict[str, Any]] = field(default_factory=list)
    """What was told of envelopes: `at`, `group`, `letter`."""


class Crowd(asyncio.SubprocessProtocol):
    """One process of members, by name."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.accounts: dict[str, Account] = {}
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._wishes: list[_Wish] = []
        self._asked = 0
        self._rest = b""
        self._process: asyncio.SubprocessTransport | None = None
        self._words: asyncio.WriteTransport | None = None
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @classmethod
    @asynccontextmanager
    async def open(cls) -> AsyncIterator["Crowd"]:
        """Start a process for members; end it at the end."""
        crowd = await cls.start()
        try:
            yield crowd
        finally:
            await crowd.end()

    @classmethod
    async def start(cls) -> "Crowd":
        """As `open`, for whoever ends it themselves."""
        # OpenSSL's authorities, as everything else here: SSL_CERT_FILE may name one's own.
        command = (NODE, "--use-openssl-ca", await asyncio.to_thread(program), CRATE)
        _, crowd = await asyncio.get_running_loop().subprocess_exec(cls, *map(str, command), stderr=None)
        return crowd

    async def end(self) -> None:
        """End the process: for all others its members are gone without a word."""
        if self._words is not None:
            self._words.close()
        await asyncio.wait_for(self._ended, PATIENCE_SECONDS)
        if self._process is not None:
            self._process.close()

    async def arrive(self, name: str, link: str, way: str | None = None) -> "Attendee":
        """Enrol somebody and open their session; or let them come back in the seat they had in this process.

        Args:
            name: how they are called in this process.
            link: an invitation's.
            way: the way to the server, if it is not the origin that the link names.

        Raises:
            CrowdError: if they are refused.
        """
        self.accounts[name] = Account()
        way = way or link.partition("/#")[0]
        told = await self.ask(name, "arrive", link=link, way=way)
        return Attendee(self, name, str(told["identity"]))

    async def ask(self, name: str, do: str, **more: object) -> Any:  # noqa: ANN401 - whatever is answered
        """Say one word to a member; return the answer.

        Raises:
            CrowdError: if it is refused.
        """
        if self._words is None or self._ended.done():
            msg = "the crowd's process has ended"
            raise CrowdError(msg)
        self._asked += 1
        answer = self._answers[self._asked] = asyncio.get_running_loop().create_future()
        line = {"id": self._asked, "name": name, "do": do, **more}
        self._words.write((json.dumps(line) + "\n").encode())
        return await asyncio.wait_for(answer, PATIENCE_SECONDS)

    async def until(self, holds: Callable[[Stands], bool], *names: str, patience: float = PATIENCE_SECONDS) -> None:
        """Wait until each of these members stands so, all at one time; without names, everybody.

        Raises:
            AssertionError: if they do not within `patience` seconds; says how they stand.
        """
        wish = _Wish(names or tuple(self.accounts), holds, asyncio.get_running_loop().create_future())
        if self._is_met(wish):
            return
        self._wishes.append(wish)
        try:
            await asyncio.wait_for(wish.met, patience)
        except TimeoutError:
            others = {name: self.accounts[name].stands for name in wish.names if not holds(self.accounts[name].stands)}
            msg = f"not so: {others}"
            raise AssertionError(msg) from None
        finally:
            self._wishes.remove(wish)

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way in."""
        if isinstance(transport, asyncio.SubprocessTransport):
            self._process = transport
            words = transport.get_pipe_transport(0)
            self._words = words if isinstance(words, asyncio.WriteTransport) else None

    @override
    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Hear what is told."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._hear(json.loads(line))

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Leave nobody waiting: the process has ended, and everything that it told was heard."""
        self._ended.set_result(None)
        for waiting in (*self._answers.values(), *(wish.met for wish in self._wishes)):
            if not waiting.done():
                waiting.set_exception(CrowdError("the crowd's process has ended"))

    def _hear(self, told: dict[str, Any]) -> None:
        if "id" in told:
            self._answer(self._answers.pop(told["id"]), told)
            return
        account = self.accounts[told["name"]]
        if "letter" in told:
            account.letters.append(told)
            return
        account.stands = {"told": told["at"], **told["stands"]}
        account.history.append((told["at"], account.stands))
        for wish in self._wishes:
            if not wish.met.done() and told["name"] in wish.names and self._is_met(wish):
                wish.met.set_result(None)

    @staticmethod
    def _answer(waiting: asyncio.Future[Any], told: dict[str, Any]) -> None:
        if waiting.done():
            return
        if "refused" in told:
            waiting.set_exception(CrowdError(told["refused"]))
        else:
            waiting.set_result(told["answer"])

    def _is_met(self, wish: _Wish) -> bool:
        return all(wish.holds(self.accounts[name].stands) for name in wish.names)


@dataclass(frozen=True, slots=True)
class Attendee:
    """One member of a crowd."""

    crowd: Crowd
    name: str
    identity: str

    @property
    def account(self) -> Account:
        """What they have told until now."""
        return self.crowd.accounts[self.name]

    def group(self, kind: str = "chamber") -> dict[str, Any]:
        """Return where this member stands in the group of a kind."""
        return group_of(self.account.stands, kind)

    async def enter(self, meeting: str) -> float:
        """Follow a meeting, and get into its groups; return the moment, as in `Account.history`."""
        return float(await self.crowd.ask(self.name, "enter", meeting=meeting))

    async def inside(self, kind: str = "chamber") -> None:
        """Wait until they are in the group of a kind."""
        await self.crowd.until(lambda stands: group_of(stands, kind)["at"] == "inside", self.name)

    async def together(self, kind: str, count: int) -> None:
        """Wait until they are in the group of a kind with so many, and have everybody's keys."""

        def are(stands: Stands) -> bool:
            group = group_of(stands, kind)
            return (group["at"], group["roster"], group["opens"]) == ("inside", count, count - 1)

        await self.crowd.until(are, self.name)

    async def move(self, move: str, argument: str | None = None) -> bool:
        """Ask the server for a move of the meeting as they see it; return whether it is done, or waits for others."""
        answer = await self.crowd.ask(self.name, "move", move=move, argument=argument)
        return bool(answer["done"])

    async def say(self, group: str, said: dict[str, Any]) -> dict[str, Any]:
        """Say something to a group by its name, sealed; return what has become of it."""
        return dict(await self.crowd.ask(self.name, "say", group=group, said=said))

    async def roster(self, kind: str = "chamber") -> set[str]:
        """Return the identities of those who hold a group's keys, as this member's own tree has them."""
        return set(await self.crowd.ask(self.name, "roster", group=kind))

    async def leave(self) -> None:
        """Leave the meeting: its feed ends, and every key."""
        await self.crowd.ask(self.name, "leave")


def group_of(stands: Stands, kind: str) -> dict[str, Any]:
    """Return where a member stands in the group of a kind."""
    found = [group for group in stands["groups"] if group["group"] == kind]
    return dict(found[-1]) if found else {"at": "nowhere", "epoch": -1, "roster": 0, "opens": 0, "code": None}
