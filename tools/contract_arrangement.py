"""Makes `contract/vectors/arrangement.json` for `make contract`: what chairs sign of channels and booths, the same each time."""

from typing import Any, Final

from tools.contract_vectors import OK, Draws
from tools.contract_words import BAD, MEETING, Signer
from visavis.interpretation.statements import ARRANGEMENT, LAST_NUMBER
from visavis.kernel.canonical import b64u

FIRST: Final = "A" * 26
SECOND: Final = "B" * 26


def arrangement() -> dict[str, Any]:
    """Return what is kept in the file."""
    draws = Draws("arrangement")
    signer = Signer.drawn(ARRANGEMENT, "statement", draws)
    place = {"descriptor": b64u(draws.bytes(32)), "meeting": MEETING}
    spoken, signed = ({"language": language, "kind": kind} for language, kind in (("en", "spoken"), ("fr", "signed")))
    joint = {"id": "joint.en", "languages": ["en", "fr"], "members": [FIRST, SECOND]}
    until = "2026-12-07T14:11:00.000Z"
    word = {"number": 3, "party": None, "channels": [spoken, signed], "booths": [joint], "until": until}
    good = {**place, **word}
    own_booth = {**joint, "id": "arven.en"}
    own = {**good, "party": "arven", "channels": [], "booths": [own_booth]}
    three = [FIRST, SECOND, "C" * 26]
    return {
        "place": place,
        "device": signer.device,
        "said": word,
        "cases": [
            *signer.cases(good),
            signer.said("without joint booths", OK, {**good, "booths": []}),
            signer.said("of a delegation's own booths", OK, own),
            signer.said("that takes a delegation's booths back", OK, {**own, "booths": []}),
            signer.said("of three in a booth", OK, {**own, "booths": [{**own_booth, "members": three}]}),
            signer.said("of the last number there is", OK, {**good, "number": LAST_NUMBER}),
            signer.said("of no number", BAD, {**good, "number": 0}),
            signer.said("of a number too many", BAD, {**good, "number": LAST_NUMBER + 1}),
            signer.said("of half a number", BAD, {**good, "number": 1.5}),
            signer.said("without an end", BAD, {name: good[name] for name in good if name != "until"}),
            signer.said("that never ends", BAD, {**good, "until": None}),
            signer.said("until no instant", BAD, {**good, "until": "2026-12-07T14:11:00Z"}),
            signer.said("without channels", BAD, {**good, "channels": []}),
            signer.said("of a delegation's own channels", BAD, {**own, "channels": [spoken]}),
            signer.said("of one language twice", BAD, {**good, "channels": [spoken, {**spoken, "kind": "signed"}]}),
            signer.said("of a channel that is sung", BAD, {**good, "channels": [{**spoken, "kind": "sung"}]}),
            signer.said("of a language that is none", BAD, {**good, "channels": [{**spoken, "language": "EN"}]}),
            signer.said("of a joint booth called a delegation's", BAD, {**good, "booths": [own_booth]}),
            signer.said("of a delegation's booth called joint", BAD, {**own, "booths": [joint]}),
            signer.said(
                "of a delegation's booth called another's", BAD, {**own, "booths": [{**own_booth, "id": "tolmar.en"}]}
            ),
            signer.said(
                "of two booths of one name", BAD, {**good, "booths": [joint, {**joint, "members": ["C" * 26]}]}
            ),
            signer.said("of somebody in two booths", BAD, {**good, "booths": [joint, {**joint, "id": "joint.fr"}]}),
            signer.said("of somebody twice", BAD, {**good, "booths": [{**joint, "members": [FIRST, FIRST]}]}),
            signer.said("of nobody's booth", BAD, {**good, "booths": [{**joint, "members": []}]}),
            signer.said("of four in a booth", BAD, {**good, "booths": [{**joint, "members": [*three, "D" * 26]}]}),
            signer.said("of a booth into nothing", BAD, {**good, "booths": [{**joint, "languages": []}]}),
            signer.said("of a booth that says whose it is", BAD, {**good, "booths": [{**joint, "party": None}]}),
        ],
    }
