"""Channels and booths by HTTP: proposed, agreed to, refused, all of it signed; and what becomes of them with a revocation."""

from typing import Any

import httpx
import pytest

from tests.api.conftest import Guests
from tests.api.test_summits import CALL, Caller, caller
from tests.arranged import end_of
from tests.builders import Enrolled
from visavis.identity.model import Actor, Role
from visavis.identity.signing import sign
from visavis.interpretation.statements import ARRANGEMENT
from visavis.kernel.canonical import b64u, canonical, fingerprint, from_b64u
from visavis.kernel.clock import written
from visavis.kernel.ids import MeetingId
from visavis.realtime.snapshot import snapshot
from visavis.storage.database import Database

pytestmark = pytest.mark.anyio

CHANNELS = [{"language": "en", "kind": "spoken"}, {"language": "fr", "kind": "signed"}]


async def seen(database: Database, actor: Actor, meeting: str) -> dict[str, Any]:
    """Return what a member's snapshot says of the interpretation."""
    async with database.reading() as connection:
        told = await snapshot(connection, actor, MeetingId(meeting))
    return {name: told[name] for name in ("arranged", "arrangement")}


def signed(guests: Guests, who: Enrolled, meeting: str, **form: Any) -> dict[str, str]:  # noqa: ANN401 - JSON
    """Return a statement as somebody sends it; what `form` does not say is of all delegations' channels."""
    until = written(end_of(guests.summit.now))
    usual = {"number": 1, "party": None, "channels": CHANNELS, "booths": [], "until": until}
    place = {"type": ARRANGEMENT, "descriptor": b64u(guests.summit.read.dh), "meeting": meeting}
    raw = canonical({**place, **usual, **form})
    return {"statement": b64u(raw), "signature": b64u(sign(who.device, ARRANGEMENT, raw))}


def digest_of(said: dict[str, str]) -> str:
    """Return what a statement is called while it waits."""
    return b64u(fingerprint(from_b64u(said["statement"])))


async def test_channels_and_booths_from_proposal_to_revocation(
    http: httpx.AsyncClient, database: Database, guests: Guests
) -> None:
    """Proposed by one, agreed to by the other; own booths put up; who is revoked cannot be put into one."""
    maren = Caller(http, guests.signed_in)
    chair = await guests.summit.enrol(database, "tolmar", Role.CHAIR)
    tove = await caller(http, database, chair)
    fane = (await guests.summit.enrol(database, "arven", Role.INTERPRETER)).member
    meeting = (await maren("POST", "/api/meetings", CALL))[1]["meeting"]
    maren.meeting = tove.meeting = meeting
    wanted = signed(guests, guests.maren, meeting)
    theirs = signed(guests, chair, meeting)["signature"]
    assert await maren("PUT", "/channels", {**wanted, "signature": theirs}) == (401, "signature_bad")
    assert await maren("PUT", "/channels", wanted) == (200, {"done": False})
    waiting = (await seen(database, guests.maren.actor, meeting))["arrangement"]
    assert waiting["statement"] == wanted["statement"]
    unknown = {"digest": b64u(bytes(32)), "signature": theirs}
    assert await tove("POST", "/channels/consents", unknown) == (409, "arrangement_unknown")
    forged = {"digest": digest_of(wanted), "signature": wanted["signature"]}
    assert await tove("POST", "/channels/consents", forged) == (401, "signature_bad")
    agreed = {"digest": digest_of(wanted), "signature": theirs}
    assert await tove("POST", "/channels/consents", agreed) == (200, {"done": True})
    (fixed,) = (await seen(database, guests.maren.actor, meeting))["arranged"]
    assert fixed["statement"] == wanted["statement"]
    assert [one["signature"] for one in fixed["signatures"]] == [wanted["signature"], theirs]

    booth = {"id": "arven.en", "languages": ["en", "fr"], "members": [fane.identity]}
    own = {"party": "arven", "channels": [], "booths": [booth]}
    put_up = signed(guests, guests.maren, meeting, **own)
    assert await tove("PUT", "/booths/arven", signed(guests, chair, meeting, **own)) == (403, "not_your_delegation")
    assert await maren("PUT", "/booths/arven", put_up) == (204, None)
    assert (await seen(database, guests.maren.actor, meeting))["arranged"][0]["statement"] == put_up["statement"]
    again = signed(guests, guests.maren, meeting, number=2, channels=CHANNELS[:1])
    assert await maren("PUT", "/channels", again) == (200, {"done": False})
    assert await maren("DELETE", "/channels") == (204, None)
    assert (await seen(database, guests.maren.actor, meeting))["arrangement"] is None

    revocation, signature = guests.summit.revocation(fane)
    body = {"revocation": b64u(revocation), "signature": b64u(signature)}
    assert (await http.post("/api/revocations", json=body)).status_code == 204
    anew = signed(guests, guests.maren, meeting, **{**own, "number": 2})
    assert await maren("PUT", "/booths/arven", anew) == (404, "member_unknown")


async def test_what_has_a_wrong_form_is_refused(http: httpx.AsyncClient, guests: Guests) -> None:
    maren = Caller(http, guests.signed_in)
    maren.meeting = (await maren("POST", "/api/meetings", CALL))[1]["meeting"]
    good = signed(guests, guests.maren, maren.meeting)
    for body in ({}, {"statement": good["statement"]}, {**good, "statement": "?"}, {**good, "channels": CHANNELS}):
        assert await maren("PUT", "/channels", body) == (422, "bad_request")
    sung = signed(guests, guests.maren, maren.meeting, channels=[{"language": "en", "kind": "sung"}])
    assert (await maren("PUT", "/channels", sung))[1] == "message_bad"
