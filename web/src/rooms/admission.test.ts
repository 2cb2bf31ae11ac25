import { expect, test } from "vitest";
import { aSeat } from "../testing/scenes";
import { shutOutFor, shutOutOf } from "./admission";

test.each([
  ["principal", "closed", "one-on-one", null],
  ["adviser", "closed", "one-on-one", "not-in-this-format"],
  ["adviser", "closed", "plenary", null],
  ["press", "open", "one-on-one", null],
  ["press", "closed", "plenary", "doors-closed"],
  ["principal", "adjourned", "plenary", "adjourned"],
  ["protocol_officer", "open", "plenary", "doors-closed"],
] as const)("%s, %s, %s: %s", (role, phase, format, expected) => {
  expect(shutOutOf(aSeat("someone", role), "chamber", { phase, format })).toBe(expected);
});

test("a refusal is final only when asking again is in vain", () => {
  expect(shutOutFor("member_revoked")).toBe("revoked");
  expect(shutOutFor("not_in_this_format")).toBe("not-in-this-format");
  expect(shutOutFor("not_in_this_phase")).toBeNull();
  expect(shutOutFor("sfu_unavailable")).toBeNull();
});
