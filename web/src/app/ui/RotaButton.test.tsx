// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Language } from "../../kernel/ids";
import { NO_BOOTHS, type BoothsNow } from "../../interpretation/model";
import { QUIET } from "../../interpretation/booth";
import { aConsole } from "../../testing/booth";
import { aDossier, aSnapshot, type MemberName, NOW, SEATS } from "../../testing/builders";
import { fakeServices, type Scene } from "../../testing/fakes";
import { aPage } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const [EN, FR] = ["en", "fr"] as unknown as readonly [Language, Language];
const FANE = SEATS.fane.identity;

/** Fane has been at the microphone for half an hour, and takes relay from the French booth. */
const late: BoothsNow = {
  ...NO_BOOTHS,
  booths: new Map([
    ["arven.en", { ...QUIET, holder: FANE, since: NOW - 1_800_000, onAir: EN, sources: new Map([[EN, FR]]) }],
  ]),
  listening: new Map([[SEATS.vey.identity, { to: EN, signs: [] }]]),
};

async function show(you: MemberName, part: Partial<Scene> = {}): Promise<void> {
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ you }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
    booths: late,
    ...part,
  });
  await page.draw(<Shell services={services} />);
}

const lines = (of: string) =>
  [...document.querySelectorAll(`table[aria-labelledby=${of}] tbody tr`)].map((line) =>
    [...line.children].map((cell) => cell.textContent).join(" | "),
  );

test("a chair sees who is at the microphone, for too long, and which channel nobody works into", async () => {
  const channels = [EN, "es" as Language].map((language) => ({ language, kind: "spoken" as const }));
  await show("maren", { feed: { at: "live", snapshot: aSnapshot({ channels }) } });
  await page.press("Change the interpretation");
  await page.press("Booths and shifts");
  expect(lines("rota-booths")).toContain(
    "English and French boothRepublic of Arven | On air into English | " +
      "30:00: over half an hour, time to hand over | Lena Fane (microphone)",
  );
  expect(lines("rota-channels")).toEqual(["English | Interpretation | 1", "Spanish | No booth works into it | 0"]);
  expect(page.text).toContain("The English booth works into English from French, where nothing comes.");
});

test("an interpreter opens the same from the console", async () => {
  await show("fane", { booth: aConsole() });
  await page.press("Booths and shifts");
  expect(lines("rota-booths")).toHaveLength(2);
});

test("whoever has no key of the chamber is not offered what they could not hear", async () => {
  await show("brandt");
  await page.press("Change the interpretation");
  expect(page.button("Booths and shifts")).toBeUndefined();
});
