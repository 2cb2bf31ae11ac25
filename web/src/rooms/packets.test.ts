import { describe, expect, test } from "vitest";
import type { Identity, Language } from "../kernel/ids";
import { FakeClock } from "../testing/clock";
import { aMediaTrack } from "../testing/sfu";
import { Packets, playedAt, STALLS } from "./packets";
import type { RemoteSound } from "./presences";

const EN = "en" as Language;
const track = aMediaTrack("audio");

function sound(id: string, channel: Language | null, muted = false): RemoteSound {
  return { id, of: id as Identity, track, channel, muted };
}

/** Whose packets come, look by look; and what is seen of it. */
function scene(sounds: readonly RemoteSound[]) {
  const clock = new FakeClock();
  const coming = new Set<string>();
  const newest = new Map<string, number>();
  const seen = { looks: 0, changes: 0 };
  const packets = new Packets(
    clock,
    (ids) => {
      seen.looks += 1;
      for (const id of ids) if (coming.has(id)) newest.set(id, clock.now());
      return newest;
    },
    () => {
      seen.changes += 1;
    },
  );
  let now = sounds;
  /** What there is from now on; the answer is what has stalled. */
  const open = (...next: readonly RemoteSound[]): readonly string[] => {
    now = next;
    return packets.marked(now).flatMap(({ id, stalled }) => (stalled === true ? [id] : []));
  };
  /** Lets time pass while packets of these come. */
  const pass = (ms: number, ...ids: readonly string[]): readonly string[] => {
    coming.clear();
    for (const id of ids) coming.add(id);
    clock.pass(ms);
    return open(...now);
  };
  open(...sounds);
  return { open, pass, seen };
}

describe("a channel's sound", () => {
  test("has stalled when no packet has come for a second and a half, until one comes again", () => {
    const { pass, seen } = scene([sound("floor", null), sound("fane", EN)]);
    expect(pass(5000, "floor", "fane")).toEqual([]);
    expect(pass(STALLS - 250, "floor")).toEqual([]);
    expect([pass(250, "floor"), seen.changes]).toEqual([["fane"], 1]);
    expect([pass(60_000, "floor"), seen.changes]).toEqual([["fane"], 1]);
    expect([pass(250, "floor", "fane"), seen.changes]).toEqual([[], 2]);
  });

  test("has stalled when it never came while others do", () => {
    const { pass } = scene([sound("floor", null), sound("fane", EN)]);
    expect(pass(STALLS - 250, "floor")).toEqual([]);
    expect(pass(250, "floor")).toEqual(["fane"]);
  });

  test("has not stalled when one's own line was away, and others come again first", () => {
    const { pass, seen } = scene([sound("floor", null), sound("fane", EN)]);
    pass(5000, "floor", "fane");
    expect(pass(STALLS * 2)).toEqual([]);
    expect(pass(250, "floor")).toEqual([]);
    expect([pass(STALLS, "floor", "fane"), seen.changes]).toEqual([[], 0]);
    expect(pass(STALLS, "floor")).toEqual(["fane"]);
  });

  test("has stalled when it is the only one, if it ever came", () => {
    const { pass } = scene([sound("fane", EN), sound("oru", EN, true)]);
    expect(pass(60_000)).toEqual([]);
    pass(250, "fane");
    expect(pass(STALLS)).toEqual(["fane"]);
  });

  test("has not when nothing comes at all: that is one's own line", () => {
    const { pass } = scene([sound("floor", null), sound("fane", EN)]);
    pass(5000, "floor", "fane");
    expect(pass(60_000)).toEqual([]);
    expect([pass(250, "floor"), pass(STALLS, "floor")]).toEqual([[], ["fane"]]);
  });

  test("has not while it is muted, and has its time when it no longer is", () => {
    const [floor, fane, amsel] = [sound("floor", null), sound("fane", EN), sound("amsel", EN)];
    const { open, pass } = scene([floor, fane, amsel]);
    pass(5000, "floor", "fane", "amsel");
    expect(pass(STALLS, "floor", "amsel")).toEqual(["fane"]);
    expect(open(floor, sound("fane", EN, true), amsel)).toEqual([]);
    expect(pass(5000, "floor", "amsel")).toEqual([]);
    expect(open(floor, fane, amsel)).toEqual([]);
    // What came before is seen once more at the first look.
    expect(pass(STALLS, "floor", "amsel")).toEqual([]);
    expect(pass(250, "floor", "amsel")).toEqual(["fane"]);
  });

  test("is watched, and the floor's beside it, only while one is open; the floor's never stalls", () => {
    const [floor, fane, muted] = [sound("floor", null), sound("fane", EN), sound("fane", EN, true)];
    const { open, pass, seen } = scene([floor, muted]);
    expect([pass(5000), seen.looks]).toEqual([[], 0]);
    open(floor, fane);
    expect([pass(5000, "fane"), seen.looks]).toEqual([[], 20]);
    open(floor, muted);
    expect([pass(5000), seen.looks]).toEqual([[], 20]);
    open();
    expect([pass(5000), seen.looks]).toEqual([[], 20]);
  });
});

test("the newest packet is that of the newest source: a receiver that is used again remembers who spoke before", () => {
  const sources = [3, 7, 5].map((timestamp) => ({ timestamp, source: timestamp, rtpTimestamp: 0 }));
  expect(playedAt({ getSynchronizationSources: () => sources })).toBe(7);
  expect(playedAt({ getSynchronizationSources: () => [] })).toBeUndefined();
  expect(playedAt(undefined)).toBeUndefined();
});
