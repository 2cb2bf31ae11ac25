"""Makes `contract/vectors/doors.json` for `make contract`: chairs' words about the doors, the same bytes every time."""

from typing import Any, Final

from tools.contract_vectors import NOW, OK, Draws
from tools.contract_words import BAD, MEETING, Signer
from visavis.kernel.canonical import b64u
from visavis.kernel.clock import written
from visavis.summits.doors import DOORS

LAST: Final = 2**31 - 1


def doors() -> dict[str, Any]:
    """Return what is kept in the file."""
    draws = Draws("doors")
    signer = Signer.drawn(DOORS, "order", draws)
    place = {"descriptor": b64u(draws.bytes(32)), "meeting": MEETING}
    word = {"opening": 2, "order": "hold", "at": written(NOW)}
    good = {**place, **word}
    return {
        "place": place,
        "device": signer.device,
        "said": word,
        "cases": [
            *signer.cases(good),
            signer.said("that closes them", OK, {**good, "order": "close"}),
            signer.said("of the last opening there is", OK, {**good, "opening": LAST}),
            signer.said("of no opening", BAD, {**good, "opening": 0}),
            signer.said("of an opening too many", BAD, {**good, "opening": LAST + 1}),
            signer.said("that says neither", BAD, {**good, "order": "ajar"}),
            signer.said("of no instant", BAD, {**good, "at": "now"}),
        ],
    }
