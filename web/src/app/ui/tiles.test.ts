import { expect, test } from "vitest";
import { english } from "../../i18n/translator";
import { aSnapshot, NOW, SEATS, type SnapshotPart } from "../../testing/builders";
import { tilesOfChamber } from "./tiles";

function order(part: SnapshotPart): readonly (string | null)[] {
  const sitting = { snapshot: aSnapshot(part), you: SEATS.maren, stale: false };
  return tilesOfChamber(sitting, { now: NOW, live: true, hands: [] }, english).map((tile) => tile.seat?.name ?? null);
}

test("tiles stand in protocol order whoever came first and whoever has the floor", () => {
  const inOrder = [SEATS.maren.name, SEATS.vey.name];
  expect(order({})).toEqual(inOrder);
  expect(order({ seats: Object.values(SEATS).toReversed() })).toEqual(inOrder);
  expect(order({ floor: { holder: SEATS.vey.member, since: null, interprets: null, asks: [] } })).toEqual(inOrder);
});

test("a delegation without a principal keeps its place", () => {
  expect(order({ seats: [SEATS.vey] })).toEqual([null, SEATS.vey.name]);
});
