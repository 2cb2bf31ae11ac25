"""`visavis delegation`: a delegation's own desk, offline."""

from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.accrediting import (
    DirOption,
    HostOption,
    Languages,
    NoPassphrase,
    accrediting,
    invite_one,
    make_party,
    typed_guest,
)
from visavis.cli.desk import DescriptorOption, ExpiresOption, KeyOption, PassphraseOption
from visavis.identity.model import Role
from visavis.identity.statements import DelegationForm

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A delegation's desk: make its key, invite its members, revoke. Offline.",
)
accrediting(app)


@app.command()
def init(
    *,
    id: Annotated[str, typer.Option("--id", help="A short name in small letters: arven.")],  # noqa: A002 - the option's name
    name: Annotated[str, typer.Option(help="As it is shown: Republic of Arven.")],
    place: Annotated[str, typer.Option(help="Where the delegation sits: Port Selby.")],
    language: Annotated[str, typer.Option(help="The language it speaks: en.")],
    folder: DirOption = Path(),
    passphrase_file: PassphraseOption = None,
    no_passphrase: NoPassphrase = False,
) -> None:
    """Make the delegation's key and the public file for the others."""
    said = {"id": id, "name": name, "place": place, "language": language}
    stem = Path(id).name or "delegation"
    make_party(folder, (stem, DelegationForm, said), sealing=(passphrase_file, no_passphrase))


@app.command()
def invite(
    *,
    key: KeyOption,
    descriptor: DescriptorOption,
    name: Annotated[str, typer.Option(help="As everybody is shown it: President Ilse Maren.")],
    role: Annotated[Role, typer.Option(help="What the person is accredited as.")],
    language: Languages,
    host: HostOption,
    chair: Annotated[bool, typer.Option("--chair", help="A principal who gives the delegation's orders.")] = False,
    expires: ExpiresOption = "14d",
    passphrase_file: PassphraseOption = None,
) -> None:
    """Invite one person in one role, and print their link: a secret, shown this once."""
    guest = typed_guest(name, role, language, expires, chair=chair or role is Role.CHAIR)
    invite_one(guest, key=key, passphrase_file=passphrase_file, descriptor=descriptor, host=host)
