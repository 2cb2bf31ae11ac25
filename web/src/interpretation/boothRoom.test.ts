import { afterEach, describe, expect, test, vi } from "vitest";
import { Cell } from "../kernel/store";
import type { GroupStanding } from "../keys";
import type { BoothLineState } from "../rooms";
import type { CallState, Presence } from "../rooms/model";
import { type FakeContext, type FakeNode, fakeSound } from "../testing/audio";
import { FakeClock } from "../testing/clock";
import { SEATS } from "../testing/builders";
import { aPair, EN, ORU as COLLEAGUE } from "../testing/desks";
import { FakeLog } from "../testing/log";
import { memoryIn } from "../testing/memory";
import { aSeat } from "../testing/scenes";
import { aMediaTrack } from "../testing/sfu";
import { sine } from "../testing/sounds";
import { BoothRoom } from "./boothRoom";
import { Inlets } from "./inlets";
import type { ConsoleState } from "./model";
import { QUIET } from "./booth";
import type { WhispersNow } from "./whisper";

const [FANE, ORU, TAL] = ["fane", "oru", "tal"].map((name) => aSeat(name, "interpreter").identity);

const plays = vi.fn<() => Promise<void>>(async () => Promise.resolve());

afterEach(() => {
  vi.unstubAllGlobals();
});

const NOTHING = { microphone: false, camera: false, screen: false };
const SILENT: BoothLineState = { isOpen: true, sending: NOTHING, presences: [], sounds: [] };
const PRESENT = { member: "oru", camera: null } as unknown as Presence;

function desk(part: Partial<ConsoleState> = {}): ConsoleState {
  const booth = { id: "arven.en", party: "arven", languages: ["en"], members: [FANE, ORU] };
  return { booth, own: FANE, now: QUIET, coughing: false, partners: [], ...part } as unknown as ConsoleState;
}

const ON_AIR = desk({ now: { ...QUIET, holder: FANE ?? null, onAir: "en" as never } });

function inside(...holders: (string | undefined)[]): { groups: readonly GroupStanding[] } {
  const roster = holders.map((identity) => ({ member: { identity } }));
  return { groups: [{ group: "booth", at: "inside", epoch: 1, roster, code: null } as unknown as GroupStanding] };
}

interface Part {
  readonly memory?: Map<string, string>;
  readonly matched?: boolean;
}

function room({ memory = new Map<string, string>(), matched = true }: Part = {}) {
  const work = vi.fn<(others: readonly unknown[]) => void>();
  const send = vi.fn<(wish: unknown) => void>();
  const hush = vi.fn<(held: boolean) => Promise<void>>(async () => Promise.resolve());
  const { gains, analysers } = fakeSound();
  vi.stubGlobal(
    "Audio",
    class {
      muted = false;
      play = plays;
    },
  );
  const context = new AudioContext();
  const sources = vi.spyOn(context as unknown as FakeContext, "createMediaStreamSource");
  const clock = new FakeClock();
  const cells = {
    line: new Cell<BoothLineState>(SILENT),
    desk: new Cell<ConsoleState | null>(desk()),
    call: new Cell({
      seating: { at: "seated", room: "chamber" } as unknown as CallState["seating"],
      sending: NOTHING,
    }),
    whispers: new Cell<WhispersNow>([]),
    keys: new Cell(inside(FANE, ORU)),
    devices: new Cell({ headset: false }),
  };
  const made = new BoothRoom({
    ...cells,
    line: { state: cells.line, work, send },
    hush,
    mixer: { mix: context.createGain(), context, inlets: new Inlets(context) },
    matched,
    memory: memoryIn(memory),
    clock,
    log: new FakeLog(),
  });
  /** Lets what is heard sound for so long. */
  const pass = (seconds: number): void => {
    for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
      (context as unknown as FakeContext).currentTime += 0.1;
      clock.pass(100);
    }
  };
  return {
    ...cells,
    made,
    memory,
    pass,
    hush,
    hushes: () => hush.mock.calls.map(([held]) => held),
    sends: (): unknown => send.mock.lastCall?.[0],
    works: (): unknown => work.mock.lastCall?.[0],
    level: () => gains[1]?.gain.value,
    source: (): FakeNode | undefined => sources.mock.results[0]?.value,
    /** What a partner's sound passes behind what looks at it. */
    way: () => gains[2]?.way(),
    /** By how much a partner's sound is lifted, in dB. */
    matchedBy: () => 20 * Math.log10(gains[2]?.gain.value ?? 0),
    plays: (formula: (at: number) => number) => {
      if (analysers[0] !== undefined) analysers[0].plays = formula;
    },
  };
}

const TRACK = aMediaTrack("audio");

/** A partner who talks, or is silent for a while. */
function talks(muted = false): BoothLineState["sounds"][number] {
  return { id: "1", of: ORU, channel: null, track: TRACK, muted } as never;
}

describe("a booth's own room", () => {
  test("is entered when a console is open and a partner holds the booth's keys, and left with the console", () => {
    const { made, works } = room();
    expect(works()).toBeUndefined();
    const leave = made.enter();
    expect(works()).toEqual([ORU]);
    leave();
    expect(works()).toEqual([]);
  });

  test.each([
    ["while one is alone", inside(FANE)],
    ["while somebody has its keys who does not work there", inside(FANE, ORU, TAL)],
    ["without its keys", { groups: [] }],
  ])("is not entered %s", (_case, keys) => {
    const scene = room();
    scene.made.enter();
    scene.made.talk(true);
    scene.made.show(true);
    scene.keys.set(keys);
    expect(scene.works()).toEqual([]);
    expect(scene.sends()).toEqual({ microphone: false, camera: false });
  });

  test("is left with the chamber", () => {
    const scene = room();
    scene.made.enter();
    scene.call.set({
      ...scene.call.get(),
      seating: { at: "seated", room: "caucus" } as unknown as CallState["seating"],
    });
    expect(scene.works()).toEqual([]);
  });

  test("hears one while the key is held, and sees one until one says otherwise", () => {
    const { made, sends } = room();
    const leave = made.enter();
    made.talk(true);
    expect(sends()).toEqual({ microphone: true, camera: false });
    made.talk(false);
    made.show(true);
    expect(sends()).toEqual({ microphone: false, camera: true });
    leave();
    made.enter();
    expect(sends()).toEqual({ microphone: false, camera: false });
  });

  test("hears nothing of what goes out, by the booth's words or by what is sent; but when one coughs", () => {
    const scene = room();
    scene.made.enter();
    scene.made.talk(true);
    scene.desk.set(ON_AIR);
    expect(scene.sends()).toEqual({ microphone: false, camera: false });
    expect(scene.made.state.get().isShut).toBe(true);
    scene.desk.set({ ...ON_AIR, coughing: true });
    expect(scene.sends()).toEqual({ microphone: true, camera: false });
    // The word of the desk is one thing, what leaves another: the one who gave the microphone away goes on for a moment.
    scene.desk.set(desk());
    scene.call.set({ ...scene.call.get(), sending: { ...NOTHING, microphone: true } });
    expect(scene.sends()).toEqual({ microphone: false, camera: false });
    scene.call.set({ ...scene.call.get(), sending: NOTHING });
    expect(scene.sends()).toEqual({ microphone: true, camera: false });
  });

  test("keeps what one says to it from listeners, for as long as one talks to it and a console is open", () => {
    const { made, hushes } = room();
    const leave = made.enter();
    expect(hushes()).toEqual([]);
    made.talk(true);
    made.talk(true);
    expect(hushes()).toEqual([true]);
    made.talk(false);
    expect(hushes()).toEqual([true, false]);
    made.talk(true);
    leave();
    expect(hushes()).toEqual([true, false, true, false]);
    made.enter()();
    expect(hushes()).toHaveLength(4);
  });

  test("goes on hearing one when the microphone comes in the middle of a sentence, and listeners do not hear its end", async () => {
    const { fane, oru } = aPair();
    const { made, desk: shown, hush, keys, sends } = room();
    oru.state.subscribe(() => {
      shown.set(oru.state.get());
    });
    hush.mockImplementation(async (held) => oru.desk.cough(held, "talk"));
    keys.set(inside(SEATS.fane.identity, COLLEAGUE.identity));
    made.enter();
    await fane.desk.onAir(true);
    await oru.desk.ask();
    made.talk(true);
    await fane.desk.accept();
    expect([oru.sound(), oru.hushed(), sends()]).toEqual([EN, true, { microphone: true, camera: false }]);
    made.talk(false);
    expect([oru.sound(), oru.hushed(), sends()]).toEqual([EN, false, { microphone: false, camera: false }]);
  });

  test("hears nothing of what one whispers to somebody", () => {
    const scene = room();
    scene.made.enter();
    scene.made.talk(true);
    const whisper = { by: FANE, to: TAL, into: "en", on: true } as unknown as WhispersNow[number];
    scene.whispers.set([{ ...whisper, on: false }]);
    expect(scene.sends()).toEqual({ microphone: true, camera: false });
    scene.whispers.set([whisper]);
    expect(scene.sends()).toEqual({ microphone: false, camera: false });
  });

  test("shows oneself while the others see one, and who of them talks", () => {
    const scene = room();
    scene.made.enter();
    const [own, partner] = [{ ...PRESENT, member: "fane" } as Presence, { ...PRESENT, speaking: false }];
    scene.line.set({ ...SILENT, presences: [own, partner] });
    expect(scene.made.state.get()).toMatchObject({ own: null, partners: [{ speaking: false }] });
    scene.line.set({ ...scene.line.get(), sending: { ...NOTHING, camera: true } });
    expect(scene.made.state.get().own).toBe(own);
    const other = { ...own };
    scene.line.set({ ...scene.line.get(), presences: [other, partner] });
    expect(scene.made.state.get().own).toBe(other);
    scene.line.set({ ...scene.line.get(), presences: [other, { ...partner, speaking: true }] });
    expect(scene.made.state.get().partners).toMatchObject([{ speaking: true }]);
  });

  test("is heard at a level of one's own, which is remembered", () => {
    const scene = room();
    scene.made.enter();
    plays.mockClear();
    scene.line.set({ ...SILENT, sounds: [talks()], presences: [PRESENT, PRESENT] });
    expect([scene.level(), plays.mock.calls.length]).toEqual([0.7, 1]);
    expect(scene.source()?.to[1]?.to.map(({ name }) => name)).toEqual(["iir", "gain"]);
    expect(scene.way()).toEqual(["gain", "gain", "gain"]);
    expect(scene.made.state.get().partners).toEqual([PRESENT]);
    scene.made.setLevel(0.25);
    expect(scene.level()).toBe(0.25);
    expect(room({ memory: scene.memory }).made.state.get().level).toBe(0.25);
    scene.line.set(SILENT);
    expect(scene.source()?.way()).toEqual(["source", "gain", "speakers"]);
  });

  test("is heard at the loudness of channels, however loud a partner talks; a pause changes nothing", () => {
    const scene = room();
    scene.made.enter();
    scene.line.set({ ...SILENT, sounds: [talks()] });
    scene.plays(sine(997, 0.05));
    expect(scene.matchedBy()).toBe(0);
    scene.pass(1.5);
    expect(scene.matchedBy()).toBeGreaterThan(3);
    scene.pass(2);
    const soft = scene.matchedBy();
    expect(Math.round(soft)).toBe(7);
    scene.line.set({ ...SILENT, sounds: [talks(true)] });
    scene.plays(sine(997, 0.5));
    scene.pass(5);
    expect(scene.matchedBy()).toBe(soft);
    scene.line.set({ ...SILENT, sounds: [talks()] });
    scene.pass(10);
    expect(Math.round(scene.matchedBy())).toBe(-12);
  });

  test("is let go of when it is there no more, and not while it is only muted", () => {
    const scene = room();
    scene.made.enter();
    scene.line.set({ ...SILENT, sounds: [talks()] });
    scene.line.set({ ...SILENT, sounds: [talks(true)] });
    expect(scene.way()).not.toEqual(["gain"]);
    scene.line.set(SILENT);
    expect(scene.way()).toEqual(["gain"]);
  });

  test("is heard as it is where no levels may be touched", () => {
    const scene = room({ matched: false });
    scene.made.enter();
    scene.line.set({ ...SILENT, sounds: [talks()] });
    scene.plays(sine(997, 0.05));
    scene.pass(4);
    expect(scene.matchedBy()).toBe(0);
  });

  test("is not heard on air by whoever wears no headset: it would go out again", () => {
    const scene = room();
    scene.made.enter();
    scene.desk.set(ON_AIR);
    expect(scene.level()).toBe(0);
    scene.devices.set({ headset: true });
    expect(scene.level()).toBe(0.7);
    scene.devices.set({ headset: false });
    scene.desk.set(desk());
    expect(scene.level()).toBe(0.7);
  });

  test.each(["", "loud", "-3", "7"])("takes no level for one that is none: %j", (kept) => {
    const { level } = room({ memory: new Map([["visavis booth level", kept]]) }).made.state.get();
    expect(level >= 0 && level <= 1).toBe(true);
  });
});
