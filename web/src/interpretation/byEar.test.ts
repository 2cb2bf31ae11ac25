import { expect, test } from "vitest";
import type { Seat } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { RemoteSound } from "../rooms";
import type { FeedState } from "../summits";
import { FakeClock } from "../testing/clock";
import { aSeat, aSnapshot } from "../testing/scenes";
import { aMediaTrack } from "../testing/sfu";
import { QUIET } from "./booth";
import { ByEar, FOUND, STAYS } from "./byEar";
import { type BoothNow, type BoothsNow, NO_BOOTHS } from "./model";

const EN = "en" as Language;
const FR = "fr" as Language;
const press = aSeat("gill", "press", "press");
const fane = aSeat("fane", "interpreter", "arven", ["en", "fr"]);
const oru = aSeat("oru", "interpreter", "arven", ["en", "fr"]);
const amsel = aSeat("amsel", "interpreter", "tolmar", ["fr"]);
const FANE = fane.identity;
const ORU = oru.identity;

/** The English booth of Arven's, to somebody who knows none of its words. */
function scene(you = press, besides: readonly Seat[] = []) {
  const clock = new FakeClock();
  const booths = new Cell<BoothsNow>(NO_BOOTHS);
  const sounds = new Cell<readonly RemoteSound[]>([]);
  const signs = new Cell<readonly RemoteSound[]>([]);
  const sounding = new Set<string>();
  const seats = [you, ...[fane, oru, ...besides].filter((seat) => seat !== you)];
  const feed = new Cell<FeedState>({ at: "live", snapshot: aSnapshot(seats) });
  const own: { air: Language | null } = { air: null };
  const call = { sounds, signs, onAir: () => own.air };
  const looks = { count: 0 };
  const hears = (id: string): boolean => {
    looks.count += 1;
    return sounding.has(id);
  };
  expect(new ByEar({ booths, feed, call, clock, hears })).toBeDefined();
  const open = (...ids: readonly string[]): void => {
    sounds.set(ids.map((id) => anOpen(id)));
  };
  const sound = (...ids: readonly string[]): void => {
    sounding.clear();
    for (const id of ids) sounding.add(id);
    clock.pass(FOUND);
  };
  const air = (): unknown => {
    const now = booths.get().byEar.get("arven.en");
    return now === undefined || now.onAir === null ? null : [now.holder, now.onAir];
  };
  return { air, booths, clock, looks, open, own, signs, sound, sounding };
}

/** `fane.en`: her channel into English, no longer muted. */
function anOpen(id: string): RemoteSound {
  const [who, channel] = id.split(".");
  const of: Identity = who === "fane" ? FANE : ORU;
  return { id, of, channel: channel as Language, muted: false, track: aMediaTrack("audio") };
}

function said(now: Partial<BoothNow>): Partial<BoothsNow> {
  const word = { ...QUIET, since: 1, notInterpretable: true, ...now };
  return { booths: new Map([["arven.en", word]]), uncertain: new Set(["arven.en"]) };
}

test("of a booth whose words are known nothing is listened to, though another's are not", () => {
  const { booths, looks, open, sound } = scene(press, [amsel]);
  booths.set({ ...NO_BOOTHS, booths: new Map([["arven.en", QUIET]]) });
  open("fane.en");
  sound("fane.en");
  expect(looks.count).toBe(0);
});

test("an open channel is on air once it is heard, and not before; a pause in it is no end", () => {
  const { air, open, sound } = scene();
  open("fane.en", "fane.fr", "oru.en");
  expect(air()).toBeNull();
  sound("fane.en");
  expect(air()).toEqual([FANE, EN]);
  sound();
  expect(air()).toEqual([FANE, EN]);
});

test("whoever begins to be heard is on air, though the one before is heard a little longer", () => {
  const { air, clock, open, sound } = scene();
  open("fane.en", "oru.en");
  sound("fane.en");
  clock.pass(STAYS * 10);
  sound("fane.en", "oru.en");
  clock.pass(STAYS - FOUND - 1);
  expect(air()).toEqual([FANE, EN]);
  clock.pass(1);
  expect(air()).toEqual([ORU, EN]);
  // Whoever hands over pauses and goes on: they begin nothing.
  sound("oru.en");
  sound("fane.en", "oru.en");
  clock.pass(STAYS * 2);
  expect(air()).toEqual([ORU, EN]);
});

test("whoever breaks off as they begin is on air as soon as they go on, and not only when the one before falls silent", () => {
  const { air, clock, open, sound } = scene();
  open("fane.en", "oru.en");
  sound("fane.en");
  clock.pass(STAYS * 10);
  sound("fane.en", "oru.en");
  sound("fane.en");
  sound("fane.en", "oru.en");
  clock.pass(STAYS - FOUND - 1);
  expect(air()).toEqual([FANE, EN]);
  clock.pass(1);
  expect(air()).toEqual([ORU, EN]);
});

test("whoever has left the air begins nothing with what is left of their speech, though it broke off", () => {
  const { air, clock, open, sound } = scene();
  open("fane.en", "oru.en");
  sound("fane.en");
  clock.pass(STAYS * 10);
  // Nothing of hers comes for longer than a pause; what she still says comes late, beside the voice that took over.
  sound();
  clock.pass(300);
  sound("oru.en");
  clock.pass(STAYS);
  expect(air()).toEqual([ORU, EN]);
  clock.pass(100);
  sound("fane.en", "oru.en");
  clock.pass(400);
  expect(air()).toEqual([ORU, EN]);
});

test("whoever begins beside another, and is second by a moment, does not take the air back", () => {
  const { air, clock, open, sound, sounding } = scene();
  open("fane.en", "oru.en");
  sound("fane.en");
  clock.pass(STAYS * 10);
  sound();
  clock.pass(600);
  sounding.add("oru.en");
  clock.pass(FOUND / 2);
  sounding.add("fane.en");
  for (const ms of [STAYS, STAYS, STAYS]) {
    clock.pass(ms);
    expect(air()).toEqual([ORU, EN]);
  }
});

test("whoever left the air and pauses begins again", () => {
  const { air, clock, open, sound } = scene();
  open("fane.en", "oru.en");
  sound("fane.en");
  clock.pass(STAYS * 10);
  sound("fane.en", "oru.en");
  clock.pass(STAYS);
  expect(air()).toEqual([ORU, EN]);
  sound("oru.en");
  clock.pass(600);
  sound("fane.en", "oru.en");
  clock.pass(STAYS);
  expect(air()).toEqual([FANE, EN]);
});

test("another direction is heard in its own channel, and the one that was left is not on air, open as it is", () => {
  const { air, open, sound } = scene();
  open("fane.en", "fane.fr");
  sound("fane.en");
  sound("fane.fr");
  expect(air()).toEqual([FANE, FR]);
  open("fane.en");
  expect(air()).toBeNull();
});

test("who closes their channel is not on air, and the other is who is heard already", () => {
  const { air, open, sound } = scene();
  open("fane.en", "oru.en");
  sound("fane.en", "oru.en");
  expect(air()).toEqual([FANE, EN]);
  sound("fane.en", "oru.en");
  open("oru.en");
  expect(air()).toEqual([ORU, EN]);
  open();
  expect(air()).toBeNull();
});

test("of a booth in doubt the last word holds until another is heard; with its words whole nobody listens", () => {
  const doubted = scene(fane);
  doubted.open("fane.en", "fane.fr", "oru.en");
  doubted.booths.set({ ...NO_BOOTHS, ...said({ holder: FANE, onAir: EN }) });
  doubted.clock.pass(FOUND * 3);
  expect(doubted.air()).toEqual([FANE, EN]);
  expect(doubted.booths.get().byEar.get("arven.en")?.notInterpretable).toBe(false);
  doubted.sound("oru.en");
  expect(doubted.air()).toEqual([ORU, EN]);
  doubted.booths.set({ ...doubted.booths.get(), uncertain: new Set() });
  expect(doubted.booths.get().byEar.size).toBe(0);
  const before = doubted.looks.count;
  doubted.clock.pass(FOUND * 3);
  expect(doubted.looks.count).toBe(before);
});

test("a picture makes no sound: the one on air stays so while it is there; one's own voice one knows of", () => {
  const { air, signs, sound } = scene();
  signs.set([anOpen("fane.en")]);
  sound();
  signs.set([anOpen("oru.en"), anOpen("fane.en")]);
  sound();
  expect(air()).toEqual([FANE, EN]);
  signs.set([anOpen("oru.en")]);
  sound();
  expect(air()).toEqual([ORU, EN]);
  const self = scene(fane);
  self.own.air = FR;
  self.open("oru.en");
  self.sound();
  expect(self.air()).toEqual([FANE, FR]);
});
