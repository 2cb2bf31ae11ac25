"""The commands that delegations, the press office and the host have alike: invite, revoke, fingerprint."""

import json
from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.desk import (
    DescriptorOption,
    KeyOption,
    PassphraseOption,
    key_in,
    new_passphrase,
    origin,
    public_card,
    read_descriptor_file,
    read_key,
    until,
    well_formed,
    write_key,
    write_new,
)
from visavis.cli.faults import CommandError
from visavis.identity import desk
from visavis.identity.accreditation import check_descriptor
from visavis.identity.model import Descriptor, Role
from visavis.identity.signing import new_key, public_half
from visavis.identity.statements import Statement
from visavis.kernel.canonical import b64u
from visavis.kernel.chance import SystemChance
from visavis.kernel.clock import SystemClock
from visavis.kernel.ids import Serial

HostOption = Annotated[str, typer.Option(help="Where the summit is held: https://name.")]
DirOption = Annotated[Path, typer.Option("--dir", help="Folder for the two files.")]
NoPassphrase = Annotated[bool, typer.Option("--no-passphrase", help="Leave the key's file without a passphrase.")]
Languages = Annotated[list[str], typer.Option("--language", help="What they speak; for interpreters, each booth.")]


def make_party(
    folder: Path, card: tuple[str, type[Statement], dict[str, str]], *, sealing: tuple[Path | None, bool]
) -> None:
    """Make a party's key and its public file, and say the fingerprint to be compared.

    Raises:
        CommandError: if a file is there already, or something typed has a wrong form.
    """
    stem, form, said = card
    key = new_key(SystemChance())
    public = public_half(key)
    written = public_card(form, **said, key=b64u(public))
    private, shown = folder / f"{stem}.key", folder / f"{stem}.public.json"
    if shown.exists():
        msg = f"{shown} is there already; nothing was changed"
        raise CommandError(msg)
    passphrase_file, none = sealing
    write_key(private, key, new_passphrase(passphrase_file, none=none))
    write_new(shown, written)
    typer.echo(f"private key: {private} (keep it offline; whoever has it can invite)")
    typer.echo(f"public file: {shown} (give it to the others)")
    typer.echo(f"fingerprint: {desk.read_aloud(public)}")


def accrediting(app: typer.Typer) -> None:
    """Give a party's app the commands that all parties have."""
    app.command("revoke")(revoke)
    app.command("fingerprint")(fingerprint)


def invite_one(guest: desk.Guest, *, key: Path, passphrase_file: Path | None, descriptor: Path, host: str) -> None:
    """Invite somebody and print the link, once: it is a secret, and it is kept nowhere.

    Raises:
        CommandError: if something typed has a wrong form.
        RefusedError: if the descriptor is not signed by all, or the key's party may not give the role.
    """
    read, place = agreed(descriptor), origin(host)
    with well_formed():
        now = SystemClock().now()
        issued = desk.invite(read_key(key, passphrase_file), read, guest, now, SystemChance())
    typer.echo(f"serial: {issued.serial}")
    typer.echo(f"link: {issued.link(place).reveal()}")
    typer.echo("The link lets whoever opens it first enrol as this person. It is kept nowhere.", err=True)


def typed_guest(name: str, role: Role, languages: list[str], expires: str, *, chair: bool = False) -> desk.Guest:
    """Return whom the options describe.

    Raises:
        CommandError: if the expiry is no instant ahead.
    """
    return desk.Guest(name, role, chair, tuple(languages), until(expires, SystemClock().now()))


def agreed(path: Path) -> Descriptor:
    """Return the descriptor in a file, if every delegation signed it.

    Raises:
        CommandError: if it is no descriptor file.
        RefusedError: if somebody's signature is missing or wrong.
    """
    return check_descriptor(*read_descriptor_file(path))


def revoke(
    *,
    key: KeyOption,
    descriptor: DescriptorOption,
    serial: Annotated[str, typer.Option(help="The invitation's serial, as `invite` printed it.")],
    out: Annotated[Path, typer.Option(help="File to write; `visavis summit revoke` sends it.")],
    passphrase_file: PassphraseOption = None,
) -> None:
    """Sign that an invitation, and whoever enrolled by it, counts no longer."""
    private, read = read_key(key, passphrase_file), agreed(descriptor)
    try:
        raw, signature = desk.revoke(private, read, Serial(serial), SystemClock().now())
    except ValueError as error:
        msg = "a serial is 22 characters, as `invite` printed it"
        raise CommandError(msg) from error
    write_new(out, json.dumps({"revocation": b64u(raw), "signature": b64u(signature)}).encode() + b"\n")
    typer.echo(f"signed: {out}; it counts when the host has it: visavis summit revoke {out} --server https://name")


def fingerprint(public: Annotated[Path, typer.Argument(help="A public file, as `init` made it.")]) -> None:
    """Show a public file's fingerprint, to be read to its owner over another way than it came by."""
    name, key = key_in(public)
    typer.echo(name)
    typer.echo(desk.read_aloud(key))
