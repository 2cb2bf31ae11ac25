"""From a signed descriptor to a session and back out, by HTTP alone."""

from typing import Any

import httpx
import pytest

from tests.api.conftest import ORIGIN, Guests
from tests.builders import Accredited, a_summit
from tests.fakes.clock import FakeClock
from tests.realtime.serving import TOKEN
from visavis.identity import members
from visavis.identity.model import Role
from visavis.identity.signing import sign
from visavis.identity.statements import SESSION
from visavis.kernel.canonical import b64u, from_b64u, parsed
from visavis.storage.database import Database

pytestmark = pytest.mark.anyio

PUBLISHER = {"Authorization": f"Bearer {TOKEN}"}


def published(summit: Any) -> dict[str, Any]:  # noqa: ANN401 - built by tests.builders
    signatures = {party: b64u(signature) for party, signature in summit.signatures.items()}
    return {"descriptor": b64u(summit.descriptor), "signatures": signatures}


def enrolment(accredited: Accredited) -> dict[str, str]:
    chain = accredited.chain
    return {
        "invitation": b64u(chain.invitation),
        "invitation_signature": b64u(chain.invitation_signature),
        "device": b64u(chain.device),
        "device_signature": b64u(chain.device_signature),
    }


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_from_a_descriptor_to_a_session_and_out_again(http: httpx.AsyncClient, clock: FakeClock) -> None:
    summit = a_summit(now=clock.now())
    answer = await http.post("/api/summits", json=published(summit), headers=PUBLISHER)
    assert (answer.status_code, answer.json()) == (201, {"summit": summit.id, "dh": b64u(summit.read.dh)})
    assert (await http.get(f"/api/summits/{summit.id}/descriptor")).json() == published(summit)

    invited = summit.invite("arven", Role.PRINCIPAL, name="Ilse Maren", chair=True)
    accredited = invited.accredited()
    first = await http.post("/api/enrolments", json=enrolment(accredited))
    again = await http.post("/api/enrolments", json=enrolment(accredited))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["identity"] == accredited.identity
    other = await http.post("/api/enrolments", json=enrolment(invited.accredited()))
    assert code(other) == (409, "invitation_used")

    asked = (await http.post("/api/challenges", json={"identity": accredited.identity})).json()["challenge"]
    assert parsed(from_b64u(asked))["origin"] == ORIGIN
    signed = {"challenge": asked, "signature": b64u(sign(accredited.device, SESSION, from_b64u(asked)))}
    opened = await http.post("/api/sessions", json=signed)
    assert opened.status_code == 201
    assert (opened.json()["summit"], opened.json()["member"]) == (summit.id, first.json()["member"])
    assert code(await http.post("/api/sessions", json=signed)) == (401, "challenge_unknown")

    session = {"Authorization": f"Bearer {opened.json()['session']}"}
    listed = (await http.get("/api/enrolments", headers=session)).json()["enrolments"]
    assert [(line["serial"], line["name"], line["revoked"]) for line in listed] == [
        (invited.issued.serial, "Ilse Maren", None)
    ]
    assert (await http.delete("/api/sessions", headers=session)).status_code == 204
    assert code(await http.get("/api/enrolments", headers=session)) == (401, "not_signed_in")


async def test_only_the_publishing_token_publishes(http: httpx.AsyncClient, clock: FakeClock) -> None:
    body = published(a_summit(now=clock.now()))
    assert code(await http.post("/api/summits", json=body)) == (401, "not_signed_in")
    for token in ("", "é", TOKEN[:-1], TOKEN + "x"):
        answer = await http.post("/api/summits", json=body, headers=[(b"Authorization", f"Bearer {token}".encode())])
        assert answer.json()["code"] in {"publishing_closed", "not_signed_in"}


async def test_a_summit_that_is_not_here_has_no_descriptor(http: httpx.AsyncClient) -> None:
    answer = await http.get("/api/summits/00000000-0000-4000-8000-000000000000/descriptor")
    assert code(answer) == (404, "not_found")


async def test_a_revoked_member_is_out_at_once(http: httpx.AsyncClient, guests: Guests) -> None:
    revocation, signature = guests.summit.revocation(guests.maren.member)
    body = {"revocation": b64u(revocation), "signature": b64u(signature)}
    forged = {**body, "signature": b64u(bytes(64))}
    assert code(await http.post("/api/revocations", json=forged)) == (401, "signature_bad")
    assert (await http.get("/api/enrolments", headers=guests.signed_in)).status_code == 200
    assert (await http.post("/api/revocations", json=body)).status_code == 204
    assert code(await http.get("/api/enrolments", headers=guests.signed_in)) == (403, "member_revoked")
    assert (await http.post("/api/revocations", json=body)).status_code == 204


async def test_revocations_are_handed_on_as_they_were_signed(
    http: httpx.AsyncClient, guests: Guests, database: Database
) -> None:
    """So that members believe the party, not the host; the press is not told of invitations that nobody used."""
    assert code(await http.get("/api/revocations")) == (401, "not_signed_in")
    summit = guests.summit
    unused = summit.invite("tolmar", Role.ADVISER)
    used = await summit.enrol(database, "tolmar", Role.INTERPRETER)
    sent = []
    for raw, signature in (summit.revocation(used.member), summit.revocation(unused)):
        body = {"revocation": b64u(raw), "signature": b64u(signature)}
        assert (await http.post("/api/revocations", json=body)).status_code == 204
        sent.append(body)
    listed = (await http.get("/api/revocations", headers=guests.signed_in)).json()["revocations"]
    assert sorted(listed, key=str) == sorted(sent, key=str)
    reporter = (await summit.enrol(database, "press", Role.PRESS)).actor
    assert await members.revocations(database, reporter) == [summit.revocation(used.member)]


async def test_a_party_lists_no_enrolment_of_another(http: httpx.AsyncClient, guests: Guests, database: Any) -> None:  # noqa: ANN401 - the fixture
    await guests.summit.enrol(database, "tolmar", Role.PRINCIPAL)
    listed = (await http.get("/api/enrolments", headers=guests.signed_in)).json()["enrolments"]
    assert [line["identity"] for line in listed] == [guests.maren.member.identity]


async def test_hostile_statements_are_refused(http: httpx.AsyncClient, guests: Guests) -> None:
    good = enrolment(guests.summit.invite("arven", Role.ADVISER).accredited())
    deep = b64u(b"[" * 30_000)
    assert code(await http.post("/api/enrolments", json={**good, "invitation": deep})) == (422, "invitation_bad")
    assert code(await http.post("/api/enrolments", json={**good, "device": deep})) == (422, "device_bad")
    assert code(await http.post("/api/enrolments", json={**good, "device": "a"})) == (422, "bad_request")
    assert code(await http.post("/api/revocations", json={"revocation": deep, "signature": ""})) == (
        422,
        "invitation_bad",
    )
    assert code(await http.post("/api/sessions", json={"challenge": deep, "signature": ""})) == (
        401,
        "challenge_unknown",
    )
    body = {"descriptor": deep, "signatures": {}}
    assert code(await http.post("/api/summits", json=body, headers=PUBLISHER)) == (422, "descriptor_bad")
