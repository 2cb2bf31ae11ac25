// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ERROR_CODES } from "./codes";

test("the codes are exactly those the server prints", () => {
  const printed: unknown = JSON.parse(readFileSync(new URL("../../../contract/errors.json", import.meta.url), "utf8"));
  expect(codesOf(printed).toSorted()).toEqual([...ERROR_CODES].toSorted());
});

/** The table is printed as an object by code. */
function codesOf(printed: unknown): readonly string[] {
  return typeof printed === "object" && printed !== null ? Object.keys(printed) : [];
}
