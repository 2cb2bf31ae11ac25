import { expect, test } from "vitest";
import { NOW, SEATS } from "../../testing/builders";
import { aStanding, sealedUnder } from "../../testing/standings";
import { afterAnswer, afterLine, amongThese, isWatched, type LineWord, rowsOf, type Watched } from "./watched";

const { fane, lund, maren, sorel, brandt, kirsch } = SEATS;
const NOBODY: Watched = { lines: new Map(), coming: new Map() };
const WELL = { lost: 0, lost_sent: 0, round_trip: 40, delay: 60 };

function says(part: Partial<LineWord> = {}): LineWord {
  return { kind: "line", at: new Date(NOW).toISOString(), calls: false, sound: null, way: WELL, ...part };
}

const sounds = (...amiss: NonNullable<LineWord["sound"]>["amiss"]): LineWord["sound"] => ({
  loudness: -23,
  bandwidth: "full",
  amiss,
  rate: 64,
});

test.each([
  ["nothing", says(), []],
  ["lost on the way here", says({ way: { ...WELL, lost: 3 } }), ["lost"]],
  ["lost on the way there", says({ way: { ...WELL, lost_sent: 12 } }), ["lost"]],
  ["a little lost", says({ way: { ...WELL, lost: 2, lost_sent: null } }), []],
  ["far away", says({ way: { ...WELL, round_trip: 400 } }), ["far"]],
  ["uneven", says({ way: { ...WELL, delay: 250 } }), ["late"]],
  ["telephone, and noisy", says({ sound: sounds("noisy", "telephone") }), ["telephone", "noisy"]],
  ["no line, no microphone", says({ way: null }), []],
])("%s", (_, word, troubles) => {
  const [row] = rowsOf(afterLine(NOBODY, maren.identity, word, NOW), [maren], NOW);
  expect(row?.troubles).toEqual(troubles);
});

test("the most troubled come first, whoever is in no room last, and the rest stay in their order", () => {
  const words = [
    [maren, says()],
    [lund, says({ sound: sounds("soft") })],
    [fane, says({ way: { ...WELL, lost: 9 } })],
    [brandt, says({ way: { ...WELL, lost: 50 } })],
  ] as const;
  const watched = words.reduce((now, [seat, word]) => afterLine(now, seat.identity, word, NOW), NOBODY);
  const rows = rowsOf(watched, [maren, sorel, brandt, fane, lund, kirsch], NOW);
  expect(rows.map(({ seat }) => seat.name)).toEqual([fane, lund, maren, sorel, brandt].map(({ name }) => name));
  expect(rows.at(-1)?.troubles).toEqual([]);
});

const lost = (share: number) => says({ way: { ...WELL, lost: share } });

test("a trouble is as old as it has lasted, whatever the figures", () => {
  let watched = afterLine(NOBODY, maren.identity, lost(4), NOW);
  watched = afterLine(watched, maren.identity, lost(9), NOW + 10_000);
  expect(watched.lines.get(maren.identity)).toMatchObject({ since: NOW, heard: NOW + 10_000 });
  watched = afterLine(watched, maren.identity, lost(0), NOW + 20_000);
  expect(watched.lines.get(maren.identity)?.since).toBe(NOW + 20_000);
});

test("of a device that has fallen silent nothing that it said is believed any more", () => {
  const watched = afterLine(NOBODY, maren.identity, says({ way: { ...WELL, lost: 9 } }), NOW);
  expect(rowsOf(watched, [maren], NOW + 35_000)[0]?.troubles).toEqual(["lost"]);
  expect(rowsOf(watched, [maren], NOW + 35_001)[0]?.troubles).toEqual(["quiet"]);
});

test("a call is answered once, and again when they call anew", () => {
  const at = new Date(NOW).toISOString();
  const answer = (does: "comes" | "done") => ({ kind: "technician", at, does, to: fane.identity }) as const;
  const called = afterLine(NOBODY, fane.identity, says({ calls: true }), NOW);
  const comes = afterAnswer(called, kirsch.identity, answer("comes"));
  expect(rowsOf(comes, [fane], NOW)[0]).toMatchObject({ calls: true, coming: kirsch.identity });
  expect(afterLine(comes, fane.identity, says({ calls: true }), NOW).coming.size).toBe(1);
  expect(afterAnswer(comes, kirsch.identity, answer("done")).coming.size).toBe(0);
  expect(afterLine(comes, fane.identity, says(), NOW).coming.size).toBe(0);
});

test("whoever is gone from the group is forgotten", () => {
  const watched = afterLine(afterLine(NOBODY, fane.identity, says(), NOW), lund.identity, says(), NOW);
  expect([...amongThese(watched, new Set([lund.identity])).lines.keys()]).toEqual([lund.identity]);
  expect(amongThese(watched, new Set([lund.identity, fane.identity]))).toBe(watched);
});

test("when the technician who answered is gone nobody is on the way, whoever of the others stays", () => {
  const at = new Date(NOW).toISOString();
  const called = afterLine(NOBODY, fane.identity, says({ calls: true }), NOW);
  const comes = afterAnswer(called, kirsch.identity, { kind: "technician", at, does: "comes", to: fane.identity });
  expect(amongThese(comes, new Set([fane.identity, kirsch.identity]))).toBe(comes);
  expect(amongThese(comes, new Set([fane.identity]))).toEqual({ lines: called.lines, coming: new Map() });
});

test("somebody is watched while a technician is among those who hold their delegation's keys", () => {
  const kept = sealedUnder(aStanding("caucus", ["fane", "kirsch"]));
  expect(isWatched(kept, fane.identity)).toBe(true);
  expect(isWatched(kept, kirsch.identity)).toBe(false);
  expect(isWatched(sealedUnder(aStanding("caucus", ["fane", "maren"])), fane.identity)).toBe(false);
  expect(isWatched(sealedUnder(aStanding("chamber", ["fane", "kirsch"])), fane.identity)).toBe(false);
});
