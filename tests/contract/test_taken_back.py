"""Voids and revocations: the vectors that the browser's checkers must pass too."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools.contract_revocations import revocations
from tools.contract_voids import voids
from visavis.identity.accreditation import check_revocation, read_descriptor
from visavis.kernel.canonical import b64u, from_b64u
from visavis.kernel.errors import RefusedError
from visavis.keys.voids import Place, check_void

FOLDER = Path(__file__).parents[2] / "contract" / "vectors"
VOIDS: dict[str, Any] = json.loads((FOLDER / "voids.json").read_text(encoding="utf-8"))
REVOCATIONS: dict[str, Any] = json.loads((FOLDER / "revocations.json").read_text(encoding="utf-8"))


def test_the_files_are_what_is_printed() -> None:
    assert (voids(), revocations()) == (VOIDS, REVOCATIONS)


def void_verdict(case: dict[str, str]) -> str:
    """Return `ok` or the code of a void's refusal."""
    place = Place(from_b64u(VOIDS["place"]["descriptor"]), VOIDS["place"]["meeting"], VOIDS["place"]["group"])
    try:
        form = check_void(from_b64u(case["void"]), from_b64u(case["signature"]), from_b64u(VOIDS["device"]), place)
    except RefusedError as refused:
        return refused.code.value
    assert {"epoch": form.epoch, "commit": b64u(form.commit)} == VOIDS["said"]
    return "ok"


@pytest.mark.parametrize("case", VOIDS["cases"], ids=lambda case: case["name"])
def test_a_void_gets_its_verdict(case: dict[str, str]) -> None:
    assert void_verdict(case) == case["expect"]


def revocation_verdict(case: dict[str, str]) -> str:
    """Return `ok` or the code of a revocation's refusal."""
    descriptor = read_descriptor(from_b64u(REVOCATIONS["descriptor"]["bytes"]))
    try:
        revoked = check_revocation(from_b64u(case["revocation"]), from_b64u(case["signature"]), descriptor)
    except RefusedError as refused:
        return refused.code.value
    assert f"{revoked.party}/{revoked.serial}" == REVOCATIONS["person"]
    return "ok"


@pytest.mark.parametrize("case", REVOCATIONS["cases"], ids=lambda case: case["name"])
def test_a_revocation_gets_its_verdict(case: dict[str, str]) -> None:
    assert revocation_verdict(case) == case["expect"]
