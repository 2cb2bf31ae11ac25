import { expect, test } from "vitest";
import { enUnfit } from "../i18n/enUnfit";
import { lacking } from "./fitness";

test("what a browser lacks is told in the catalogue's words", async () => {
  // The tests' browser has next to nothing.
  Object.assign(globalThis, { isSecureContext: true });
  const lacks = await lacking();
  expect(lacks).toEqual(expect.arrayContaining(["webrtc", "encoded-transforms", "web-audio"]));
  for (const lack of lacks) expect(enUnfit).toHaveProperty([`lack.${lack}`]);
});

test("over an address that is not protected nothing else is looked for", async () => {
  Object.assign(globalThis, { isSecureContext: false });
  expect(await lacking()).toEqual(["secure-context"]);
});
