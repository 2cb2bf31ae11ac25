"""Makes `contract/vectors/voids.json` for `make contract`: chairs' voids of an epoch, the same bytes every time."""

from typing import Any

from tools.contract_vectors import NOW, Draws
from tools.contract_words import BAD, MEETING, Signer
from visavis.kernel.canonical import b64u, canonical
from visavis.kernel.clock import written
from visavis.keys.voids import VOID


def voids() -> dict[str, Any]:
    """Return what is kept in the file."""
    draws = Draws("voids")
    signer = Signer.drawn(VOID, "void", draws)
    descriptor, commit = b64u(draws.bytes(32)), b64u(draws.bytes(32))
    place = {"descriptor": descriptor, "meeting": MEETING, "group": "chamber"}
    good = {**place, "epoch": 7, "commit": commit, "issued": written(NOW)}
    inexact = canonical({"type": VOID, **good}).replace(b'"epoch":7', b'"epoch":9007199254740992')
    return {
        "place": place,
        "device": signer.device,
        "said": {"epoch": 7, "commit": commit},
        "cases": [
            *signer.cases(good),
            signer.said("of another group", BAD, {**good, "group": "floor.1"}),
            signer.said("of no epoch", BAD, {**good, "epoch": -1}),
            signer.said("of half an epoch", BAD, {**good, "epoch": 7.5}),
            signer.case("of an epoch that is no exact number", BAD, inexact),
            signer.said("of a commit cut short", BAD, {**good, "commit": b64u(bytes(31))}),
            signer.said("of no instant", BAD, {**good, "issued": "yesterday"}),
        ],
    }
