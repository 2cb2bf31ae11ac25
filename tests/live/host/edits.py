"""What hostile hosts do: edits for a script."""

from collections.abc import Callable, Iterable, Mapping, MutableSequence
from dataclasses import dataclass, field

from livekit import api
from livekit.protocol import models, rtc

from tests.live.host.script import Answer, AnswerEdit, Asked, SignalEdit


def others(said: rtc.SignalResponse) -> Iterable[models.ParticipantInfo]:
    """Return those of whom a message tells, but not whom it tells it."""
    match said.WhichOneof("message"):
        case "join":
            return said.join.other_participants
        case "update":
            return said.update.participants
        case _:
            return ()


def told_otherwise(listener: str, change: Callable[[models.ParticipantInfo], None]) -> SignalEdit:
    """Tell one listener of the others what is not so."""

    def edit(who: str, said: rtc.SignalResponse) -> rtc.SignalResponse:
        if who == listener:
            for one in others(said):
                if one.identity != listener:
                    change(one)
        return said

    return edit


def renamed(names: Mapping[str, str]) -> Callable[[models.ParticipantInfo], None]:
    """Call members by others' names."""

    def change(one: models.ParticipantInfo) -> None:
        one.identity = names.get(one.identity, one.identity)

    return change


def tracks(identity: str, change: Callable[[models.TrackInfo], None]) -> Callable[[models.ParticipantInfo], None]:
    """Change what is said of each track of a member."""

    def each(one: models.ParticipantInfo) -> None:
        if one.identity == identity:
            for track in one.tracks:
                change(track)

    return each


def track_names(names: Mapping[str, str]) -> Callable[[models.TrackInfo], None]:
    """Call tracks by others' names."""

    def change(track: models.TrackInfo) -> None:
        track.name = names.get(track.name, track.name)

    return change


def everybody_may_subscribe(_: str, asked: rtc.SignalRequest) -> rtc.SignalRequest:
    """Make the senders' lists of who may subscribe as if there were none."""
    if asked.HasField("subscription_permission"):
        asked.subscription_permission.all_participants = True
        del asked.subscription_permission.track_permissions[:]
    return asked


def unlisted(identity: str) -> AnswerEdit:
    """Keep somebody out of the list by which the server sees who is in the SFU's rooms."""

    def edit(asked: Asked, answer: Answer) -> Answer:
        if not asked.path.endswith("/ListParticipants"):
            return answer
        listed = api.ListParticipantsResponse.FromString(answer.body)
        kept = [one for one in listed.participants if one.identity != identity]
        return Answer(
            answer.status, api.ListParticipantsResponse(participants=kept).SerializeToString(), answer.headers
        )

    return edit


@dataclass(slots=True)
class Impersonation:
    """Tells one listener that what a stranger sends is a member's: their tracks, and the streams that carry them."""

    listener: str
    stranger: str
    member: str
    _stranger: models.ParticipantInfo = field(default_factory=models.ParticipantInfo)
    _member: models.ParticipantInfo = field(default_factory=models.ParticipantInfo)

    def __call__(self, who: str, said: rtc.SignalResponse) -> rtc.SignalResponse:
        """Edit a message to the listener."""
        if who != self.listener:
            return said
        match said.WhichOneof("message"):
            case "join":
                self._retold(said.join.other_participants)
            case "update":
                self._retold(said.update.participants)
            case "offer":
                said.offer.sdp = self._carried(said.offer.sdp)
            case "answer":
                said.answer.sdp = self._carried(said.answer.sdp)
            case _:
                pass
        return said

    def _retold(self, told: MutableSequence[models.ParticipantInfo]) -> None:
        for one in told:
            if one.identity == self.stranger:
                self._stranger.CopyFrom(one)
            if one.identity == self.member:
                self._member.CopyFrom(one)
        kept = [one for one in told if one.identity not in {self.stranger, self.member}]
        is_about_them = len(kept) < len(told)
        del told[:]
        told.extend(kept)
        if is_about_them and self._member.sid:
            both = models.ParticipantInfo()
            both.CopyFrom(self._member)
            both.version += self._stranger.version
            both.tracks.extend(self._stranger.tracks)
            told.append(both)

    def _carried(self, sdp: str) -> str:
        return sdp.replace(self._stranger.sid, self._member.sid) if self._stranger.sid and self._member.sid else sdp
