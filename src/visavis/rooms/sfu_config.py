"""What the child livekit-server is told, and the key it shares with us. Pure but for the function on files."""

import ipaddress
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from visavis.kernel.canonical import b64u
from visavis.kernel.chance import Chance
from visavis.kernel.secret import Secret
from visavis.rooms.files import keep

SECRET_BYTES: Final = 32
KEY_BYTES: Final = 6
NOWHERE: Final = "127.0.0.1:1023"  # reserved by IANA, on the asker's own machine; Firefox gives up at port 9, discard


@dataclass(frozen=True, slots=True)
class SfuPlan:
    """Where the child listens and whom it reports to.

    Attributes:
        host: address on which it takes signalling.
        port: TCP port for signalling.
        udp_port: UDP port for media.
        tcp_port: TCP port for media where UDP is blocked; 0 is none.
        node_ip: address at which clients reach the media ports; None lets it find the machine's own.
        webhook_url: where it reports who came and went.
    """

    host: str
    port: int
    udp_port: int
    webhook_url: str
    tcp_port: int = 0
    node_ip: str | None = None

    @property
    def url(self) -> str:
        """Where this server reaches it."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not listened on
        return f"http://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class SfuKeys:
    """The pair with which tickets, calls and reports are signed."""

    key: str
    secret: Secret


def config(plan: SfuPlan, keys: SfuKeys) -> str:
    """Return the child's configuration as JSON, which is YAML too (YAML 1.2 §1.3). Holds the secret.

    Source: config-sample.yaml of livekit-server 1.13.5.
    """
    rtc: dict[str, Any] = {
        "udp_port": plan.udp_port,
        "tcp_port": plan.tcp_port,
        "use_external_ip": False,
        # With no list LiveKit sends its clients to two companies' STUN servers, which would learn who meets when. ICE
        # needs none to reach a server of known address; a port that refuses is the only way to name none. It must
        # not be LiveKit's own: it asks the list itself, and then no client connects.
        "stun_servers": [NOWHERE],
    }
    if plan.node_ip is not None:
        rtc["node_ip"] = plan.node_ip
        if ipaddress.ip_address(plan.node_ip).is_loopback:
            rtc["enable_loopback_candidate"] = True
            rtc["ips"] = {"includes": [f"{plan.node_ip}/32"]}
    return json.dumps(
        {
            "port": plan.port,
            "bind_addresses": [plan.host],
            "rtc": rtc,
            "keys": {keys.key: keys.secret.reveal()},
            "webhook": {"api_key": keys.key, "urls": [plan.webhook_url]},
            "room": {"auto_create": False},
            "turn": {"enabled": False},
            "logging": {"level": "warn", "json": True},
        },
        indent=1,
    )


def kept_keys(folder: Path, chance: Chance) -> SfuKeys:
    """Return the key kept in `folder`, made at the first call. Only the owner can read it.

    Raises:
        ValueError: if the file is there and is not what we wrote.
    """
    path = folder / "keys.json"
    if not path.exists():
        made = {"key": f"visavis{chance.bytes(KEY_BYTES).hex()}", "secret": b64u(chance.bytes(SECRET_BYTES))}
        keep(path, json.dumps(made))
    match json.loads(path.read_text()):
        case {"key": str(key), "secret": str(secret), **rest} if not rest:
            return SfuKeys(key, Secret(secret))
        case _:
            msg = f"{path} is damaged; take it away and a new key is made"
            raise ValueError(msg)
