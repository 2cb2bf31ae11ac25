// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import type { SignSeen } from "../../interpretation";
import type { Language } from "../../kernel/ids";
import { aConsole, anIncoming } from "../../testing/booth";
import { aDossier, aSnapshot } from "../../testing/builders";
import { fakeServices, type FakeServices, type Scene } from "../../testing/fakes";
import { readAloud } from "../../testing/console";
import { aPage, settled } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const ASE = "ase" as Language;
const BFI = "bfi" as Language;
const EN = "en" as Language;
const silent: SignSeen = { language: BFI, carries: "silent", picture: null };
const noBooth: SignSeen = { language: ASE, carries: "no_booth", picture: null };

async function show(
  you: "maren" | "fane",
  scene: Partial<Scene>,
  signed: readonly Language[] = [],
): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const channels = [EN, ...signed].map((language) => ({
    language,
    kind: signed.includes(language) ? ("signed" as const) : ("spoken" as const),
  }));
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ you, channels }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone", "camera"], hear: true } } },
    ...scene,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

const signs = (): readonly (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>("[data-sign]")].map((each) => each.dataset["sign"]);
const size = (): string | null | undefined =>
  document.querySelector(".signs-size input")?.getAttribute("aria-valuetext");

describe("sign channels beside the speaker", () => {
  test("are those that were chosen and are there, and say why nobody is seen", async () => {
    await show("maren", { listening: { signs: [silent, noBooth], pinned: [BFI, ASE, EN] } });
    expect(signs()).toEqual(["bfi", "ase"]);
    expect(document.querySelector("[data-sign=bfi]")?.textContent).toContain("Nobody is signing");
    expect(document.querySelector("[data-sign=ase]")?.textContent).toContain("No booth");
    await page.press("Take British Sign Language away");
    expect(signs()).toEqual(["ase"]);
    await page.press("Take American Sign Language away");
    expect(document.querySelector(".signs")).toBeNull();
  });

  test("are as large as one sets them, within what leaves the speaker a place", async () => {
    const services = await show("maren", { listening: { signs: [silent], pinned: [BFI], signSize: 0.5 } });
    expect(size()).toBe("50%");
    for (let press = 0; press < 5; press += 1) await page.press("Larger");
    expect([size(), services.cells.listening.get().signSize]).toEqual(["60%", 0.6]);
    for (let press = 0; press < 12; press += 1) await page.press("Smaller");
    expect(size()).toBe("15%");
    await show("maren", { listening: { signs: [silent], pinned: [BFI], signSize: Number.NaN } });
    expect(size()).toBe("15%");
  });
});

const offered = (): readonly string[] =>
  [...document.querySelectorAll("[role=menuitemcheckbox]")].map((line) => line.textContent);

describe("at a console", () => {
  test("a menu of their own offers them; what is chosen stands beside the speaker, as elsewhere", async () => {
    const services = await show("fane", { booth: aConsole(), listening: { signs: [silent, noBooth], pinned: [ASE] } });
    expect(signs()).toEqual(["ase"]);
    await settled(() => {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "+", bubbles: true }));
    });
    await settled();
    expect(offered()).toEqual(["British Sign LanguageNobody is signing", "American Sign LanguageNo booth"]);
    await settled(() => {
      document.querySelector<HTMLElement>("[role=menuitemcheckbox]")?.click();
    });
    expect(services.cells.listening.get().pinned).toEqual([ASE, BFI]);
    expect(signs()).toEqual(["bfi", "ase"]);
  });

  test("no key sets their size: there it raises a hand", async () => {
    await show("fane", { booth: aConsole(), listening: { signs: [silent], pinned: [BFI], signSize: 0.3 } });
    expect(page.button("Smaller")?.getAttribute("aria-keyshortcuts")).toBeNull();
    expect(page.button("Larger")?.getAttribute("aria-keyshortcuts")).toBeNull();
    await page.press("Larger");
    expect(size()).toBe("35%");
  });

  test("nothing offers them where nobody can sign", async () => {
    await show("fane", { booth: aConsole() });
    expect(page.button("Sign language, beside the speaker")).toBeUndefined();
  });
});

const named = (id: string): string | undefined =>
  document.querySelector(`[data-function="${id}"] .function-name`)?.textContent;

describe("the console of whoever signs", () => {
  const heard = [anIncoming(), anIncoming({ source: EN }), anIncoming({ source: BFI })];

  test("sends a picture: no microphone, no level of it, no channel that cannot be heard", async () => {
    const services = await show("fane", { booth: aConsole({ into: ASE, incoming: heard, listeners: 3 }) }, [ASE, BFI]);
    expect([named("microphone"), named("cough"), named("monitor.own")]).toEqual(["Picture", "Hide", undefined]);
    expect([...document.querySelectorAll(".hear-lines strong")].map((each) => each.textContent)).toEqual([
      "Floor",
      "English booth",
    ]);
    expect([...document.querySelectorAll(".ear-level > span:first-child")].map((each) => each.textContent)).toEqual([
      "Floor",
    ]);
    expect(document.querySelector(".audience")?.textContent).toBe("3 watch you");
    expect(await readAloud()).toContain("3 watch.");
    await settled(() => {
      document.querySelector<HTMLElement>("[data-function=microphone]")?.click();
    });
    expect(services.asked).toContain("on air");
  });

  test("is a microphone's again in a direction that is spoken", async () => {
    await show("fane", { booth: aConsole({ into: EN, incoming: heard }) }, [ASE, BFI]);
    expect(document.querySelector(".audience")?.textContent).toBe("0 listen to you");
    expect([named("microphone"), named("cough"), named("monitor.own")]).toEqual(["Microphone", "Cough", "Hear myself"]);
    expect(document.querySelectorAll(".ear-level")).toHaveLength(3);
  });

  test("says what is wrong with the camera, without which nobody goes on air", async () => {
    const trouble = { microphone: null, camera: "missing" } as const;
    await show("fane", { booth: aConsole({ into: ASE }), devices: { trouble } }, [ASE]);
    expect(document.body.textContent).toContain("camera");
    expect(document.querySelectorAll(".notice[data-tone=caution]")).toHaveLength(1);
  });
});
