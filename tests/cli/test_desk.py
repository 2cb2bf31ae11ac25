"""A whole summit prepared at the desks, as delegations would, and everything a desk refuses to do."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner, Result

from tests.builders import silent
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from visavis.cli import app
from visavis.cli.edge import judged
from visavis.cli.faults import Exit
from visavis.identity import delegations, members
from visavis.identity.accreditation import check_descriptor, check_invitation, check_revocation
from visavis.identity.model import Accreditation, Role
from visavis.identity.signing import new_key, public_half, sign
from visavis.identity.statements import DEVICE, DeviceForm
from visavis.kernel.canonical import fingerprint, from_b64u, parsed
from visavis.kernel.clock import SystemClock
from visavis.kernel.errors import Code, RefusedError
from visavis.storage.database import Database

HOST = "https://summit.lenz.example"
TALKS = "Arven and Tolmar meet"


@dataclass(frozen=True)
class Desks:
    """A folder with the desks of two delegations, press and host."""

    folder: Path

    def run(self, *words: str, answer: str | None = None) -> Result:
        """Type one command."""
        return CliRunner().invoke(app, list(words), input=answer)

    def done(self, *words: str, answer: str | None = None) -> str:
        """Type one command that must succeed; return its standard output."""
        result = self.run(*words, answer=answer)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    def at(self, name: str) -> str:
        """Return the path of a file."""
        return str(self.folder / name)

    @property
    def descriptor(self) -> str:
        """The descriptor file."""
        return self.at("talks.json")

    def init(self, party: str, name: str, place: str, language: str, *more: str) -> Result:
        """Make a delegation's key."""
        who = ("--id", party, "--name", name, "--place", place, "--language", language)
        return self.run("delegation", "init", *who, "--dir", str(self.folder), *(more or ("--no-passphrase",)))

    def draft(self, *more: str) -> Result:
        """Draft the descriptor."""
        public = [word for party in ("arven", "tolmar") for word in ("--delegation", self.at(f"{party}.public.json"))]
        others = ("--press", self.at("press.public.json"), "--host", self.at("host.public.json"))
        terms = ("--language", "en", "--language", "fr", "--out", self.descriptor)
        return self.run("summit", "draft", "--title", TALKS, *public, *others, *terms, *more)

    def sign(self, party: str) -> Result:
        """Sign the descriptor."""
        return self.run("summit", "sign", self.descriptor, "--key", self.at(f"{party}.key"), "--yes")

    def invite(self, party: str, *more: str, host: str = HOST) -> Result:
        """Invite somebody of a delegation."""
        files = ("--key", self.at(f"{party}.key"), "--descriptor", self.descriptor, "--host", host)
        return self.run("delegation", "invite", *files, "--name", "Ilse Maren", "--language", "en", *more)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    """Return desks that made their keys and drafted a descriptor that nobody has signed."""
    made = Desks(tmp_path)
    for party, name, place, language in (
        ("arven", "Republic of Arven", "Port Selby", "en"),
        ("tolmar", "Kingdom of Tolmar", "Ostrand", "fr"),
    ):
        assert made.init(party, name, place, language).exit_code == 0
    made.done("press", "init", "--name", "Joint press office", "--dir", str(tmp_path), "--no-passphrase")
    made.done("host", "init", "--name", "City of Lenz", "--dir", str(tmp_path), "--no-passphrase")
    assert made.draft().exit_code == 0
    return made


@pytest.fixture
def agreed(desks: Desks) -> Desks:
    """Return desks whose descriptor both delegations have signed."""
    assert desks.sign("arven").exit_code == 0
    assert desks.sign("tolmar").exit_code == 0
    return desks


def told(result: Result) -> tuple[Exit, str]:
    """Return what the shell and the person are told of a command that failed."""
    assert result.exit_code != 0
    assert isinstance(result.exception, Exception), result.output
    return judged(result.exception)


def signed(desks: Desks) -> tuple[bytes, dict[str, bytes]]:
    """Return the descriptor and its signatures."""
    file = json.loads(Path(desks.descriptor).read_text())
    return from_b64u(file["descriptor"]), {party: from_b64u(text) for party, text in file["signatures"].items()}


def opened(output: str) -> tuple[str, dict[str, Any]]:
    """Return the serial and what the link carries."""
    serial = re.search(r"^serial: (\S{22})$", output, re.MULTILINE)
    link = re.search(rf"^link: {HOST}/#/join/(\S+)$", output, re.MULTILINE)
    assert serial is not None
    assert link is not None
    carried = from_b64u(link[1])
    assert parsed(carried)
    return serial[1], {name: from_b64u(text) for name, text in json.loads(carried).items()}


@pytest.mark.anyio
async def test_what_the_desks_make_seats_a_member(agreed: Desks, database: Database, clock: FakeClock) -> None:
    clock.advance(seconds=(SystemClock().now() - clock.now()).total_seconds())
    await delegations.publish(database, *signed(agreed))
    serial, link = opened(agreed.invite("arven", "--role", "principal", "--chair").stdout)
    chance = FakeChance()
    device, invited = new_key(chance), link["secret"]
    key = Ed25519PrivateKey.from_private_bytes(invited)
    raw = DeviceForm(invitation=fingerprint(link["invitation"]), key=public_half(device), issued=clock.now()).written()
    chain = Accreditation(link["invitation"], link["signature"], raw, sign(key, DEVICE, raw))
    member, _ = await members.enrol(database, chain, chance, silent)
    assert (member.name, member.role, member.chair, member.serial) == ("Ilse Maren", Role.PRINCIPAL, True, serial)


def test_press_and_host_invite_in_their_own_roles(agreed: Desks) -> None:
    descriptor = check_descriptor(*signed(agreed))
    for party, role in (("press", Role.PRESS), ("host", Role.PROTOCOL_OFFICER)):
        files = ("--key", agreed.at(f"{party}.key"), "--descriptor", agreed.descriptor, "--host", HOST)
        _, link = opened(agreed.done(party, "invite", *files, "--name", "Jo Lind", "--language", "en"))
        assert check_invitation(link["invitation"], link["signature"], descriptor).role is role


def test_check_says_who_has_signed(desks: Desks) -> None:
    assert desks.sign("arven").exit_code == 0
    result = desks.run("summit", "check", desks.descriptor)
    assert result.exit_code == Exit.FOUND_WRONG
    assert "Republic of Arven, Port Selby, en: signed" in result.stdout
    assert "Kingdom of Tolmar, Ostrand, fr: not signed" in result.stdout
    assert desks.sign("tolmar").exit_code == 0
    assert desks.run("summit", "check", desks.descriptor).exit_code == 0


def test_check_sees_a_wrong_signature(agreed: Desks) -> None:
    path = Path(agreed.descriptor)
    file = json.loads(path.read_text())
    file["signatures"]["tolmar"] = file["signatures"]["arven"]
    path.write_text(json.dumps(file))
    result = agreed.run("summit", "check", agreed.descriptor)
    assert (result.exit_code, "WRONG SIGNATURE" in result.stdout) == (Exit.FOUND_WRONG, True)


def test_a_fingerprint_is_the_same_at_every_desk(desks: Desks) -> None:
    shown = desks.done("delegation", "fingerprint", desks.at("tolmar.public.json")).splitlines()
    assert shown[0] == "Kingdom of Tolmar"
    assert shown[1] in desks.run("summit", "check", desks.descriptor).stdout
    assert re.fullmatch(r"([0-9a-f]{4} ){15}[0-9a-f]{4}", shown[1])


def test_a_revocation_is_signed_and_kept_in_a_file(agreed: Desks) -> None:
    serial, _ = opened(agreed.invite("arven", "--role", "adviser").stdout)
    files = ("--key", agreed.at("arven.key"), "--descriptor", agreed.descriptor, "--out", agreed.at("r.json"))
    agreed.done("delegation", "revoke", *files, "--serial", serial)
    file = json.loads(Path(agreed.at("r.json")).read_text())
    revoked = check_revocation(
        from_b64u(file["revocation"]), from_b64u(file["signature"]), check_descriptor(*signed(agreed))
    )
    assert (revoked.party, revoked.serial) == ("arven", serial)


def test_the_key_is_its_owners_alone_and_sealed_by_a_passphrase(desks: Desks, tmp_path: Path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse\n")
    more = ("--passphrase-file", str(passphrase))
    assert desks.init("sund", "Sund Federation", "Kelm", "en", *more).exit_code == 0
    key = Path(desks.at("sund.key"))
    assert key.stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in key.read_bytes()
    passphrase.write_text("battery staple")
    files = ("--key", str(key), "--descriptor", desks.descriptor, "--out", desks.at("r.json"))
    desks.sign("arven"), desks.sign("tolmar")
    code, sentence = told(desks.run("delegation", "revoke", *files, "--serial", "A" * 22, *more))
    assert (code, "passphrase is wrong" in sentence) == (Exit.WRONGLY_TYPED, True)


def test_a_passphrase_is_asked_for_twice(desks: Desks) -> None:
    who = ("--id", "sund", "--name", "Sund", "--place", "Kelm", "--language", "en", "--dir", str(desks.folder))
    desks.done("delegation", "init", *who, answer="correct horse\ncorrect horse\n")
    assert b"ENCRYPTED" in Path(desks.at("sund.key")).read_bytes()


REFUSALS: dict[str, tuple[Callable[[Desks], Result], Exit, str]] = {
    "a key is never overwritten": (lambda d: d.init("arven", "A", "B", "en"), Exit.WRONGLY_TYPED, "is there already"),
    "a descriptor is never overwritten": (lambda d: d.draft(), Exit.WRONGLY_TYPED, "is there already"),
    "an id is a word": (lambda d: d.init("../Arven", "A", "B", "en"), Exit.WRONGLY_TYPED, "id:"),
    "press is no delegation": (lambda d: d.init("press", "A", "B", "en"), Exit.WRONGLY_TYPED, "id"),
    "the host signs nothing": (lambda d: d.sign("host"), Exit.WRONGLY_TYPED, "no delegation's"),
    "a delegation names no press": (lambda d: d.invite("arven", "--role", "press"), Exit.REFUSED, "[invitation_bad]"),
    "an adviser gives no orders": (
        lambda d: d.invite("arven", "--role", "adviser", "--chair"),
        Exit.REFUSED,
        "(field: chair)",
    ),
    "no invitation into the past": (
        lambda d: d.invite("arven", "--role", "adviser", "--expires", "2020-01-01"),
        Exit.WRONGLY_TYPED,
        "is over",
    ),
    "an expiry is an instant": (
        lambda d: d.invite("arven", "--role", "adviser", "--expires", "soon"),
        Exit.WRONGLY_TYPED,
        "is no instant",
    ),
    "a link is not sent in the clear": (
        lambda d: d.invite("arven", "--role", "adviser", host="http://lenz.example"),
        Exit.WRONGLY_TYPED,
        "https",
    ),
    "a host is a host": (
        lambda d: d.invite("arven", "--role", "adviser", host="https://lenz.example/path"),
        Exit.WRONGLY_TYPED,
        "no host's address",
    ),
    "a serial is a serial": (
        lambda d: d.run(
            *("delegation", "revoke", "--key", d.at("arven.key"), "--descriptor", d.descriptor),
            *("--serial", "AAA", "--out", d.at("r.json")),
        ),
        Exit.WRONGLY_TYPED,
        "22 characters",
    ),
    "a file that is not there": (
        lambda d: d.run("delegation", "fingerprint", d.at("nobody.json")),
        Exit.WRONGLY_TYPED,
        "cannot read",
    ),
    "a file of another kind": (
        lambda d: d.run("delegation", "fingerprint", d.descriptor),
        Exit.WRONGLY_TYPED,
        "is not the file",
    ),
    "a public file is no key": (
        lambda d: d.run("summit", "sign", d.descriptor, "--key", d.at("arven.public.json"), "--yes"),
        Exit.WRONGLY_TYPED,
        "holds no private key",
    ),
    "nothing is sent in the clear": (
        lambda d: d.run(
            "summit", "publish", d.descriptor, "--server", "http://lenz.example", "--token-file", d.descriptor
        ),
        Exit.WRONGLY_TYPED,
        "https",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_desk_refuses_in_plain_words_and_writes_nothing(agreed: Desks, name: str) -> None:
    typed, code, words = REFUSALS[name]
    before = {path.name: path.read_bytes() for path in agreed.folder.iterdir()}
    result = typed(agreed)
    told_code, sentence = told(result)
    assert (told_code, words in sentence) == (code, True), sentence
    assert "link:" not in result.stdout
    assert {path.name: path.read_bytes() for path in agreed.folder.iterdir()} == before


def test_nobody_is_invited_before_all_have_signed(desks: Desks) -> None:
    assert desks.sign("arven").exit_code == 0
    result = desks.invite("arven", "--role", "adviser")
    assert isinstance(result.exception, RefusedError)
    assert result.exception.code is Code.DESCRIPTOR_UNSIGNED


def test_signing_is_asked_about(desks: Desks) -> None:
    before = Path(desks.descriptor).read_bytes()
    words = ("summit", "sign", desks.descriptor, "--key", desks.at("arven.key"))
    assert desks.run(*words, answer="n\n").exit_code == 1
    assert Path(desks.descriptor).read_bytes() == before
    desks.done(*words, answer="y\n")
    assert Path(desks.descriptor).read_bytes() != before
