"""The sealed frames that the browser makes and opens too, `web/src/keys/frames/vectors.test.ts`."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from tools.contract_frames import HEADERS, channel_tag, frames, opened
from visavis.kernel.canonical import from_b64u

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "contract" / "vectors" / "media_frames.json").read_text(encoding="utf-8")
)
every_frame = pytest.mark.parametrize("frame", VECTORS["frames"], ids=lambda frame: frame["name"])


def test_the_file_is_what_is_printed() -> None:
    assert frames() == VECTORS


def test_every_purpose_has_its_own_tag() -> None:
    purposes = {frame["purpose"] for frame in VECTORS["frames"]}
    assert len({channel_tag(purpose) for purpose in purposes}) == len(purposes)


@every_frame
def test_a_frame_opens(frame: dict[str, Any]) -> None:
    header = HEADERS[frame["medium"], frame["type"]]
    sealed, clear = from_b64u(frame["sealed"]), from_b64u(frame["clear"])
    assert opened(sealed, from_b64u(frame["secret"]), header) == clear
    assert sealed[:header] == clear[:header]
    assert clear[header:] not in sealed
    assert sealed[-2:] == bytes([12, frame["key_id"]])


@every_frame
def test_a_changed_frame_does_not_open(frame: dict[str, Any]) -> None:
    sealed = bytearray(from_b64u(frame["sealed"]))
    sealed[0] ^= 1
    with pytest.raises(InvalidTag):
        opened(bytes(sealed), from_b64u(frame["secret"]), HEADERS[frame["medium"], frame["type"]])
