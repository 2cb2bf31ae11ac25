import { afterEach, describe, expect, test, vi } from "vitest";
import type { Identity, Language } from "../../kernel/ids";
import { Cell } from "../../kernel/store";
import { type FakeAnalyser, type FakeNode, fakeSound } from "../../testing/audio";
import { FakeClock } from "../../testing/clock";
import { FakeLog } from "../../testing/log";
import { aMediaTrack } from "../../testing/sfu";
import { noise, sine, speech } from "../../testing/sounds";
import { Mixer } from "../mixer";
import { Ear, type EarNeeds, type SpokenSound } from "./ear";

const [MAREN, ORU, AMSEL] = ["MAREN", "ORU", "AMSEL"] as unknown as readonly [Identity, Identity, Identity];
const EN = "en" as Language;

function aSound(id: string, of: Identity, part: Partial<SpokenSound> = {}): SpokenSound {
  return { id, of, channel: null, muted: false, track: aMediaTrack("audio"), ...part };
}

class Kept {
  text: string | null;

  constructor(text: string | null) {
    this.text = text;
  }

  getItem(): string | null {
    return this.text;
  }

  setItem(_name: string, text: string): void {
    this.text = text;
  }
}

interface Part extends Partial<EarNeeds> {
  readonly loads?: boolean;
}

/** An ear in a real mixer, over a graph without sound. */
async function anEar({ loads = true, ...part }: Part = {}) {
  const { contexts, analysers } = fakeSound({ loads });
  const log = new FakeLog();
  const clock = new FakeClock();
  const mixer = new Mixer(new AudioContext(), log);
  const sounds = new Cell<readonly SpokenSound[]>([]);
  const memory = new Kept(null);
  const ear = await Ear.open({ mixer, sounds, own: () => -30, matched: true, memory, log, ...part }, clock);
  const hold = (...held: readonly SpokenSound[]): void => {
    sounds.set(held);
    mixer.hold(held);
  };
  // Each sound has two that look at it: at itself, and at what an ear makes of it.
  const channels = (): readonly FakeAnalyser[] => analysers.filter((_, at) => at % 2 === 0);
  const plays = (...formulas: readonly ((at: number) => number)[]): void => {
    for (const [at, channel] of channels().entries()) channel.plays = formulas[at] ?? null;
  };
  /** Lets what is held sound for so long. */
  const pass = (seconds: number): void => {
    for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
      for (const context of contexts) context.currentTime += 0.1;
      clock.pass(100);
    }
  };
  return { ear, hold, channels, plays, pass, log, memory, mix: mixer.mix as unknown as FakeNode, mixer };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const USUAL = { volume: 1, bass: 0, treble: 0, matched: true, plain: false };

describe("what is set", () => {
  test("is heard at once, and kept on the device for the next time", async () => {
    const memory = new Kept(null);
    const { ear, mix } = await anEar({ memory });
    expect(ear.state.get()).toEqual(USUAL);
    ear.set({ volume: 0.4, bass: 3 });
    ear.set({ treble: -5, matched: false });
    const [bass, treble, , volume] = passed(mix);
    expect([bass, treble, volume].map((node) => node?.gain.value)).toEqual([3, -5, 0.4]);
    const again = await anEar({ memory });
    expect(again.ear.state.get()).toEqual({ volume: 0.4, bass: 3, treble: -5, matched: false, plain: false });
    expect(passed(again.mix).map(({ gain }) => gain.value)).toEqual([3, -5, 1, 0.4, 1]);
  });

  test("stays within what an ear bears", async () => {
    const { ear } = await anEar();
    ear.set({ volume: 7, bass: 40, treble: -40 });
    expect(ear.state.get()).toEqual({ ...USUAL, volume: 1, bass: 12, treble: -12 });
    ear.set({ volume: -1 });
    expect(ear.state.get().volume).toBe(0);
  });

  test.each(["", "{", '{"volume":1}', '{"volume":9,"bass":0,"treble":0,"matched":true}'])(
    "and makes no sense is as if nothing was: %s",
    async (text) => {
      const { ear } = await anEar({ memory: new Kept(text) });
      expect(ear.state.get()).toEqual(USUAL);
    },
  );

  test("matches no levels where none may be touched", async () => {
    const memory = new Kept('{"volume":0.5,"bass":0,"treble":0,"matched":true}');
    const { ear } = await anEar({ memory, matched: false });
    expect(ear.state.get()).toEqual({ ...USUAL, volume: 0.5, matched: false });
  });
});

/** The nodes that the mix passes on its way to the speakers. */
function passed(mix: FakeNode): readonly FakeNode[] {
  const [next] = mix.to;
  return next === undefined ? [] : [next, ...passed(next)];
}

describe("the way of the sound", () => {
  test("is by the tone and the limiter, and softer only behind it; each sound is matched before it is mixed", async () => {
    const { hold, channels, mix, log } = await anEar();
    expect(mix.way()).toEqual(["gain", "lowshelf", "highshelf", "visavis-limiter", "gain", "speakers"]);
    hold(aSound("floor", MAREN), aSound("en", ORU, { channel: EN }));
    const ways = channels().map((each) => each.to.map((node) => node.way().slice(0, 3)));
    const [weighed, played] = [
      ["iir", "iir", "analyser"],
      ["gain", "gain", "gain"],
    ];
    expect(ways).toEqual([
      [weighed, played],
      [weighed, played],
    ]);
    expect(gainOf(channels()[1])?.to[0]?.to).toEqual([mix]);
    expect(log.events).toEqual([]);
  });

  test("is plain where the worklet cannot be loaded, and what is set is heard all the same", async () => {
    const { ear, hold, plays, pass, mix, log } = await anEar({ loads: false });
    expect([ear.state.get(), log.events]).toEqual([{ ...USUAL, plain: true }, ["no limiter"]]);
    expect(mix.way()).toEqual(["gain", "lowshelf", "highshelf", "gain", "speakers"]);
    hold(aSound("floor", MAREN));
    plays(sine(997, 0.1));
    pass(0.1);
    expect(ear.levels([]).floor).toBeCloseTo(-23, 0);
    ear.set({ volume: 0.3 });
    expect([ear.state.get().plain, passed(mix)[2]?.gain.value]).toEqual([true, 0.3]);
  });

  test("is matched or not: slowly, for those who are there and those who come", async () => {
    const { ear, hold, channels, plays, pass } = await anEar();
    const [floor, english] = [aSound("floor", MAREN), aSound("en", ORU, { channel: EN })];
    hold(floor);
    plays(sine(997, 0.05));
    pass(1.4);
    // Four tenths until it is known how loud it is, then 3 dB a second.
    expect(decibels(channels()[0])).toBeCloseTo(3.3, 1);
    pass(4);
    expect(decibels(channels()[0])).toBeCloseTo(6.7, 0);
    ear.set({ matched: false });
    hold(floor, english);
    plays(sine(997, 0.05), sine(997, 0.05));
    pass(3);
    expect(channels().map(decibels)).toEqual([0, 0]);
  });

  test("is not matched by what it is while it is muted", async () => {
    const { hold, channels, plays, pass } = await anEar();
    hold(aSound("floor", MAREN, { muted: true }));
    plays(sine(997, 0.05));
    pass(2);
    expect(decibels(channels()[0])).toBe(0);
  });
});

/** What brings a sound to the common loudness. */
function gainOf(channel: FakeNode | undefined): FakeNode | undefined {
  return channel?.to.find(({ name }) => name === "gain");
}

function decibels(channel: FakeNode | undefined): number {
  return 20 * Math.log10(gainOf(channel)?.gain.value ?? 0);
}

describe("a sound that goes", () => {
  test("lets go of all that looked at it, and nobody looks any more", async () => {
    const { ear, hold, channels, plays, pass } = await anEar();
    hold(aSound("floor", MAREN));
    const [gone] = channels();
    const gain = gainOf(gone);
    hold();
    plays(sine(997, 0.05));
    pass(2);
    expect([gone?.to, gain?.to, gain?.gain.value, ear.levels([]).floor]).toEqual([[], [], 1, -100]);
  });

  test("takes along its level and what it was worth", async () => {
    const { ear, hold, plays, pass } = await anEar();
    hold(aSound("floor", MAREN));
    const told: unknown[] = [];
    ear.speakers.subscribe(() => told.push([...ear.speakers.get().keys()]));
    plays(sine(997, 0.1));
    pass(2);
    expect([Math.round(ear.levels([]).floor), ear.speakerMeasures(MAREN)?.bandwidth]).toEqual([-23, "telephone"]);
    hold();
    expect([ear.levels([]).floor, ear.speakerMeasures(MAREN), told]).toEqual([-100, null, [[MAREN], []]]);
  });

  test("and comes again under its name is another", async () => {
    const { ear, hold, channels, plays, pass } = await anEar();
    hold(aSound("floor", MAREN));
    hold(aSound("floor", MAREN));
    plays(sine(997, 1), sine(997, 0.01));
    pass(0.1);
    expect([Math.round(ear.levels([]).floor), channels()[0]?.to]).toEqual([-43, []]);
  });

  test("for all ends with the ear that is taken out", async () => {
    const { hold, channels, mixer, mix } = await anEar();
    hold(aSound("floor", MAREN), aSound("en", ORU, { channel: EN }));
    mixer.fit(null);
    expect(channels().map(({ to }) => to)).toEqual([[], []]);
    expect(mix.way()).toEqual(["gain", "speakers"]);
  });
});

describe("what is told", () => {
  test("meters show the loudest of the floor, one's own, and the partners; who is muted counts for nothing", async () => {
    const { ear, hold, plays, pass } = await anEar();
    const sounds = [
      aSound("floor", MAREN),
      aSound("other", AMSEL),
      aSound("en", ORU, { channel: EN }),
      aSound("fr", AMSEL, { channel: "fr" as Language }),
    ];
    hold(...sounds);
    plays(...[-20, -12, -33, -5].map((level) => sine(997, Math.SQRT2 * 10 ** (level / 20))));
    pass(0.1);
    const levels = () => Object.values(ear.levels([ORU])).map(Math.round);
    expect(levels()).toEqual([-12, -30, -33]);
    hold(...sounds.map((sound) => ({ ...sound, muted: sound.id !== "floor" })));
    expect(levels()).toEqual([-20, -30, -100]);
    expect([...ear.floorLevels()].map(([of, level]) => [of, Math.round(level)])).toEqual([[MAREN, -20]]);
  });

  test("of several sounds of one speaker the one that is heard now is what theirs is worth", async () => {
    const { ear, hold, plays, pass } = await anEar();
    ear.speakers.subscribe(() => undefined);
    const [english, french] = [aSound("en", ORU, { channel: EN }), aSound("fr", ORU)];
    hold(english, { ...french, muted: true });
    plays(noise(0.1), speech(3400, 0.4, 0.0003));
    pass(2);
    expect(ear.speakerMeasures(ORU)?.bandwidth).toBe("full");
    hold({ ...english, muted: true }, french);
    pass(2);
    expect([ear.speakerMeasures(ORU)?.bandwidth, ear.speakerMeasures(AMSEL)]).toEqual(["telephone", null]);
  });

  test("what a sound is worth is told again when it is said in other words, and worked out while somebody looks", async () => {
    const { ear, hold, channels, plays, pass } = await anEar();
    hold(aSound("floor", MAREN));
    plays(noise(0.1));
    pass(2);
    expect(ear.speakerMeasures(MAREN)).toBeNull();
    const told: unknown[] = [];
    const end = ear.speakers.subscribe(() => told.push(ear.speakers.get().get(MAREN)?.bandwidth));
    pass(10);
    expect(told).toEqual(["full"]);
    plays(sine(300, 0.1));
    pass(12);
    expect(told.at(-1)).toBe("telephone");
    end();
    const [before] = channels();
    plays(noise(0.1));
    pass(12);
    expect([ear.speakerMeasures(MAREN)?.bandwidth, before?.to.length]).toEqual(["telephone", 2]);
  });
});
