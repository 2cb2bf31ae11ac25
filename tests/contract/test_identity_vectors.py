"""The vectors that the browser's checker must pass too."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import silent
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tools import contract_vectors
from visavis.identity import delegations, members
from visavis.identity.accreditation import check_chain, check_descriptor, identity_of
from visavis.identity.model import Accreditation
from visavis.kernel import clock as clocks
from visavis.kernel.canonical import b64u, canonical, from_b64u
from visavis.kernel.errors import RefusedError
from visavis.storage.database import Database

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "contract" / "vectors" / "identity.json").read_text(encoding="utf-8")
)
DESCRIPTOR = from_b64u(VECTORS["descriptor"]["bytes"])
SIGNATURES = {party: from_b64u(signature) for party, signature in VECTORS["descriptor"]["signatures"].items()}


def chain(case: dict[str, str]) -> Accreditation:
    parts = ("invitation", "invitation_signature", "device", "device_signature")
    return Accreditation(*(from_b64u(case[part]) for part in parts))


def test_the_file_is_what_is_printed() -> None:
    assert contract_vectors.identity() == VECTORS


def test_the_descriptor_holds() -> None:
    assert b64u(check_descriptor(DESCRIPTOR, SIGNATURES).dh) == VECTORS["descriptor"]["dh"]


@pytest.mark.parametrize("case", VECTORS["descriptors"], ids=lambda case: case["name"])
def test_a_descriptor_gets_its_verdict(case: dict[str, Any]) -> None:
    raw = from_b64u(case["bytes"])
    signatures = {party: from_b64u(signature) for party, signature in case["signatures"].items()}
    if case["expect"] == "ok":
        assert b64u(check_descriptor(raw, signatures).dh) == case["dh"]
    else:
        with pytest.raises(RefusedError) as caught:
            check_descriptor(raw, signatures)
        assert caught.value.code.value == case["expect"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_a_chain_gets_its_verdict(case: dict[str, str]) -> None:
    descriptor = check_descriptor(DESCRIPTOR, SIGNATURES)
    if case["expect"] == "ok":
        accredited = check_chain(chain(case), descriptor)
        assert accredited.identity == case["identity"]
        assert accredited.invitation.party == case["party"]
    else:
        with pytest.raises(RefusedError) as caught:
            check_chain(chain(case), descriptor)
        assert caught.value.code.value == case["expect"]


@pytest.mark.anyio
async def test_an_enrolment_gets_its_verdict(database: Database, clock: FakeClock) -> None:
    clock.advance(seconds=(clocks.read(VECTORS["now"]) - clock.now()).total_seconds())
    await delegations.publish(database, DESCRIPTOR, SIGNATURES)
    for case in VECTORS["enrolments"]:
        longest = timedelta(days=365)
        if case["expect"] == "ok":
            member, _ = await members.enrol(database, chain(case), FakeChance(), silent, longest)
            assert member.identity == case["identity"]
        else:
            with pytest.raises(RefusedError) as caught:
                await members.enrol(database, chain(case), FakeChance(), silent, longest)
            assert caught.value.code.value == case["expect"]


@pytest.mark.parametrize("case", VECTORS["canonical"], ids=lambda case: str(case["value"])[:20])
def test_a_value_has_one_byte_form(case: dict[str, Any]) -> None:
    assert b64u(canonical(case["value"])) == case["bytes"]


@pytest.mark.parametrize("case", VECTORS["identity"], ids=lambda case: case["identity"])
def test_a_key_has_one_name(case: dict[str, str]) -> None:
    assert identity_of(from_b64u(case["key"])) == case["identity"]
