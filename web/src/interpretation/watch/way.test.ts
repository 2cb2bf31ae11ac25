import { expect, test } from "vitest";
import { countsOf, wayBetween } from "./way";

type Stat = Readonly<Record<string, unknown>>;

/** A report as browsers give it: by id. */
function report(...stats: readonly Stat[]): ReadonlyMap<string, unknown> {
  return new Map(stats.map((stat, at) => [`${String(stat["type"])} ${at}`, stat]));
}

function coming(ssrc: number, packets: number, lost: number, delay = 0): Stat {
  return {
    type: "inbound-rtp",
    kind: "audio",
    ssrc,
    packetsReceived: packets,
    packetsLost: lost,
    jitterBufferDelay: delay,
    jitterBufferEmittedCount: packets * 960,
  };
}

function leaving(ssrc: number, packets: number, lost: number): ReadonlyMap<string, unknown> {
  return report(
    { type: "outbound-rtp", kind: "audio", ssrc, packetsSent: packets, bytesSent: packets * 160 },
    { type: "remote-inbound-rtp", kind: "audio", ssrc, packetsLost: lost },
  );
}

const pair = (seconds: number, nominated = true): Stat => ({
  type: "candidate-pair",
  nominated,
  currentRoundTripTime: seconds,
});

test("what was lost is told of the time between, both ways, over all sounds", () => {
  const before = countsOf([report(coming(1, 1000, 500)), report(coming(2, 100, 0)), leaving(3, 1000, 0)]);
  const after = countsOf([report(coming(1, 1090, 510)), report(coming(2, 200, 0)), leaving(3, 1100, 4)]);
  expect(wayBetween(before, after, 2000)).toMatchObject({ lost: 5, lostSent: 4 });
});

test("a sound that has only come is not counted with all that there was before", () => {
  const before = countsOf([report(coming(1, 100, 0))]);
  const after = countsOf([report(coming(1, 200, 0)), report(coming(9, 50_000, 50_000))]);
  expect(wayBetween(before, after, 2000).lost).toBe(0);
});

test("the way and back is the chosen path's, and what is held back is an average", () => {
  const before = countsOf([report(coming(1, 0, 0))]);
  const after = countsOf([report(coming(1, 100, 0, 96_000 * 0.06), pair(0.0421), pair(9, false))]);
  expect(wayBetween(before, after, 2000)).toMatchObject({ roundTrip: 42, delay: 60 });
});

test("the rate is of the sound that is sent with the most: a channel off air sends next to nothing", () => {
  const before = countsOf([leaving(1, 0, 0), leaving(2, 0, 0)]);
  const after = countsOf([leaving(1, 100, 0), leaving(2, 3, 0)]);
  expect(wayBetween(before, after, 2000).rate).toBe(64);
});

test("nothing is told of what there is not", () => {
  const none = countsOf([]);
  const nothing = { lost: null, lostSent: null, roundTrip: null, delay: null, rate: null };
  expect(wayBetween(none, none, 2000)).toEqual(nothing);
  const strange = countsOf([
    report({ type: "inbound-rtp", kind: "video", ssrc: 1 }, pair(Number.NaN, false)),
    new Map([["x", null]]),
  ]);
  expect(wayBetween(strange, strange, 2000)).toEqual(nothing);
});
