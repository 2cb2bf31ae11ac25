// @vitest-environment node
import { expect, test } from "vitest";
import { codeOf } from "./code";

const authenticator = Uint8Array.from({ length: 32 }, (_, at) => at);
const other = new Uint8Array(32).fill(1);
const group = new TextEncoder().encode("vv1|dh|m1|C|0");
const elsewhere = new TextEncoder().encode("vv1|dh|m2|C|0");

/** Worked out by Python's hashlib: PBKDF2 of the authenticator, salted with what stands around it. */
test.each([
  ["2616 1401 1579 4271 0324 9473", "an epoch", { authenticator, group, epoch: 7n }],
  ["1715 7461 7239 0808 8339 6328", "another epoch", { authenticator, group, epoch: 8n }],
  ["2895 4091 4567 3275 5190 5921", "another group of the same name", { authenticator: other, group, epoch: 7n }],
  ["5658 0781 1629 1135 5624 1425", "another name", { authenticator, group: elsewhere, epoch: 7n }],
  ["0026 2463 1151 2175 4238 2655", "an epoch beyond 32 bits", { authenticator, group, epoch: 2n ** 40n }],
])("%s is the code of %s", async (code, _, sight) => {
  expect(await codeOf(sight)).toBe(code);
});
