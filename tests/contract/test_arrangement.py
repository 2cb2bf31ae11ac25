"""What chairs sign of channels and booths: the vectors that the browser's checker must pass too."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools.contract_arrangement import arrangement
from visavis.interpretation.statements import check_signature, read_arrangement, written_out
from visavis.kernel.canonical import b64u, from_b64u
from visavis.kernel.errors import RefusedError

FILE = Path(__file__).parents[2] / "contract" / "vectors" / "arrangement.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
PLACE = (from_b64u(VECTORS["place"]["descriptor"]), VECTORS["place"]["meeting"])


def test_the_file_is_what_is_printed() -> None:
    assert arrangement() == VECTORS


def verdict(case: dict[str, str]) -> str:
    """Return `ok` or the code of a statement's refusal."""
    statement = from_b64u(case["statement"])
    try:
        said = read_arrangement(statement, PLACE)
        check_signature(statement, from_b64u(case["signature"]), from_b64u(VECTORS["device"]))
    except RefusedError as refused:
        return refused.code.value
    assert b64u(written_out(*PLACE, said)) == case["statement"]
    return "ok"


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_a_statement_gets_its_verdict(case: dict[str, str]) -> None:
    assert verdict(case) == case["expect"]
