// @vitest-environment jsdom
import { expect, test } from "vitest";
import { aDossier, aSnapshot, type MemberName, SEATS } from "../../testing/builders";
import { ownLine, written } from "../../testing/captions";
import { type FakeServices, fakeServices, type Scene } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const FIELD = "What is said, in English";

async function show(you: MemberName, captions: Scene["captions"]): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ you }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
    ...(captions === undefined ? {} : { captions }),
  });
  await page.draw(<Shell services={services} />);
  return services;
}

const strip = () => document.querySelector<HTMLElement>(".captions");
const log = () => [...(strip()?.querySelectorAll('[role="log"] p') ?? [])].map(({ textContent }) => textContent);
const growing = () => strip()?.querySelector("[data-growing]")?.textContent;

function press(key: string, at: Element | null): Promise<void> {
  return settled(() => at?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));
}

function enter(): Promise<void> {
  return press("Enter", document.querySelector("textarea"));
}

test("where nobody writes there is nothing to choose or to read", async () => {
  await show("maren", { reads: "en" as never });
  expect([strip(), page.button("Captions: English"), page.button("Captions off")]).toEqual([
    null,
    undefined,
    undefined,
  ]);
});

test("one is read, whatever is heard; a line that grows is not read out", async () => {
  await show("maren", { now: written });
  expect([strip(), page.button("Captions off")?.getAttribute("aria-keyshortcuts")]).toEqual([null, "y"]);
  const services = await show("maren", { now: written, reads: "en" as never });
  expect([log().length, growing()]).toEqual([3, "As for the date, the twelfth of March at noon"]);
  expect(strip()?.lang).toBe("en");
  await settled(() => {
    services.captions.read("ar" as never);
  });
  expect([strip()?.lang, strip()?.dir, log().length]).toEqual(["ar", "auto", 1]);
});

test("a chosen language in which nothing was written says so", async () => {
  await show("maren", { now: written, reads: "fr" as never });
  expect(strip()?.textContent).toBe("Nothing has been written in French yet.");
});

test("only interpreters write; a line goes as it grows, and ends with Enter", async () => {
  await show("maren", {});
  expect(page.button("Write captions")).toBeUndefined();
  const services = await show("fane", {});
  await page.press("Write captions");
  await page.fill(FIELD, "We agree");
  await page.fill(FIELD, "We agree\non Hesk");
  await enter();
  expect(services.asked.slice(-3)).toEqual(["write en: We agree", "write en: We agree on Hesk", "end the line"]);
  expect(document.querySelector("textarea")?.value).toBe("");
});

test("a line that is left in the field ends with it, and only then", async () => {
  const services = await show("fane", {});
  await page.press("Write captions");
  await page.press("Stop writing captions");
  expect(services.asked).not.toContain("end the line");
  await page.press("Write captions");
  await page.fill(FIELD, "We agree");
  await page.fill(FIELD, "We agree on");
  expect(services.asked).not.toContain("end the line");
  await page.press("Stop writing captions");
  expect(services.asked.slice(-2)).toEqual(["write en: We agree on", "end the line"]);
});

test("a line ends before one in another language begins", async () => {
  const services = await show("fane", {});
  await page.press("Write captions");
  await page.fill(FIELD, "We agree");
  await page.fill("Language", "fr");
  await page.fill("What is said, in French", "Nous");
  expect(services.asked.slice(-3)).toEqual(["write en: We agree", "end the line", "write fr: Nous"]);
});

test("an interpreter comes to the field by a key, which is a letter in it", async () => {
  await show("fane", {});
  await press(";", document.body);
  await settled();
  const field = document.querySelector("textarea");
  expect([field?.labels[0]?.textContent, document.activeElement]).toEqual([FIELD, field]);
  await press(";", field);
  expect(document.querySelector("textarea")).toBe(field);
  await press(";", document.body);
  expect(document.querySelector("textarea")).toBeNull();
});

test("one's own last line can be written anew", async () => {
  const services = await show("fane", { now: ownLine(SEATS.fane.identity, "We meet at Hsek") });
  await page.press("Write captions");
  await page.press("Correct the last line");
  await page.fill("The last line, in English", "We meet at Hesk");
  await enter();
  expect(services.asked.at(-1)).toBe("correct en: We meet at Hesk");
  expect(document.querySelector("textarea")?.labels[0]?.textContent).toBe(FIELD);
});

test("what did not reach the others is said", async () => {
  await show("fane", { trouble: "no_answer" });
  await page.press("Write captions");
  expect(page.text).toContain("Your last words did not reach the others: ");
});
