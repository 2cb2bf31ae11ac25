// @vitest-environment jsdom
import { expect, test } from "vitest";
import { en } from "../../i18n/en";
import { enErrors } from "../../i18n/enErrors";
import { wordsIn } from "../../i18n/translator";
import type { CallState } from "../../rooms/model";
import { aDossier, aSnapshot, type MemberName, type SnapshotPart } from "../../testing/builders";
import { fakeServices, type Scene } from "../../testing/fakes";
import { aPage } from "../../testing/page";
import { arabic } from "../../testing/writings";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const written = aSnapshot(arabic);
const TITLE = written.meeting.title;

/** Everything that people wrote, in either direction. */
const WRITINGS: readonly string[] = [
  TITLE,
  written.host.name,
  ...written.delegations.flatMap(({ name, place }) => [name, place]),
  ...written.seats.map(({ name }) => name),
  ...written.agenda.map(({ title }) => title),
];
const rightToLeft = wordsIn("ar", en, enErrors, "UTC");

/** Texts of people that stand among other words with nothing around them that keeps their direction to themselves. */
function loose(): readonly string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    if (node.parentElement?.closest("bdi, [dir=auto]") !== null) continue;
    const text = node.textContent ?? "";
    const bare = text.replaceAll(/\u2068[^\u2069]*\u2069/gu, "");
    found.push(...WRITINGS.filter((each) => bare.includes(each)));
  }
  return found;
}

async function show(you: MemberName, part: SnapshotPart, scene: Scene & { readonly seated?: boolean }): Promise<void> {
  keepPlace({ meeting: "meeting", seated: scene.seated ?? false });
  const snapshot = aSnapshot({ ...arabic, ...part, meeting: { ...arabic.meeting, ...part.meeting }, you });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot },
    ...scene,
  });
  await page.draw(<Shell services={services} words={rightToLeft} />);
}

const inRoom = (room: "chamber" | "caucus"): Partial<CallState> => ({
  seating: { at: "seated", room, grant: { publish: ["microphone"], hear: true } },
  cameMuted: true,
});

const screens: readonly (readonly [string, MemberName, SnapshotPart, Scene & { readonly seated?: boolean }])[] = [
  ["arrival", "maren", {}, {}],
  ["the chamber", "maren", {}, { seated: true, call: inRoom("chamber") }],
  ["the caucus", "sorel", {}, { call: inRoom("caucus") }],
  ["outside", "sorel", {}, {}],
  ["the table", "keller", {}, { seated: true }],
  ["the gallery", "reuter", { meeting: { phase: "open" } }, { seated: true, call: inRoom("chamber") }],
  ["adjourned", "maren", { meeting: { phase: "adjourned" } }, {}],
];

test.each(screens)("what people wrote reads in its own direction: %s", async (_screen, you, part, scene) => {
  await show(you, part, scene);
  expect(document.documentElement.dir).toBe("rtl");
  expect(WRITINGS.filter((each) => page.text.includes(each))).not.toHaveLength(0);
  expect(loose()).toEqual([]);
});

test("so it does in the list of meetings, and in what is written there", async () => {
  keepPlace({ meeting: null, seated: false });
  const dossier = aDossier("brandt", 2);
  const meetings = dossier.meetings.map((meeting) => ({ ...meeting, title: TITLE }));
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: { ...dossier, summit: { ...dossier.summit, title: TITLE }, meetings } },
  });
  await page.draw(<Shell services={services} words={rightToLeft} />);
  await page.press("Call a meeting");
  expect(page.text).toContain(TITLE);
  expect(document.querySelector('form input[type="text"]')?.getAttribute("dir")).toBe("auto");
  expect(loose()).toEqual([]);
});
