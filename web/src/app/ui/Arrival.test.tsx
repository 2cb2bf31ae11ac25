// @vitest-environment jsdom
import { expect, test } from "vitest";
import { aDossier, aSnapshot, type MemberName } from "../../testing/builders";
import { type FakeServices, fakeServices, type Scene } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace, type Place } from "./place";

const page = aPage();
const STOP = "stop the devices";
const PREVIEW = "preview microphone camera";

async function show(you: MemberName, part: Scene = {}, place?: Place): Promise<FakeServices> {
  keepPlace(place ?? { meeting: "meeting", seated: false });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ you }) },
    ...part,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

test("whoever goes from here to the list of meetings leaves no camera on", async () => {
  const services = await show("maren");
  expect(services.asked).toContain(PREVIEW);
  expect(services.asked).not.toContain(STOP);
  await page.press("All meetings");
  expect(services.asked.indexOf(STOP)).toBeGreaterThan(services.asked.indexOf(PREVIEW));
});

test("whoever takes the seat takes the devices along", async () => {
  const services = await show("maren");
  await page.press("Take your seat");
  expect(services.asked).toContain("enter chamber");
  expect(page.button("Take your seat")).toBeUndefined();
  expect(services.asked).not.toContain(STOP);
});

test("a page that is left lets go of them, and opens them again when it comes back", async () => {
  const services = await show("maren");
  await settled(() => {
    window.dispatchEvent(new Event("pagehide"));
  });
  expect(services.asked.at(-1)).toBe(STOP);
  await settled(() => {
    window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  });
  expect(services.asked.at(-1)).toBe(PREVIEW);
});

test("whoever has no camera in the meeting is not asked for one", async () => {
  const services = await show("fane");
  expect(services.asked).toContain("preview microphone");
  expect(services.asked).not.toContain(PREVIEW);
});

test("whoever has left the room, and was told that both are off, finds them off until they ask", async () => {
  const services = await show("maren", {}, { meeting: "meeting", seated: false, left: true });
  expect(services.asked).not.toContain(PREVIEW);
  await page.press("Check microphone and camera");
  expect(services.asked).toContain(PREVIEW);
  expect(page.button("Check microphone and camera")).toBeUndefined();
});

test("whoever comes back after leaving is not asked whether to leave", async () => {
  const call: Scene["call"] = { seating: { at: "seated", room: "chamber", grant: { publish: [], hear: true } } };
  await show("maren", { call }, { meeting: "meeting", seated: true });
  await page.press("Leave");
  await page.press("Leave the room");
  await page.press("Take your seat");
  expect(page.button("Leave")).toBeDefined();
  expect(page.button("Leave the room")).toBeUndefined();
});

test("the page says whose copy of it this is", async () => {
  await show("maren");
  expect(page.text).toContain("From the host, localhost:3000: you trust the host for it");
});

test("a copy from elsewhere says so, and does not ask to trust the host", async () => {
  const line = document.createElement("meta");
  line.name = "visavis-server";
  line.content = "https://lenz.example";
  document.head.append(line);
  await show("maren");
  line.remove();
  expect(page.text).toContain("From localhost:3000, not from the host");
  expect(page.text).not.toContain("you trust the host");
});
