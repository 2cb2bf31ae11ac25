from datetime import timedelta

import pytest

from tests.builders import NOW, ORIGIN, Enrolled, Summit, a_summit, resigned
from tests.fakes.clock import FakeClock
from tests.identity.ledger import everything
from tests.identity.refusing import refused
from visavis.audit import store as audits
from visavis.identity import members, sessions
from visavis.identity.model import Member, Role
from visavis.identity.signing import new_key, sign
from visavis.identity.statements import DEVICE, SESSION, SessionForm
from visavis.kernel.canonical import b64u, canonical, fingerprint, parsed
from visavis.kernel.errors import Code
from visavis.kernel.ids import Identity, SummitId
from visavis.kernel.secret import Secret
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction

pytestmark = pytest.mark.anyio


@pytest.fixture
async def summit(database: Database) -> Summit:
    summit = a_summit()
    await summit.publish(database)
    return summit


@pytest.fixture
async def maren(database: Database, summit: Summit) -> Enrolled:
    return await summit.enrol(database, "arven", Role.PRINCIPAL, chair=True)


async def challenged(database: Database, who: Enrolled) -> tuple[bytes, bytes]:
    challenge = await sessions.challenge(database, who.member.identity, ORIGIN, who.chance)
    return challenge, sign(who.device, SESSION, challenge)


async def test_a_device_that_signs_the_challenge_may_ask_for_twelve_hours(
    database: Database, clock: FakeClock, maren: Enrolled
) -> None:
    opened = await sessions.open_session(database, *await challenged(database, maren), maren.chance)
    assert opened.expires == NOW + timedelta(hours=12)
    assert opened.actor == maren.actor
    clock.advance(hours=12, milliseconds=-1)
    assert await sessions.actor_for(database, opened.token) == maren.actor
    clock.advance(milliseconds=1)
    async with refused(database, Code.SESSION_EXPIRED):
        await sessions.actor_for(database, opened.token)


async def test_a_challenge_says_for_whom_and_where_it_is(database: Database, maren: Enrolled) -> None:
    challenge, _ = await challenged(database, maren)
    said = parsed(challenge)
    assert (said["origin"], said["identity"], said["expires"]) == (
        ORIGIN,
        maren.member.identity,
        "2026-03-01T09:01:00.000Z",
    )


async def test_a_challenge_serves_once(database: Database, maren: Enrolled) -> None:
    signed = await challenged(database, maren)
    await sessions.open_session(database, *signed, maren.chance)
    async with refused(database, Code.CHALLENGE_UNKNOWN):
        await sessions.open_session(database, *signed, maren.chance)


async def test_a_challenge_serves_for_a_minute(database: Database, clock: FakeClock, maren: Enrolled) -> None:
    early, late = await challenged(database, maren), await challenged(database, maren)
    clock.advance(seconds=60, milliseconds=-1)
    await sessions.open_session(database, *early, maren.chance)
    clock.advance(milliseconds=1)
    async with refused(database, Code.CHALLENGE_EXPIRED):
        await sessions.open_session(database, *late, maren.chance)


@pytest.mark.parametrize(
    "change", [{"origin": "https://elsewhere.example"}, {"expires": "2026-04-01T09:00:00.000Z"}, {"nonce": "A" * 22}]
)
async def test_a_challenge_that_is_not_ours_opens_nothing(
    database: Database, maren: Enrolled, change: dict[str, str]
) -> None:
    challenge, _ = await challenged(database, maren)
    other = canonical({**parsed(challenge), **change})
    async with refused(database, Code.CHALLENGE_UNKNOWN):
        await sessions.open_session(database, other, sign(maren.device, SESSION, other), maren.chance)


async def test_a_challenge_for_one_opens_nothing_for_another(
    database: Database, summit: Summit, maren: Enrolled
) -> None:
    other = await summit.enrol(database, "tolmar", Role.PRINCIPAL)
    challenge, signature = await challenged(database, maren)
    async with refused(database, Code.SIGNATURE_BAD):
        await sessions.open_session(database, challenge, sign(other.device, SESSION, challenge), maren.chance)
    async with refused(database, Code.SIGNATURE_BAD):
        await sessions.open_session(database, challenge, sign(maren.device, DEVICE, challenge), maren.chance)
    claimed = canonical({**parsed(challenge), "identity": other.member.identity})
    async with refused(database, Code.CHALLENGE_UNKNOWN):
        await sessions.open_session(database, claimed, sign(other.device, SESSION, claimed), maren.chance)
    await sessions.open_session(database, challenge, signature, maren.chance)  # a refusal did not use it up


async def test_a_stranger_is_not_challenged(database: Database, summit: Summit) -> None:
    async with refused(database, Code.MEMBER_UNKNOWN):
        await sessions.challenge(database, Identity("A" * 26), ORIGIN, summit.chance)


async def test_a_token_that_was_never_given_opens_nothing(database: Database, maren: Enrolled) -> None:
    token = await maren.sign_in(database)
    async with refused(database, Code.NOT_SIGNED_IN):
        await sessions.actor_for(database, Secret(token.reveal()[:-1]))


async def test_a_closed_session_is_closed(database: Database, maren: Enrolled) -> None:
    first, second = await maren.sign_in(database), await maren.sign_in(database)
    await sessions.close_session(database, first)
    async with refused(database, Code.NOT_SIGNED_IN):
        await sessions.actor_for(database, first)
    assert await sessions.actor_for(database, second) == maren.actor


async def test_no_session_outlives_the_summit(database: Database, clock: FakeClock) -> None:
    summit = a_summit(days=10)
    await summit.publish(database)
    maren = await summit.enrol(database, "arven", Role.PRINCIPAL)
    clock.advance(days=9, hours=20)
    opened = await sessions.open_session(database, *await challenged(database, maren), maren.chance)
    assert opened.expires == summit.read.expires
    clock.advance(hours=4)
    async with refused(database, Code.DESCRIPTOR_EXPIRED):
        await sessions.actor_for(database, opened.token)
    signed = await challenged(database, maren)
    async with refused(database, Code.DESCRIPTOR_EXPIRED):
        await sessions.open_session(database, *signed, maren.chance)


async def test_the_database_knows_no_token_and_no_challenge(database: Database, maren: Enrolled) -> None:
    challenge, _ = await challenged(database, maren)
    token = await maren.sign_in(database)
    kept = repr(await everything(database))
    assert token.reveal() not in kept
    assert repr(challenge) not in kept


async def test_what_expired_long_ago_is_dropped(database: Database, clock: FakeClock, maren: Enrolled) -> None:
    await maren.sign_in(database)
    await challenged(database, maren)
    clock.advance(days=3)
    await maren.sign_in(database)
    kept = await everything(database)
    assert (len(kept["sessions"]), len(kept["challenges"])) == (1, 0)


async def test_a_revoked_member_can_do_nothing_more(database: Database, summit: Summit, maren: Enrolled) -> None:
    token = await maren.sign_in(database)
    signed = await challenged(database, maren)
    told: list[tuple[SummitId, str]] = []

    async def announce(_tx: Transaction, member: Member, kind: str) -> None:
        told.append((member.summit, kind))

    await summit.revoke(database, maren.member, announce)
    async with database.reading() as connection:
        bodies = {entry.action: entry.body async for entry in audits.read(connection, summit.id)}
    chain = maren.member.accreditation
    enrolled = bodies["member_enrolled"]
    assert (enrolled["chair"], enrolled["languages"]) == (maren.member.chair, list(maren.member.languages))
    links = fingerprint(chain.invitation), fingerprint(chain.device)
    assert (enrolled["invitation"], enrolled["device"]) == tuple(map(b64u, links))
    assert bodies["invitation_revoked"]["revocation"] == b64u(fingerprint(summit.revocation(maren.member)[0]))
    assert told == [(summit.id, "member_revoked")]
    async with refused(database, Code.MEMBER_REVOKED):
        await sessions.actor_for(database, token)
    async with refused(database, Code.MEMBER_REVOKED):
        await sessions.open_session(database, *signed, maren.chance)
    async with refused(database, Code.MEMBER_REVOKED):
        await sessions.challenge(database, maren.member.identity, ORIGIN, maren.chance)
    async with refused(database, Code.INVITATION_REVOKED):
        await members.enrol(database, maren.member.accreditation, maren.chance, announce)


async def test_an_invitation_revoked_before_its_use_is_never_used(database: Database, summit: Summit) -> None:
    invited = summit.invite("arven", Role.CHAIR)
    await summit.revoke(database, invited)
    async with refused(database, Code.INVITATION_REVOKED):
        await members.enrol(database, invited.accredited().chain, summit.chance, _silence)


async def test_revoking_twice_changes_nothing(database: Database, summit: Summit, maren: Enrolled) -> None:
    signed = summit.revocation(maren.member)
    assert await members.revoke(database, *signed, _silence)
    before = await everything(database)
    assert not await members.revoke(database, *signed, _silence)
    assert await everything(database) == before


async def test_only_the_own_party_revokes(database: Database, summit: Summit, maren: Enrolled) -> None:
    revocation, _ = summit.revocation(maren.member)
    for other in ("tolmar", "host", "press"):
        async with refused(database, Code.SIGNATURE_BAD):
            await members.revoke(database, revocation, resigned(summit, other, revocation), _silence)
    claimed = canonical({**parsed(revocation), "party": "tolmar"})
    await members.revoke(database, claimed, resigned(summit, "tolmar", claimed), _silence)
    await maren.sign_in(database)  # a serial of another party is another invitation


async def test_a_revocation_for_another_summit_is_refused(database: Database, summit: Summit, maren: Enrolled) -> None:
    revocation, _ = summit.revocation(maren.member)
    other = canonical({**parsed(revocation), "descriptor": "A" * 43})
    async with refused(database, Code.INVITATION_BAD):
        await members.revoke(database, other, resigned(summit, "arven", other), _silence)


async def test_a_stolen_invitation_key_signs_no_challenge(database: Database, maren: Enrolled) -> None:
    challenge, _ = await challenged(database, maren)
    async with refused(database, Code.SIGNATURE_BAD):
        await sessions.open_session(database, challenge, sign(new_key(maren.chance), SESSION, challenge), maren.chance)


async def test_an_old_challenge_of_another_form_is_refused(database: Database, maren: Enrolled) -> None:
    made = SessionForm(origin=ORIGIN, identity=maren.member.identity, nonce=bytes(16), expires=NOW).written()
    async with refused(database, Code.CHALLENGE_UNKNOWN):
        await sessions.open_session(database, made, sign(maren.device, SESSION, made), maren.chance)


async def _silence(_tx: Transaction, _member: Member, _kind: str) -> None:
    return None
