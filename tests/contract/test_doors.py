"""Words about the doors: the vectors that the browser's checker must pass too."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools.contract_doors import doors
from visavis.kernel.canonical import from_b64u
from visavis.kernel.clock import written
from visavis.kernel.errors import RefusedError
from visavis.summits.doors import check_word

FILE = Path(__file__).parents[2] / "contract" / "vectors" / "doors.json"
DOORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))


def test_the_file_is_what_is_printed() -> None:
    assert doors() == DOORS


def verdict(case: dict[str, str]) -> str:
    """Return `ok` or the code of a word's refusal."""
    place = (from_b64u(DOORS["place"]["descriptor"]), DOORS["place"]["meeting"])
    try:
        form = check_word(from_b64u(case["order"]), from_b64u(case["signature"]), from_b64u(DOORS["device"]), place)
    except RefusedError as refused:
        return refused.code.value
    assert written(form.at) == DOORS["said"]["at"]
    return "ok"


@pytest.mark.parametrize("case", DOORS["cases"], ids=lambda case: case["name"])
def test_a_word_gets_its_verdict(case: dict[str, str]) -> None:
    assert verdict(case) == case["expect"]
