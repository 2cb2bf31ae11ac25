"""Makes `contract/vectors/routing.json` for `make contract`: what a listener hears (docs/protocol.md §7), the same every time.

The rules stand here once more, in other words than the browser's, which must come to the same in every case.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

ORIGINAL: Final = 0.2
FLOOR: Final = "MAREN/floor"
AMSEL, BRON, FANE, JOLY = "AMSEL", "BRON", "FANE", "JOLY"
BOOTHS: Final[dict[str, dict[str, Any]]] = {
    "arven.en": {"party": "arven", "languages": ["en", "fr"], "members": [FANE]},
    "joint": {"party": None, "languages": ["fr"], "members": [JOLY]},
    "tolmar.fr": {"party": "tolmar", "languages": ["fr", "en"], "members": [AMSEL, BRON]},
}
PROTOCOL: Final = ("arven", "tolmar")


@dataclass(frozen=True, slots=True)
class Word:
    """What a booth says of itself."""

    holder: str | None
    on_air: str | None
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One moment, and what the listener chose. A track without a number is muted; the highest was unmuted last."""

    chosen: str | None
    speaks: str | None
    party: str
    booths: tuple[str, ...]
    words: Mapping[str, Word]
    tracks: Mapping[tuple[str, str], int | None]
    present: frozenset[str]
    awaited: frozenset[str] = frozenset()
    """Whose sound is still on its way, though they have unmuted."""
    stalled: frozenset[str] = frozenset()
    """Of whose sound no packet comes any more, though it is unmuted."""

    def printed(self) -> dict[str, Any]:
        """Return the case and what is to be heard in it."""
        carries, levels = heard(self)
        return {
            "chosen": self.chosen,
            "speaks": self.speaks,
            "party": self.party,
            "booths": list(self.booths),
            "words": {
                booth: {"holder": word.holder, "on_air": word.on_air, "not_interpretable": word.refuses}
                for booth, word in self.words.items()
            },
            "tracks": [{"of": of, "channel": channel, "unmuted": at} for (of, channel), at in self.tracks.items()],
            "present": sorted(self.present),
            "awaited": sorted(self.awaited),
            "stalled": sorted(self.stalled),
            "carries": carries,
            "levels": levels,
        }


def preferred(case: Case) -> list[str]:
    """Return the booths of the chosen channel: the own delegation's, joint ones, the others' in protocol order."""
    rank = {case.party: 0, None: 1} | {party: 2 + at for at, party in enumerate(PROTOCOL) if party != case.party}
    able = [booth for booth in case.booths if case.chosen in BOOTHS[booth]["languages"]]
    return sorted(able, key=lambda booth: rank[BOOTHS[booth]["party"]])


def voice(case: Case, booth: str) -> str | None:
    """Return who of a booth is to be heard in the chosen channel, if anybody: who is due, or who still sends until then."""
    sending = {
        of: at
        for (of, channel), at in case.tracks.items()
        if at is not None and channel == case.chosen and of in {*BOOTHS[booth]["members"]} - case.stalled
    }
    newest = sorted(sending, key=lambda of: -sending[of])
    word = case.words.get(booth)
    if word is None or word.holder is None:
        due, others = (newest[0] if newest else None), newest[1:2]
    elif word.on_air != case.chosen:
        return None
    else:
        due = word.holder if word.holder in sending else None
        others = [of for of in newest if of != word.holder][-1:] if word.holder in case.present - case.stalled else []
    return due if due is not None and due not in case.awaited else next(iter(others), due)


def refuses(case: Case, booth: str) -> bool:
    """Tell whether a booth says that it cannot interpret into the chosen channel."""
    word = case.words.get(booth)
    return word is not None and word.refuses and word.on_air in (None, case.chosen)


def heard(case: Case) -> tuple[str | None, dict[str, float]]:
    """Return what the chosen channel carries, and the level of every track."""
    silence = {f"{of}/{channel}": 0.0 for of, channel in case.tracks}
    if case.chosen is None:
        return None, {FLOOR: 1.0, **silence}
    booths = preferred(case)
    voices = [(booth, voice(case, booth)) for booth in booths]
    booth, who = next(((booth, who) for booth, who in voices if who is not None), (None, None))
    mixed = silence | ({} if who is None or who in case.awaited else {f"{who}/{case.chosen}": 1.0})
    if booth is not None and not refuses(case, booth):
        return "interpreted", {FLOOR: 1.0 if who in case.awaited else ORIGINAL, **mixed}
    return without(case, booths), {FLOOR: 1.0, **mixed}


def without(case: Case, booths: list[str]) -> str:
    """Return what the chosen channel carries where nobody interprets into it."""
    if case.speaks == case.chosen:
        return "spoken"
    if not booths:
        return "no_booth"
    if any(refuses(case, booth) for booth in booths):
        return "not_interpretable"
    words = [case.words[booth] for booth in booths if booth in case.words]
    heard_of = {*case.present - case.stalled, None}
    left = any(word.on_air == case.chosen and word.holder not in heard_of for word in words)
    return "gone" if left else "silent"


def one_interpreter() -> Iterator[Case]:
    """Yield everything that can be so of a booth of one."""
    words = [None, Word(None, None)]
    words += [Word(AMSEL, on_air, refuses=no) for on_air in (None, "fr", "en") for no in (False, True)]
    tracks: tuple[dict[tuple[str, str], int | None], ...] = ({}, {(AMSEL, "fr"): None}, {(AMSEL, "fr"): 1})
    for chosen, speaks, word, track in product((None, "fr"), (None, "en", "fr"), words, tracks):
        yield Case(
            chosen,
            speaks,
            "tolmar",
            ("tolmar.fr",),
            {} if word is None else {"tolmar.fr": word},
            track,
            frozenset(of for of, _ in track),
        )


def two_partners() -> Iterator[Case]:
    """Yield everything that a handover can pass through."""
    words = [None, *(Word(holder, "fr") for holder in (AMSEL, BRON))]
    nobody: frozenset[str] = frozenset()
    both = frozenset({AMSEL, BRON})
    one = (frozenset({AMSEL}), frozenset({BRON}))
    for word, amsel, bron, awaited, present in product(words, (None, 1, 3), (None, 2), (nobody, *one), (both, *one)):
        yield Case(
            "fr",
            "en",
            "tolmar",
            ("tolmar.fr",),
            {} if word is None else {"tolmar.fr": word},
            {(AMSEL, "fr"): amsel, (BRON, "fr"): bron},
            present,
            awaited,
        )


def no_packets() -> Iterator[Case]:
    """Yield everything that can be so when the sound of one or both of two partners breaks off."""
    words = [None, *(Word(holder, "fr", refuses=no) for holder in (AMSEL, BRON) for no in (False, True))]
    both = frozenset({AMSEL, BRON})
    for word, amsel, bron, breaks in product(words, (None, 1, 3), (None, 2), ({AMSEL}, {BRON}, both)):
        tracks = {(AMSEL, "fr"): amsel, (BRON, "fr"): bron}
        stalled = frozenset(of for (of, _), at in tracks.items() if at is not None and of in breaks)
        if stalled:
            said = {} if word is None else {"tolmar.fr": word}
            yield Case("fr", "en", "tolmar", ("tolmar.fr",), said, tracks, both, stalled=stalled)


def three_booths() -> Iterator[Case]:
    """Yield every choice between booths into one language, for everybody who may listen."""
    voices = (("arven.en", FANE), ("joint", JOLY), ("tolmar.fr", AMSEL))
    for party, *on in product(("arven", "tolmar", "press"), (None, 1), (None, 2), (None, 3)):
        yield Case(
            "fr",
            None,
            party,
            tuple(BOOTHS),
            {},
            {(of, "fr"): at for (_, of), at in zip(voices, on, strict=True)},
            frozenset({AMSEL, FANE, JOLY}),
        )


def no_booths() -> Iterator[Case]:
    """Yield a channel that nobody is assigned to, though somebody sends it."""
    for speaks, track in product((None, "en", "fr"), (None, 1)):
        yield Case("fr", speaks, "tolmar", (), {}, {(AMSEL, "fr"): track}, frozenset({AMSEL}))


def cases() -> list[dict[str, Any]]:
    """Return every case."""
    walks = (one_interpreter(), two_partners(), no_packets(), three_booths(), no_booths())
    return [case.printed() for walk in walks for case in walk]


def routing() -> str:
    """Return what is kept in the file: a case a line."""
    lines = ",\n".join(f"  {json.dumps(case)}" for case in cases())
    head = {"original": ORIGINAL, "floor": FLOOR, "protocol": PROTOCOL, "booths": BOOTHS}
    return json.dumps(head)[:-1] + f', "cases": [\n{lines}\n]}}\n'
