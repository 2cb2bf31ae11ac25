"""Who works in which booth: as arranged, or else by their first language. Pure.

Clients reckon the same by themselves (`web/src/interpretation/booths.ts`); here it says who is let into a booth's own room.
"""

from collections.abc import Iterable, Sequence

from visavis.identity.model import Member, Role
from visavis.interpretation.model import Booth
from visavis.kernel.ids import Identity


def places(members: Iterable[Member], arranged: Sequence[Booth]) -> dict[Identity, str]:
    """Return the id of the booth that each interpreter works in; whoever is in none is not in it.

    A delegation has the booths that were arranged for it, and no other. Of one for which none was arranged, interpreters
    with the same first language are a booth, unless they are in a joint one: `arven.en`.
    """
    interpreters = [one for one in members if one.role is Role.INTERPRETER and one.revoked is None]
    placed: dict[Identity, str] = {}
    for booth in arranged:
        for one in interpreters:
            if one.identity in booth.members and _fits(one, booth):
                placed.setdefault(one.identity, booth.id)
    settled = {booth.party for booth in arranged}
    for one in interpreters:
        if one.party not in settled and one.languages:
            placed.setdefault(one.identity, f"{one.party}.{one.languages[0]}")
    return placed


def _fits(member: Member, booth: Booth) -> bool:
    return booth.party in {None, member.party} and booth.languages[0] in member.languages
