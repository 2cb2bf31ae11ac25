import { expect, test } from "vitest";
import { Cell } from "../../kernel/store";
import { type KeysState, NO_KEYS } from "../../keys";
import type { FeedState } from "../../summits";
import { aSnapshot, type MemberName, SEATS, type SnapshotPart } from "../../testing/builders";
import { FakeClock } from "../../testing/clock";
import { FakeLog } from "../../testing/log";
import { NO_BOOTHS } from "../model";
import { LateWatch } from "./lateWatch";

/** How often a page asks to be in its delegation's group, at a meeting as it stands. */
function asked(you: MemberName, part: SnapshotPart = {}): number {
  let joined = 0;
  const feed = new Cell<FeedState>({ at: "opening" });
  const watch = new LateWatch({
    feed,
    clock: new FakeClock(),
    log: new FakeLog(),
    now: () => 0,
    ticket: () => 0,
    keys: {
      state: new Cell<KeysState>(NO_KEYS),
      listen: () => undefined,
      say: () => true,
      joinCaucus: () => {
        joined += 1;
      },
    },
    call: {
      state: new Cell({ sending: { microphone: false, camera: false, screen: false } }),
      counted: async () => Promise.resolve([]),
    },
    devices: { state: new Cell({ preview: null }) },
    booth: { booths: new Cell(NO_BOOTHS), callTechnician: async () => Promise.resolve() },
  });
  feed.set({ at: "live", snapshot: aSnapshot({ ...part, you }) });
  expect(watch.state.get().lines.size).toBe(0);
  return joined;
}

// Of the small summit only Tolmar has a technician.
test.each([
  ["whoever has one there", asked("vey"), 1],
  ["the technician", asked("kirsch"), 1],
  ["whoever has none", asked("maren"), 0],
  ["the press", asked("reuter"), 0],
  ["whoever's is not there", asked("vey", { connected: [SEATS.vey.member, SEATS.maren.member] }), 0],
])(
  "%s joins the group in which a technician reads, and nobody else before they go to their own room",
  (_, times, due) => {
    expect(times).toBe(due);
  },
);
