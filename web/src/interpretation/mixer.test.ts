import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeLog } from "../testing/log";
import { aMediaTrack } from "../testing/sfu";
import { Mixer } from "./mixer";

/** One step of a gain's automation: `set 0 at 5`, `ramp 1 at 5.02`. */
class FakeGain {
  readonly steps: string[] = [];
  readonly to = new Set<unknown>();
  readonly gain = {
    value: 1,
    cancelScheduledValues: (at: number) => this.steps.push(`forget from ${at}`),
    setValueAtTime: (value: number, at: number) => this.steps.push(`set ${value} at ${at}`),
    linearRampToValueAtTime: (value: number, at: number) => this.steps.push(`ramp ${value} at ${at}`),
  };

  get wired(): boolean {
    return this.to.size > 0;
  }

  connect(node: unknown): unknown {
    this.to.add(node);
    return node;
  }

  disconnect(node?: unknown): void {
    if (node === undefined) this.to.clear();
    else if (!this.to.delete(node)) throw new DOMException("not connected", "InvalidAccessError");
  }
}

class FakeContext {
  readonly gains: FakeGain[] = [];
  readonly sources: FakeGain[] = [];
  readonly destination = {};
  currentTime = 5;
  state = "suspended";

  createGain(): FakeGain {
    const gain = new FakeGain();
    this.gains.push(gain);
    return gain;
  }

  createMediaStreamSource(): FakeGain {
    const source = new FakeGain();
    this.sources.push(source);
    return source;
  }

  async resume(): Promise<void> {
    this.state = "running";
    return Promise.resolve();
  }
}

class FakeAudio {
  static plays = 0;
  muted = false;
  srcObject: unknown = null;

  async play(): Promise<void> {
    FakeAudio.plays += 1;
    return Promise.resolve();
  }
}

class FakeStream {
  readonly tracks: readonly MediaStreamTrack[];

  constructor(tracks: readonly MediaStreamTrack[]) {
    this.tracks = tracks;
  }
}

function scene(): { readonly context: FakeContext; readonly mixer: Mixer } {
  const context = new FakeContext();
  return { context, mixer: new Mixer(context as unknown as AudioContext, new FakeLog()) };
}

beforeEach(() => {
  FakeAudio.plays = 0;
  vi.stubGlobal("Audio", FakeAudio);
  vi.stubGlobal("MediaStream", FakeStream);
  vi.stubGlobal("GainNode", FakeGain);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a new sound enters silent and comes up in one cross-fade", () => {
  const { context, mixer } = scene();
  mixer.hold([{ id: "floor", track: aMediaTrack("audio") }]);
  const strip = context.gains[1];
  expect(strip?.gain.value).toBe(0);
  mixer.level(new Map([["floor", 1]]));
  expect(strip?.steps).toEqual(["forget from 5", "set 0 at 5", "ramp 1 at 5.02"]);
});

test("a level that stays is left alone; a sound without a level falls silent", () => {
  const { context, mixer } = scene();
  mixer.hold([{ id: "floor", track: aMediaTrack("audio") }]);
  mixer.level(new Map([["floor", 0.2]]));
  mixer.level(new Map([["floor", 0.2]]));
  expect(context.gains[1]?.steps).toHaveLength(3);
  mixer.level(new Map());
  expect(context.gains[1]?.steps.at(-1)).toBe("ramp 0 at 5.02");
});

test("one sound goes into the other in the same samples, and a fade that is cut short goes back from where it is", () => {
  const { context, mixer } = scene();
  mixer.hold([
    { id: "giver", track: aMediaTrack("audio") },
    { id: "taker", track: aMediaTrack("audio") },
  ]);
  mixer.level(new Map([["giver", 1]]));
  const [giver, taker] = context.gains.slice(1);
  context.currentTime = 6;
  mixer.level(new Map([["taker", 1]]));
  expect([giver?.steps.slice(-2), taker?.steps.slice(-2)]).toEqual([
    ["set 1 at 6", "ramp 0 at 6.02"],
    ["set 0 at 6", "ramp 1 at 6.02"],
  ]);
  context.currentTime = 6.005;
  mixer.level(new Map([["giver", 1]]));
  const cut = [giver, taker].map((gain) => Number(gain?.steps.at(-2)?.split(" ")[1]));
  expect(cut[0]).toBeCloseTo(0.75);
  expect((cut[0] ?? 0) + (cut[1] ?? 0)).toBeCloseTo(1);
});

test("what is held no more is cut at once, without a fade", () => {
  const { context, mixer } = scene();
  mixer.hold([{ id: "floor", track: aMediaTrack("audio") }]);
  mixer.level(new Map([["floor", 1]]));
  mixer.hold([]);
  expect(context.gains[1]?.wired).toBe(false);
  expect(context.gains[0]?.wired).toBe(true);
});

test("the same sound is wired once, another track under its name anew", () => {
  const { context, mixer } = scene();
  const track = aMediaTrack("audio");
  mixer.hold([{ id: "floor", track }]);
  mixer.hold([{ id: "floor", track }]);
  expect(context.sources).toHaveLength(1);
  mixer.hold([{ id: "floor", track: aMediaTrack("audio") }]);
  expect(context.sources).toHaveLength(2);
  expect(context.gains.map(({ wired }) => wired)).toEqual([true, false, true]);
});

test("woken by a gesture, every sound plays", async () => {
  const { context, mixer } = scene();
  mixer.hold([{ id: "floor", track: aMediaTrack("audio") }]);
  const before = FakeAudio.plays;
  await mixer.wake();
  expect([context.state, FakeAudio.plays - before]).toEqual(["running", 1]);
  await mixer.wake();
  expect(FakeAudio.plays - before).toBe(1);
});

test("what is fitted stands between each sound and its level, and between the mix and the speakers, until it is taken out", () => {
  const { context, mixer } = scene();
  mixer.hold([{ id: "floor", track: aMediaTrack("audio") }]);
  const [enter, leave] = [new FakeGain(), new FakeGain()];
  const ended: string[] = [];
  const made: FakeGain[] = [];
  mixer.fit({
    enter: enter as unknown as AudioNode,
    leave: leave as unknown as AudioNode,
    stage: ({ id }) => {
      const [into, out] = [new FakeGain(), new FakeGain()];
      made.push(out);
      return { enter: into as unknown as AudioNode, leave: out as unknown as AudioNode, end: () => ended.push(id) };
    },
  });
  mixer.hold([
    { id: "floor", track: aMediaTrack("audio") },
    { id: "fr", track: aMediaTrack("audio") },
  ]);
  expect([made.map(({ wired }) => wired), leave.wired]).toEqual([[true, true, true], true]);
  expect(ended).toEqual(["floor"]);
  mixer.fit(null);
  expect(ended).toEqual(["floor", "floor", "fr"]);
  expect([leave.wired, context.gains[0]?.wired]).toEqual([false, true]);
});

test("what is fitted hears what comes from then on: each sound held has a new source, which enters its stage", () => {
  const { context, mixer } = scene();
  mixer.hold(["floor", "fr"].map((id) => ({ id, track: aMediaTrack("audio") })));
  const entered: FakeGain[] = [];
  const node = (gain: FakeGain): AudioNode => gain as unknown as AudioNode;
  mixer.fit({
    enter: node(new FakeGain()),
    leave: node(new FakeGain()),
    stage: () => {
      const into = new FakeGain();
      entered.push(into);
      return { enter: node(into), leave: node(new FakeGain()), end: () => undefined };
    },
  });
  expect(context.sources.map(({ to }) => entered.map((into) => to.has(into)))).toEqual([
    [false, false],
    [false, false],
    [true, false],
    [false, true],
  ]);
});

test("a fade that is cut short by what is fitted goes on to its level", () => {
  const { context, mixer } = scene();
  mixer.hold([{ id: "floor", track: aMediaTrack("audio") }]);
  mixer.level(new Map([["floor", 1]]));
  context.currentTime += 0.01;
  const [enter, leave] = [new FakeGain(), new FakeGain()];
  mixer.fit({ enter: enter as unknown as AudioNode, leave: leave as unknown as AudioNode, stage: () => null });
  const steps = context.gains[1]?.steps.slice(-3) ?? [];
  expect(steps).toEqual(["forget from 5.01", `set ${(5.01 - 5) / 0.02} at 5.01`, `ramp 1 at ${5.01 + 0.02}`]);
});

test("what goes and what comes change at one moment, though the clock goes on meanwhile", () => {
  const { context, mixer } = scene();
  mixer.hold(["fane", "oru"].map((id) => ({ id, track: aMediaTrack("audio") })));
  let now = 5;
  Object.defineProperty(context, "currentTime", { get: () => (now += 0.01) });
  mixer.level(
    new Map([
      ["fane", 1],
      ["oru", 1],
    ]),
  );
  const [, fane, oru] = context.gains.map(({ steps }) => steps);
  expect(fane).toHaveLength(3);
  expect(oru).toEqual(fane);
});
