import { beforeAll, expect, test, vi } from "vitest";
import type { Said } from "../../contract/parse";
import type { Identity } from "../../kernel/ids";
import { Cell } from "../../kernel/store";
import type { EnvelopeTold, KeysState } from "../../keys";
import type { FeedState } from "../../summits";
import { aSnapshot, type MemberName, NOW, SEATS } from "../../testing/builders";
import { FakeClock } from "../../testing/clock";
import { FakeLog } from "../../testing/log";
import { aHolder, aStanding, sealedUnder } from "../../testing/standings";
import type { Measures } from "../ear/measure";
import { type BoothsNow, NO_BOOTHS } from "../model";
import { Watch } from "./watch";
import type { Watched } from "./watched";

const FANE = SEATS.fane.identity;
const KIRSCH = SEATS.kirsch.identity;
const together: readonly MemberName[] = ["fane", "kirsch"];
const telephone: Measures = {
  highest: 3400,
  bandwidth: "telephone",
  loudness: -22.6,
  clipping: 0,
  noise: -70,
  heard: 9,
};

beforeAll(() => {
  // The DOM of the tests has no media.
  vi.stubGlobal(
    "MediaStream",
    class {
      readonly tracks: readonly unknown[];
      constructor(tracks: readonly unknown[]) {
        this.tracks = tracks;
      }
    },
  );
});

/** What a device has open: one microphone, another each time. */
function aMicrophone(): MediaStream {
  const track = {} as MediaStreamTrack;
  return { getAudioTracks: () => [track] } as unknown as MediaStream;
}

/** One device of a delegation whose words all come to each other, in one order. */
function aDevice(own: MemberName, roster: readonly MemberName[] = together) {
  const clock = new FakeClock();
  const state = new Cell<Watched>({ lines: new Map(), coming: new Map() });
  const keysState = new Cell<KeysState>(sealedUnder(aStanding("caucus", roster)));
  const feed = new Cell<FeedState>({ at: "live", snapshot: aSnapshot({ you: own }) });
  const sending = new Cell({ sending: { microphone: false, camera: false, screen: false } });
  const devices = new Cell({ preview: aMicrophone() });
  const booths = new Cell<BoothsNow>(NO_BOOTHS);
  const said: Said[] = [];
  const asked: string[] = [];
  const measured: { then?: (measures: Measures) => void; ended: number } = { ended: 0 };
  const hearers: ((told: EnvelopeTold) => void)[] = [];
  const watch = new Watch({
    state,
    feed,
    clock,
    log: new FakeLog(),
    now: () => NOW + clock.now(),
    ticket: () => said.length,
    keys: {
      state: keysState,
      listen: (then) => {
        hearers.push((told) => {
          then({ kind: "caucus", party: SEATS[own].party }, told);
        });
      },
      say: (group, _ticket, words) => {
        expect(group).toEqual({ kind: "caucus", party: SEATS[own].party });
        said.push(words);
        return true;
      },
    },
    call: { state: sending, counted: async () => Promise.resolve([]) },
    devices: { state: devices },
    booth: {
      booths,
      callTechnician: async (on) => {
        asked.push(`call ${String(on)}`);
        return Promise.resolve();
      },
    },
    measure: async (_stream, then) => {
      measured.then = then;
      return Promise.resolve(() => {
        measured.ended += 1;
      });
    },
  });
  let number = 0;
  return {
    asked,
    booths,
    clock,
    devices,
    keysState,
    measured,
    said,
    sending,
    state,
    watch,
    hears: (from: MemberName, words: Said) => {
      number += 1;
      for (const hear of hearers) hear({ told: "heard", number, from: aHolder(from, 0).member, said: words });
    },
    /** Lets looks happen, one after another. */
    pass: async (ms: number) => {
      for (let at = 0; at < ms; at += 2000) {
        clock.pass(2000);
        await vi.waitFor(async () => Promise.resolve());
      }
    },
  };
}

const lines = (said: readonly Said[]) => said.flatMap((word) => (word.kind === "line" ? [word] : []));
const on = { sending: { microphone: true, camera: false, screen: false } };

test("a device says how it does every ten seconds, and only while a technician can read it", async () => {
  const alone = aDevice("fane", ["fane", "maren"]);
  await alone.pass(30_000);
  expect(alone.said).toEqual([]);
  alone.keysState.set(sealedUnder(aStanding("caucus", together)));
  expect(lines(alone.said)).toMatchObject([{ calls: false, sound: null, way: null }]);
  await alone.pass(20_000);
  expect(alone.said).toHaveLength(3);
});

test("a technician's own device says nothing of itself", async () => {
  const { pass, said } = aDevice("kirsch");
  await pass(30_000);
  expect(said).toEqual([]);
});

test("a microphone is measured while it is on and no longer, and what is amiss is said at once", async () => {
  const { measured, pass, said, sending } = aDevice("fane");
  expect(measured.then).toBeUndefined();
  sending.set(on);
  measured.then?.(telephone);
  await pass(2000);
  expect(lines(said).at(-1)?.sound).toEqual({
    loudness: -23,
    bandwidth: "telephone",
    amiss: ["telephone"],
    rate: null,
  });
  sending.set({ sending: { ...on.sending, microphone: false } });
  await pass(2000);
  expect([measured.ended, lines(said).at(-1)?.sound]).toEqual([1, null]);
});

test("what comes late of a microphone is nothing of the one that took its place", async () => {
  const { devices, measured, pass, said, sending } = aDevice("fane");
  sending.set(on);
  const late = measured.then;
  devices.set({ preview: aMicrophone() });
  await pass(2000);
  late?.(telephone);
  await pass(10_000);
  expect(lines(said).at(-1)?.sound?.amiss).toEqual([]);
  measured.then?.(telephone);
  await pass(2000);
  expect(lines(said).at(-1)?.sound?.amiss).toEqual(["telephone"]);
});

test("when the technician has gone nothing is measured any more", () => {
  const { keysState, measured, sending } = aDevice("fane");
  sending.set(on);
  keysState.set(sealedUnder(aStanding("caucus", ["fane"])));
  return vi.waitFor(() => {
    expect(measured.ended).toBe(1);
  });
});

test("a call is told at once; the technician's done takes it back, and nobody else's does", () => {
  const { asked, booths, hears, said, state } = aDevice("fane");
  booths.set({ ...NO_BOOTHS, calling: new Set<Identity>([FANE]) });
  expect(lines(said).at(-1)?.calls).toBe(true);
  const at = new Date(NOW).toISOString();
  hears("kirsch", { kind: "technician", at, does: "comes", to: FANE });
  expect(state.get().coming.get(FANE)).toBe(KIRSCH);
  hears("maren", { kind: "technician", at, does: "done", to: FANE });
  expect([state.get().coming.size, asked]).toEqual([1, []]);
  hears("kirsch", { kind: "technician", at, does: "done", to: SEATS.lund.identity });
  expect(asked).toEqual([]);
  hears("kirsch", { kind: "technician", at, does: "done", to: FANE });
  expect([state.get().coming.size, asked]).toEqual([0, ["call false"]]);
});

test("a technician whose page was loaded again knows of no answer, and is on the way to nobody", () => {
  const { booths, hears, keysState, said, state } = aDevice("fane");
  booths.set({ ...NO_BOOTHS, calling: new Set<Identity>([FANE]) });
  hears("kirsch", { kind: "technician", at: new Date(NOW).toISOString(), does: "comes", to: FANE });
  keysState.set(sealedUnder(aStanding("caucus", [...together, "lund"])));
  expect(state.get().coming.get(FANE)).toBe(KIRSCH);
  const [own, { leaf, member }] = [aHolder("fane", 0), aHolder("kirsch", 1)];
  const anew = { leaf, member: { ...member, expires: member.expires + 1 } };
  keysState.set(sealedUnder(aStanding("caucus", [], { roster: [own, anew] })));
  expect(state.get().coming.size).toBe(0);
  expect(lines(said).at(-1)?.calls).toBe(true);
});

test("a technician hears what devices say, and forgets who has left", () => {
  const { hears, keysState, state } = aDevice("kirsch");
  hears("fane", { kind: "line", at: new Date(NOW).toISOString(), calls: false, sound: null, way: null });
  expect([...state.get().lines.keys()]).toEqual([FANE]);
  keysState.set(sealedUnder(aStanding("caucus", ["kirsch"])));
  expect(state.get().lines.size).toBe(0);
});
