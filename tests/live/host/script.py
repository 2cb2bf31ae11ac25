"""What a host is told to do with what passes by it. Empty lists: it passes everything on as it is."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from livekit.protocol import rtc

Message = dict[str, Any]
"""What is said on the socket of events."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the server; `who` is whose session it bears, empty for none."""

    who: str
    method: str
    path: str
    body: bytes

    def words(self) -> Message:
        """Return its body as JSON."""
        return dict(json.loads(self.body))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to it."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> Message:
        """Return its body as JSON."""
        return dict(json.loads(self.body))

    def saying(self, words: Message) -> "Answer":
        """Return the same answer with other words."""
        return replace(self, body=json.dumps(words).encode())


def answered(words: Message, status: int = 200) -> Answer:
    """Return an answer of the host's own."""
    return Answer(status, json.dumps(words).encode(), {"Content-Type": "application/json"})


SignalEdit = Callable[[str, rtc.SignalResponse], rtc.SignalResponse | None]
RequestEdit = Callable[[str, rtc.SignalRequest], rtc.SignalRequest | None]
EventEdit = Callable[[str, Message], Message | None]
Taking = Callable[[Asked], Answer | None]
AnswerEdit = Callable[[Asked, Answer], Answer]


@dataclass(frozen=True, slots=True)
class Script:
    """Edits, each applied to what the one before it left; None withholds. The first argument is whose line it is."""

    signals: list[SignalEdit] = field(default_factory=list)
    """From the SFU to a browser."""
    requests: list[RequestEdit] = field(default_factory=list)
    """From a browser to the SFU."""
    events: list[EventEdit] = field(default_factory=list)
    """From the server to a browser, on the socket of events."""
    takes: list[Taking] = field(default_factory=list)
    """Requests that the host answers itself; the server is not told of them."""
    answers: list[AnswerEdit] = field(default_factory=list)
    """From the server to a browser, over HTTP."""

    def clear(self) -> None:
        """Be honest again."""
        for edits in (self.signals, self.requests, self.events, self.takes, self.answers):
            edits.clear()
