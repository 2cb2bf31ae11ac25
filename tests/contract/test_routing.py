"""What a listener hears: the vectors that the browser's table must pass too, held against what §7 promises in any case."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from tools.contract_routing import routing

FILE: Final = Path(__file__).parents[2] / "contract" / "vectors" / "routing.json"
ROUTING: Final[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
CASES: Final[list[dict[str, Any]]] = ROUTING["cases"]
ROWS: Final = {None, "spoken", "interpreted", "silent", "not_interpretable", "gone", "no_booth"}


def channels(case: dict[str, Any]) -> dict[str, float]:
    """Return the level of every track but the floor's."""
    return {track: level for track, level in case["levels"].items() if track != ROUTING["floor"]}


def test_the_file_is_what_is_printed() -> None:
    assert routing() == FILE.read_text(encoding="utf-8")


def test_every_row_is_met_more_than_once() -> None:
    met = Counter(case["carries"] for case in CASES)
    assert set(met) == ROWS
    assert min(met.values()) > 1


@pytest.mark.parametrize("case", CASES)
def test_whatever_is_so_nobody_is_left_without_the_speaker(case: dict[str, Any]) -> None:
    """The floor goes down only under an interpretation; one interpreter is heard, unmuted, of the channel, of a booth."""
    floor, played = case["levels"][ROUTING["floor"]], [track for track, level in channels(case).items() if level]
    assert floor == (ROUTING["original"] if case["carries"] == "interpreted" and played else 1)
    assert len(played) <= 1
    assert case["carries"] != "interpreted" or played or case["awaited"]
    unmuted = {f"{track['of']}/{track['channel']}" for track in case["tracks"] if track["unmuted"] is not None}
    members = {member for booth in case["booths"] for member in ROUTING["booths"][booth]["members"]}
    for track in played:
        of, channel = track.split("/")
        assert track in unmuted
        assert channel == case["chosen"]
        assert of in members
        assert of not in {*case["awaited"], *case["stalled"]}


@pytest.mark.parametrize("case", [case for case in CASES if case["chosen"] is None])
def test_the_floor_is_every_speaker_and_no_interpreter(case: dict[str, Any]) -> None:
    assert not any(channels(case).values())


@pytest.mark.parametrize("case", [case for case in CASES if case["words"] and case["stalled"]])
def test_whoever_is_on_air_by_word_and_breaks_off_is_gone(case: dict[str, Any]) -> None:
    """A partner is in their place only by a word: their microphone may be open because it is ready."""
    for word in case["words"].values():
        if word["holder"] not in case["stalled"]:
            continue
        assert case["carries"] == ("not_interpretable" if word["not_interpretable"] else "gone")
        assert not any(channels(case).values())


@pytest.mark.parametrize("case", [case for case in CASES if case["words"] and case["carries"] == "interpreted"])
def test_nobody_is_on_air_against_the_word_of_their_booth(case: dict[str, Any]) -> None:
    for word in case["words"].values():
        assert word["holder"] is None or word["on_air"] == case["chosen"]
        assert not (word["holder"] is not None and word["not_interpretable"])
