import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as v from "valibot";
import type { Identity, Language, Party } from "../kernel/ids";
import { aSeat } from "../testing/scenes";
import { inOrderFor } from "./booths";
import type { Booth, BoothNow } from "./model";
import {
  airOf,
  type Audible,
  carriedIn,
  gains,
  isLost,
  mayListenTo,
  ORIGINAL_LEVEL,
  type Scene,
  spokenBy,
} from "./routing";

const en = "en" as Language;
const fr = "fr" as Language;

const name = v.nullable(v.string());
const FileShape = v.strictObject({
  original: v.number(),
  floor: v.string(),
  protocol: v.array(v.string()),
  booths: v.record(
    v.string(),
    v.strictObject({ party: name, languages: v.array(v.string()), members: v.array(v.string()) }),
  ),
  cases: v.array(
    v.strictObject({
      chosen: name,
      speaks: name,
      party: v.string(),
      booths: v.array(v.string()),
      words: v.record(v.string(), v.strictObject({ holder: name, on_air: name, not_interpretable: v.boolean() })),
      tracks: v.array(v.strictObject({ of: v.string(), channel: v.string(), unmuted: v.nullable(v.number()) })),
      present: v.array(v.string()),
      awaited: v.array(v.string()),
      stalled: v.array(v.string()),
      carries: name,
      levels: v.record(v.string(), v.number()),
    }),
  ),
});
const file = v.parse(
  FileShape,
  JSON.parse(readFileSync(new URL("../../../contract/vectors/routing.json", import.meta.url), "utf8")),
);
type Case = (typeof file.cases)[number];

const floor: Audible = { id: file.floor, of: "MAREN" as Identity, channel: null, unmuted: 0 };

function boothNamed(id: string): Booth {
  return { id, ...file.booths[id] } as unknown as Booth;
}

function now(holder: string | null, onAir: string | null, notInterpretable = false): BoothNow {
  const [who, into] = [holder as Identity | null, onAir as Language | null];
  return { holder: who, onAir: into, notInterpretable, since: null, asked: null, sources: new Map() };
}

function sceneOf({ booths, party, words, tracks, present, awaited, stalled, speaks }: Case): Scene {
  return {
    audibles: [
      floor,
      ...tracks.map(({ of, channel, unmuted }) => ({
        id: `${of}/${channel}`,
        of: of as Identity,
        channel: channel as Language,
        unmuted,
        fresh: awaited.includes(of),
        stalled: stalled.includes(of),
      })),
    ],
    booths: inOrderFor(
      party as Party,
      booths.map((id) => boothNamed(id)),
      file.protocol as Party[],
    ),
    now: new Map(
      Object.entries(words).map(([id, said]) => [id, now(said.holder, said.on_air, said.not_interpretable)]),
    ),
    present: new Set(present as Identity[]),
    speaks: speaks as Language | null,
  };
}

describe("what a listener hears (docs/protocol.md §7)", () => {
  test.each(file.cases.map((each) => ({ each, of: JSON.stringify(each) })))("$of", ({ each }) => {
    const scene = sceneOf(each);
    const channel = each.chosen as Language | null;
    if (channel !== null) expect(carriedIn(channel, scene)).toBe(each.carries);
    const levels = gains({ channel, originalLevel: file.original }, scene);
    expect(Object.fromEntries(levels)).toEqual(each.levels);
  });

  test("the original stays between silent and full", () => {
    const scene = sceneOf({
      chosen: "fr",
      speaks: "en",
      party: "tolmar",
      booths: ["tolmar.fr"],
      words: {},
      tracks: [{ of: "AMSEL", channel: "fr", unmuted: 1 }],
      present: [],
      awaited: [],
      stalled: [],
      carries: null,
      levels: {},
    });
    const originalAt = (originalLevel: number) => gains({ channel: fr, originalLevel }, scene).get(file.floor);
    expect([7, -1, Number.NaN, 0.5].map(originalAt)).toEqual([1, 0, ORIGINAL_LEVEL, 0.5]);
  });
});

test("a booth is on air only in its own languages, however its members are accredited", () => {
  const booth: Booth = { ...boothNamed("tolmar.fr"), languages: [fr] };
  const sound: Audible = { id: "a", of: "AMSEL" as Identity, channel: en, unmuted: 1 };
  const scene: Scene = { audibles: [sound], booths: [booth], now: new Map(), present: new Set(), speaks: null };
  expect(airOf(booth, en, scene)).toBeUndefined();
  expect(airOf({ ...booth, languages: [fr, en] }, en, scene)).toBe(sound);
});

function boothOf(id: string, who: string): Booth {
  return { id, party: "arven" as Party, languages: [en], members: [who as Identity] };
}

test("of whoever is on air by the word of a booth nothing comes though another booth serves the channel", () => {
  const [ours, theirs] = [boothOf("arven.en", "FANE"), boothOf("tolmar.en", "AMSEL")];
  const sounds = ["FANE", "AMSEL"].map((of, at): Audible => ({ id: of, of: of as Identity, channel: en, unmuted: at }));
  const scene = (stalled: boolean, present: readonly string[] = ["FANE", "AMSEL"]): Scene => ({
    audibles: sounds.map((each) => ({ ...each, stalled: stalled && each.id === "FANE" })),
    booths: [ours, theirs],
    now: new Map([
      [ours.id, now("FANE", en)],
      [theirs.id, now("AMSEL", en)],
    ]),
    present: new Set(present as readonly Identity[]),
    speaks: null,
  });
  const lost = (given: Scene) => [ours, theirs].map((each) => isLost(each, given));
  expect([lost(scene(false)), lost(scene(true)), lost(scene(false, ["AMSEL"]))]).toEqual([
    [false, false],
    [true, false],
    [true, false],
  ]);
  expect([carriedIn(en, scene(true)), isLost(ours, { ...scene(true), now: new Map() })]).toEqual([
    "interpreted",
    false,
  ]);
});

test("the speaker's language is that of whoever has the floor; of an interpreter it is not known", () => {
  const vey = aSeat("vey", "principal", "tolmar", ["fr", "en"]);
  const fane = aSeat("fane", "interpreter", "arven", ["en"]);
  const held = (holder: typeof vey | null) =>
    spokenBy([vey, fane], { holder: holder?.member ?? null, since: null, interprets: null, asks: [] });
  expect([held(vey), held(fane), held(null), held({ ...vey, member: "gone" as typeof vey.member })]).toEqual([
    fr,
    null,
    null,
    null,
  ]);
});

test("an interpreter takes the floor or another channel as relay, never their own", () => {
  expect(mayListenTo(null, fr)).toBe(true);
  expect(mayListenTo(en, fr)).toBe(true);
  expect(mayListenTo(fr, fr)).toBe(false);
});
