import { expect, test } from "vitest";
import type { ModeName, Role, Seat } from "../contract/parse";
import { aSeat } from "../testing/scenes";
import { isHeld } from "./policy";
import { interpretersFor, nextAfter, spokenFor } from "./turns";

const there = (seat: Seat): Seat => ({ ...seat, present: "chamber" });
const maren = there(aSeat("maren", "principal", "arven", ["en"]));
const vey = there(aSeat("vey", "principal", "tolmar", ["fr"]));
const lind = there(aSeat("lind", "adviser", "arven", ["en"]));
const fane = there(aSeat("fane", "interpreter", "arven", ["en"]));
const oru = there(aSeat("oru", "interpreter", "arven", ["en", "fr"]));
const amsel = there(aSeat("amsel", "interpreter", "tolmar", ["fr"]));
const meeting = { mode: "consecutive" } as never;

function standing(floor: { holder?: Seat; interprets?: Seat; asks?: readonly Seat[] }, seats: readonly Seat[]) {
  const { holder, interprets, asks = [] } = floor;
  return {
    meeting,
    seats,
    floor: {
      holder: holder?.member ?? null,
      since: null,
      interprets: interprets?.member ?? null,
      asks: asks.map(({ member }) => ({ member, since: "" })),
    },
  };
}

test("the speaker's own interpreters come first, those into another language before them; who is away is not offered", () => {
  const seats = [amsel, fane, oru, maren, { ...aSeat("ekman", "interpreter", "arven"), present: null }];
  expect(interpretersFor(standing({ holder: maren }, seats)).map(({ name }) => name)).toEqual(
    [oru, fane, amsel].map(({ name }) => name),
  );
});

test("who asked speaks next, else the other side's principal, else whoever is there", () => {
  const seats = [maren, vey, lind, fane];
  const now = { holder: fane, interprets: maren };
  expect(nextAfter(standing(now, seats))).toBe(vey);
  expect(nextAfter(standing({ ...now, asks: [lind] }, seats))).toBe(lind);
  expect(nextAfter(standing({ ...now, asks: [maren] }, seats))).toBe(vey);
  expect(nextAfter(standing(now, [maren, { ...vey, present: null }, fane]))).toBeNull();
  expect(spokenFor(standing(now, seats))).toBe(maren);
});

function heard(seat: Seat, holder: Seat | null, mode: ModeName): boolean {
  return !isHeld(seat, { meeting: { mode }, floor: { holder: holder?.member ?? null } });
}

test("in consecutive mode one voice at a time: an interpreter's only while they have the floor", () => {
  for (const seat of [maren, lind, fane])
    for (const holder of [null, seat, vey]) {
      expect(heard(seat, holder, "simultaneous")).toBe(true);
      const free = holder === null && seat.role !== ("interpreter" satisfies Role);
      expect(heard(seat, holder, "consecutive")).toBe(holder === seat || free);
    }
});

test("in liaison principals and interpreters are always heard, whoever else while they have the floor", () => {
  for (const seat of [maren, vey, lind, fane])
    for (const holder of [null, seat, vey, amsel]) {
      const speaks = seat.role === "principal" || seat.role === "interpreter";
      expect(heard(seat, holder, "liaison")).toBe(speaks || holder === seat);
    }
});
