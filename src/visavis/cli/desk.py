"""What the desk's commands share: key files, public files, descriptor files, and how instants and hosts are typed.

A desk needs no server and no network. Its private key never leaves the file it was made in.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar
from urllib.parse import urlsplit

import typer
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, ValidationError

from visavis.cli.faults import CommandError
from visavis.identity.statements import AccreditorForm, DelegationForm, Statement
from visavis.kernel.canonical import b64u, from_b64u
from visavis.kernel.clock import read
from visavis.kernel.secret import Secret

PRIVATE: Final = 0o600
SPAN: Final = re.compile(r"([1-9]\d{0,3})([dh])", re.ASCII)
LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}

KeyOption = Annotated[Path, typer.Option("--key", help="The private key's file, as `init` made it.")]
PassphraseOption = Annotated[
    Path | None, typer.Option(help="File with the key's passphrase; without it you are asked.")
]
DescriptorOption = Annotated[Path, typer.Option(help="The summit's descriptor file, as `summit draft` made it.")]
ExpiresOption = Annotated[str, typer.Option(help="When it ends: 14d, 48h, 2026-12-24 or 2026-12-24T18:00:00.000Z.")]


class AccreditorCard(AccreditorForm):
    """The public file of the press office or the host."""

    party: Literal["press", "host"]


class DescriptorFile(BaseModel):
    """A descriptor with the signatures that it has so far; also what `publish` sends."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    descriptor: str
    signatures: dict[str, str]

    @classmethod
    def holding(cls, raw: bytes, signatures: dict[str, bytes]) -> "DescriptorFile":
        """Return the file of a descriptor and its signatures."""
        signed = {party: b64u(signature) for party, signature in sorted(signatures.items())}
        return cls(descriptor=b64u(raw), signatures=signed)

    def opened(self) -> tuple[bytes, dict[str, bytes]]:
        """Return descriptor and signatures as bytes.

        Raises:
            ValueError: if something is not base64url.
        """
        return from_b64u(self.descriptor), {party: from_b64u(text) for party, text in self.signatures.items()}


Card = TypeVar("Card", bound=BaseModel)


def read_card(form: type[Card], path: Path) -> Card:
    """Return what a public file or descriptor file says.

    Raises:
        CommandError: if there is no such file, or it is something else.
    """
    try:
        return form.model_validate(json.loads(_bytes_of(path)))
    except ValueError as error:
        msg = f"{path} is not the file that is wanted here"
        raise CommandError(msg) from error


def read_descriptor_file(path: Path) -> tuple[bytes, dict[str, bytes]]:
    """Return the descriptor in a file and its signatures.

    Raises:
        CommandError: if there is no such file, or it is something else.
    """
    try:
        return read_card(DescriptorFile, path).opened()
    except ValueError as error:
        msg = f"{path} is damaged"
        raise CommandError(msg) from error


def write_new(path: Path, raw: bytes, mode: int = 0o644) -> None:
    """Write a file that is not there yet: no key and no descriptor is ever overwritten.

    Raises:
        CommandError: if it is there, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        msg = f"{path} is there already; nothing was changed"
        raise CommandError(msg) from None
    except OSError as error:
        msg = f"cannot write {path}: {error.strerror}"
        raise CommandError(msg) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(raw)


def replace_file(path: Path, raw: bytes) -> None:
    """Write a file whole, or not at all.

    Raises:
        CommandError: if it cannot be written.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(raw)
        beside.replace(path)
    except OSError as error:
        msg = f"cannot write {path}: {error.strerror}"
        raise CommandError(msg) from error


def as_json(card: BaseModel) -> bytes:
    """Return a public file's or descriptor file's bytes."""
    return json.dumps(card.model_dump(mode="json"), indent=1, ensure_ascii=False).encode() + b"\n"


def write_key(path: Path, key: Ed25519PrivateKey, passphrase: Secret | None) -> None:
    """Write a private key as PKCS #8 PEM (RFC 5958, RFC 8410), readable by its owner alone.

    Raises:
        CommandError: if the file is there, or cannot be written.
    """
    sealed: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase is not None:
        sealed = serialization.BestAvailableEncryption(passphrase.reveal().encode())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed)
    write_new(path, pem, PRIVATE)


def read_key(path: Path, passphrase_file: Path | None) -> Ed25519PrivateKey:
    """Return the private key in a file; ask for its passphrase if it has one and no file names it.

    Raises:
        CommandError: if there is no such file, it is no key, or the passphrase is wrong.
    """
    pem = _bytes_of(path)
    is_sealed = b"ENCRYPTED" in pem
    passphrase = _asked(passphrase_file, confirm=False) if is_sealed else None
    try:
        key = serialization.load_pem_private_key(pem, passphrase.reveal().encode() if passphrase else None)
    except ValueError as error:
        msg = "the passphrase is wrong, or the key's file is damaged" if is_sealed else f"{path} holds no private key"
        raise CommandError(msg) from error
    if not isinstance(key, Ed25519PrivateKey):
        msg = f"{path} holds a key of another kind"
        raise CommandError(msg)
    return key


def new_passphrase(passphrase_file: Path | None, *, none: bool) -> Secret | None:
    """Return the passphrase for a new key, asked for twice; None only if that was said in so many words.

    Raises:
        CommandError: if both are said, or the passphrase is empty.
    """
    if none and passphrase_file is not None:
        msg = "say either --passphrase-file or --no-passphrase"
        raise CommandError(msg)
    return None if none else _asked(passphrase_file, confirm=True)


def until(text: str, now: datetime) -> datetime:
    """Return the instant that somebody typed: `14d` or `48h` from now, a day (its start in UTC), or an instant.

    Raises:
        CommandError: if it is none of these, or not ahead.
    """
    span = SPAN.fullmatch(text)
    try:
        if span is not None:
            count = int(span[1])
            return now + (timedelta(days=count) if span[2] == "d" else timedelta(hours=count))
        instant = read(text) if "T" in text else datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        msg = f"{text} is no instant; write 14d, 48h, 2026-12-24 or 2026-12-24T18:00:00.000Z"
        raise CommandError(msg) from error
    if instant <= now:
        msg = f"{text} is over"
        raise CommandError(msg)
    return instant


def origin(text: str) -> str:
    """Return the address of a host, without a slash at the end.

    Raises:
        CommandError: if it is no such address, or would send a secret in the clear.
    """
    address = urlsplit(text)
    if not address.hostname or address.path not in {"", "/"} or address.query or address.fragment:
        msg = f"{text} is no host's address; write https://name"
        raise CommandError(msg)
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
        msg = "a host is reached by https; http is for this machine only"
        raise CommandError(msg)
    return f"{address.scheme}://{address.netloc}"


@contextmanager
def well_formed() -> Iterator[None]:
    """Turn the complaint of a statement's form about what was typed into a sentence."""
    try:
        yield
    except ValidationError as error:
        faults = "; ".join(_told(fault) for fault in error.errors())
        raise CommandError(faults) from error


def public_card(form: type[Statement], **said: object) -> bytes:
    """Return the bytes of a new public file.

    Raises:
        CommandError: if something typed has a wrong form.
    """
    with well_formed():
        return as_json(form.model_validate(said))


def key_in(path: Path) -> tuple[str, bytes]:
    """Return whose public file this is, and the key in it.

    Raises:
        CommandError: if it is no public file.
    """
    try:
        card = read_card(AccreditorCard, path)
    except CommandError:
        side = read_card(DelegationForm, path)
        return side.name, side.key
    return card.name, card.key


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"cannot read {path}: {error.strerror}"
        raise CommandError(msg) from error


def _asked(file: Path | None, *, confirm: bool) -> Secret:
    if file is not None:
        text = _bytes_of(file).decode(errors="replace").removesuffix("\n").removesuffix("\r")
    else:
        text = typer.prompt("Passphrase of the key", hide_input=True, confirmation_prompt=confirm, err=True)
    if not text:
        msg = "the passphrase is empty"
        raise CommandError(msg)
    return Secret(text)


def _told(fault: Any) -> str:  # noqa: ANN401 - pydantic's own description of one fault
    place = ".".join(str(step) for step in fault["loc"])
    return f"{place}: {fault['msg']}" if place else str(fault["msg"])
