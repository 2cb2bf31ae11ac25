import { describe, expect, test } from "vitest";
import type { Snapshot } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import { type RemoteSign, type RemoteSound, WHISPER } from "../rooms";
import type { FeedState } from "../summits";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { memoryIn } from "../testing/memory";
import { aSeat, aSnapshot } from "../testing/scenes";
import { aMediaTrack } from "../testing/sfu";
import { COMES, SETTLES } from "./arriving";
import { Listening, watchedIn } from "./listening";
import type { Mixer } from "./mixer";
import { type BoothNow, type BoothsNow, NO_BOOTHS } from "./model";
import type { WhispersNow } from "./whisper";

const EN = "en" as Language;
const FR = "fr" as Language;
const lind = aSeat("lind", "adviser");
const vey = aSeat("vey", "principal", "tolmar", ["fr"]);
const fane = aSeat("fane", "interpreter", "arven", ["en"]);
const oru = aSeat("oru", "interpreter", "arven", ["en"]);
const amsel = aSeat("amsel", "interpreter", "tolmar", ["fr"]);

const sound = (id: string, channel: Language | null, muted = false, of: Identity = vey.identity): RemoteSound => ({
  id,
  of,
  channel,
  muted,
  track: aMediaTrack("audio"),
});
const floor = sound("floor", null);
const fanes = (muted = false): RemoteSound => sound("fane", EN, muted, fane.identity);
const orus = (muted = false): RemoteSound => sound("oru", EN, muted, oru.identity);

function meeting(you = lind, part: Partial<Snapshot> = {}): FeedState {
  const seats = [you, ...[lind, vey, fane, oru, amsel].filter((seat) => seat !== you)];
  const channels = [EN, FR].map((language) => ({ language, kind: "spoken" as const }));
  return { at: "live", snapshot: { ...aSnapshot(seats), channels, booths: [], ...part } };
}

function said(part: Partial<BoothNow>, uncertain = false, booth = "arven.en"): BoothsNow {
  const now: BoothNow = {
    holder: null,
    since: null,
    onAir: null,
    asked: null,
    sources: new Map(),
    notInterpretable: false,
    ...part,
  };
  return { ...NO_BOOTHS, booths: new Map([[booth, now]]), uncertain: new Set(uncertain ? [booth] : []) };
}

function scene(first: FeedState = meeting(), kept: string | null | undefined = null) {
  const sounds = new Cell<readonly RemoteSound[]>([]);
  const signs = new Cell<readonly RemoteSign[]>([]);
  const state = new Cell<unknown>({});
  const feed = new Cell<FeedState>(first);
  const booths = new Cell<BoothsNow>(NO_BOOTHS);
  const whispers = new Cell<WhispersNow>([]);
  const booth: { language: Language | null } = { language: null };
  const made = {
    mixers: 0,
    held: [] as readonly string[],
    levels: {} as Readonly<Record<string, number>>,
    silent: [] as readonly string[],
    told: 0,
  };
  const memory = new Map(typeof kept !== "string" ? [] : [["visavis listening", kept]]);
  const mixer: Pick<Mixer, "hears" | "hold" | "level" | "wake"> = {
    hears: (id) => !made.silent.includes(id),
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
    signs,
    state,
    speakInto: async (language: Language | null) => {
      booth.language = language;
      return Promise.resolve();
    },
    onAir: () => booth.language,
  };
  const clock = new FakeClock();
  const listening = new Listening({
    heard,
    feed,
    booths,
    whispers,
    mixer: () => {
      made.mixers += 1;
      return mixer as Mixer;
    },
    memory: memoryIn(memory),
    log: new FakeLog(),
    clock,
    tell: () => {
      made.told += 1;
    },
  });
  const carries = (): unknown => Object.fromEntries(listening.state.get().carries);
  return { booth, booths, carries, clock, feed, listening, made, memory, signs, sounds, state, whispers };
}

const ASE = "ase" as Language;
const sol = aSeat("sol", "interpreter", "arven", ["ase"]);
const tan = aSeat("tan", "interpreter", "arven", ["ase"]);

function signed(): FeedState {
  const kinds = [
    { language: EN, kind: "spoken" },
    { language: ASE, kind: "signed" },
  ] as const;
  return meeting(lind, { seats: [lind, vey, fane, sol, tan], channels: kinds });
}

function sign(id: string, of: Identity, muted = false): RemoteSign {
  return { id, of, channel: ASE, muted, track: aMediaTrack("video") };
}

describe("sign channels", () => {
  test("show who is on air in them, and are heard in no way; they are no language to hear", () => {
    const { carries, clock, listening, made, signs, sounds } = scene(signed());
    sounds.set([floor, fanes()]);
    const seen = () => listening.state.get().signs.map(({ carries: carried, picture }) => [carried, picture?.id]);
    expect([carries(), seen()]).toEqual([{ en: "interpreted" }, [["silent", undefined]]]);
    signs.set([sign("sol", sol.identity)]);
    clock.pass(SETTLES);
    expect(seen()).toEqual([["interpreted", "sol"]]);
    listening.listenTo(ASE);
    expect([listening.state.get().channel, made.held, made.levels["floor"]]).toEqual([null, ["floor", "fane"], 1]);
    signs.set([sign("sol", sol.identity, true)]);
    expect(seen()).toEqual([["silent", undefined]]);
  });

  test("by the sealed words it is the holder who is seen, when their picture is there; nobody while off air", () => {
    const { booths, clock, listening, made, signs, sounds } = scene(signed());
    const seen = () => listening.state.get().signs[0]?.picture?.id;
    sounds.set([floor]);
    made.silent = ["sol", "tan"];
    booths.set(said({ holder: sol.identity, onAir: ASE }, false, "arven.ase"));
    signs.set([sign("sol", sol.identity), sign("tan", tan.identity)]);
    clock.pass(SETTLES);
    expect(seen()).toBe("sol");
    booths.set(said({ holder: tan.identity, onAir: ASE }, false, "arven.ase"));
    expect(seen()).toBe("sol");
    clock.pass(SETTLES);
    expect(seen()).toBe("tan");
    booths.set(said({ holder: tan.identity, onAir: null }, false, "arven.ase"));
    expect(seen()).toBeUndefined();
  });

  test("stand beside the speaker as chosen on this device last time, whatever one hears", () => {
    const first = scene(signed());
    first.listening.listenTo(EN);
    first.listening.pin(ASE, true);
    first.listening.setSignSize(0.4);
    const again = scene(signed(), first.memory.get("visavis listening")).listening.state.get();
    expect([again.channel, again.pinned, again.signSize]).toEqual([EN, [ASE], 0.4]);
    expect(watchedIn(again)).toEqual([ASE]);
    first.listening.pin(ASE, false);
    expect(JSON.parse(first.memory.get("visavis listening") ?? "")).toMatchObject({ channel: EN, pinned: [] });
    expect(scene(signed(), '{"channel":"en","originalLevel":0.5}').listening.state.get().pinned).toEqual([]);
  });
});

describe("listening", () => {
  test("makes no sound graph before there is a sound", () => {
    const { listening, made, sounds } = scene();
    listening.listenTo(EN);
    expect(made.mixers).toBe(0);
    sounds.set([floor]);
    expect(made.held).toEqual(["floor"]);
  });

  test("a chosen language without a booth on air is the floor in full; with one, the floor goes down", () => {
    const { carries, clock, listening, made, sounds } = scene();
    listening.listenTo(EN);
    sounds.set([floor, fanes(true)]);
    expect(made.levels).toEqual({ floor: 1, fane: 0 });
    expect(carries()).toEqual({ en: "silent", fr: "silent" });
    sounds.set([floor, fanes()]);
    expect(made.levels).toEqual({ floor: 1, fane: 0 });
    clock.pass(COMES);
    expect(made.levels).toEqual({ floor: 0.2, fane: 1 });
    expect(carries()).toEqual({ en: "interpreted", fr: "silent" });
    listening.setOriginalLevel(0.5);
    expect(made.levels).toEqual({ floor: 0.5, fane: 1 });
  });

  test("what is heard follows the meeting: whoever has the floor, and which booths there are", () => {
    const { carries, feed, sounds } = scene();
    sounds.set([floor]);
    feed.set(meeting(lind, { floor: { holder: vey.member, since: null, interprets: null, asks: [] } }));
    expect(carries()).toEqual({ en: "silent", fr: "spoken" });
    feed.set(
      meeting(lind, {
        booths: [{ id: "one", party: amsel.party, languages: [FR], members: [] }],
        channels: [
          { language: FR, kind: "spoken" },
          { language: "ase" as Language, kind: "signed" },
        ],
      }),
    );
    expect(carries()).toEqual({ fr: "no_booth" });
  });

  test("of partners the one is heard who has the microphone by their words; without words, who opened it last", () => {
    const { booths, clock, listening, made, sounds } = scene();
    listening.listenTo(EN);
    sounds.set([floor, orus(), fanes(true)]);
    sounds.set([floor, orus(), fanes()]);
    clock.pass(COMES);
    expect(made.levels).toEqual({ floor: 0.2, oru: 0, fane: 1 });
    made.silent = ["oru"];
    booths.set(said({ holder: oru.identity, onAir: EN }));
    // Whose word comes before their sound is heard when it has come, or has had time to.
    clock.pass(SETTLES - 1);
    expect(made.levels).toEqual({ floor: 0.2, oru: 0, fane: 1 });
    clock.pass(1);
    expect(made.levels).toEqual({ floor: 0.2, oru: 1, fane: 0 });
    booths.set(said({ holder: oru.identity }));
    expect(made.levels).toEqual({ floor: 1, oru: 0, fane: 0 });
    booths.set(said({ holder: oru.identity }, true));
    clock.pass(COMES);
    expect(made.levels).toEqual({ floor: 0.2, oru: 0, fane: 1 });
  });

  test("the giver is heard until the taker's sound stays: what breaks off 100 ms after it began is not changed over to", () => {
    const { booths, clock, listening, made, sounds } = scene();
    listening.listenTo(EN);
    sounds.set([floor, orus(), fanes()]);
    booths.set(said({ holder: fane.identity, onAir: EN }));
    clock.pass(SETTLES);
    booths.set(said({ holder: oru.identity, onAir: EN }));
    for (const [silent, ms] of [[[], 100] as const, [["oru"], 100] as const, [[], 110] as const]) {
      made.silent = silent;
      clock.pass(ms);
      expect(made.levels).toEqual({ floor: 0.2, oru: 0, fane: 1 });
    }
    clock.pass(10);
    expect(made.levels).toEqual({ floor: 0.2, oru: 1, fane: 0 });
  });

  test("whoever was on air and dropped out is gone, and the floor is heard in full", () => {
    const { booths, carries, listening, made, sounds } = scene();
    listening.listenTo(EN);
    sounds.set([floor, fanes()]);
    booths.set(said({ holder: fane.identity, onAir: EN }));
    expect(listening.state.get().booths[0]).toMatchObject({ onAir: { into: EN, who: fane.identity }, lost: false });
    sounds.set([floor]);
    expect([carries(), made.levels]).toEqual([{ en: "gone", fr: "silent" }, { floor: 1 }]);
    expect(listening.state.get().booths[0]).toMatchObject({ onAir: null, lost: true });
  });

  test("whose sound breaks off is gone until it comes again, and a partner who is only ready is not in their place", () => {
    const { booths, carries, clock, listening, made, sounds } = scene();
    listening.listenTo(EN);
    booths.set(said({ holder: fane.identity, onAir: EN }));
    for (const stalled of [false, true, false]) {
      sounds.set([floor, orus(!stalled), { ...fanes(), stalled }]);
      expect(made.levels).toEqual({ floor: 1, oru: 0, fane: 0 });
      clock.pass(COMES);
      expect(carries()).toMatchObject({ en: stalled ? "gone" : "interpreted" });
      expect(made.levels).toEqual({ floor: stalled ? 1 : 0.2, oru: 0, fane: stalled ? 0 : 1 });
    }
  });

  test("sounds that go are let go in the same instant", () => {
    const { made, sounds } = scene();
    sounds.set([floor]);
    sounds.set([]);
    expect(made.held).toEqual([]);
  });

  test("nothing is drawn anew that is as it was", () => {
    const { feed, listening, sounds } = scene();
    sounds.set([floor, fanes()]);
    const before = listening.state.get();
    sounds.set([floor, fanes()]);
    feed.set(meeting());
    expect(listening.state.get()).toBe(before);
  });
});

describe("the choice", () => {
  test("is told when it changes, and only then", () => {
    const { listening, made } = scene();
    listening.listenTo(EN);
    listening.listenTo(EN);
    listening.setOriginalLevel(0.4);
    listening.listenTo(null);
    expect(made.told).toBe(2);
  });

  test("of sign channels is told too, of those that the meeting has", () => {
    const { feed, listening, made } = scene();
    listening.pin(ASE, true);
    expect([made.told, watchedIn(listening.state.get())]).toEqual([0, []]);
    feed.set(signed());
    expect([made.told, watchedIn(listening.state.get())]).toEqual([1, [ASE]]);
    listening.setSignSize(0.3);
    listening.pin(ASE, false);
    expect(made.told).toBe(2);
  });

  test("outlasts the page, and is told again in the next", () => {
    const { listening, memory } = scene();
    listening.listenTo(FR);
    listening.setOriginalLevel(0.4);
    const next = scene(meeting(), memory.get("visavis listening") ?? null);
    expect(next.listening.state.get()).toMatchObject({ channel: FR, originalLevel: 0.4 });
    expect(next.made.told).toBe(1);
  });

  test("waits for the meeting in which it can be heard", () => {
    const { feed, listening } = scene({ at: "opening" }, '{"channel":"fr","originalLevel":0.2}');
    expect(listening.state.get().channel).toBeNull();
    feed.set(meeting());
    expect(listening.state.get().channel).toBe(FR);
  });

  test.each([
    ["no such channel", '{"channel":"ru","originalLevel":0.2}', lind],
    ["an interpreter's page", '{"channel":"fr","originalLevel":0.2}', fane],
    ["nothing that makes sense", "fr", lind],
  ])("is the floor otherwise: %s", (_case, kept, you) => {
    const { listening, made } = scene(meeting(you), kept);
    expect([listening.state.get().channel, made.told]).toEqual([null, 0]);
  });

  test("of an interpreter's relay is not kept", () => {
    const { listening, memory } = scene(meeting(fane), '{"channel":"en","originalLevel":0.2}');
    listening.listenTo(FR);
    expect(memory.get("visavis listening")).toContain('"channel":"en"');
  });
});

describe("an interpreter", () => {
  test("never listens to the own channel", async () => {
    const { listening } = scene(meeting(amsel));
    listening.listenTo(FR);
    await listening.interpretInto(FR);
    expect(listening.state.get()).toMatchObject({ channel: null, speakingInto: FR });
    listening.listenTo(FR);
    expect(listening.state.get().channel).toBeNull();
    listening.listenTo(EN);
    expect(listening.state.get().channel).toBe(EN);
  });

  test("sees the own booth on air, and that the call has taken them off", () => {
    const { booth, carries, listening, state } = scene(meeting(amsel));
    booth.language = FR;
    state.set({});
    expect([listening.state.get().speakingInto, carries()]).toEqual([FR, { en: "silent", fr: "interpreted" }]);
    booth.language = null;
    state.set({});
    expect([listening.state.get().speakingInto, carries()]).toEqual([null, { en: "silent", fr: "silent" }]);
  });
});

describe("what is whispered", () => {
  const whisper = (by = amsel.identity, to = lind.identity, on = true): WhispersNow => [{ by, to, into: FR, on }];
  const heard = sound("whisper", WHISPER, false, amsel.identity);

  test("is heard over the lowered floor instead of the chosen channel, and listed nowhere", () => {
    const { carries, clock, listening, made, sounds, whispers } = scene();
    sounds.set([floor, fanes(), heard]);
    listening.listenTo(EN);
    clock.pass(SETTLES);
    const listed = carries();
    expect(made.levels).toEqual({ floor: 0.2, fane: 1, whisper: 0 });
    whispers.set(whisper());
    expect([made.levels, carries()]).toEqual([{ floor: 0.2, fane: 0, whisper: 1 }, listed]);
    expect(listening.state.get().channel).toBe(EN);
    whispers.set([]);
    expect(made.levels).toEqual({ floor: 0.2, fane: 1, whisper: 0 });
  });

  test.each([
    ["it is only asked for", whisper(amsel.identity, lind.identity, false), heard],
    ["it is for somebody else", whisper(amsel.identity, vey.identity), heard],
    ["another interpreter sends it", whisper(fane.identity), heard],
    ["it is not there yet", whisper(), { ...heard, muted: true }],
    ["it breaks off", whisper(), { ...heard, stalled: true }],
  ])("is not heard, and lowers nothing, while %s", (_name, now, sent) => {
    const { made, sounds, whispers } = scene();
    sounds.set([floor, sent]);
    whispers.set(now);
    expect(made.levels).toEqual({ floor: 1, whisper: 0 });
  });
});
