import { expect, test } from "vitest";
import type { Identity } from "../../kernel/ids";
import { NOBODY, type Speaking, speakingNext } from "./whoSpeaks";

const [VEY, MAREN] = ["VEY", "MAREN"] as unknown as readonly [Identity, Identity];

/** So many looks that find these levels. */
function looks(count: number, levels: Readonly<Record<string, number>>): readonly ReadonlyMap<Identity, number>[] {
  return Array.from({ length: count }, () => new Map(Object.entries(levels)) as unknown as Map<Identity, number>);
}

const after = (before: Speaking, ...each: readonly (readonly ReadonlyMap<Identity, number>[])[]): Identity | null =>
  each.flat().reduce(speakingNext, before).speaker;
const vey: Speaking = { ...NOBODY, speaker: VEY };

test("whoever is the loudest for a second is the speaker, and not before", () => {
  expect(after(NOBODY, looks(4, { VEY: -20, MAREN: -30 }))).toBeNull();
  expect(after(NOBODY, looks(5, { VEY: -20, MAREN: -30 }))).toBe(VEY);
  expect(after(vey, looks(4, { VEY: -40, MAREN: -30 }))).toBe(VEY);
  expect(after(vey, looks(5, { VEY: -40, MAREN: -30 }))).toBe(MAREN);
});

test("two who speak at once change nothing: whoever speaks on remains the speaker", () => {
  const both = [...looks(4, { VEY: -40, MAREN: -30 }), ...looks(1, { VEY: -20, MAREN: -30 })];
  expect(after(vey, both, both, both)).toBe(VEY);
});

test("a pause counts for nobody: neither does it take the speaker away, nor make another begin anew", () => {
  const pause = looks(20, { VEY: -70, MAREN: -56 });
  expect(after(vey, pause)).toBe(VEY);
  expect(after(vey, looks(4, { VEY: -70, MAREN: -30 }), pause, looks(1, { VEY: -70, MAREN: -30 }))).toBe(MAREN);
});

test("whoever is muted or has gone speaks no more", () => {
  expect(after(vey, looks(1, { MAREN: -80 }))).toBeNull();
  expect(after(vey, looks(1, {}))).toBeNull();
});
