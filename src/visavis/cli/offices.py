"""`visavis press` and `visavis host`: the desks of those who are no delegation, offline. Each invites one role only."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

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
from visavis.kernel.ids import HOST, PRESS, Party


@dataclass(frozen=True, slots=True)
class Office:
    """Whose desk it is, whom they invite, and the words of the help."""

    party: Party
    role: Role
    name: str
    example: str
    guest: str


_PRESS: Final = Office(
    PRESS,
    Role.PRESS,
    name="joint press office",
    example="Joint press office",
    guest="a member of the press pool, and print their link: a secret, shown this once.",
)
_HOST: Final = Office(
    HOST,
    Role.PROTOCOL_OFFICER,
    name="host",
    example="City of Lenz",
    guest="a protocol officer, who runs the room and is in none, and print their link: a secret, shown this once.",
)


def _desk_of(office: Office) -> typer.Typer:
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help=f"The desk of the {office.name}: make its key, invite, revoke. Offline.",
    )
    accrediting(app)

    @app.command(help=f"Make the {office.name}'s key and the public file for the delegations.")
    def init(
        *,
        name: Annotated[str, typer.Option(help=f"As it is shown: {office.example}.")],
        folder: DirOption = Path(),
        passphrase_file: PassphraseOption = None,
        no_passphrase: NoPassphrase = False,
    ) -> None:
        said = {"party": office.party, "name": name}
        make_party(folder, (office.party, AccreditorCard, said), sealing=(passphrase_file, no_passphrase))

    @app.command(help=f"Invite {office.guest}")
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
        guest = typed_guest(name, office.role, language, expires)
        invite_one(guest, key=key, passphrase_file=passphrase_file, descriptor=descriptor, host=host)

    return app


press: Final = _desk_of(_PRESS)
host: Final = _desk_of(_HOST)
