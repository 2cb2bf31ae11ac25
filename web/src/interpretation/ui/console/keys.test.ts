import { describe, expect, test } from "vitest";
import { type Chosen, FIXED, keep, keyFor, type Memory, recalled } from "./keys";

const ALL = [
  { id: "handover", key: "h" },
  { id: "switch", key: "x" },
  { id: "microphone", key: "space" },
  { id: "cough", key: "c" },
  { id: "slow", key: "s" },
];

/** A device that keeps this, or what is kept on it. */
function aMemory(kept: string | null = null): Memory {
  const values = new Map(kept === null ? [] : [["visavis console keys", kept]]);
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, text) => void values.set(name, text),
    removeItem: (name) => void values.delete(name),
  };
}

const recall = (kept: Readonly<Record<string, string>>) =>
  Object.fromEntries(recalled(aMemory(JSON.stringify(kept)), ALL));

describe("keys that were kept", () => {
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["two changed with each other", { handover: "x", switch: "h" }],
    ["three passed on", { microphone: "c", cough: "s", slow: "space" }],
    ["one that is free", { slow: "'" }],
    ["none", {}],
  ])("are the same again: %s", (_case, kept) => {
    const memory = aMemory();
    const chosen: Chosen = new Map(Object.entries(kept));
    keep(memory, chosen);
    expect(Object.fromEntries(recalled(memory, ALL))).toEqual(kept);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ["of two with one key the second", { handover: "'", slow: "'" }, { handover: "'" }],
    ["a key that another has by standard", { slow: "c" }, {}],
    ["what clashes with whoever must go back to their standard", { slow: "c", cough: "0" }, {}],
    ["of a chain only what clashes", { handover: "x", switch: "h", slow: "x" }, { handover: "x", switch: "h" }],
    ["a function that is no more", { gone: "'", slow: "#" }, { slow: "#" }],
  ])("leave out %s", (_case, kept, left) => {
    expect(recall(kept)).toEqual(left);
    const keys = ALL.map((each) => keyFor(each, new Map(Object.entries(recall(kept)))));
    expect(new Set(keys).size).toBe(ALL.length);
  });

  test.each(FIXED)("leave out what is the page's: %s", (key) => {
    expect(recall({ slow: key, handover: "'" })).toEqual({ handover: "'" });
  });

  test.each(["{", "[1]", "null", '{"slow":1}'])("are none where they cannot be read: %s", (kept) => {
    expect(recalled(aMemory(kept), ALL)).toEqual(new Map());
  });
});
