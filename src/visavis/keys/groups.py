"""Which groups a meeting has, who may be in one, who is told of it: each a question to the tables of `summits.policy`. Pure.

```
phase      arrival   open    closed, recess       adjourned
chamber    ─────────────────────────────────────▶ ∎
caucus.x   ─────────────────────────────────────▶ ∎
booth.x.y  ─────────────────────────────────────▶ ∎
floor.1    is built  sounds  the press is put out        (floor.2 is built meanwhile)
```
"""

from collections.abc import Iterable
from typing import Final

from visavis.identity.model import Actor, Descriptor
from visavis.kernel.canonical import b64u
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import PRESS, MeetingId, Party
from visavis.keys.model import CHAMBER, GroupKind, GroupName
from visavis.summits import policy
from visavis.summits.model import Meeting, Phase
from visavis.summits.policy import Action

_LETTERS: Final = {GroupKind.CHAMBER: "C", GroupKind.FLOOR: "F", GroupKind.CAUCUS: "D", GroupKind.BOOTH: "B"}


def names(meeting: Meeting, party: Party) -> tuple[GroupName, ...]:
    """Return the groups a meeting has now, as far as they can concern a party's members; booths are arranged elsewhere."""
    floors = tuple(GroupName(GroupKind.FLOOR, opening=one) for one in _openings(meeting))
    return (CHAMBER, *floors, GroupName(GroupKind.CAUCUS, party=party))


def action_for(meeting: Meeting, name: GroupName) -> Action:
    """Return what somebody must be able to do to be in a group now.

    Raises:
        RefusedError: GROUP_UNKNOWN for the floor of an opening that is neither this one, the last nor the next.
    """
    match name.kind:
        case GroupKind.CHAMBER:
            return Action.JOIN_CHAMBER_GROUP
        case GroupKind.CAUCUS:
            return Action.JOIN_CAUCUS_GROUP
        case GroupKind.BOOTH:
            return Action.JOIN_BOOTH_GROUP
        case GroupKind.FLOOR:
            if name.opening not in _openings(meeting):
                raise RefusedError(Code.GROUP_UNKNOWN)
            # Once the doors are closed their floor is the chamber's alone, which puts the press out of it.
            return Action.JOIN_CHAMBER_GROUP if _is_over(meeting, name) else Action.JOIN_FLOOR_GROUP


def check(actor: Actor, meeting: Meeting, name: GroupName, booth: str | None = None) -> None:
    """Let a member into a group, or refuse them; `booth` is the id of the booth that they work in.

    Raises:
        RefusedError: GROUP_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE, NOT_IN_THIS_FORMAT; NOT_YOUR_DELEGATION for another
            delegation's caucus or booth, whether there is such a delegation or not; NOT_YOUR_ROLE too for a booth in which
            the member does not work, whether there is such a booth or not.
    """
    policy.check(action_for(meeting, name), actor, meeting.phase, meeting.format)
    if not _is_open_to(actor.party, name):
        raise RefusedError(Code.NOT_YOUR_DELEGATION)
    if name.kind is GroupKind.BOOTH and (booth is None or name.booth != booth):
        raise RefusedError(Code.NOT_YOUR_ROLE)


def admits(actor: Actor, meeting: Meeting, name: GroupName) -> bool:
    """Whether `check` would let a member into one of the meeting's `names`."""
    action = action_for(meeting, name)
    return _is_open_to(actor.party, name) and policy.may(action, actor.role, actor.chair, meeting.phase, meeting.format)


def audience(meeting: Meeting, name: GroupName, delegations: Iterable[Party]) -> tuple[Party, ...]:
    """Return the parties that are told what happens in a group; never the host."""
    sides = tuple(delegations)
    if name.is_kept_among_few:
        return tuple(side for side in sides if _is_open_to(side, name))
    return (*sides, PRESS) if name.kind is GroupKind.FLOOR and not _is_over(meeting, name) else sides


def is_recorded(name: GroupName) -> bool:
    """Whether what happens in a group goes into the audit log, which every delegation can read."""
    return not name.is_kept_among_few


def keeps_documents(name: GroupName) -> bool:
    """Whether the server keeps sealed documents for a group."""
    return name.kind is GroupKind.BOOTH


def group_id(descriptor: Descriptor, meeting: MeetingId, name: GroupName) -> bytes:
    """Return the name that a group has in every MLS message: it binds descriptor, meeting and kind."""
    letter = _LETTERS[name.kind]
    kind = f"{letter}:{name.booth or name.party}" if name.is_kept_among_few else letter
    return f"vv1|{b64u(descriptor.dh)}|{meeting}|{kind}|{name.opening}".encode()


def _is_open_to(party: Party, name: GroupName) -> bool:
    """Whether a party's members may be in it at all: a joint booth's interpreters are of any."""
    return not name.is_kept_among_few or name.party == party or (name.kind is GroupKind.BOOTH and name.party is None)


def _openings(meeting: Meeting) -> range:
    """Return the openings whose floors there are: this one; or the last, that is being left, and the next."""
    if meeting.phase is Phase.OPEN:
        return range(meeting.openings, meeting.openings + 1)
    return range(max(meeting.openings, 1), meeting.openings + 2)


def _is_over(meeting: Meeting, name: GroupName) -> bool:
    return meeting.phase is not Phase.OPEN and name.opening == meeting.openings
