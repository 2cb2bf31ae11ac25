"""A second delivery service for one group of keys, which some members are led to without knowing: a forked log."""

import re
from dataclasses import dataclass, field
from typing import Final

from tests.live.host.host import Host
from tests.live.host.script import Answer, Asked, Message, answered

GROUP: Final = re.compile(r"/groups/(?P<group>[^/]+)(?P<what>/turn|/commits|)$")
NOT_CURRENT: Final = 409


@dataclass(slots=True)
class Fork:
    """The chamber's group as it is told to everybody but `others`, who stay with the server's."""

    host: Host
    others: frozenset[str]
    epoch: int
    group_info: str
    log: list[Message] = field(default_factory=list)

    def take(self, asked: Asked) -> Answer | None:
        """Answer for the server."""
        found = GROUP.search(asked.path)
        if found is None or found["group"] != "chamber" or asked.who in {"", *self.others}:
            return None
        standing = {"epoch": self.epoch, "group_info": self.group_info}
        match (asked.method, found["what"]):
            case ("PUT", "/turn"):
                return answered({"ahead": 0, "until": None, "standing": standing})
            case ("GET", ""):
                return answered(standing)
            case ("GET", "/commits"):
                return answered({"commits": self.log})
            case ("POST", "/commits"):
                return self._committed(asked)
            case _:
                return answered({}, 204)

    def withheld(self, who: str, message: Message) -> Message | None:
        """Withhold the server's commits to the chamber's group from those who are led away."""
        commit = message.get("event", {}).get("commit")
        return None if who not in self.others and commit is not None and commit["group"] == "chamber" else message

    def told(self, line: Message) -> Message:
        """Return the event that tells of a commit."""
        at = self.host.told[-1][1]
        number = next(iter(at.values()))["number"]
        commit = {**{name: line[name] for name in ("epoch", "commit", "by")}, "group": "chamber", "turn": None}
        return {"event": {"number": number, "kind": "group_commit", "at": line["at"], "commit": commit}}

    def _committed(self, asked: Asked) -> Answer:
        words = asked.words()
        self.log.append(commit_line(self.host, self.epoch, words["commit"]))
        self.epoch, self.group_info = self.epoch + 1, words["group_info"]
        return answered({"epoch": self.epoch}, 201)


def commit_line(host: Host, epoch: int, commit: str) -> Message:
    """Return a commit as the log has it, by whomever the last real one was."""
    real = [told["event"] for _, told in host.told if "commit" in told.get("event", {})][-1]
    return {"epoch": epoch, "commit": commit, "by": real["commit"]["by"], "at": real["at"]}
