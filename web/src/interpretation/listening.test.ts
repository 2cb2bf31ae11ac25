import { describe, expect, test } from "vitest";
import type { Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { RemoteSound } from "../rooms";
import { FakeLog } from "../testing/log";
import { aMediaTrack } from "../testing/sfu";
import { Listening } from "./listening";
import type { Mixer } from "./mixer";

const EN = "en" as Language;
const FR = "fr" as Language;
const sound = (id: string, channel: Language | null, muted = false): RemoteSound => ({
  id,
  channel,
  muted,
  track: aMediaTrack("audio"),
});

function scene() {
  const sounds = new Cell<readonly RemoteSound[]>([]);
  const state = new Cell<unknown>({});
  const booth: { language: Language | null } = { language: null };
  const made = { mixers: 0, held: [] as readonly string[], levels: {} as Readonly<Record<string, number>> };
  const mixer: Pick<Mixer, "hold" | "level" | "wake"> = {
    hold: (held) => {
      made.held = held.map(({ id }) => id);
    },
    level: (levels) => {
      made.levels = Object.fromEntries(levels);
    },
    wake: async () => Promise.resolve(),
  };
  const heard = {
    sounds,
    state,
    speakInto: async (language: Language | null) => {
      booth.language = language;
      return Promise.resolve();
    },
    onAir: () => booth.language,
  };
  const make = (): Mixer => {
    made.mixers += 1;
    return mixer as Mixer;
  };
  return { booth, listening: new Listening(heard, make, new FakeLog()), made, sounds, state };
}

describe("listening", () => {
  test("makes no sound graph before there is a sound", () => {
    const { listening, made, sounds } = scene();
    listening.listenTo(EN);
    expect(made.mixers).toBe(0);
    sounds.set([sound("floor", null)]);
    expect(made.held).toEqual(["floor"]);
  });

  test("a chosen language without a booth on air is the floor in full; with one, the floor goes down", () => {
    const { listening, made, sounds } = scene();
    listening.listenTo(EN);
    sounds.set([sound("floor", null), sound("booth", EN, true)]);
    expect(made.levels).toEqual({ floor: 1, booth: 0 });
    sounds.set([sound("floor", null), sound("booth", EN)]);
    expect(made.levels).toEqual({ floor: 0.2, booth: 1 });
    expect(listening.state.get().onAir).toEqual([EN]);
    listening.setOriginalLevel(0.5);
    expect(made.levels).toEqual({ floor: 0.5, booth: 1 });
  });

  test("sounds that go are let go in the same instant", () => {
    const { made, sounds } = scene();
    sounds.set([sound("floor", null)]);
    sounds.set([]);
    expect(made.held).toEqual([]);
  });

  test("an interpreter never listens to the own channel", async () => {
    const { listening } = scene();
    listening.listenTo(FR);
    await listening.interpretInto(FR);
    expect(listening.state.get()).toMatchObject({ channel: null, speakingInto: FR });
    listening.listenTo(FR);
    expect(listening.state.get().channel).toBeNull();
    listening.listenTo(EN);
    expect(listening.state.get().channel).toBe(EN);
  });

  test("taken off the air by the call, an interpreter sees it", () => {
    const { booth, listening, state } = scene();
    booth.language = FR;
    state.set({});
    expect(listening.state.get().speakingInto).toBe(FR);
    booth.language = null;
    state.set({});
    expect(listening.state.get().speakingInto).toBeNull();
  });
});
