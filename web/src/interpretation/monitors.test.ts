import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Cell } from "../kernel/store";
import type { CallState } from "../rooms/model";
import { aMediaTrack } from "../testing/sfu";
import type { ConsoleState } from "./model";
import { Monitors } from "./monitors";

class FakeNode {
  readonly wired = new Set<unknown>();
  readonly gain = { setTargetAtTime: () => undefined };

  connect(node: unknown): unknown {
    this.wired.add(node);
    return node;
  }

  disconnect(): void {
    this.wired.clear();
  }
}

const SEATED = { at: "seated", room: "chamber", grant: [] } as unknown as CallState["seating"];

function monitors() {
  const call = new Cell<Pick<CallState, "seating">>({ seating: SEATED });
  const opened: MediaStreamTrack[] = [];
  const sources: FakeNode[] = [];
  const watching: ((kind: "microphone" | "camera") => void)[] = [];
  const device = { isGone: false };
  const made = new Monitors({
    mixer: {
      mix: {} as GainNode,
      context: {
        currentTime: 0,
        createMediaStreamSource: () => {
          const source = new FakeNode();
          sources.push(source);
          return source;
        },
      } as unknown as AudioContext,
    },
    sounds: new Cell([]),
    booth: new Cell<ConsoleState | null>(null),
    call,
    microphone: async () => {
      if (device.isGone) throw new DOMException("no device", "NotFoundError");
      const track = aMediaTrack("audio");
      opened.push(track);
      return Promise.resolve(track);
    },
    watch: (then) => {
      watching.push(then);
      return () => undefined;
    },
  });
  const another = async (kind: "microphone" | "camera" = "microphone") => {
    for (const then of watching) then(kind);
    await Promise.resolve();
    await Promise.resolve();
  };
  const live = () => opened.map(({ readyState }) => readyState === "live");
  return { another, call, device, live, made, sources };
}

beforeEach(() => {
  vi.stubGlobal("GainNode", FakeNode);
  vi.stubGlobal("MediaStream", EventTarget);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("one's own sound is a copy that ends when one no longer listens", async () => {
  const { live, made, sources } = monitors();
  await made.listen("own", true);
  expect([live(), sources[0]?.wired.size]).toEqual([[true], 1]);
  await made.listen("own", false);
  expect([live(), sources[0]?.wired.size]).toEqual([[false], 0]);
});

test.each([{ at: "away" }, { ...SEATED, room: "caucus" }])(
  "leaving the chamber lets the microphone go (%o)",
  async (to) => {
    const { call, live, made } = monitors();
    await made.listen("own", true);
    call.set({ seating: { at: "returning", room: "chamber", since: 0 } });
    expect(live()).toEqual([true]);
    call.set({ seating: to as CallState["seating"] });
    expect([live(), made.state.get().own]).toEqual([[false], false]);
  },
);

test("whoever leaves before the microphone is open keeps none", async () => {
  const { call, live, made } = monitors();
  const opening = made.listen("own", true);
  call.set({ seating: { at: "away" } });
  await opening;
  expect([live(), made.state.get().own]).toEqual([[false], false]);
});

test("another microphone is heard from then on, and the one before it is let go", async () => {
  const { another, live, made, sources } = monitors();
  await made.listen("own", true);
  await another("camera");
  expect(live()).toEqual([true]);
  await another();
  expect([live(), sources.map(({ wired }) => wired.size)]).toEqual([
    [false, true],
    [0, 1],
  ]);
});

test("where another microphone cannot be opened, one hears oneself no more", async () => {
  const { another, device, live, made } = monitors();
  await made.listen("own", true);
  device.isGone = true;
  await another();
  expect([live(), made.state.get().own]).toEqual([[false], false]);
});
