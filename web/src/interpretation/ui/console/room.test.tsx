// @vitest-environment jsdom
import { afterEach, describe, expect, test, vi } from "vitest";
import { Shell } from "../../../app/Shell";
import { keepPlace } from "../../../app/ui/place";
import { consoleWordsOf } from "../../../i18n/consoleWords";
import { english } from "../../../i18n/translator";
import type { Presence } from "../../../rooms/model";
import { aConsole, onAirFor } from "../../../testing/booth";
import { aDossier, aSnapshot, SEATS } from "../../../testing/builders";
import { fakeServices, type FakeServices, type Scene } from "../../../testing/fakes";
import { aPage, settled } from "../../../testing/page";
import { aMediaTrack } from "../../../testing/sfu";
import { announced } from "./announced";
import type { Sees } from "./sees";

const page = aPage();
const say = consoleWordsOf(english);

async function show(booth: NonNullable<Scene["booth"]>, part: Partial<Scene> = {}): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier("fane") },
    feed: { at: "live", snapshot: aSnapshot({ you: "fane" }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
    booth,
    ...part,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

/** Puts a key down; `up` lets it go. */
async function key(name: string, way: "keydown" | "keyup" = "keydown"): Promise<void> {
  await settled(() => {
    document.body.dispatchEvent(new KeyboardEvent(way, { key: name, code: "KeyQ", bubbles: true, cancelable: true }));
  });
}

describe("the booth's own room", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("hears one for as long as the key or the button is held, and no longer than the page is looked at", async () => {
    const services = await show(aConsole());
    await key("q");
    await key("q", "keyup");
    expect(services.asked.slice(-2)).toEqual(["talk to the booth", "talk no more"]);
    await key("q");
    const button = document.querySelector('[data-function="room.talk"]');
    expect(button?.getAttribute("aria-pressed")).toBe("true");
    await settled(() => {
      window.dispatchEvent(new Event("blur"));
    });
    expect(services.asked.at(-1)).toBe("talk no more");
  });

  test.each([
    ["on air", { isShut: true }, "What you say goes out. Your partner hears you while you cough."],
    ["alone", { isOpen: false }, "No partner is at their console now."],
  ])("does not hear whoever is %s, and says why", async (_case, room, why) => {
    const services = await show(onAirFor(60), { room });
    const before = services.asked.length;
    await key("q");
    expect(services.asked.slice(before)).toEqual([]);
    expect(page.text).toContain(why);
  });

  test("shows the others, as loud as one likes", async () => {
    vi.stubGlobal("MediaStream", EventTarget);
    const camera = aMediaTrack("video");
    const partners = [{ member: SEATS.sorel.member, camera } as unknown as Presence];
    const services = await show(aConsole(), { room: { partners } });
    expect(document.querySelector(".booth-face")?.getAttribute("aria-label")).toBe(SEATS.sorel.name);
    const slider = document.querySelector<HTMLInputElement>('[aria-label="How loud your partner in the booth is"]');
    expect(slider?.value).toBe("0.7");
    expect(services.asked.join()).not.toContain("the booth at");
  });

  test("has a light at whoever talks, seen or not, and says so in words", async () => {
    vi.stubGlobal("MediaStream", EventTarget);
    const silent = { member: SEATS.sorel.member, camera: aMediaTrack("video"), speaking: false } as unknown as Presence;
    const talks = { member: SEATS.amsel.member, camera: null, speaking: true } as unknown as Presence;
    await show(aConsole(), { room: { partners: [silent, talks] } });
    const faces = [...document.querySelectorAll<HTMLElement>(".booth-face")].map(
      ({ dataset, textContent }) => `${textContent}${dataset["speaking"] === undefined ? "" : " (light)"}`,
    );
    expect(faces).toEqual([SEATS.sorel.name, `${SEATS.amsel.name}Speaking (light)`]);
  });

  test("shows one to oneself as in a mirror while the others see one, and else nobody", async () => {
    vi.stubGlobal("MediaStream", EventTarget);
    const own = { member: SEATS.fane.member, camera: aMediaTrack("video"), speaking: false } as unknown as Presence;
    await show(aConsole(), { room: { shown: true, own } });
    const face = document.querySelector(".booth-face");
    expect(face?.getAttribute("aria-label")).toBe("You, as your booth sees you");
    expect(face?.querySelector("video")?.dataset["mirrored"]).toBe("true");
    await show(aConsole(), { room: {} });
    expect(document.querySelector(".booth-faces")).toBeNull();
  });

  test.each([
    ["whoever works alone", aConsole({ partners: [] }), {}],
    ["before its code is there", aConsole(), null],
  ])("is not offered: %s", async (_case, booth, room) => {
    await show(booth, { room });
    expect(document.querySelector('[data-function^="room."], [aria-label^="How loud your partner"]')).toBeNull();
  });

  test("is told to whoever does not look when it opens and when it closes", () => {
    const room = { isOpen: false, isShut: false, talking: false, shown: false, own: null, level: 1, partners: [] };
    const sees = (isOpen: boolean) =>
      ({ desk: aConsole(), monitors: null, room: { ...room, isOpen }, turn: null }) as unknown as Sees;
    expect(announced(sees(false), sees(true), say, "h").calm).toBe("You can talk to your booth");
    expect(announced(sees(true), sees(false), say, "h").calm).toBe("Nobody of your booth hears you any more");
    expect(announced(sees(true), sees(true), say, "h").calm).toBe("");
  });
});
