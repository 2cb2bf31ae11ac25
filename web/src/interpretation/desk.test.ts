import { expect, test } from "vitest";
import type { ModeName } from "../contract/parse";
import type { Language } from "../kernel/ids";
import type { Cell } from "../kernel/store";
import type { FeedState } from "../summits";
import { NOW, SEATS } from "../testing/builders";
import { amselSays, aChamber, aDesk, aPair, EN, FR, ORU, settled, SOL } from "../testing/desks";
import { aHolder, aStanding, sealedUnder } from "../testing/standings";
import { LINGERS } from "./microphone";

const FANE = SEATS.fane.identity;

/** Arven's booth is arranged anew, without Fane. */
function leaveOut(feed: Cell<FeedState>, mode: ModeName = "simultaneous"): void {
  const before = feed.get();
  if (!("snapshot" in before) || before.snapshot === null) throw new Error("no meeting");
  const { meeting } = before.snapshot;
  const booths = [{ id: "arven.en", party: ORU.party, languages: [EN] as const, members: [ORU.identity] }];
  feed.set({ at: "live", snapshot: { ...before.snapshot, meeting: { ...meeting, mode }, booths } });
}

test("on air is heard at once and known when all have heard so; off air is silent before anybody has", async () => {
  const { fane, oru } = aPair();
  await Promise.resolve();
  fane.post.isHeld = true;
  const going = fane.desk.onAir(true);
  expect([fane.sound(), fane.now()?.holder]).toEqual([EN, null]);
  for (const go of fane.held.splice(0)) go();
  await going;
  expect(oru.now()).toMatchObject({ holder: FANE, onAir: EN });
  const leaving = fane.desk.onAir(false);
  expect([fane.sound(), oru.now()?.onAir]).toEqual([null, EN]);
  for (const go of fane.held.splice(0)) go();
  await leaving;
  expect(oru.now()).toMatchObject({ holder: FANE, onAir: null });
});

test.each(["the holder asks", "the partner asks"] as const)(
  "the giver sends on until all have heard the taker: %s",
  async (who) => {
    const { fane, oru } = aPair();
    await fane.desk.onAir(true);
    const [asks, agrees] = who === "the holder asks" ? [fane, oru] : [oru, fane];
    await asks.desk.ask();
    await agrees.desk.accept();
    expect([fane.now()?.holder, fane.sound(), oru.sound()]).toEqual([ORU.identity, EN, EN]);
    fane.clock.pass(LINGERS - 1);
    expect(fane.sound()).toBe(EN);
    fane.clock.pass(1);
    expect([fane.sound(), oru.sound()]).toEqual([null, EN]);
  },
);

test("a microphone that comes back before one fell silent goes on, and is not cut afterwards", async () => {
  const { fane, oru } = aPair();
  await fane.desk.onAir(true);
  await oru.desk.takeOver();
  await fane.desk.takeOver();
  fane.clock.pass(LINGERS * 2);
  oru.clock.pass(LINGERS * 2);
  expect([fane.sound(), oru.sound()]).toEqual([EN, null]);
});

test("whose word came second is not on air, and is told so", async () => {
  const { chamber, fane, oru } = aPair();
  fane.post.isHeld = true;
  const late = Promise.allSettled([fane.desk.onAir(true)]);
  await oru.desk.onAir(true);
  for (const go of fane.held.splice(0)) go();
  await expect(late).resolves.toMatchObject([{ status: "rejected", reason: { code: "move_not_possible" } }]);
  fane.clock.pass(LINGERS);
  expect([fane.sound(), oru.sound()]).toEqual([null, EN]);
  await expect(fane.desk.onAir(true)).rejects.toMatchObject({ code: "move_not_possible" });
  expect(chamber.desks).toHaveLength(2);
});

test("the other direction is open at once, and the one that is left goes on until all have heard so", async () => {
  const { fane } = aPair();
  await fane.desk.onAir(true);
  await fane.desk.turn(FR);
  expect([fane.sounds.at(-1), fane.now()?.onAir]).toEqual([{ into: FR, lingers: EN }, FR]);
  fane.clock.pass(LINGERS);
  expect(fane.sounds.at(-1)).toEqual({ into: FR, lingers: null });
  await expect(fane.desk.turn("de" as Language)).rejects.toMatchObject({ code: "not_your_role" });
});

test("in a booth of three what one asks of another is nobody else's to answer, nor asked twice", async () => {
  const { chamber, fane, oru } = aPair();
  const sol = aDesk(chamber, "sol");
  await fane.desk.onAir(true);
  await sol.desk.ask();
  expect(oru.now()?.asked?.by).toBe(SOL.identity);
  await expect(oru.desk.accept()).rejects.toMatchObject({ code: "move_not_possible" });
  await expect(oru.desk.ask()).rejects.toMatchObject({ code: "move_not_possible" });
  expect([oru.sound(), fane.now()?.holder]).toEqual([null, FANE]);
  await fane.desk.accept();
  expect(oru.now()?.holder).toBe(SOL.identity);
  await sol.desk.ask();
  await oru.desk.accept();
  expect([oru.sound(), sol.now()?.holder]).toEqual([EN, ORU.identity]);
});

test("whoever is gone, or whose page was loaded again, asks for nothing any more and hears nothing", async () => {
  const { chamber, fane } = aPair();
  await fane.desk.onAir(true);
  const at = new Date(NOW).toISOString();
  chamber.say("vey", { kind: "booth", at, does: "listen", to: EN, signs: [] });
  chamber.say("oru", { kind: "booth", at, does: "ask" });
  expect([fane.now()?.asked?.by, fane.state.get()?.listeners]).toEqual([ORU.identity, 1]);
  // Nobody is in the group but these: Oru was never seen in it.
  const standing = aStanding("chamber", ["maren", "fane", "amsel", "vey"]);
  fane.keysState.set(sealedUnder(standing));
  expect([fane.now()?.asked, fane.state.get()?.listeners]).toEqual([null, 0]);
  chamber.say("vey", { kind: "booth", at, does: "listen", to: EN, signs: [] });
  fane.keysState.set(sealedUnder({ ...standing, roster: standing.roster.slice(0, 3) }));
  expect(fane.state.get()?.listeners).toBe(0);
});

test("whoever is on air, and of whom nothing comes, counts as gone before their seat does", async () => {
  const { fane, oru } = aPair();
  const here = () => oru.state.get()?.partners.map(({ identity, present }) => [identity === FANE, present]);
  const booth = oru.state.get()?.booth;
  if (!booth) throw new Error("no booth");
  const hears = (lost: boolean): void => {
    oru.listening.set({ ...oru.listening.get(), booths: [{ booth, onAir: null, lost }] });
  };
  hears(true);
  expect(here()).toEqual([
    [true, true],
    [false, true],
  ]);
  await fane.desk.onAir(true);
  expect(here()).toEqual([
    [true, false],
    [false, true],
  ]);
  hears(false);
  expect(here()).toEqual([
    [true, true],
    [false, true],
  ]);
});

test.each(["cough", "talk"] as const)(
  "a microphone that comes to whoever holds %s makes no sound before the last of both keys is let go of",
  async (by) => {
    const { fane, oru } = aPair();
    const heard = () => [oru.sound(), oru.hushed(), oru.state.get()?.coughing];
    await fane.desk.onAir(true);
    await oru.desk.ask();
    await oru.desk.cough(true, by);
    await fane.desk.accept();
    expect(heard()).toEqual([EN, true, true]);
    const other = by === "cough" ? "talk" : "cough";
    await oru.desk.cough(true, other);
    await oru.desk.cough(false, by);
    expect(heard()).toEqual([EN, true, true]);
    await oru.desk.cough(false, other);
    expect(heard()).toEqual([EN, false, false]);
  },
);

test("who listens is counted for what the booth has on air, and off air for one's own direction", async () => {
  const { chamber, fane, oru } = aPair();
  const listens = { kind: "booth", at: new Date(NOW).toISOString(), does: "listen", signs: [] } as const;
  chamber.say("maren", { ...listens, to: FR });
  amselSays(chamber, { does: "air", into: FR }, { does: "source", into: FR, from: EN });
  const figures = () => [oru.state.get()?.listeners, oru.state.get()?.dependants];
  await oru.desk.turn(FR);
  expect(figures()).toEqual([1, 0]);
  await fane.desk.onAir(true);
  expect(figures()).toEqual([0, 1]);
  await fane.desk.onAir(false);
  expect(figures()).toEqual([1, 0]);
});

test("a recess, or any other button, that silences the microphone says so to the booth", async () => {
  const { fane, oru } = aPair();
  await fane.desk.onAir(true);
  fane.call.set({ ...fane.call.get(), wished: { microphone: false, camera: false, screen: false } });
  await Promise.resolve();
  await Promise.resolve();
  expect(oru.now()).toMatchObject({ holder: FANE, onAir: null });
});

test("a microphone that is silenced while a word about it is under way is off air for all as soon as the word is heard", async () => {
  const { fane, oru } = aPair();
  await settled();
  fane.post.isHeld = true;
  const going = fane.desk.onAir(true);
  fane.call.set({ ...fane.call.get(), wished: { microphone: false, camera: false, screen: false } });
  fane.post.isHeld = false;
  for (const go of fane.held.splice(0)) go();
  await Promise.allSettled([going]);
  await settled();
  expect(oru.now()).toMatchObject({ holder: FANE, onAir: null });
});

test("to whoever comes the holder says how the booth stands; without keys nothing is known, and nothing leaves", async () => {
  const { fane } = aPair();
  await fane.desk.onAir(true);
  fane.said.length = 0;
  fane.keysState.set(sealedUnder(aStanding("chamber", ["maren", "fane", "amsel", "vey"])));
  expect(fane.said).toMatchObject([{ does: "stands", into: EN }]);
  await Promise.resolve();
  fane.keysState.set(sealedUnder(aStanding("chamber", [], { at: "ended" })));
  expect([fane.now()?.holder, fane.sound()]).toEqual([null, null]);
});

test("what of an interpreter's has not come makes their booth uncertain, until its holder says how it stands", async () => {
  const { chamber, fane, oru } = aPair();
  await fane.desk.onAir(true);
  oru.desk.hear({ told: "gap", number: 9, from: aHolder("fane", 0).member, missing: 1 });
  expect(oru.state.get()?.uncertain).toBe(true);
  oru.desk.hear({ told: "unheard", number: 9, why: "forged", from: null });
  fane.clock.pass(30_000);
  await Promise.resolve();
  expect(oru.state.get()?.uncertain).toBe(false);
  expect(chamber.desks).toHaveLength(2);
});

test("how many listen, or watch, is counted by what they say", async () => {
  const { chamber, fane } = aPair();
  const says = { kind: "booth" as const, at: new Date(NOW).toISOString(), does: "listen" as const };
  chamber.say("maren", { ...says, to: EN, signs: [] });
  expect(fane.state.get()?.listeners).toBe(1);
  chamber.say("vey", { ...says, to: null, signs: [EN, FR] });
  expect(fane.state.get()?.listeners).toBe(2);
  chamber.say("maren", { ...says, to: null, signs: [] });
  expect(fane.state.get()?.listeners).toBe(1);
  // Not an interpreter by the certificate: their word moves no microphone.
  chamber.say("maren", { kind: "booth", at: new Date(NOW).toISOString(), does: "take" });
  expect(fane.now()?.holder).toBeNull();
  await fane.desk.callTechnician(true);
  expect(fane.state.get()?.technicianCalled).toBe(true);
});

test("what may be on air at the next word is on the line before, and silent; but no picture while the press looks", async () => {
  const { fane, oru } = aPair();
  await fane.desk.onAir(true);
  expect([fane.readied, oru.readied]).toEqual([[FR], []]);
  await fane.desk.ask();
  expect(oru.readied).toEqual([EN]);
  await oru.desk.accept();
  expect([fane.readied, oru.readied]).toEqual([[], [FR]]);
  const feed = oru.feed.get();
  if (!("snapshot" in feed) || feed.snapshot === null) throw new Error("no meeting");
  const { meeting } = feed.snapshot;
  const open = { ...feed.snapshot, meeting: { ...meeting, phase: "open" as const } };
  oru.feed.set({ at: "live", snapshot: open });
  expect(oru.readied).toEqual([FR]);
  oru.feed.set({ at: "live", snapshot: { ...open, channels: [{ language: FR, kind: "signed" }] } });
  expect(oru.readied).toEqual([]);
});

test("the words of two booths call for no answers; those of a partner who has missed something for one", async () => {
  const { chamber, fane } = aPair();
  await fane.desk.onAir(true);
  await fane.desk.listen(FR);
  const stands = { kind: "booth", at: new Date(NOW).toISOString(), does: "stands" } as const;
  const as = { since: stands.at, into: FR, sources: [], not_interpretable: false };
  fane.said.length = 0;
  chamber.say("amsel", { ...stands, ...as });
  expect(fane.said).toEqual([]);
  chamber.say("oru", { ...stands, ...as });
  chamber.say("oru", { ...stands, ...as });
  expect(fane.said).toMatchObject([{ does: "stands", into: EN, sources: [{ into: EN, from: FR }] }]);
});

test.each(["onAir", "leave"] as const)(
  "a microphone that is closed stays closed though %s reaches nobody",
  async (does) => {
    const { desk, post, sound, state } = aDesk(aChamber());
    await desk.onAir(true);
    expect(sound()).toBe(EN);
    post.isLost = true;
    await expect(does === "leave" ? desk.leave() : desk.onAir(false)).rejects.toThrow("no_answer");
    expect(sound()).toBeNull();
    await desk.turn(EN);
    expect(sound()).toBeNull();
    post.isLost = false;
    await desk.onAir(true);
    expect([sound(), state.get()?.now.onAir]).toEqual([EN, EN]);
  },
);

test("an interpreter who is left out of the booths is off air, and the microphone is nobody's", async () => {
  const { fane, oru } = aPair();
  await fane.desk.onAir(true);
  expect(fane.sound()).toBe(EN);
  for (const { feed } of [fane, oru]) leaveOut(feed);
  expect([fane.sound(), fane.now(), oru.now()]).toMatchObject([null, undefined, { holder: null, onAir: null }]);
});

test("an interpreter who is left out of the booths has a console where one speaks on the floor: coughs, and calls for help", async () => {
  const { chamber, fane, oru } = aPair();
  for (const { feed } of [fane, oru]) leaveOut(feed, "consecutive");
  expect(fane.state.get()).toMatchObject({ booth: null, partners: [], incoming: [], coughing: false });
  expect(oru.state.get()).toMatchObject({ booth: { id: "arven.en" } });
  await fane.desk.cough(true);
  expect(fane.state.get()?.coughing).toBe(true);
  await fane.desk.callTechnician(true);
  chamber.say("maren", { kind: "booth", at: new Date(NOW).toISOString(), does: "call_technician", on: true });
  expect([fane.state.get()?.technicianCalled, [...oru.booths.get().calling]]).toEqual([true, [FANE]]);
  leaveOut(fane.feed, "simultaneous");
  expect(fane.state.get()).toBeNull();
});
