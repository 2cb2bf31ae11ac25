"""What is printed in contract/ is what the code says, and what is sent is what contract/ says."""

import json
from typing import Any

import pytest

from tests.contract import scenes, vectors
from tools import contract
from visavis.api.routes import ROUTES
from visavis.events.catalogue import HANDS_ON, SLICES, Handed, Kind
from visavis.events.shapes import EVENTS, Snapshot
from visavis.kernel.errors import TABLE, Code

VECTORS: dict[str, Any] = vectors.events()


def test_contract_is_printed_from_the_code() -> None:
    """`make contract` would change nothing, and no file lies there that nothing prints."""
    assert contract.differing(contract.FOLDER, write=False) == []
    there = {path.relative_to(contract.FOLDER).as_posix() for path in contract.FOLDER.rglob("*") if path.is_file()}
    assert there == set(contract.PRINTERS)


def test_every_code_has_a_status_a_title_and_stands_in_the_contract() -> None:
    """The table is closed."""
    assert set(TABLE) == set(Code)
    kept = json.loads((contract.FOLDER / "errors.json").read_text())
    assert list(kept) == [code.value for code in Code]
    assert all(400 <= row["status"] < 600 and row["title"].endswith(".") for row in kept.values())


def test_every_kind_of_event_is_in_the_catalogue_and_in_the_vectors() -> None:
    """Nothing is told that no vector shows."""
    told = {event["kind"] for party in VECTORS["parties"] for event in party["events"]}
    assert told == {kind.value for kind in Kind} == {kind.value for kind in SLICES}
    assert {kind for kind in Kind if not SLICES[kind]} == set(HANDS_ON)


@pytest.mark.parametrize("party", VECTORS["parties"], ids=lambda party: party["party"])
def test_events_on_a_snapshot_give_the_later_snapshot(party: dict[str, Any]) -> None:
    """For every party; and everything has exactly the form of the schema."""
    seen = Snapshot.model_validate(party["snapshot"]).model_dump()
    number = seen["number"]
    for event in party["events"]:
        shape = EVENTS[Kind(event["kind"])].model_validate(event)
        assert event["number"] > number
        number = event["number"]
        seen |= shape.model_dump(exclude={"number", "kind", "at", *(handed.value for handed in Handed)})
    then = Snapshot.model_validate(party["then"]).model_dump()
    assert {**seen, "number": 0, "now": ""} == {**then, "number": 0, "now": ""}


def test_openapi_describes_every_route_and_its_problems() -> None:
    """A route that is not described is not there."""
    paths = scenes.openapi()["paths"]
    for route in ROUTES:
        described = paths[route.path][route.method.lower()]
        assert "application/problem+json" in described["responses"]["default"]["content"]
        assert str(route.status) in described["responses"]
    assert sum(len(methods) for methods in paths.values()) == len(ROUTES)
