"""`visavis summit`: draft, sign and check a descriptor, offline; publish it and send revocations, online."""

import json
from pathlib import Path
from typing import Annotated, Any, Final

import httpx
import typer

from visavis.cli.accrediting import agreed
from visavis.cli.desk import (
    AccreditorCard,
    DescriptorFile,
    ExpiresOption,
    KeyOption,
    PassphraseOption,
    as_json,
    origin,
    read_card,
    read_descriptor_file,
    read_key,
    replace_file,
    until,
    well_formed,
    write_new,
)
from visavis.cli.faults import CommandError, Exit
from visavis.identity import desk
from visavis.identity.accreditation import read_descriptor
from visavis.identity.model import Descriptor
from visavis.identity.signing import public_half, verifies
from visavis.identity.statements import DESCRIPTOR, AccreditorForm, DelegationForm
from visavis.kernel.canonical import b64u, from_b64u
from visavis.kernel.chance import SystemChance
from visavis.kernel.clock import SystemClock, written
from visavis.kernel.ids import HOST, PRESS

FORMATS: Final = ["one-on-one", "restricted", "plenary"]
PATIENCE: Final = 15.0  # seconds

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The descriptor that every delegation signs: draft, sign, check, publish.",
)
FileArgument = Annotated[Path, typer.Argument(help="The descriptor file; it goes from delegation to delegation.")]
ServerOption = Annotated[str, typer.Option(help="The host's server: https://name.")]


@app.command()
def draft(
    *,
    title: Annotated[str, typer.Option(help="What the summit is called.")],
    delegation: Annotated[list[Path], typer.Option(help="A delegation's public file; in protocol order.")],
    press: Annotated[Path, typer.Option(help="The press office's public file.")],
    host: Annotated[Path, typer.Option(help="The host's public file.")],
    language: Annotated[list[str], typer.Option(help="A language of the summit.")],
    format: Annotated[list[str], typer.Option("--format", help="A format meetings may have.")] = FORMATS,  # noqa: A002 - the option's name; typer copies it
    client: Annotated[list[str] | None, typer.Option(help="A client's hash, base64url.")] = None,
    expires: ExpiresOption = "30d",
    out: Annotated[Path, typer.Option(help="File to write.")] = Path("summit.descriptor.json"),
) -> None:
    """Write down what the delegations agreed on, ready to be signed by each."""
    now = SystemClock().now()
    with well_formed():
        plan = desk.Plan(
            title=title,
            delegations=tuple(read_card(DelegationForm, path) for path in delegation),
            press=_accreditor(press, PRESS),
            host=_accreditor(host, HOST),
            formats=tuple(format),
            languages=tuple(language),
            clients=tuple(_hash(text) for text in client or ()),
            issued=now,
            expires=until(expires, now),
        )
        raw = desk.draft(plan, SystemChance())
    write_new(out, as_json(DescriptorFile.holding(raw, {})))
    _show(read_descriptor(raw), raw, {})


@app.command()
def sign(
    file: FileArgument,
    *,
    key: KeyOption,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Show a descriptor and sign it for a delegation; the signature goes into the file."""
    raw, signatures = read_descriptor_file(file)
    descriptor = read_descriptor(raw)
    _show(descriptor, raw, signatures)
    if not yes:
        typer.confirm("Are these the keys and terms that you agreed on? Sign?", abort=True)
    private = read_key(key, passphrase_file)
    party = desk.party_of(public_half(private), descriptor)
    if party is None or party in {PRESS, HOST}:
        msg = "this key is no delegation's of this summit"
        raise CommandError(msg)
    signed = {**signatures, party: desk.sign_descriptor(private, raw)}
    replace_file(file, as_json(DescriptorFile.holding(raw, signed)))
    typer.echo(f"signed for {party}")


@app.command()
def check(file: FileArgument) -> None:
    """Show what a descriptor says, whose keys are in it and who has signed. Exit code 1 unless all did."""
    raw, signatures = read_descriptor_file(file)
    descriptor = read_descriptor(raw)
    if not _show(descriptor, raw, signatures):
        raise typer.Exit(Exit.FOUND_WRONG)


@app.command()
def publish(
    file: FileArgument,
    *,
    server: ServerOption,
    token_file: Annotated[Path, typer.Option(help="File with the host's publishing token.")],
) -> None:
    """Send a descriptor that all have signed to the host's server."""
    descriptor = agreed(file)
    try:
        token = token_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        msg = f"cannot read {token_file}: {error.strerror}"
        raise CommandError(msg) from error
    body = as_json(read_card(DescriptorFile, file))
    answer = _sent(f"{origin(server)}/api/summits", body, {"Authorization": f"Bearer {token}"})
    if answer.get("dh") != b64u(descriptor.dh):
        msg = "the server answered with another descriptor's fingerprint; do not use this server"
        raise CommandError(msg, Exit.FOUND_WRONG)
    typer.echo(f"published: summit {descriptor.summit}")


@app.command()
def revoke(
    file: Annotated[Path, typer.Argument(help="A revocation, as `delegation revoke` wrote it.")],
    *,
    server: ServerOption,
) -> None:
    """Send a signed revocation to the host's server; it counts from then on."""
    try:
        body = file.read_bytes()
    except OSError as error:
        msg = f"cannot read {file}: {error.strerror}"
        raise CommandError(msg) from error
    _sent(f"{origin(server)}/api/revocations", body, {})
    typer.echo("revoked")


def _show(descriptor: Descriptor, raw: bytes, signatures: dict[str, bytes]) -> bool:
    """Print a descriptor for people; return whether every delegation's signature is there and right."""
    typer.echo(f"{descriptor.title}\nsummit {descriptor.summit}")
    typer.echo(f"formats: {', '.join(descriptor.formats)}; languages: {', '.join(descriptor.languages)}")
    typer.echo(f"from {written(descriptor.issued)} to {written(descriptor.expires)}")
    typer.echo(f"fingerprint of the whole: {desk.read_aloud(raw)}")
    verdicts = []
    for side in descriptor.delegations:
        signature = signatures.get(side.id)
        is_signed = signature is not None and verifies(side.key, signature, DESCRIPTOR, raw)
        verdicts.append(is_signed)
        word = "signed" if is_signed else "not signed" if signature is None else "WRONG SIGNATURE"
        typer.echo(f"{side.id}: {side.name}, {side.place}, {side.language}: {word}\n  {desk.read_aloud(side.key)}")
    for party, accreditor in ((PRESS, descriptor.press), (HOST, descriptor.host)):
        typer.echo(f"{party}: {accreditor.name}\n  {desk.read_aloud(accreditor.key)}")
    is_known = set(signatures) <= {side.id for side in descriptor.delegations}
    return all(verdicts) and is_known


def _accreditor(path: Path, party: str) -> AccreditorForm:
    card = read_card(AccreditorCard, path)
    if card.party != party:
        msg = f"{path} is the public file of the {card.party}, not of the {party}"
        raise CommandError(msg)
    return AccreditorForm(name=card.name, key=card.key)


def _hash(text: str) -> bytes:
    try:
        return from_b64u(text)
    except ValueError as error:
        msg = f"{text} is not base64url"
        raise CommandError(msg) from error


def _sent(address: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    """Post a body and return the answer; say what the server refused."""
    try:
        answer = httpx.post(
            address, content=body, headers={**headers, "Content-Type": "application/json"}, timeout=PATIENCE
        )
    except httpx.HTTPError as error:
        msg = f"{address} does not answer ({type(error).__name__})"
        raise CommandError(msg, Exit.NO_ANSWER) from error
    try:
        told: Any = answer.json() if answer.content else {}
    except json.JSONDecodeError:
        told = {}
    said: dict[str, Any] = told if isinstance(told, dict) else {}
    if not answer.is_success:
        msg = f"the server refused: {said.get('title', answer.reason_phrase)} [{said.get('code', answer.status_code)}]"
        raise CommandError(msg, Exit.REFUSED)
    return said
