// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Language } from "../../../kernel/ids";
import { aConsole, anIncoming } from "../../../testing/booth";
import { showConsole, strike } from "../../../testing/console";
import { aPage, settled } from "../../../testing/page";

const page = aPage();

const LANGUAGES = ["fr", "es", "de", "it", "pt", "ru", "ar", "zh", "ja"].map((tag) => tag as Language);

/** The floor and nine booths; the last may interpret from one's own. */
async function tenLines(circle: boolean) {
  const booths = LANGUAGES.map((source) =>
    anIncoming({ source, carries: "interpreted", from: null, circle: circle && source === "ja" }),
  );
  const services = await showConsole(page, aConsole({ incoming: [anIncoming(), ...booths] }));
  return services;
}

const line = (source: string) => document.querySelector<HTMLElement>(`[data-source=${source}]`);
const press = async (source: string) => settled(() => line(source)?.click());

test("a tenth line is chosen and heard by its button alone: digits end at the ninth", async () => {
  const services = await tenLines(false);
  expect(["zh", "ja"].map((source) => line(source)?.querySelector("kbd")?.textContent)).toEqual(["9", undefined]);
  await press("ja");
  expect([services.asked.at(-1), line("ja")?.dataset["state"]]).toEqual(["choose ahead ja", "waiting"]);
  await press("ja");
  expect([services.asked.at(-1), line("ja")?.getAttribute("aria-pressed")]).toEqual(["hear ja", "true"]);
  await press("zh");
  await strike("9");
  expect([services.asked.at(-1), line("ja")?.getAttribute("aria-pressed")]).toEqual(["hear zh", "false"]);
});

test("a tenth line that would be a circle says why it cannot be taken", async () => {
  const services = await tenLines(true);
  const before = services.asked.length;
  await press("ja");
  expect(page.text).toContain("You cannot take relay from the Japanese booth: it interprets from yours.");
  expect(services.asked.slice(before)).toEqual([]);
});
