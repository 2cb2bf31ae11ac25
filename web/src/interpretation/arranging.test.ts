import { expect, test } from "vitest";
import { fromJsonBytes } from "../contract/parse";
import { bytesOf, fingerprint } from "../identity";
import { toB64u } from "../kernel/b64u";
import type { Language, MeetingId, Party } from "../kernel/ids";
import type { Arranging } from "../summits";
import { aProposal, aSnapshot, SEATS } from "../testing/builders";
import { statementOf } from "./arrangement";
import {
  agreeing,
  boothsFrom,
  channelsOf,
  choiceOf,
  isOverfull,
  placesIn,
  proposalIn,
  proposing,
  puttingUp,
} from "./arranging";

const EN = "en" as Language;
const FR = "fr" as Language;
const ARVEN = "arven" as Party;
const { fane, amsel } = SEATS;
const oru = { ...fane, identity: amsel.identity, name: "K. Oru", languages: [EN] };

test("channels are what was chosen, in the order of the summit's languages", () => {
  const choices = new Map([
    [FR, "signed" as const],
    [EN, "spoken" as const],
  ]);
  const channels = channelsOf([EN, FR], choices);
  expect(channels).toEqual([
    { language: EN, kind: "spoken" },
    { language: FR, kind: "signed" },
  ]);
  expect([choiceOf(channels, FR), choiceOf([], FR)]).toEqual(["signed", "none"]);
  expect(channelsOf([EN, FR], new Map([[EN, "none" as const]]))).toEqual([]);
});

test("who works in one language shares a booth, and brings what else they are accredited for", () => {
  const places = new Map([
    [fane.identity, EN],
    [oru.identity, EN],
  ]);
  const booths = boothsFrom(places, ARVEN, [fane, oru]);
  expect(booths).toEqual([
    { id: "arven.en", party: ARVEN, languages: [EN, FR], members: [fane.identity, oru.identity] },
  ]);
  expect(placesIn(booths, ARVEN, [fane, oru])).toEqual(places);
  expect([...placesIn(booths, null, [fane]).values()]).toEqual([null]);
  expect(boothsFrom(new Map([[fane.identity, null]]), ARVEN, [fane])).toEqual([]);
});

test("joint booths are nobody's alone", () => {
  expect(boothsFrom(new Map([[amsel.identity, FR]]), null, [fane, amsel])).toEqual([
    { id: "joint.fr", party: null, languages: [FR, EN], members: [amsel.identity] },
  ]);
});

test("more than three do not share one microphone", () => {
  const members = ["a", "b", "c", "d"].map((name) => name as typeof fane.identity);
  const booth = { id: "arven.en", party: ARVEN, languages: [EN] as const, members };
  expect(isOverfull([booth])).toBe(true);
  expect(isOverfull([{ ...booth, members: members.slice(1) }])).toBe(false);
});

/** What is asked for, and what the device signs for it. */
function said({ body, signs, ...request }: Arranging): unknown {
  const statement = signs === undefined ? null : (fromJsonBytes(signs.bytes) as Record<string, unknown>);
  expect(body?.["statement"]).toBe(signs && toB64u(signs.bytes));
  return { ...request, statement };
}

test("a delegation signs its own booths, and all of them the channels with the joint booths", () => {
  const ground = { ...aSnapshot(), numbers: { arven: 4 } };
  const now = Date.parse("2026-12-07T14:00:00.000Z");
  const until = "2026-12-07T14:11:00.000Z";
  const place = { type: "visavis arrangement 1", descriptor: ground.summit.dh, meeting: "meeting" };
  const own = boothsFrom(new Map([[fane.identity, EN]]), ARVEN, [fane]);
  const booths = [{ id: "arven.en", languages: [EN, FR], members: [fane.identity] }];
  expect(said(puttingUp(ground, now, ARVEN, own))).toEqual({
    method: "PUT",
    rest: "booths/arven",
    statement: { ...place, number: 5, party: ARVEN, channels: [], booths, until },
  });
  const channels = [{ language: EN, kind: "spoken" as const }];
  expect(said(proposing(ground, now, channels, []))).toEqual({
    method: "PUT",
    rest: "channels",
    statement: { ...place, number: 1, party: null, channels, booths: [], until },
  });
});

test("what is agreed to is what one has read, to the byte", async () => {
  const channels = [{ language: EN, kind: "signed" as const }];
  const arrangement = aProposal({ channels, booths: [] }, [ARVEN]);
  expect(proposalIn(aSnapshot({ arrangement }))).toMatchObject({ number: 1, party: null, channels, booths: [] });
  const { body, signs } = await agreeing(arrangement.statement);
  expect(toB64u(signs?.bytes ?? new Uint8Array())).toBe(arrangement.statement);
  expect(body?.["digest"]).toBe(toB64u(await fingerprint(bytesOf(arrangement.statement))));
});

test("nothing can be agreed to that is of another meeting, a delegation's own, or older than what one has seen", () => {
  const channels = [{ language: EN, kind: "spoken" as const }];
  const arrangement = aProposal({ channels, booths: [] }, [ARVEN], 2);
  expect(proposalIn(aSnapshot({ arrangement, numbers: { joint: 1 } }))).not.toBeNull();
  for (const numbers of [{}, { joint: 2 }]) expect(proposalIn(aSnapshot({ arrangement, numbers }))).toBeNull();
  const elsewhere = { id: "elsewhere" as MeetingId };
  expect(proposalIn(aSnapshot({ arrangement, numbers: { joint: 1 }, meeting: elsewhere }))).toBeNull();
  const until = "2026-12-07T14:11:00.000Z";
  const own = statementOf(aSnapshot(), { number: 1, party: ARVEN, channels: [], booths: [], until });
  expect(proposalIn(aSnapshot({ arrangement: { ...arrangement, statement: toB64u(own.bytes) } }))).toBeNull();
  expect(proposalIn(aSnapshot({ arrangement: { ...arrangement, statement: "AA" } }))).toBeNull();
  expect(proposalIn(aSnapshot())).toBeNull();
});

test("nothing can be agreed to whose time is over, or that would wait for longer than it needs: a signature would live on", () => {
  const channels = [{ language: EN, kind: "spoken" as const }];
  const snapshot = aSnapshot();
  const lasting = (ms: number): unknown => {
    const until = new Date(Date.parse(snapshot.now) + ms).toISOString();
    const { bytes } = statementOf(snapshot, { number: 1, party: null, channels, booths: [], until });
    const arrangement = { ...aProposal({ channels, booths: [] }, [ARVEN]), statement: toB64u(bytes) };
    return proposalIn({ ...snapshot, arrangement });
  };
  expect([lasting(1), lasting(720_000)]).not.toContain(null);
  expect([lasting(0), lasting(720_001)]).toEqual([null, null]);
});
