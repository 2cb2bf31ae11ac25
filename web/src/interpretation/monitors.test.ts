import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Identity, Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { CallState } from "../rooms/model";
import { fakeSound } from "../testing/audio";
import { FakeClock } from "../testing/clock";
import { aMediaTrack } from "../testing/sfu";
import { sine } from "../testing/sounds";
import { QUIET } from "./booth";
import { Inlets } from "./inlets";
import type { ConsoleState } from "./model";
import { type BoothSound, Monitors } from "./monitors";

class FakeNode {
  readonly wired = new Set<unknown>();
  readonly gain = { setTargetAtTime: () => undefined };

  connect(node: unknown): unknown {
    this.wired.add(node);
    return node;
  }

  disconnect(node?: unknown): void {
    if (node === undefined) this.wired.clear();
    else if (!this.wired.delete(node)) throw new DOMException("not connected", "InvalidAccessError");
  }
}

const SEATED = { at: "seated", room: "chamber", grant: [] } as unknown as CallState["seating"];

function monitors() {
  const call = new Cell<Pick<CallState, "seating">>({ seating: SEATED });
  const opened: MediaStreamTrack[] = [];
  const sources: FakeNode[] = [];
  const watching: ((kind: "microphone" | "camera") => void)[] = [];
  const device = { isGone: false };
  const context = {
    currentTime: 0,
    createMediaStreamSource: () => {
      const source = new FakeNode();
      sources.push(source);
      return source;
    },
  } as unknown as AudioContext;
  const made = new Monitors({
    mixer: { mix: {} as GainNode, context, inlets: new Inlets(context) },
    sounds: new Cell([]),
    booth: new Cell<ConsoleState | null>(null),
    call,
    matched: true,
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
  expect([live(), sources[0]?.wired.size]).toEqual([[true], 2]);
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
    [0, 2],
  ]);
});

test("where another microphone cannot be opened, one hears oneself no more", async () => {
  const { another, device, live, made } = monitors();
  await made.listen("own", true);
  device.isGone = true;
  await another();
  expect([live(), made.state.get().own]).toEqual([[false], false]);
});

test.each([
  [true, -12],
  [false, 0],
])("a partner is as loud as channels are, where levels may be touched (%s)", async (matched, decibels) => {
  const { analysers, contexts, gains } = fakeSound();
  const track = aMediaTrack("audio");
  const graph = new AudioContext();
  const mixer = { context: graph, mix: new GainNode(graph), inlets: new Inlets(graph) };
  const clock = new FakeClock();
  const desk = { own: "fane", now: QUIET, coughing: false, partners: [{ identity: "oru" }] } as unknown as ConsoleState;
  const said = { track, of: "oru" as Identity, channel: "en" as Language, muted: false };
  const sounds = new Cell<readonly BoothSound[]>([said]);
  const made = new Monitors(
    {
      mixer,
      sounds,
      booth: new Cell<ConsoleState | null>(desk),
      call: new Cell({ seating: SEATED }),
      matched,
      microphone: async () => Promise.resolve(track),
      watch: () => () => undefined,
    },
    clock,
  );
  await made.listen("partner", true);
  const [gauge] = analysers;
  if (gauge === undefined) throw new Error("nothing is measured");
  gauge.plays = sine(997, 0.5);
  for (let look = 0; look < 100; look += 1) {
    for (const context of contexts) context.currentTime += 0.1;
    clock.pass(100);
  }
  const levelled = gains.find((gain) => gain.to.length === 1 && gain.to[0] === gains[3]);
  expect(Math.round(20 * Math.log10(levelled?.gain.value ?? 0))).toBe(decibels);
  sounds.set([{ ...said, muted: true }]);
  expect(gauge.to).toEqual([]);
});
