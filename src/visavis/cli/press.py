"""`visavis press`: the desk of the joint press office, offline."""

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
from visavis.cli.desk import AccreditorCard, DescriptorOption, ExpiresOption, KeyOption, PassphraseOption
from visavis.identity.model import Role
from visavis.kernel.ids import PRESS

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The desk of the joint press office: make its key, invite, revoke. Offline.",
)
accrediting(app)


@app.command()
def init(
    *,
    name: Annotated[str, typer.Option(help="As it is shown: Joint press office.")],
    folder: DirOption = Path(),
    passphrase_file: PassphraseOption = None,
    no_passphrase: NoPassphrase = False,
) -> None:
    """Make the press office's key and the public file for the delegations."""
    said = {"party": PRESS, "name": name}
    make_party(folder, (PRESS, AccreditorCard, said), sealing=(passphrase_file, no_passphrase))


@app.command()
def invite(
    *,
    key: KeyOption,
    descriptor: DescriptorOption,
    name: Annotated[str, typer.Option(help="As everybody is shown it.")],
    language: Languages,
    host: HostOption,
    expires: ExpiresOption = "14d",
    passphrase_file: PassphraseOption = None,
) -> None:
    """Invite a member of the press pool, and print their link: a secret, shown this once."""
    guest = typed_guest(name, Role.PRESS, language, expires)
    invite_one(guest, key=key, passphrase_file=passphrase_file, descriptor=descriptor, host=host)
