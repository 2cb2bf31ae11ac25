"""What the gate's process is told: where it listens, whom it asks, where the engine is. Written and read as JSON."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from visavis.kernel.secret import Secret
from visavis.rooms.sfu_config import SfuKeys


@dataclass(frozen=True, slots=True)
class GatePlan:
    """Where the gate stands.

    Attributes:
        host: address on which it takes browsers' signalling.
        port: TCP port for it.
        engine: HTTP address of the media engine behind it.
        database: address of the database that it asks. It must say everything: no variable of ours reaches the gate.
        keys: the pair with which tickets are signed.
        certificate: PEM file with the certificate and its chain; None is plain, for a proxy or this machine.
        certificate_key: PEM file with its private key.
        log_format: form of its log.
        log_level: least weight that it logs.
    """

    host: str
    port: int
    engine: str
    database: Secret
    keys: SfuKeys
    certificate: str | None = None
    certificate_key: str | None = None
    log_format: Literal["console", "json"] = "console"
    log_level: str = "info"

    @property
    def url(self) -> str:
        """Where this machine reaches it."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not listened on
        named = f"[{host}]" if ":" in host else host
        return f"{'https' if self.certificate else 'http'}://{named}:{self.port}"


def orders(plan: GatePlan) -> str:
    """Return the plan as JSON. Holds secrets."""
    told = {field.name: getattr(plan, field.name) for field in fields(plan)} | {
        "database": plan.database.reveal(),
        "keys": {"key": plan.keys.key, "secret": plan.keys.secret.reveal()},
    }
    return json.dumps(told, indent=1)


def read_orders(file: Path) -> GatePlan:
    """Return the plan that `orders` wrote into a file."""
    told = json.loads(file.read_text())
    pair, database = told.pop("keys"), told.pop("database")
    return GatePlan(database=Secret(database), keys=SfuKeys(pair["key"], Secret(pair["secret"])), **told)
