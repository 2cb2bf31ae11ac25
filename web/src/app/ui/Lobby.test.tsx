// @vitest-environment jsdom
import { expect, test } from "vitest";
import { RefusedError } from "../../kernel/errors";
import { aDossier, aSnapshot, type MemberName, SEATS } from "../../testing/builders";
import { fakeServices, type FakeServices, type Scene } from "../../testing/fakes";
import { aPage } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();

async function show(you: MemberName, meetings: number, scene: Scene = {}): Promise<FakeServices> {
  keepPlace({ meeting: null, seated: false });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you, meetings) },
    feed: { at: "live", snapshot: aSnapshot({ you }) },
    ...scene,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

test("a chair calls a meeting and is taken to it", async () => {
  const services = await show("brandt", 0);
  await page.press("Call a meeting");
  expect(page.button("Call the meeting")?.disabled).toBe(true);
  await page.fill("What it is about", " On the crossing ");
  await page.fill("Format", "plenary");
  await page.fill("Interpretation", "consecutive");
  await page.fill("When, by this device's clock", "2026-12-09T10:30");
  await page.press("Add an item");
  expect(page.button("Call the meeting")?.disabled).toBe(true);
  await page.fill("Title of item 1", "Opening");
  await page.press("Call the meeting");
  const scheduled = new Date("2026-12-09T10:30").toISOString();
  const wanted = {
    title: "On the crossing",
    format: "plenary",
    mode: "consecutive",
    scheduled,
    follows: null,
    agenda: [{ title: "Opening", minutes: 10 }],
  };
  const called = services.asked.find((each) => each.startsWith("call "));
  expect(JSON.parse(called?.slice(5) ?? "null")).toEqual(wanted);
  expect(services.asked).toContain("open called");
});

test("only formats that the delegations signed are offered, and a refusal is told", async () => {
  await show("keller", 2, { refuses: new RefusedError("bad_request") });
  await page.press("Call a meeting");
  const offered = [...document.querySelectorAll("option")].map((option) => option.value);
  expect(offered).toContain("one-on-one");
  expect(offered).not.toContain("restricted");
  await page.fill("What it is about", "On the crossing");
  await page.press("Call the meeting");
  expect(document.querySelector('.told[role="alert"]')?.textContent).toContain("did not understand");
});

test("whoever gives no orders calls no meeting, but may read the log; the press neither", async () => {
  const adviser = await show("sorel", 2);
  expect(page.button("Call a meeting")).toBeUndefined();
  expect(page.button("Who enrolled")).toBeUndefined();
  await page.press("Download the log");
  expect(adviser.asked).toContain("save the log");
  await page.close();
  page.open();
  await show("reuter", 2);
  expect(page.button("Download the log")).toBeUndefined();
});

test("a chair sees who enrolled, and whose accreditation was withdrawn", async () => {
  const { identity } = SEATS.sorel;
  const line = { serial: "A", name: "Mikko Sorel", role: "adviser", chair: false, identity } as const;
  const enrolled = { ...line, enrolled: "2026-03-01T09:00:00.000Z", revoked: "2026-03-02T09:00:00.000Z" };
  await show("maren", 2, { enrolled: [enrolled] });
  await page.press("Who enrolled");
  const row = document.querySelector("tbody tr")?.textContent;
  for (const part of ["Mikko Sorel", "Adviser", "1 March", "Withdrawn, 2 March", identity]) expect(row).toContain(part);
});

test("from the only meeting one finds back to the list, which is read again", async () => {
  const services = await show("maren", 1);
  await page.press("All meetings");
  expect(page.button("Call a meeting")).toBeDefined();
  expect(services.asked).toContain("refresh");
  expect(services.asked).toContain("leave");
});
