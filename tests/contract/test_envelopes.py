"""The sealed envelopes that the browser makes and opens too, `web/src/keys/envelope.test.ts`."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag

from tools.contract_envelopes import SIGNATURE_LENGTH, envelopes, opened
from visavis.kernel.canonical import canonical, from_b64u

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "contract" / "vectors" / "envelopes.json").read_text(encoding="utf-8")
)
every_envelope = pytest.mark.parametrize("letter", VECTORS["envelopes"], ids=lambda letter: letter["name"])


def test_the_file_is_what_is_printed() -> None:
    assert envelopes() == VECTORS


@every_envelope
def test_an_envelope_opens(letter: dict[str, Any]) -> None:
    envelope = from_b64u(letter["envelope"])
    said = opened(envelope, from_b64u(letter["secret"]), from_b64u(letter["session_key"]))
    assert said == canonical(letter["said"])
    assert said not in envelope


@every_envelope
def test_a_changed_envelope_does_not_open(letter: dict[str, Any]) -> None:
    envelope = bytearray(from_b64u(letter["envelope"]))
    envelope[SIGNATURE_LENGTH + 40] ^= 1
    with pytest.raises(InvalidSignature):
        opened(bytes(envelope), from_b64u(letter["secret"]), from_b64u(letter["session_key"]))


@every_envelope
def test_an_envelope_does_not_open_under_another_key(letter: dict[str, Any]) -> None:
    with pytest.raises(InvalidTag):
        opened(from_b64u(letter["envelope"]), bytes(16), from_b64u(letter["session_key"]))
