// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { WhispersNow } from "../../interpretation/whisper";
import type { Language } from "../../kernel/ids";
import { aDossier, aSnapshot, type MemberName, SEATS, type SnapshotPart } from "../../testing/builders";
import { type FakeServices, fakeServices } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const FENCE = "Others in the chamber are kept from this by the server, not by keys";
const ASK = "Have it whispered to me";

async function show(you: MemberName, on: boolean | null, part: SnapshotPart = {}): Promise<FakeServices> {
  const { fane, maren } = SEATS;
  const whispers: WhispersNow =
    on === null ? [] : [{ by: fane.identity, to: maren.identity, into: "fr" as Language, on }];
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ you, ...part }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
    whispers,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

const told = (): string => document.querySelector(".whisper")?.textContent ?? "";

test("whoever hears asks an interpreter of their own for a language, by the menu or its key", async () => {
  const services = await show("maren", null);
  expect(page.button(ASK)?.getAttribute("aria-keyshortcuts")).toBe("0");
  await page.press(ASK);
  const lines = [...document.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  expect(lines.map(({ textContent }) => textContent)).toEqual(["Lena FaneInto English", "Lena FaneInto French"]);
  await settled(() => lines[1]?.click());
  expect(services.asked.at(-1)).toBe("ask a whisper into fr");
  expect(told()).toContain("You have asked Lena Fane to whisper to you in French.");
  await page.press("Take it back");
  expect([services.asked.at(-1), told()]).toEqual(["end a whisper into fr", ""]);
});

test.each<[MemberName, boolean, string, readonly string[]]>([
  ["maren", true, "Lena Fane whispers to you in French.", ["End it"]],
  ["fane", false, "President Ilse Maren asks you to whisper to them in French.", ["Whisper to them0", "Not now⌫"]],
  ["fane", true, "You whisper to President Ilse Maren in French.", ["Stop whispering0"]],
])("%s, at %s, is told what it is and what it is not", async (you, on, text, ways) => {
  const services = await show(you, on);
  expect([told().includes(text), told().includes(FENCE)]).toEqual([true, true]);
  const buttons = [...document.querySelectorAll<HTMLElement>(".whisper button")];
  expect(buttons.map(({ textContent }) => textContent)).toEqual(ways);
  expect(buttons[0]?.getAttribute("aria-keyshortcuts")).toBe("0");
  await settled(() => buttons.at(-1)?.click());
  expect(services.asked.at(-1)).toBe("end a whisper into fr");
});

test("an interpreter takes it by one press", async () => {
  const services = await show("fane", false);
  await page.press("Whisper to them");
  expect([services.asked.at(-1), told().startsWith("You whisper to")]).toEqual(["accept a whisper into fr", true]);
});

test.each([
  ["0", "accept a whisper into fr"],
  ["Backspace", "end a whisper into fr"],
])("an interpreter who is asked answers by a key: %s", async (key, asked) => {
  const services = await show("fane", false);
  await settled(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
  expect(services.asked.at(-1)).toBe(asked);
});

test("others see nothing of it, and nobody is offered it while the press is in the room", async () => {
  await show("vey", true);
  expect([told(), page.button(ASK)?.textContent]).toEqual(["", ASK]);
  await show("maren", null, { meeting: { phase: "open" } });
  expect(page.button(ASK)).toBeUndefined();
});
