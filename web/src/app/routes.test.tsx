// @vitest-environment jsdom
import { expect, test } from "vitest";
import { aDossier } from "../testing/builders";
import { fakeServices, type FakeServices, type Scene } from "../testing/fakes";
import { aPage } from "../testing/page";
import { Shell } from "./Shell";

const page = aPage();

async function show(scene: Scene): Promise<FakeServices> {
  const services = fakeServices({ signIn: { at: "signed-in", dossier: aDossier() }, ...scene });
  await page.draw(<Shell services={services} />);
  return services;
}

const elsewhere: Scene["call"] = { seating: { at: "shut-out", why: "another-tab" } };

test("a second tab, which hears nothing of the meeting yet, can take the seat", async () => {
  const services = await show({ feed: { at: "opening" }, call: elsewhere });
  expect(page.text).toContain("Your seat is taken in another tab");
  await page.press("Take the seat here");
  expect(services.asked).toContain("take over");
});

test("the tab that was robbed of its seat can take it back", async () => {
  const services = await show({ feed: { at: "refused", code: "taken_over" }, call: elsewhere });
  expect(page.text).toContain("Your seat is taken in another tab");
  await page.press("Take the seat here");
  expect(services.asked).toContain("take over");
});

test("a seat taken over where the tabs do not know each other can be taken back too", async () => {
  await show({ feed: { at: "refused", code: "taken_over" } });
  expect(page.button("Take the seat here")).toBeDefined();
  expect(page.button("Try again")).toBeUndefined();
});

test("a meeting refused for another reason says it, whatever the call says", async () => {
  await show({ feed: { at: "refused", code: "storage_unavailable" }, call: elsewhere });
  expect(page.text).toContain("The server cannot reach its records at the moment.");
  expect(page.button("Try again")).toBeDefined();
});

test.each([
  ["invitation_used", "Go back to the device you used first"],
  ["invitation_revoked", "Ask your delegation"],
  ["invitation_expired", "Ask your delegation"],
  ["invitation_bad", "Open the whole link"],
  ["principal_enrolled", "your delegation"],
  ["member_revoked", "Ask your delegation"],
] as const)("after %s one is told what to do, and not to try again", async (code, next) => {
  await show({ signIn: { at: "refused", code } });
  expect(page.text).toContain(next);
  expect(page.button("Try again")).toBeUndefined();
});

test("whoever could not be reached is asked again", async () => {
  await show({ signIn: { at: "refused", code: "no_answer" } });
  expect(page.button("Try again")).toBeDefined();
});
