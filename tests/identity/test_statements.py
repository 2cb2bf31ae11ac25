from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, ORIGIN, a_summit
from visavis.identity import accreditation, desk
from visavis.identity.model import Accreditation, Role
from visavis.identity.signing import new_key, public_half, sign, verifies
from visavis.identity.statements import (
    DESCRIPTOR,
    INVITATION,
    SESSION,
    DescriptorForm,
    InvitationForm,
    RevocationForm,
    SessionForm,
    parse,
)
from visavis.kernel.canonical import b64u, canonical, parsed
from visavis.kernel.errors import Code, RefusedError
from visavis.summits.model import Format

SUMMIT = a_summit()
CHAIN = SUMMIT.invite("arven", Role.PRINCIPAL, chair=True).accredited()
DEVICE = CHAIN.device
CHALLENGE = SessionForm(
    origin=ORIGIN, identity=CHAIN.identity, nonce=bytes(16), expires=NOW + timedelta(seconds=60)
).written()
ANSWER = sign(DEVICE, SESSION, CHALLENGE)
REVOCATION = SUMMIT.revocation(SUMMIT.invite("arven", Role.ADVISER))


def descriptor_checks(raw: bytes, signature: bytes) -> None:
    accreditation.check_descriptor(raw, {**SUMMIT.signatures, "arven": signature})


def invitation_checks(raw: bytes, signature: bytes) -> None:
    accreditation.check_invitation(raw, signature, SUMMIT.read)


def device_checks(raw: bytes, signature: bytes) -> None:
    chain = CHAIN.chain
    accreditation.check_chain(Accreditation(chain.invitation, chain.invitation_signature, raw, signature), SUMMIT.read)


def session_checks(raw: bytes, signature: bytes) -> None:
    parse(SessionForm, raw, Code.CHALLENGE_UNKNOWN)
    if not verifies(public_half(DEVICE), signature, SESSION, raw):
        raise RefusedError(Code.SIGNATURE_BAD)


def revocation_checks(raw: bytes, signature: bytes) -> None:
    accreditation.check_revocation(raw, signature, SUMMIT.read)


Checks = Callable[[bytes, bytes], None]
STATEMENTS: dict[str, tuple[Checks, bytes, bytes]] = {
    "descriptor": (descriptor_checks, SUMMIT.descriptor, SUMMIT.signatures["arven"]),
    "invitation": (invitation_checks, CHAIN.chain.invitation, CHAIN.chain.invitation_signature),
    "device": (device_checks, CHAIN.chain.device, CHAIN.chain.device_signature),
    "session": (session_checks, CHALLENGE, ANSWER),
    "revocation": (revocation_checks, *REVOCATION),
}


def changed(raw: bytes, place: int, bits: int) -> bytes:
    at = place % len(raw)
    return raw[:at] + bytes([raw[at] ^ bits]) + raw[at + 1 :]


@pytest.mark.parametrize("name", STATEMENTS)
def test_what_was_signed_passes(name: str) -> None:
    checks, raw, signature = STATEMENTS[name]
    checks(raw, signature)


@pytest.mark.parametrize("name", STATEMENTS)
@given(place=st.integers(0, 4000), bits=st.integers(1, 255))
def test_no_byte_of_a_statement_can_be_changed(name: str, place: int, bits: int) -> None:
    checks, raw, signature = STATEMENTS[name]
    with pytest.raises(RefusedError):
        checks(changed(raw, place, bits), signature)


@pytest.mark.parametrize("name", STATEMENTS)
@given(place=st.integers(0, 63), bits=st.integers(1, 255))
def test_no_byte_of_a_signature_can_be_changed(name: str, place: int, bits: int) -> None:
    checks, raw, signature = STATEMENTS[name]
    with pytest.raises(RefusedError):
        checks(raw, changed(signature, place, bits))


@given(st.binary(max_size=400))
def test_bytes_from_anywhere_are_refused_and_break_nothing(raw: bytes) -> None:
    for form in (DescriptorForm, InvitationForm, RevocationForm):
        with pytest.raises(RefusedError):
            parse(form, raw, Code.BAD_REQUEST)


@pytest.mark.parametrize(
    "raw",
    [b"[" * 48_000, b'{"a":' * 9_000, b'{"n":1e999}', b'{"n":NaN}', b'{"s":"\\ud800"}', b'{"n":' + b"9" * 5_000 + b"}"],
    ids=["deep list", "deep object", "infinite", "not a number", "half a character", "huge number"],
)
def test_hostile_json_is_refused(raw: bytes) -> None:
    with pytest.raises(RefusedError):
        parse(InvitationForm, raw, Code.INVITATION_BAD)


def test_a_signature_of_one_type_does_not_pass_for_another() -> None:
    key = SUMMIT.keys[SUMMIT.read.delegations[0].id]
    signature = sign(key, INVITATION, b"{}")
    assert verifies(public_half(key), signature, INVITATION, b"{}")
    assert not verifies(public_half(key), signature, DESCRIPTOR, b"{}")


@pytest.mark.parametrize(
    "change",
    [
        {"vip": True},
        {"chair": "true"},
        {"chair": 1},
        {"languages": []},
        {"languages": ["en", "en"]},
        {"languages": ["English"]},
        {"role": "admiral"},
        {"serial": "AAAA"},
        {"key": "!" * 43},
        {"name": ""},
        {"name": "two\nlines"},
        {"name": "Ilse \u202eneraM"},
        {"name": " Ilse"},
        {"name": None},
        {"party": "Arven"},
        {"party": "arven\n"},
        {"issued": "2026-03-01T09:00:00Z"},
        {"issued": "2026-03-01T10:00:00.000+01:00"},
        {"expires": "2026-02-30T09:00:00.000Z"},
        {"expires": "2026-03-01T09:00:00.000Z"},
        {"type": "visavis device 1"},
    ],
    ids=str,
)
def test_an_invitation_has_one_form(change: dict[str, Any]) -> None:
    raw = canonical({**parsed(CHAIN.chain.invitation), **change})
    with pytest.raises(RefusedError) as caught:
        accreditation.read_invitation(raw)
    assert caught.value.code is Code.INVITATION_BAD


@pytest.mark.parametrize("field", sorted(parsed(CHAIN.chain.invitation)))
def test_no_field_of_an_invitation_can_be_left_out(field: str) -> None:
    said = parsed(CHAIN.chain.invitation)
    del said[field]
    with pytest.raises(RefusedError):
        accreditation.read_invitation(canonical(said))


def two_sides(change: Callable[[list[dict[str, Any]]], object]) -> bytes:
    said = parsed(SUMMIT.descriptor)
    change(said["delegations"])
    return canonical(said)


@pytest.mark.parametrize(
    "raw",
    [
        two_sides(lambda sides: sides.pop()),
        two_sides(lambda sides: sides[1].update(id="arven")),
        two_sides(lambda sides: sides[1].update(id="press")),
        two_sides(lambda sides: sides[1].update(key=sides[0]["key"])),
        two_sides(lambda sides: sides[1].update(language="de")),
        two_sides(lambda sides: sides[1].update(name="x" * 201)),
        canonical({**parsed(SUMMIT.descriptor), "formats": ["informal"]}),
        canonical({**parsed(SUMMIT.descriptor), "expires": parsed(SUMMIT.descriptor)["issued"]}),
        canonical({**parsed(SUMMIT.descriptor), "summit": {"id": "1", "title": "x"}}),
        SUMMIT.descriptor + b" ",
    ],
    ids=[
        "one side",
        "id twice",
        "press as a side",
        "key twice",
        "unspoken",
        "long name",
        "format",
        "expiry",
        "id",
        "space",
    ],
)
def test_a_descriptor_has_one_form(raw: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        accreditation.read_descriptor(raw)
    assert caught.value.code is Code.DESCRIPTOR_BAD


def test_every_delegation_must_have_signed() -> None:
    with pytest.raises(RefusedError) as caught:
        accreditation.check_descriptor(SUMMIT.descriptor, SUMMIT.without_signature_of("tolmar").signatures)
    assert (caught.value.code, caught.value.fields) == (Code.DESCRIPTOR_UNSIGNED, {"party": "tolmar"})
    with pytest.raises(RefusedError) as caught:
        accreditation.check_descriptor(SUMMIT.descriptor, {**SUMMIT.signatures, "sund": bytes(64)})
    assert caught.value.code is Code.DESCRIPTOR_BAD


def test_the_formats_of_descriptors_are_those_of_meetings() -> None:
    said = parsed(SUMMIT.descriptor)
    for form in Format:
        accreditation.read_descriptor(canonical({**said, "formats": [form.value]}))
    assert set(SUMMIT.read.formats) == {form.value for form in Format}


def test_a_key_off_the_curve_or_of_another_length_verifies_nothing() -> None:
    signature = sign(new_key(SUMMIT.chance), SESSION, b"{}")
    for key in (b"", bytes(31), b"\x02" + bytes(31), b"\xff" * 32):
        assert not verifies(key, signature, SESSION, b"{}")


def test_fingerprints_are_read_aloud_in_groups_of_four() -> None:
    aloud = desk.read_aloud(SUMMIT.descriptor)
    assert [len(group) for group in aloud.split()] == [4] * 16
    assert bytes.fromhex(aloud.replace(" ", "")) == SUMMIT.read.dh


def test_who_an_identity_is_follows_from_the_key_alone() -> None:
    assert CHAIN.identity == accreditation.identity_of(public_half(DEVICE))
    assert len(CHAIN.identity) == 26
    assert b64u(public_half(DEVICE)) not in CHAIN.identity
